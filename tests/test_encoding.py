"""Character sets: what a file declares is a candidate, what reads as Chinese is right."""

from __future__ import annotations

import pytest

from extract.encoding import decode, undecodable

TEXT = "各镇人民政府、街道办事处，区政府各部门：现将《2024年工作要点》印发给你们，请认真贯彻执行。朱镕基、陶喆、㎡、—"
PAGE = "<html><head><meta charset={}></head><body>{}</body></html>"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16-le"),
    ],
)  # fmt: skip
def test_text_without_a_declaration(encoding: str, name: str) -> None:
    assert decode(TEXT.encode(encoding)) == (TEXT, name, 0)


def test_utf_16_with_the_high_byte_first() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")) == (TEXT, "utf-16-be", 0)


@pytest.mark.parametrize(
    "declared", "gb2312 gbk GB2312 x-gbk gb_2312-80 gb18030 utf-8 iso-8859-1 big5 none utf-16".split()
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_is_read_by_its_bytes_whatever_it_declares(declared: str, encoding: str) -> None:
    page = PAGE.format(declared, TEXT)
    assert decode(page.encode(encoding)) == (page, encoding, 0)


@pytest.mark.parametrize(
    "declaration",
    ['<?xml version="1.0" encoding="gb2312"?>', '<meta http-equiv=X content="text/html; charset=gb2312"/>'],
)
def test_declarations_of_other_forms(declaration: str) -> None:
    assert decode((declaration + "朱镕基").encode("gb18030"))[:2] == (declaration + "朱镕基", "gb18030")


def test_characters_of_gbk_in_a_page_that_says_gb2312() -> None:
    page = PAGE.format("gb2312", "镕喆㎡—")
    text, name, lost = decode(page.encode("gb18030"))
    assert (text, name, lost) == (page, "gb18030", 0)


def test_traditional_characters_in_big5() -> None:
    text = "各區、縣政府應當加強養老服務，為長者提供關懷。"
    assert decode(text.encode("big5hkscs")) == (text, "big5hkscs", 0)


def test_short_and_plain_texts() -> None:
    assert decode("目标".encode())[:2] == ("目标", "utf-8")
    assert decode(b"abc")[:2] == ("abc", "utf-8")
    assert decode(b"")[:2] == ("", "utf-8")


def test_a_character_cut_off_is_counted() -> None:
    data = TEXT.encode("gb18030")[:-1]
    text, name, lost = decode(data)
    assert (name, lost) == ("gb18030", 1)
    assert text[:-1] == TEXT[:-1]
    (remark,) = undecodable(name, lost)
    assert remark.code == "undecodable_bytes"
    assert remark.message.startswith("1 characters could not be read as gb18030")
    assert undecodable(name, 0) == []


def test_one_bad_byte_does_not_change_the_encoding() -> None:
    text, name, lost = decode((TEXT * 5).encode() + b"\xff" + (TEXT * 15).encode())
    assert (name, lost) == ("utf-8", 1)
    assert text.replace("\ufffd", "") == TEXT * 20


def test_a_long_text_cut_inside_a_character_at_the_end_of_the_sample() -> None:
    text = "a" + TEXT * 4000
    for encoding in ("utf-8", "gb18030"):
        assert decode(text.encode(encoding)) == (text, encoding, 0)


def test_encodings_that_are_none_of_files_are_not_tried() -> None:
    for declared in ("punycode", "idna", "unicode_escape", "utf-7", "rot13", "base64"):
        page = PAGE.format(declared, TEXT)
        assert decode(page.encode())[1] == "utf-8"
