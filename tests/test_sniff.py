"""What a file is, by its bytes: each signature, damaged ones, and texts that look like something else."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from extract import read_bytes, read_notice
from extract.errors import DamagedFile, EmptyFile, EncryptedFile, LimitExceeded, NoticeError, UnsupportedFormat
from extract.limits import Limits
from extract.sniff import sniff, unsupported
from tests.word_files import zip_of

SAMPLES = Path(__file__).parents[1] / "samples"
DOC = (SAMPLES / "fenghua-2023.doc").read_bytes()
#: The head of the main stream of a Word 97 file, and where its flags stand.
_HEAD, _FLAGS = b"\xec\xa5", 10


def with_head(head: bytes, version: int, flags: int = 0) -> bytes:
    """The sample with another head of its main stream."""
    at = DOC.index(_HEAD, 512)
    assert at % 512 == 0
    old = struct.unpack_from("<H", DOC, at + _FLAGS)[0]
    changed = bytearray(DOC)
    struct.pack_into("<2sH", changed, at, head, version)
    struct.pack_into("<H", changed, at + _FLAGS, old | flags)
    return bytes(changed)


def with_stream(name: str) -> bytes:
    """The sample with its main stream called otherwise."""
    at = DOC.index("WordDocument".encode("utf-16-le"))
    entry = name.encode("utf-16-le") + b"\0\0"
    return DOC[:at] + entry.ljust(64, b"\0") + struct.pack("<H", len(entry)) + DOC[at + 66 :]


def opc(folder: str, main: str) -> bytes:
    return zip_of({"[Content_Types].xml": "<Types/>", f"{folder}/{main}": "<x/>"})


PAGE = "<html><head><meta charset=utf-8></head><body><p>各镇人民政府</p></body></html>"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MESSAGE = "From: <saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n"
MICROSOFT = "http://schemas.microsoft.com/office"

KINDS: list[tuple[str, bytes, str]] = [
    ("Word 97", DOC, "doc"),
    ("Word 6", with_head(_HEAD, 0x65), "word6"),
    ("Word 95", with_head(b"\xdc\xa5", 0x68), "word6"),
    ("no head of Word", with_head(b"\0\0", 0xC1), "broken"),
    ("encrypted .doc", with_head(_HEAD, 0xC1, 0x0100), "encrypted"),
    ("encrypted .docx", with_stream("EncryptedPackage"), "encrypted"),
    ("Excel 97", with_stream("Workbook"), "xls"),
    ("Excel 95", with_stream("Book"), "xls"),
    ("PowerPoint", with_stream("PowerPoint Document"), "ppt"),
    ("Works", with_stream("MatOST"), "binary"),
    ("OLE, cut off", DOC[:700], "broken"),
    (".docx", (SAMPLES / "fenghua-2023.docx").read_bytes(), "docx"),
    (".xlsx", opc("xl", "workbook.xml"), "xlsx"),
    (".pptx", opc("ppt", "presentation.xml"), "ppt"),
    (".odt", zip_of({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "odt"),
    (".ods", zip_of({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), "ods"),
    ("another archive", zip_of({"a.txt": "x"}), "zip"),
    (".docx, cut off", (SAMPLES / "fenghua-2023.docx").read_bytes()[:4000], "broken"),
    ("RTF", b"{\\rtf1\\ansi\\ansicpg936 x}", "rtf"),
    ("RTF after a mark and blanks", b"\xef\xbb\xbf \r\n{\\rtf1 x}", "rtf"),
    ("WordML", f'{XML}<w:wordDocument xmlns:w="{MICROSOFT}/word/2003/wordml"/>'.encode(), "wordml"),
    ("flat OPC", f'{XML}<pkg:package xmlns:pkg="{MICROSOFT}/2006/xmlPackage"/>'.encode(), "flat-opc"),
    ("UOF", (XML + '<uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof"/>').encode(), "uof"),
    ("MHTML", (MESSAGE + PAGE).encode(), "mhtml"),
    ("page", PAGE.encode(), "html"),
    ("page with a mark", b"\xef\xbb\xbf\r\n" + PAGE.encode(), "html"),
    ("page in UTF-16", PAGE.encode("utf-16"), "html"),
    ("page in UTF-16, high byte first", b"\xfe\xff" + PAGE.encode("utf-16-be"), "html"),
    ("page in GBK", PAGE.replace("utf-8", "gb2312").encode("gbk"), "html"),
    ("page in capitals", b"<!DOCTYPE HTML PUBLIC><HTML><BODY>x", "html"),
    ("XHTML", (XML + '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>').encode(), "html"),
    ("piece of a page", "<div class=x><p>各镇人民政府</p></div>".encode(), "html"),
    ("PDF", b"%PDF-1.7\n", "pdf"),
    ("Word 1", b"\x9b\xa5\x21\0" + b"\0" * 40, "word1"),
    ("Word 2", b"\xdb\xa5\x2d\0" + b"\0" * 40, "word1"),
    ("Write", b"\x31\xbe\0\0" + b"\0" * 40, "word1"),
    ("PNG", b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "picture"),
    ("JPEG", b"\xff\xd8\xff\xe0" + b"\0" * 20, "picture"),
    ("TIFF", b"II*\0" + b"\0" * 20, "picture"),
    ("text", "一、总体要求\n".encode(), "txt"),
    ("text in GBK", "一、总体要求\n".encode("gbk"), "txt"),
    ("text in UTF-16", "一、总体要求\n".encode("utf-16"), "txt"),
    ("text with a page inside", "说明如下。<html><body>一个例子</body></html>".encode(), "txt"),
    ("graph with tags", b'digraph g { a [label=<<table><tr><td>x</td></tr></table>>] }', "txt"),
    ("less than", "<3.5 是目标值".encode(), "txt"),
    ("a mail that is no web archive", "关于 MIME-Version: 的说明".encode(), "txt"),
    ("zero bytes", b"\0\1\2\3" * 200, "binary"),
    ("control characters", bytes(range(1, 9)) * 50, "binary"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kind"), [case[1:] for case in KINDS], ids=[case[0] for case in KINDS])
def test_signatures(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


@pytest.mark.parametrize(
    ("kind", "error", "says"),
    [
        ("encrypted", EncryptedFile, "remove the password"),
        ("broken", DamagedFile, "download it again"),
        ("xls", UnsupportedFormat, "spreadsheet"),
        ("picture", UnsupportedFormat, "picture"),
        ("ppt", UnsupportedFormat, "presentation"),
        ("word1", UnsupportedFormat, "LibreOffice"),
        ("uof", UnsupportedFormat, "WPS"),
        ("zip", UnsupportedFormat, "unpack it"),
        ("binary", UnsupportedFormat, "no format that is known"),
    ],
)
def test_what_is_refused_says_what_to_do(kind: str, error: type[NoticeError], says: str) -> None:
    found = unsupported(kind, "要点.bin")
    assert type(found) is error
    assert str(found).startswith("要点.bin: ")
    assert says in str(found)
    assert "\n" not in str(found)


def test_every_kind_that_is_refused_has_an_error() -> None:
    for name, data, kind in KINDS:
        if kind in ("encrypted", "broken", "xls", "xlsx", "ods", "ppt", "picture", "zip", "word1", "uof", "binary"):
            with pytest.raises(NoticeError, match=r"要点: .+; .+"):
                read_bytes(data, "要点")
            assert name


def test_the_name_of_a_file_is_not_asked(tmp_path: Path) -> None:
    path = tmp_path / "要点.doc"
    paragraphs = "<p>一、总体要求。各镇人民政府要认真贯彻执行，落实各项目标任务。</p>" * 8
    path.write_text(PAGE.replace("<p>", paragraphs + "<p>"), encoding="utf-8")
    assert read_notice(path).source.format == "html"


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\0" * 100])
def test_empty_files(data: bytes) -> None:
    with pytest.raises(EmptyFile):
        read_bytes(data, "要点.txt")


def test_an_archive_of_very_many_files_is_not_opened() -> None:
    data = zip_of({f"{number}.txt": "" for number in range(50)})
    assert sniff(data, Limits(parts=10)) == "crowded"
    assert type(unsupported("crowded", "a.zip")) is LimitExceeded


@pytest.mark.parametrize("step", range(0, len(DOC), len(DOC) // 24))
def test_damage_anywhere_is_a_kind_and_no_crash(step: int) -> None:
    damaged = DOC[:step] + b"\xff" * 64 + DOC[step + 64 :]
    assert sniff(damaged) in ("doc", "broken", "binary", "encrypted", "word6", "txt", "xls", "ppt")
