"""The sample in its four forms, and in forms that a reader must not tell apart: the same lines, the same tables."""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract import read_bytes, read_notice
from extract.folding import fold
from extract.model import Block, Notice, Table
from normalize import normalize
from samples.build import page, read_text, word_file
from tests.forms import full_width, half_width, in_charset, split_table
from tests.scoring.corpus import notices

SAMPLES = Path(__file__).parents[1] / "samples"
NAME = "fenghua-2023"
FORMS = ("txt", "html", "docx", "doc")

#: What only the field block of the page says: columns of ``documents``.
FIELD_BLOCK = {
    "index_number", "issuer", "published_on", "category", "topic", "disclosure", "audience",
}  # fmt: skip
#: Ids that count all rows of their table: other in a form that has a row more.
COUNTED = {"blocks": "block_id", "attachments": "attachment_id", "citations": "citation_id"}

Tables = dict[str, list[dict[str, Any]]]


def bytes_of(form: str) -> bytes:
    return (SAMPLES / f"{NAME}.{form}").read_bytes()


def text_of(form: str) -> str:
    return bytes_of(form).decode("utf-8")


@cache
def notice_of(form: str) -> Notice:
    return read_notice(SAMPLES / f"{NAME}.{form}")


# --- what the files are ---


def test_text_is_the_original() -> None:
    digest = hashlib.sha256(bytes_of("txt")).hexdigest()
    assert digest == "69e28ad516407aa1db0029a91f4087b3704bd202ddc83aa5e8766684900f5d2b"


def test_page_and_word_file_are_built_from_the_text() -> None:
    text = read_text(text_of("txt"))
    assert page(text) == text_of("html")
    assert word_file(text) == bytes_of("docx")


@pytest.mark.parametrize("form", FORMS)
def test_each_file_is_of_its_form(form: str) -> None:
    assert notice_of(form).source.format == form


# --- what is read ---


NUMBER = "奉政办发〔2023〕18号"


def is_of_form(notice: Notice, block: Block) -> bool:
    """Whether other forms print a block elsewhere or not at all.

    A page has its field block and the name of the file to download; a Word file the number below its title.
    """
    return block.hint in ("metadata", "attachment") or notice.text[block.start : block.end] == NUMBER


def lines(notice: Notice) -> list[str]:
    """The lines of title, body and tables, folded."""
    found = []
    for block in notice.blocks:
        if not is_of_form(notice, block):
            paragraphs = block.paragraphs() if isinstance(block, Table) else (block,)
            found += [notice.folded[paragraph.start : paragraph.end] for paragraph in paragraphs]
    return found


def printed_lines() -> list[str]:
    """The same from the text itself: without 进入老年版, the field block, the tools, the name of the file to download."""
    every = [fold(line) for line in text_of("txt").split("\n") if line]
    assert every[5].startswith("字体:")
    return [every[4], *every[6:-1]]


@pytest.mark.parametrize("form", FORMS)
def test_every_line_is_read_and_no_other(form: str) -> None:
    assert lines(notice_of(form)) == printed_lines()


@pytest.mark.parametrize("form", ["txt", "html"])
def test_field_block_and_download_of_the_page_are_read(form: str) -> None:
    notice = notice_of(form)
    words = " ".join(
        notice.text[block.start : block.end] for block in notice.blocks if block.hint == "metadata"
    ).split()
    every = text_of("txt").split("\n")
    assert words == " ".join(every[1:4]).split()
    assert [notice.text[block.start : block.end] for block in notice.blocks if block.hint == "attachment"] == [
        every[-1]
    ]


@pytest.mark.parametrize("form", FORMS)
def test_table_is_one_grid(form: str) -> None:
    notice = notice_of(form)
    table, *others = (block for block in notice.blocks if isinstance(block, Table) and not is_of_form(notice, block))
    assert not others
    assert (table.rows, table.columns) == (32, 5)
    spans = {(cell.row, cell.column): (cell.row_span, cell.column_span) for cell in table.cells}
    merged = {place: span for place, span in spans.items() if span != (1, 1)}
    domains = {2: 4, 6: 4, 10: 2, 12: 2, 14: 5, 19: 5, 24: 3, 28: 4}
    assert merged == {(0, 0): (2, 1), (0, 1): (1, 3), (0, 4): (2, 1)} | {
        (row, 0): (count, 1) for row, count in domains.items()
    }
    assert [cell.text(notice) for cell in table.cells if cell.column == 1 and cell.row > 1] == [
        str(n) for n in range(1, 31)
    ]


@pytest.mark.parametrize("form", ["docx", "doc"])
def test_automatic_numbers_are_read_as_labels(form: str) -> None:
    found = [fold(paragraph.label) for paragraph in notice_of(form).lines() if paragraph.label]
    labels = [re.match(r"\([一二三四五六七]\)|\d\.(?!\d)", line) for line in printed_lines()]
    assert found == [label[0] for label in labels if label]
    assert len(found) == 7 + 29  # the domains, the tasks and measures


# --- what the tables are ---


def folded(value: Any) -> Any:
    return unicodedata.normalize("NFKC", value) if isinstance(value, str) else value


