"""A zip that comes from outside: its sizes are checked before anything is unpacked."""

from __future__ import annotations

import io
import zipfile

from extract.errors import DamagedFile, EncryptedFile, LimitExceeded
from extract.limits import Limits
from extract.xml import largest_part

_ENCRYPTED_FLAG = 0x1


class Archive:
    """The parts of a zip by name."""

    def __init__(self, data: bytes, limits: Limits, name: str, remedy: str) -> None:
        self._limits, self._name, self._remedy = limits, name, remedy
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except Exception as error:
            raise self._broken(error) from error
        entries = self._archive.infolist()
        if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
            raise EncryptedFile(name, "the file is encrypted", "remove the password and give the decrypted file")
        # zipfile stops at the size that the directory states, so the sum of these bounds what can be unpacked.
        if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
            raise LimitExceeded(name, f"more than {limits.unpacked_bytes >> 20} MiB unpacked", "split the document")
        self._entries = {entry.filename.lstrip("/"): entry for entry in entries}

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, ``None`` where there is none of this name."""
        entry = self._entries.get(part)
        if entry is None:
            return None
        if entry.file_size > largest_part(self._limits):
            raise LimitExceeded(
                self._name, f"more than {largest_part(self._limits):,} characters", "split the document"
            )
        try:
            return self._archive.read(entry)
        except Exception as error:
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> DamagedFile:
        # zipfile and zlib raise errors of many kinds at bytes that break their rules.
        said = " ".join(str(error).split())[:100] or type(error).__name__
        return DamagedFile(self._name, f"the package is broken ({said})", self._remedy)
