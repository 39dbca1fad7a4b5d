"""LibreOffice, for files of Word 6 and 95: where it is, where it is not, and where it takes too long."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import read_bytes
from extract.docx import read
from extract.errors import DamagedFile, LimitExceeded, UnsupportedFormat
from extract.libreoffice import find_program, to_docx
from extract.limits import DEFAULT_LIMITS, Limits
from extract.model import Source
from tests.test_sniff import with_head

DOC = Path(__file__).parents[1] / "samples" / "fenghua-2023.doc"
WORD_6 = with_head(b"\xdc\xa5", 0x68)
needs_libreoffice = pytest.mark.skipif(find_program() is None, reason="LibreOffice is not installed")


def test_where_it_is_not_installed_the_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.libreoffice.find_program", lambda: None)
    with pytest.raises(
        UnsupportedFormat, match=r"^a\.doc: the file is a Word 6/95 file, and LibreOffice, .*; install LibreOffice, or"
    ):
        read_bytes(WORD_6, "a.doc")


@needs_libreoffice
def test_what_it_makes_is_read_as_docx() -> None:
    data = DOC.read_bytes()
    docx = to_docx(data, ".doc", "a Word 6/95 file", DEFAULT_LIMITS, "a.doc")
    assert read(docx, Source("a.doc", "word6", ""), DEFAULT_LIMITS, "a.doc").text == read_bytes(data, "a.doc").text


@needs_libreoffice
def test_what_it_can_not_read_is_damaged() -> None:
    with pytest.raises(DamagedFile, match="LibreOffice can't read it"):
        to_docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), ".doc", "a Word 6/95 file", DEFAULT_LIMITS, "a.doc")


@needs_libreoffice
def test_it_is_ended_when_its_time_is_up() -> None:
    with pytest.raises(LimitExceeded, match="within 0 seconds"):
        to_docx(DOC.read_bytes(), ".doc", "a Word 6/95 file", Limits(seconds=0), "a.doc")
