"""Saved pages: which part is the page, in which character set it is, and where it was saved from."""

from __future__ import annotations

import base64

import pytest

from extract import read_bytes
from extract.errors import NoNotice

BODY = "<p>各镇人民政府，区政府各部门：</p><p>现将2026年公共服务工作要点印发给你们，请认真贯彻执行，抓好工作落实。</p>"


def message(*parts: tuple[str, str, bytes], head: str = "") -> bytes:
    """A message of parts, each a content type, an address and bytes."""
    written = f'{head}MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n'.encode()
    for kind, place, content in parts:
        written += f"--x\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\nContent-Location: {place}\r\n\r\n".encode()
        written += base64.encodebytes(content) + b"\r\n"
    return written + b"--x--\r\n"


def page(body: str, encoding: str = "utf-8") -> bytes:
    return f'<html><body><div class="TRS_Editor">{body}</div></body></html>'.encode(encoding)


def test_the_character_set_may_stand_in_the_head_alone() -> None:
    for declared, encoding in (
        ("gb2312", "gb18030"),
        ("big5", "big5hkscs"),
        ("utf-8", "utf-8"),
        ("x-unknown", "gb18030"),
        ("punycode", "gb18030"),
    ):
        text = (
            BODY if encoding != "big5hkscs" else "<p>各區縣政府應當認真貫徹執行有關規定，並於年底前報告執行情況。</p>"
        )
        notice = read_bytes(message((f'text/html; charset="{declared}"', "a.htm", page(text, encoding))), "a.mht")
        assert notice.source.encoding == encoding
        assert "\ufffd" not in notice.text


def test_a_notice_in_a_frame_is_found() -> None:
    outer = page('<a href="1">首页</a><iframe src="http://example.invalid/body.html"></iframe>')
    notice = read_bytes(
        message(
            ("text/html", "http://example.invalid/", outer),
            ("text/html", "http://example.invalid/body.html", page(BODY)),
        ),
        "a.mht",
    )
    assert notice.text.startswith("各镇人民政府")
    assert notice.source.url == "http://example.invalid/body.html"


def test_where_it_was_saved_from() -> None:
    parts = ("text/html", "file:///C:/1.htm", page(BODY))
    assert read_bytes(message(parts), "a.mht").source.url == ""
    head = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.invalid/art/\r\n 1.html\r\n"
    assert read_bytes(message(parts, head=head), "a.mht").source.url == "https://example.invalid/art/1.html"


def test_a_message_without_a_page() -> None:
    with pytest.raises(NoNotice, match="no page in the message"):
        read_bytes(message(("text/plain", "a.txt", "各镇人民政府".encode())), "a.mht")
    with pytest.raises(NoNotice, match="no text of a notice in the page"):
        read_bytes(message(("text/html", "a.htm", page("<p></p>")), ("text/html", "b.htm", page(""))), "a.mht")
