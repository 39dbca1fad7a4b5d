"""Reading: what does the page say, in what order? ``read_notice`` gives a ``Notice``; nothing is renamed or rounded."""

from __future__ import annotations

import hashlib
import stat
from functools import partial
from importlib import import_module
from pathlib import Path

from extract.beside import folder_of, with_attachments
from extract.deadline import time_limit
from extract.errors import EmptyFile, LimitExceeded, MissingFile, NoNotice
from extract.limits import DEFAULT_LIMITS, Limits
from extract.model import Notice, Source
from extract.names import to_text
from extract.sniff import sniff, unsupported

#: The reader of each format: a module of this package, imported when it is needed, with ``read(data, source, limits,
#: name)``.
_READERS = {
    "html": "html", "mhtml": "mhtml", "txt": "text", "docx": "docx", "doc": "doc", "word6": "word6", "wordml": "wordml", "flat-opc": "flat_opc",
    "rtf": "rtf", "odt": "odt", "pdf": "pdf",
}  # fmt: skip


def read_notice(path: Path | str, limits: Limits = DEFAULT_LIMITS, data: bytes | None = None) -> Notice:
    """Read the notice in a file of any format that is known, with the attachments of it that lie beside the file.

    What a file is comes from its bytes, never from its name. Raises ``NoticeError`` (one line: file, place, cause, remedy) for
    what can't be read. ``data`` are its bytes, where the caller has them.
    """
    path = Path(path)
    with time_limit(limits.seconds, str(path)):
        notice = _read_file(path, limits) if data is None else read_bytes(data, str(path), limits)
        return with_attachments(
            notice, path.name, partial(folder_of, path), limits, lambda name: _read_file(path.parent / name, limits)
        )


def _read_file(path: Path, limits: Limits) -> Notice:
    try:
        state = path.stat()
        if not (stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode)):
            # A pipe would be waited for, a device has no end.
            raise MissingFile(str(path), "is a pipe, device or socket", "give a file: save there what comes out of it")
        size = state.st_size
        if size > limits.file_bytes:
            raise LimitExceeded(str(path), f"{size >> 20} MiB, more than {limits.file_bytes >> 20} MiB", "give a smaller file")
        data = path.read_bytes()
    except FileNotFoundError:
        is_url = path.parts[:1] in (("http:",), ("https:",))
        raise MissingFile(str(path), "no such file", "nothing is fetched: save the page" if is_url else "check the path") from None
    except OSError as error:
        raise MissingFile(str(path), f"can't be read ({error.strerror})", "check the path and its rights") from None
    return read_bytes(data, str(path), limits)


def read_bytes(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Notice:
    """Read the notice in ``data``, without attachments; ``name`` is for messages and for ``Source.name``."""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise EmptyFile(name, "the file is empty", "download it again")
    with time_limit(limits.seconds, name):
        kind = sniff(data, limits)
        if kind not in _READERS:
            raise unsupported(kind, name)
        source = Source(to_text(Path(name).name), kind, hashlib.sha256(data).hexdigest())
        notice: Notice = import_module(f"extract.{_READERS[kind]}").read(data, source, limits, name)
    if len(notice.text) > limits.text_characters:
        raise LimitExceeded(name, f"more than {limits.text_characters:,} characters", "split the document")
    if not any("\u4e00" <= char <= "\u9fff" for char in notice.text):
        raise NoNotice(name, "no Chinese text in it", "give the page or file that holds the notice itself")
    return notice
