"""The one place that states how large a document may be and how long it may take. All input is taken to be hostile."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may not exceed; beyond it is refused in one line.

    ``file_bytes`` of the file, ``unpacked_bytes`` of what is packed in it, ``text_characters`` of the notice,
    ``table_cells`` of all tables, ``span`` columns of a table, ``tags`` of a page (a Word file may have four times as
    many) or lines of a text, ``nesting`` of elements, ``pages`` of a PDF, ``parts`` of an archive or message, ``seconds``
    of reading and understanding it.
    """

    file_bytes: int = 64 << 20
    unpacked_bytes: int = 256 << 20
    text_characters: int = 5_000_000
    table_cells: int = 200_000
    span: int = 1_000
    tags: int = 400_000
    nesting: int = 200
    pages: int = 500
    parts: int = 4_000
    seconds: int = 120


DEFAULT_LIMITS = Limits()
_SETTING = re.compile(r"(?P<name>[a-z_]+)=(?P<value>[0-9]{1,12})")


def with_settings(settings: Iterable[str], limits: Limits = DEFAULT_LIMITS) -> Limits:
    """The limits with some set anew, each as ``name=value``. Raises ``ValueError`` in one line for what is no limit.

    >>> with_settings(["pages=900", "seconds=600"]).pages
    900
    >>> with_settings(["page=900"])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: page=900 sets no limit; there are: file_bytes, unpacked_bytes, ..., seconds
    """
    names = [item.name for item in fields(Limits)]
    for setting in settings:
        match = _SETTING.fullmatch(setting)
        if match is None or match["name"] not in names or not int(match["value"]):
            raise ValueError(f"{setting} sets no limit; there are: {', '.join(names)}")
        limits = replace(limits, **{match["name"]: int(match["value"])})
    return limits