def comparable(notice: Notice, *, without_page: bool = False) -> Tables:
    """The tables of a notice without what tells its form: ``source_`` columns, remarks of the reader on how it read.

    In place of a span stands the text that it covers. ``without_page`` leaves out what only the page prints.
    """
    alone = [(block.start, block.end) for block in notice.blocks if without_page and is_of_form(notice, block)]
    names = {folded(notice.text[start:end]) for start, end in alone}
    remarks = {remark.code for remark in notice.remarks}
    result: Tables = {}
    for table, rows in normalize(notice, NAME).items():
        result[table] = []
        for row in rows:
            start, end = row.get("start", ""), row.get("end", "")
            if start != "" and any(first <= start and end <= last + 1 for first, last in alone):
                continue
            if table == "attachments" and folded(row["name"]) in names or table == "checks" and row["code"] in remarks:
                continue
            dropped = {"start", "end", "paragraph", "check_id"} | (
                FIELD_BLOCK if without_page and table == "documents" else set()
            )
            if without_page:
                dropped |= {COUNTED.get(table, ""), "row_id" if row.get("row_table") in COUNTED else ""}
            kept = {column: folded(value) for column, value in row.items() if column not in dropped}
            kept = {column: value for column, value in kept.items() if not column.startswith("source_")}
            if start != "":
                kept["evidence"] = folded(notice.text[start:end].removesuffix("\n"))  # blocks reach to the next line
            result[table].append(kept)
    return result


def assert_same(found: Tables, wanted: Tables) -> None:
    assert found.keys() == wanted.keys()
    for table in wanted:
        for index, (row, other) in enumerate(zip(found[table], wanted[table], strict=False)):
            assert row == other, f"{table}, row {index}"
        assert len(found[table]) == len(wanted[table]), table


@pytest.mark.parametrize("form", ["html", "docx", "doc"])
def test_every_form_gives_the_same_tables(form: str) -> None:
    wanted = comparable(notice_of("txt"), without_page=True)
    assert len(wanted["indicators"]) == 31
    assert len(wanted["tasks"]) == 29
    assert_same(comparable(notice_of(form), without_page=True), wanted)


def test_page_and_its_copied_text_give_the_same_metadata() -> None:
    of_page, of_text = comparable(notice_of("html")), comparable(notice_of("txt"))
    assert of_page["documents"] == of_text["documents"]
    assert [row["name"] for row in of_page["attachments"]] == [row["name"] for row in of_text["attachments"]]


# --- the same notice in forms that must make no difference ---

PAGES = [notice.files()["html"] for notice in notices() if "html" in notice.files()]
pages = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)


def read_page(text: str, charset: str = "utf-8") -> Notice:
    return read_bytes(in_charset(text, charset), "notice.html")


def test_width_of_punctuation_in_a_text() -> None:
    notice = read_bytes(full_width(text_of("txt")).encode("utf-8"), "notice.txt")
    assert_same(comparable(notice), comparable(notice_of("txt")))


def test_character_set_of_a_text() -> None:
    original, notice = notice_of("txt"), read_bytes(text_of("txt").encode("gb18030"), "notice.txt")
    assert notice.source.encoding == "gb18030"
    assert replace(notice, source=original.source) == original


@pages
def test_width_of_punctuation_in_a_page(path: Path) -> None:
    original = read_notice(path)
    wanted = comparable(original)
    half = half_width(path.read_bytes().decode(original.source.encoding))
    assert_same(comparable(read_page(half)), wanted)
    assert_same(comparable(read_page(full_width(half))), wanted)


@pages
def test_character_set_of_a_page(path: Path) -> None:
    original = read_notice(path)
    text = path.read_bytes().decode(original.source.encoding)
    for charset in ("utf-8", "gb2312", "gbk"):
        notice = read_page(text, charset)
        assert notice.source.encoding == ("utf-8" if charset == "utf-8" else "gb18030")
        assert replace(notice, source=original.source) == original


@pytest.mark.parametrize("row", [2, 9, 25, 29])
def test_table_broken_by_a_page(row: int) -> None:
    """The header and the domain are printed again below the break; nothing else changes, and the serials run on."""
    notice = read_page(split_table(text_of("html"), row))
    assert sum(isinstance(block, Table) and not is_of_form(notice, block) for block in notice.blocks) == 2
    found, wanted = comparable(notice), comparable(notice_of("html"))
    numerals, once = (
        Counter((cells["surface"], cells["class"], cells["row_id"]) for cells in tables["numerals"])
        for tables in (found, wanted)
    )
    assert [(surface, kind) for surface, kind, _ in (numerals - once).elements()] == [("2023", "date")]  # of the header
    assert not once - numerals
    for tables in (found, wanted):
        del tables["numerals"], tables["blocks"]
        tables["checks"] = [check for check in tables["checks"] if check["code"] != "columns_understood"]  # one a table
        for cells in itertools.chain.from_iterable(tables.values()):
            cells.pop("evidence", None)  # the second header may stand in it, or the domain
    assert_same(found, wanted)
