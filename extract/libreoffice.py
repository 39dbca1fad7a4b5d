"""LibreOffice, where it is installed: what no reader here knows, turned into a .docx."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from extract.errors import DamagedFile, LimitExceeded, UnsupportedFormat
from extract.limits import Limits

#: Settings of the profile: no macros, and nothing is fetched that a document only links to.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""
_PROGRAMS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)


def find_program() -> str | None:
    """The path of LibreOffice, ``None`` where it is not installed."""
    return next((path for program in _PROGRAMS if (path := shutil.which(program))), None)


def to_docx(data: bytes, suffix: str, what: str, limits: Limits, name: str) -> bytes:
    """A document as a .docx. It runs with a profile of its own, which is thrown away, and no longer than the limit.

    ``suffix`` tells LibreOffice the format, ``what`` tells people: a Word 6/95 file.
    """
    program = find_program()
    if program is None:
        raise UnsupportedFormat(
            name,
            f"the file is {what}, and LibreOffice, which reads it, is not installed",
            "install LibreOffice, or save the file as .docx in Word",
        )
    with tempfile.TemporaryDirectory(prefix="notice-") as folder:
        given, made, profile = (
            Path(folder, f"notice{suffix}"),
            Path(folder, "out", "notice.docx"),
            Path(folder, "profile"),
        )
        given.write_bytes(data)
        settings = profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        command = [
            program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
            "--convert-to", "docx", "--outdir", str(made.parent), str(given),
        ]  # fmt: skip
        try:
            _run(command, limits.seconds)
        except subprocess.TimeoutExpired:
            raise LimitExceeded(
                name, f"LibreOffice did not read it within {limits.seconds} seconds", "save it as .docx in Word"
            ) from None
        except OSError as error:
            raise UnsupportedFormat(
                name, f"LibreOffice can't be run ({error.strerror})", "save the file as .docx in Word"
            ) from None
        if not made.is_file():
            raise DamagedFile(name, "LibreOffice can't read it", "save it as .docx in Word, or download it again")
        if made.stat().st_size > limits.file_bytes:
            raise LimitExceeded(name, f"more than {limits.file_bytes >> 20} MiB as a .docx", "split the document")
        return made.read_bytes()


def _run(command: list[str], seconds: float) -> None:
    """Run a program, and end it and what it started when its time is up."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=seconds)
    except BaseException:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
        raise
