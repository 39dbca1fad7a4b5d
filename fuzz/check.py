"""What must hold for any file: a package that is whole, or one line."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from extract import read_bytes
from extract.errors import NoticeError
from normalize import normalize
from normalize.validation import validate

_ID = "fuzz"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file: a name for it that is the same for the same fault, and what a developer needs."""

    name: str
    details: str


def check(data: bytes) -> Fault | None:
    """Read and understand a file; ``None`` where all is as it must be."""
    try:
        notice = read_bytes(data, "notice")
        tables = normalize(notice, _ID)
        validate(tables, {_ID: notice.text})
    except NoticeError as error:
        return Fault("several lines", str(error)) if "\n" in str(error) else None
    except Exception as error:
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if "/extract/" in frame.filename or "/normalize/" in frame.filename
        ]
        place = f"{frames[-1].filename.rpartition('/')[2]}-{frames[-1].name}" if frames else "unknown"
        return Fault(f"{type(error).__name__}-{place}", traceback.format_exc())
    lines = list(notice.lines())
    if notice.text != "\n".join(notice.text[line.start : line.end] for line in lines):
        return Fault("lines do not make the text", notice.text[:200])
    return None
