"""Names of files as text, whatever bytes they are made of: to be written, and to be ids."""

from __future__ import annotations

import hashlib
import os
import re

from extract.errors import CONTROLS

#: What an id may have in UTF-8: a file system takes 255 bytes for a name, and an id gets an ending, or the number of a process, around it.
MOST_BYTES = 240
_NOT_IN_IDS = re.compile(rf"[/\\:*?\"<>|]|{CONTROLS.pattern}")


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


def to_id(name: str) -> str:
    """``name`` as an id, which names files too: nothing that some system refuses in a name, and no longer than file systems take.

    What is cut has a digest of the whole at its end, so that two long names stay two.

    >>> to_id("要点.doc"), to_id("a\\n,b"), to_id(".."), to_id("C:/a")
    ('要点.doc', 'a_,b', '_', 'C__a')
    >>> len(to_id("长" * 83).encode()), to_id("长" * 83) == to_id("长" * 84)
    (240, False)
    """
    safe = _NOT_IN_IDS.sub("_", to_text(name))
    if not safe.strip(". "):
        return "_"
    data = safe.encode("utf-8")
    if len(data) <= MOST_BYTES:
        return safe
    ending = f"-{digest(name)}"
    return data[: MOST_BYTES - len(ending)].decode("utf-8", errors="ignore") + ending


def digest(name: str) -> str:
    """Eight signs that tell a name from others.

    >>> digest("a") != digest("b")
    True
    """
    return hashlib.sha256(os.fsencode(name)).hexdigest()[:8]
