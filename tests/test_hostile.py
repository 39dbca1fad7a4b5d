"""Files made to hurt: each is refused in one line or read without harm, in little time and memory, and reaches for no
network.
"""

from __future__ import annotations

import io
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from extract import read_bytes, read_notice
from extract.deadline import time_limit
from extract.errors import (
    DamagedFile,
    EncryptedFile,
    LimitExceeded,
    MissingFile,
    NoNotice,
    NoticeError,
    UnsupportedFormat,
)
from extract.limits import DEFAULT_LIMITS, Limits, with_settings
from extract.model import Table
from tests.pdf_files import make_pdf, nested_forms, text_at
from tests.word_files import make_docx, p, tbl, tc, tr, zip_of

SAMPLES = Path(__file__).parents[1] / "samples"
LINE = "各镇人民政府要新增托位450个。"
LINES = f"<p>{LINE}</p>" * 20
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_WORDML = "http://schemas.microsoft.com/office/word/2003/wordml"
#: A file may take so long, on a machine that does other things too.
SECONDS = 20


def odt_of(body: str, before: str = "") -> bytes:
    content = (
        f'<office:document-content xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:table="{_ODF}:table:1.0">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zip_of({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": before + content})


def bomb_of(part: str, others: dict[str, str]) -> bytes:
    """A zip of a few hundred KB that unpacks to more than is allowed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in others.items():
            archive.writestr(name, text)
        with archive.open(part, "w") as file:
            for _ in range(DEFAULT_LIMITS.unpacked_bytes // (1 << 20) + 1):
                file.write(bytes(1 << 20))
    return buffer.getvalue()


def entities(use: str) -> str:
    """A document type whose entities grow tenfold, ten times over."""
    inner = '<!ENTITY e0 "托位托位">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f"<!DOCTYPE {use} [{inner}]>"


def docx_with(document: str) -> bytes:
    """A .docx whose main part is this markup and nothing else."""
    with zipfile.ZipFile(io.BytesIO(make_docx(p("x")))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    return zip_of(files | {"word/document.xml": document})


def doc_with_chains(next_sector: Callable[[int], int]) -> bytes:
    """The sample with every chain of sectors led elsewhere."""
    data = bytearray((SAMPLES / "fenghua-2023.doc").read_bytes())
    table = 512 * (struct.unpack_from("<I", data, 76)[0] + 1)
    for place in range(table, table + 512, 4):
        sector = struct.unpack_from("<I", data, place)[0]
        if sector < 0xFFFFFFF0:
            struct.pack_into("<I", data, place, next_sector((place - table) // 4))
    return bytes(data)


def message(depth: int) -> bytes:
    """A message in a message in a message."""
    inside = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    return b"MIME-Version: 1.0\r\n" + inside + b"Content-Type: text/html\r\n\r\n" + LINES.encode()


_DOCX_PARTS = {"[Content_Types].xml": "<Types/>"}
_ODT_PARTS = {"mimetype": "application/vnd.oasis.opendocument.text"}
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_USES_ENTITY = f"{entities('w')}<w:document {_W}><w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>"
_RTF = b"{\\rtf1\\ansi\\ansicpg936 "

REFUSED: list[tuple[str, Callable[[], bytes], type[NoticeError]]] = [
    ("zip bomb as .docx", lambda: bomb_of("word/document.xml", _DOCX_PARTS), LimitExceeded),
    ("zip bomb as .odt", lambda: bomb_of("content.xml", _ODT_PARTS), LimitExceeded),
    ("zip of many files", lambda: zip_of({f"word/{n}.xml": "" for n in range(9_000)}), LimitExceeded),
    ("entity bomb in .docx", lambda: docx_with(_USES_ENTITY), DamagedFile),
    ("entity bomb in .odt", lambda: odt_of("<text:p>&e9;</text:p>", entities("x")), DamagedFile),
    ("entity bomb in Word 2003 XML", lambda: _USES_ENTITY.replace(_W[9:-1], _WORDML).replace("w:document", "w:wordDocument").encode(), DamagedFile),
    ("entity of a file", lambda: docx_with(f'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {_W}><w:body/></w:document>'), DamagedFile),
    ("a million nested tags", lambda: (LINES + "<div>" * 1_000_000).encode(), LimitExceeded),
    ("elements nested in .docx", lambda: make_docx("<w:tbl><w:tr><w:tc>" * 500 + p(LINE) + "</w:tc></w:tr></w:tbl>" * 500), DamagedFile),
    ("spans nested in .odt", lambda: odt_of("<text:p>" + "<text:span>" * 240 + LINE + "</text:span>" * 240 + "</text:p>"), LimitExceeded),
    ("a million groups in .rtf", lambda: _RTF + b"{" * 1_000_000, LimitExceeded),
    ("messages nested", lambda: message(5_000), LimitExceeded),
    ("messages forwarded", lambda: b"MIME-Version: 1.0\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 20_000, DamagedFile),
    ("a line of 30 MB", lambda: LINE.encode() * 700_000, LimitExceeded),
    ("a page of a line of 30 MB", lambda: f"<html><body><p>{LINE * 700_000}".encode(), LimitExceeded),
    ("a million lines", lambda: ("托位\n" * 1_000_000).encode(), LimitExceeded),
    ("columns without end in a page", lambda: (LINES + "<table>" + "<tr><td colspan=999999 rowspan=999999>1<td>2" * 300).encode(), LimitExceeded),
    ("columns without end in .docx", lambda: make_docx(p(LINE) + tbl(tr(tc("1", '<w:gridSpan w:val="999999999"/>')))), LimitExceeded),
    ("columns without end in .rtf", lambda: _RTF + b"\\trowd" + b"\\cellx1" * 100_000, LimitExceeded),
    ("columns without end in .odt", lambda: odt_of(_repeated("columns")), LimitExceeded),
    ("rows without end in .odt", lambda: odt_of(_repeated("rows")), LimitExceeded),
    ("streams that unpack to a GiB in PDF", lambda: make_pdf([zlib.compress(zlib.compress(bytes(1 << 28)))], "[/FlateDecode /FlateDecode]"), LimitExceeded),
    ("runs that unpack to a GiB in PDF", lambda: make_pdf([b"\x81 " * 3_000_000], "/RunLengthDecode"), LimitExceeded),
    ("pages without end in PDF", lambda: make_pdf([b""] * 600), LimitExceeded),
    ("forms in forms in PDF", lambda: nested_forms(12, 10), LimitExceeded),
    ("a page of a million characters in PDF", lambda: make_pdf([text_at(72, 72, "托位" * 500_000)]), LimitExceeded),
    ("a chain of sectors that is a circle", lambda: doc_with_chains(lambda sector: max(1, sector - 1)), NoticeError),
    ("a sector that follows itself", lambda: doc_with_chains(lambda sector: sector), NoticeError),
    ("encrypted .odt", lambda: zip_of({**_ODT_PARTS, "content.xml": "?", "META-INF/manifest.xml": "<manifest:encryption-data/>"}), EncryptedFile),
    ("encrypted PDF", lambda: make_pdf([text_at(72, 72, LINE)], password=True), EncryptedFile),
    ("a picture in a PDF", lambda: make_pdf([b"q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"]), NoNotice),
    ("an OpenDocument spreadsheet", lambda: zip_of({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), UnsupportedFormat),
]  # fmt: skip


def _repeated(what: str) -> str:
    columns = ' table:number-columns-repeated="999999999"' if what == "columns" else ""
    rows = ' table:number-rows-repeated="999999999"' if what == "rows" else ""
    cell = f"<table:table-cell{columns}><text:p>托位</text:p></table:table-cell>"
    return f"<text:p>{LINE}</text:p><table:table><table:table-row{rows}>{cell * 2}</table:table-row></table:table>"


READ: list[tuple[str, Callable[[], bytes]]] = [
    ("tags nested a thousandfold", lambda: (LINES + "<div><b>" * 5_000 + LINE).encode()),
    ("tables nested a thousandfold", lambda: (LINES + f"<table><tr><td>{LINE}<td>" * 1_000).encode()),
    ("tables nested in .docx", lambda: make_docx("<w:tbl><w:tr><w:tc>" * 80 + p(LINE) + "</w:tc></w:tr></w:tbl>" * 80)),
    ("lists nested in .odt", lambda: odt_of("<text:list><text:list-item>" * 100 + f"<text:p>{LINE}</text:p>" + "</text:list-item></text:list>" * 100)),
    ("tables nested in .rtf", lambda: _RTF + b"".join(b"\\intbl\\itap%d a\\nestcell" % n for n in range(1, 60)) * 200 + LINE.encode("gbk") + b"}"),
    ("bytes that are not there in .rtf", lambda: _RTF + LINE.encode("gbk") + b"\\bin2000000000 x}"),
    ("spans without end in a page", lambda: (LINES + "<table>" + f"<tr><td rowspan=999999>{LINE}<td>甲<td>乙" * 9 + "</table>").encode()),
    ("a drawing of many lines in PDF", lambda: make_pdf([text_at(72, 72, LINE) + b"".join(b"%d %d m %d %d l S\n" % (n % 500, n % 700, n % 500 + 9, n % 700) for n in range(9_000))])),
    ("a form that holds itself in PDF", lambda: make_pdf([text_at(72, 72, LINE) + b"/X Do"], form=b"/X Do /X Do")),
    ("blanks without end in .odt", lambda: odt_of(f'<text:p>{LINE}<text:s text:c="999999999"/>完。</text:p>')),
]  # fmt: skip


@pytest.mark.parametrize(("write", "error"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refused_in_one_line(write: Callable[[], bytes], error: type[NoticeError]) -> None:
    with pytest.raises(error) as found, time_limit(SECONDS, "notice"):
        read_bytes(write(), "notice")
    line = str(found.value)
    assert "\n" not in line
    assert line.startswith("notice: ")
    assert "; " in line
    assert "within" not in line


@pytest.mark.parametrize("write", [case[1] for case in READ], ids=[case[0] for case in READ])
def test_read_without_harm(write: Callable[[], bytes]) -> None:
    with time_limit(SECONDS, "notice"):
        notice = read_bytes(write(), "notice")
    assert LINE[:-1] in notice.text
    assert all(
        block.rows * block.columns <= DEFAULT_LIMITS.table_cells for block in notice.blocks if isinstance(block, Table)
    )


def test_a_large_file_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    with open(path, "wb") as file:
        file.truncate(DEFAULT_LIMITS.file_bytes + 1)
    with pytest.raises(LimitExceeded, match="more than 64 MiB"):
        read_notice(path)


def test_names_with_paths_in_a_zip_lead_nowhere(tmp_path: Path) -> None:
    data = zip_of(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>", "../../evil.txt": "x", "/etc/evil": "x"}
    )
    path = tmp_path / "notice.docx"
    path.write_bytes(data)
    with pytest.raises(NoticeError):
        read_notice(path)
    assert [file.name for file in tmp_path.iterdir()] == ["notice.docx"]


def busy() -> None:
    """Work that never ends, with what libraries write against errors; it must not keep the limit from holding."""
    while True:
        with suppress(Exception):
            sum(range(1000))


def test_time_is_limited() -> None:
    with pytest.raises(LimitExceeded, match=r"not read within 0\.2 seconds"), time_limit(0.2, "notice"):
        busy()


def test_limits_can_be_raised_and_lowered() -> None:
    data = f"<html><body>{LINES * 3}</body></html>".encode()
    assert read_bytes(data, "a").text
    with pytest.raises(LimitExceeded, match="more than 100 tags"):
        read_bytes(data, "a", with_settings(["tags=100"]))
    pdf = make_pdf([text_at(72, 72, LINE)] * 3)
    assert read_bytes(pdf, "a", Limits(pages=3)).text
    with pytest.raises(LimitExceeded, match="3 pages, more than 2"):
        read_bytes(pdf, "a", with_settings(["pages=2"]))
    for setting in ("tags=0", "tags=-1", "tags=x", "tag=5", "tags", "=5"):
        with pytest.raises(ValueError, match="sets no limit"):
            with_settings([setting])


def test_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses in every place where a library could be led to fetch something."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network is not to be touched")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    url = "http://example.invalid/x"
    page = f'<!DOCTYPE html SYSTEM "{url}.dtd"><html><head><base href="{url}"><link rel="stylesheet" href="{url}"></head><body>{LINES}<img src="{url}"><iframe src="{url}"></iframe>'
    assert LINE in read_bytes(page.encode(), "a").text
    body = (
        p(LINE)
        + f'<w:p><w:r><w:t>附件</w:t></w:r><w:altChunk r:id="a"/></w:p><w:p><w:r><w:fldSimple w:instr="INCLUDETEXT {url}"/></w:r></w:p>'
    )
    assert LINE in read_bytes(make_docx(body, links={"a": url}), "a").text
    with pytest.raises(DamagedFile):
        read_bytes(odt_of(f"<text:p>{LINE}</text:p>", f'<!DOCTYPE x SYSTEM "{url}.dtd">'), "a")
    assert LINE in read_bytes(make_pdf([text_at(72, 72, LINE)]), "a").text


def test_a_missing_file_is_said() -> None:
    with pytest.raises(MissingFile):
        read_notice("no/such/file.html")
