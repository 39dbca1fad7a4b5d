"""Attachments that lie beside a notice are read as parts of it; nothing else in the folder is, and nothing outside it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from extract import read_notice
from extract.model import Notice, Table
from tests.word_files import make_docx, p, tbl, tr

COVER = "<p>各镇人民政府，区政府各部门：</p><p>现将2026年公共服务工作要点印发给你们，请认真贯彻执行，抓好工作落实。</p>"
LISTED = "<p>附件：1.2026年主要指标表 2.任务清单</p>"
ROWS = [
    ("序号", "指标", "目标值"),
    ("1", "新增托位数（个）", "450"),
    ("2", "普惠托位占比（%）", "80"),
    ("3", "新增学位数（个）", "890"),
]
ATTACHMENT = make_docx(p("2026年主要指标表") + tbl(*[tr(*cells) for cells in ROWS]))


def page(body: str) -> bytes:
    return f'<html><head><meta charset="utf-8"></head><body><div class="TRS_Editor"><p align="center">关于印发2026年公共服务工作要点的通知</p>{body}</div></body></html>'.encode()


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Notice]:
    def written(body: str, **files: bytes) -> Notice:
        folder = tmp_path / "folder"
        folder.mkdir()
        (folder / "notice.html").write_bytes(page(body))
        for name, data in files.items():
            (folder / name).write_bytes(data)
        return read_notice(folder / "notice.html")

    return written


def codes(notice: Notice) -> list[str]:
    return [remark.code for remark in notice.remarks]


LINKS = {
    "by what is printed": (
        '<p><a href="/files/1.docx">附件1：2026年主要指标表.docx</a></p>',
        "附件1：2026年主要指标表.docx",
    ),
    "by the name alone": ('<p><a href="/files/1.docx">附件1：2026年主要指标表.docx</a></p>', "2026年主要指标表.doc"),
    "by the file of the link": ('<p><a href="./P020260101384.docx">附件1.docx</a></p>', "P020260101384.docx"),
    "by the query of the link": (
        '<p><a href="/downfile.jsp?classid=0&amp;filename=2f1a08.doc">附件1.doc</a></p>',
        "2f1a08.doc",
    ),
    "by a list": (LISTED, "2026年主要指标表.docx"),
    "by a list of a line each": (
        "<p>附件：</p><p>1.2026年主要指标表</p><p>2.任务清单</p>",
        "附件1：2026年主要指标表.docx",
    ),
}


@pytest.mark.parametrize(("body", "name"), LINKS.values(), ids=LINKS)
def test_an_attachment_beside_the_page_is_read(body: str, name: str, read: Callable[..., Notice]) -> None:
    notice = read(COVER + body, **{name: ATTACHMENT})
    [enclosure] = notice.enclosures
    assert enclosure.name == name
    assert notice.text[enclosure.start : enclosure.end].startswith("2026年主要指标表\n序号")
    assert enclosure.end == len(notice.text)
    table = notice.blocks[-1]
    assert isinstance(table, Table)
    assert [cell.text(notice) for cell in table.cells] == [text for row in ROWS for text in row]
    assert codes(notice)[-1] == "attachment_read"
    assert all(
        notice.text[line.start : line.end] == notice.text[line.start : line.end].strip() for line in notice.lines()
    )


def test_places_in_a_notice_with_attachments_hold(read: Callable[..., Notice]) -> None:
    notice = read(
        COVER + LISTED,
        **{
            "2026年主要指标表.docx": ATTACHMENT,
            "任务清单.html": page("<p>一、扩大托育服务供给，全年新增托位四百五十个，其中普惠托位二百七十个。</p>"),
        },
    )
    assert [enclosure.name for enclosure in notice.enclosures] == ["2026年主要指标表.docx", "任务清单.html"]
    lines = list(notice.lines())
    assert notice.text == "\n".join(notice.text[line.start : line.end] for line in lines)
    assert all(second.start == first.end + 1 for first, second in zip(lines, lines[1:], strict=False))
    # The title of an attached page is none of the notice.
    assert [block.hint for block in notice.blocks].count("title") == 0


def test_what_the_notice_says_itself_does_not_count_twice(read: Callable[..., Notice]) -> None:
    table = "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS) + "</table>"
    notice = read(f"{COVER}{LISTED}<p>2026年主要指标表</p>{table}", **{"2026年主要指标表.docx": ATTACHMENT})
    assert not notice.enclosures
    assert codes(notice)[-1] == "attachment_same"


def test_what_overlaps_is_told_and_not_read(read: Callable[..., Notice]) -> None:
    long = "深入推进公共服务优质共享，全年新增托位四百五十个，其中普惠托位二百七十个。"
    notice = read(
        f"{COVER}{LISTED}<p>{long}</p>",
        **{"任务清单.docx": make_docx(p(long) + p("开展公办幼儿园托班招生六家，探索托育服务。"))},
    )
    assert not notice.enclosures
    assert codes(notice)[-1] == "attachment_overlaps"


def test_an_attachment_that_can_not_be_read_is_told(read: Callable[..., Notice]) -> None:
    notice = read(
        COVER + LISTED, **{"2026年主要指标表.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "任务清单.png": b"\x89PNG...."}
    )
    assert not notice.enclosures
    assert codes(notice)[-2:] == ["attachment_unread", "attachment_unread"]
    assert all("\n" not in remark.message for remark in notice.remarks)


def test_other_files_are_left_alone(read: Callable[..., Notice]) -> None:
    notice = read(COVER + LISTED, **{"2026年工作要点.docx": ATTACHMENT, "主要指标表.docx": ATTACHMENT})
    assert not notice.enclosures
    assert "attachment_read" not in codes(notice)


@pytest.mark.parametrize(
    "href",
    [
        "../secret.docx",
        "..%2Fsecret.docx",
        "%2e%2e/secret.docx",
        "..\\secret.docx",
        "/secret.docx",
        "file:///etc/secret.docx",
        "x?name=../secret.docx",
        "C:\\secret.docx",
    ],
)
def test_nothing_outside_the_folder_is_read(href: str, tmp_path: Path, read: Callable[..., Notice]) -> None:
    (tmp_path / "secret.docx").write_bytes(ATTACHMENT)
    notice = read(f'{COVER}<p><a href="{href}">../secret.docx</a></p>')
    assert not notice.enclosures


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links to files here")
def test_a_link_to_a_file_elsewhere_is_not_followed(tmp_path: Path, read: Callable[..., Notice]) -> None:
    (tmp_path / "secret.docx").write_bytes(ATTACHMENT)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notice.html").write_bytes(page(COVER + LISTED))
    (tmp_path / "folder" / "任务清单.docx").symlink_to(tmp_path / "secret.docx")
    assert not read_notice(tmp_path / "folder" / "notice.html").enclosures


def test_in_a_collection_a_name_that_many_have_says_nothing(read: Callable[..., Notice]) -> None:
    others = {f"{number}.html": b"x" for number in range(60)}
    notice = read(COVER + LISTED, **others, **{"任务清单.docx": ATTACHMENT})
    assert not notice.enclosures
    [remark] = [remark for remark in notice.remarks if remark.code == "attachment_unsure"]
    assert "任务清单.docx" in remark.message
    assert "60 files" in remark.message


def test_in_a_collection_a_link_by_a_long_name_is_enough(read: Callable[..., Notice]) -> None:
    others = {f"{number}.html": b"x" for number in range(60)}
    name = "P020260101384.docx"
    body = f'{COVER}<p>附件：P020260101384</p><p><a href="./{name}">附件1.docx</a></p>'
    notice = read(body, **others, **{name: ATTACHMENT})
    assert [enclosure.name for enclosure in notice.enclosures] == [name]


def test_a_notice_is_no_attachment_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "任务清单.html"
    path.write_bytes(page(COVER + LISTED))
    assert not read_notice(path).enclosures
