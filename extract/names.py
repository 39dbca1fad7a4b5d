"""Names of files as text, whatever bytes they are made of."""

from __future__ import annotations

import os


def to_text(name: str) -> str:
    """A file's name as it can be printed and written; one that is no UTF-8 is read as GBK, as old archives pack them.

    >>> to_text("要点.doc"), to_text(os.fsdecode("要点.doc".encode("gbk")))
    ('要点.doc', '要点.doc')
    """
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", errors="replace")
    return name
