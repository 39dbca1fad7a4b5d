"""Errors for people: one line with file, place, cause and remedy."""

from __future__ import annotations

import re

# What ends a line for some reader, moves a terminal's cursor or turns its text round: C0, C1, separators, overrides of direction.
CONTROLS = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def on_one_line(text: str) -> str:
    """``text`` for a terminal: what would break the line, or act on the terminal, as its code.

    >>> print(on_one_line("要点\\n2.doc"), on_one_line("\\x1b[2J"))
    要点\\n2.doc \\x1b[2J
    """
    return CONTROLS.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


class NoticeError(Exception):
    """A document that can't be read, or a place that can't be written; the message is the whole line, and one line.

    >>> print(EmptyFile("a.doc", "the file is empty", "download it again"))
    a.doc: the file is empty; download it again
    """

    def __init__(self, file: str, cause: str, remedy: str, place: str = "") -> None:
        self.file, self.cause, self.remedy, self.place = file, cause, remedy, place
        where = f"{file}: {place}" if place else file
        super().__init__(on_one_line(f"{where}: {cause}; {remedy}"))


class MissingFile(NoticeError):
    """No such file, or no right to read it."""


class EmptyFile(NoticeError):
    """Nothing in it."""


class UnsupportedFormat(NoticeError):
    """A picture, a spreadsheet, a format that no reader here knows."""


class DamagedFile(NoticeError):
    """The bytes break the rules of their own format: truncated, spliced, inconsistent."""


class EncryptedFile(NoticeError):
    """Readable with a password only."""


class LimitExceeded(NoticeError):
    """Larger, deeper or longer than ``extract.limits`` allows."""


class NoNotice(NoticeError):
    """Readable, but there is no notice in it: an empty page, a list of links, a scan without text."""


class OutputError(NoticeError):
    """The package can't be written where it was asked for."""
