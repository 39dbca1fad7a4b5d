"""What has been read, kept on disk: the records of a notice by the content and name of its file and the version of the tool."""

from __future__ import annotations

import hashlib
import os
import platform
from dataclasses import dataclass
from pathlib import Path

from extract.limits import DEFAULT_LIMITS, Limits
from normalize.records import NoticeRecords

_PACKAGES = Path(__file__).parents[2]
# Libraries whose next version may read a file in another way.
_LIBRARIES = ("beautifulsoup4", "cn2an", "lxml", "olefile", "pdfminer.six", "pdfplumber", "python-docx", "rapidfuzz", "regex")


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of records. Several runs may use one at a time; it can be deleted whenever none does."""

    folder: Path

    @classmethod
    def of_this_tool(cls, folder: Path) -> Cache:
        """The part of the cache in ``folder`` that holds what this very tool, its word lists included, has read."""
        return cls(folder / tool_fingerprint())

    def key(self, name: str, data: bytes, limits: Limits = DEFAULT_LIMITS, beside: str = "") -> str:
        """Under which the records of a file are kept. The name counts, since it stands in a row, and what lies ``beside`` it; so do
        the limits, beyond which the file would have been refused."""
        digest = hashlib.sha256(os.fsencode(name) + b"\0" + os.fsencode(beside) + b"\0" + repr(limits).encode() + b"\0")
        digest.update(data)
        return digest.hexdigest()

    def __contains__(self, key: str) -> bool:
        return self._path(key).exists()

    def read(self, key: str) -> NoticeRecords | None:
        """The records, or ``None`` where they are not there or damaged."""
        try:
            return NoticeRecords.from_bytes(self._path(key).read_bytes())
        except (FileNotFoundError, ValueError):
            return None

    def write(self, key: str, records: NoticeRecords) -> None:
        """Keep the records; a killed process leaves no half of them."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{key}.{os.getpid()}.part")
        part.write_bytes(records.to_bytes())
        part.replace(path)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key


def tool_fingerprint() -> str:
    """Changes with any line of the program or its word lists, with the libraries it reads by, and with Python."""
    # A single notice has no cache, and need not wait for this.
    from importlib.metadata import version

    digest = hashlib.sha256(platform.python_version().encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    for package in ("extract", "normalize"):
        for path in sorted((_PACKAGES / package).rglob("*")):
            if path.suffix in (".py", ".csv", ".json"):
                digest.update(path.relative_to(_PACKAGES).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
