"""The sample and three notices in every form: the same tables as from their pages."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract import read_bytes
from extract.libreoffice import find_program
from extract.model import Notice
from tests import forms_table
from tests.forms_all import BY_LIBREOFFICE, FORMS, by_libreoffice, docx_of, to_page, with_whole_links
from tests.test_samples import Tables, assert_same, comparable

ROOT = Path(__file__).parents[1]
NOTICES = ROOT / "tests" / "notices" / "synthetic"
PAGES = {
    "fenghua-2023": ROOT / "samples" / "fenghua-2023.html",
    "fenghua-2024": NOTICES / "fenghua-2024" / "fenghua-2024.html",
    "qinghe-2023-2027": NOTICES / "qinghe-2023-2027" / "qinghe-2023-2027.htm",
    "zhuxi-2026-gongzuo": NOTICES / "zhuxi-2026-gongzuo" / "zhuxi-2026-gongzuo.html",
}
needs_libreoffice = pytest.mark.skipif(find_program() is None, reason="LibreOffice is not installed")
names = pytest.mark.parametrize("name", PAGES)

#: What the forms are called by the reader, where it is not the name of the form.
FORMATS = {
    "saved page of a browser": "mhtml", "saved page of Word, named .doc": "mhtml", ".docx": "docx", ".docx named .doc": "docx",
    "flat Word XML": "flat-opc", "Word 2003 XML, named .doc": "wordml", "fodt": "odt",
}  # fmt: skip


@cache
def page_of(name: str) -> str:
    return to_page(PAGES[name])


@cache
def notice_of(name: str) -> Notice:
    return read_bytes(PAGES[name].read_bytes(), PAGES[name].name)


@cache
def docx(name: str) -> bytes:
    return docx_of(with_whole_links(notice_of(name)))


@cache
def wanted(name: str) -> Tables:
    return comparable(with_whole_links(notice_of(name)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """The forms that LibreOffice makes: by suffix and name of the notice."""
    folder = tmp_path_factory.mktemp("forms")
    for name in PAGES:
        (folder / f"{name}.docx").write_bytes(docx(name))
    sources = sorted(folder.glob("*.docx"))
    return {
        suffix: {path.stem: path.read_bytes() for path in by_libreoffice(sources, suffix, folder)}
        for suffix in BY_LIBREOFFICE
    }


@names
@pytest.mark.parametrize("form", [form for form in FORMS if FORMATS.get(form, "html") in ("html", "mhtml")])
def test_page_in_any_character_set_and_wrapping(form: str, name: str) -> None:
    file, write = FORMS[form]
    original, found = notice_of(name), read_bytes(write(page_of(name), b""), file)
    assert found.source.format == FORMATS.get(form, "html")
    assert replace(found, source=original.source) == original


@names
def test_docx(name: str) -> None:
    found = read_bytes(docx(name), "notice.docx")
    assert found.source.format == "docx"
    assert_same(comparable(found), wanted(name))


@names
@pytest.mark.parametrize(
    "form", [form for form in FORMS if FORMATS.get(form, "html") in ("docx", "flat-opc", "wordml")]
)
def test_word_xml_is_read_as_docx(form: str, name: str) -> None:
    file, write = FORMS[form]
    original, found = read_bytes(docx(name), "notice.docx"), read_bytes(write("", docx(name)), file)
    assert found.source.format == FORMATS[form]
    assert replace(found, source=original.source) == original


def test_word_2003_xml_keeps_automatic_numbers() -> None:
    data = (ROOT / "samples" / "fenghua-2023.docx").read_bytes()
    original, found = read_bytes(data, "a.docx"), read_bytes(FORMS["Word 2003 XML, named .doc"][1]("", data), "a.doc")
    assert replace(found, source=original.source) == original
    assert len([line for line in found.lines() if line.label]) == 36


@needs_libreoffice
@names
@pytest.mark.parametrize("suffix", [suffix for suffix in BY_LIBREOFFICE if suffix != "pdf"])
def test_by_libreoffice(suffix: str, name: str, made: dict[str, dict[str, bytes]]) -> None:
    found = read_bytes(made[suffix][name], f"notice.{suffix}")
    assert found.source.format == FORMATS.get(suffix, suffix)
    assert_same(comparable(found), wanted(name))


@needs_libreoffice
@names
def test_pdf(name: str, made: dict[str, dict[str, bytes]]) -> None:
    """All but the links, which LibreOffice does not write, and the line breaks in cells, of which a remark tells."""
    found = read_bytes(made["pdf"][name], "notice.pdf")
    assert found.source.format == "pdf"
    assert_same(without_links_and_breaks(comparable(found)), without_links_and_breaks(wanted(name)))
    if any(len(line.text(found).split("\n")) > 1 for block in found.blocks for line in getattr(block, "cells", ())):
        assert "cell_lines_joined" in {remark.code for remark in found.remarks}


def without_links_and_breaks(tables: Tables) -> Tables:
    checks = [row for row in tables["checks"] if row["code"] != "attachment_not_given"]
    return {
        table: [
            {column: on_one_line(value) for column, value in row.items() if column not in ("href", "status", "message")}
            for row in rows
        ]
        for table, rows in (tables | {"checks": checks}).items()
    }


def on_one_line(value: Any) -> Any:
    return value.replace("\n", "") if isinstance(value, str) else value


@needs_libreoffice
def test_what_is_kept_of_each_form_is_written_down() -> None:
    for path, text in forms_table.texts().items():
        assert path.read_text(encoding="utf-8") == text
