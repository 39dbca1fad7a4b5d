"""Which files a run reads, in which order, and what each is called: folders, globs, lists and files."""

from __future__ import annotations

import glob
import os
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import MissingFile, NoticeError
from extract.names import to_text
from normalize.package import is_package

# In a folder these are taken for notices, or for files of which a person should hear why they can't be read. What a file
# is comes from its bytes all the same; the name only keeps pictures, style sheets and notes out of a walk.
SUFFIXES = frozenset(
    ".html .htm .shtml .xhtml .mht .mhtml .txt .doc .docx .docm .dot .dotx .wps .rtf .odt .fodt .pdf .xml .uof .ofd".split()
)
# What names its attachments is read before them, so that they are told from notices of their own.
_PAGES = frozenset(".html .htm .shtml .xhtml .mht .mhtml".split())
_SKIPPED_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read and the ``document_id`` that its rows get."""

    path: Path
    document_id: str


def find_files(documents: Iterable[str], errors: list[NoticeError]) -> list[Path]:
    """The files that the arguments name, each once, in order; what names none is added to ``errors``.

    An argument is a file, a folder (of any depth), a pattern (``in/**/*.html``), or ``@`` and a file with one of these a line.
    """
    files: dict[Path, None] = {}
    for document in documents:
        try:
            for named in _listed(document):
                files |= dict.fromkeys(_files_of(named, errors))
        except NoticeError as error:
            errors.append(error)
    return list(files)


def to_jobs(files: Iterable[Path]) -> Iterator[Job]:
    """Give every file its ``document_id``: the stem; with the ending where stems meet, and a number where names meet too."""
    paths = list(files)
    stems = Counter(_folded(path.stem) for path in paths)
    used: set[str] = set()
    for path in paths:
        name = to_text(path.stem if stems[_folded(path.stem)] == 1 else path.name)
        document_id, number = name, 1
        while _folded(document_id) in used:
            number += 1
            document_id = f"{name}-{number}"
        used.add(_folded(document_id))
        yield Job(path, document_id)


def _folded(name: str) -> str:
    # Some file systems take these for one name.
    return unicodedata.normalize("NFC", to_text(name)).casefold()


def _listed(document: str) -> list[str]:
    """The argument itself, or what the file behind its ``@`` lists."""
    if not document.startswith("@") or Path(document).exists():
        return [document]
    place = document[1:]
    try:
        text = Path(place).read_bytes().decode("utf-8-sig", errors="surrogateescape")
    except OSError as error:
        raise MissingFile(place, f"the list can't be read ({error.strerror})", "check the path") from error
    lines = [line.strip() for line in text.splitlines()]
    named = [line for line in lines if line]
    if not named:
        raise MissingFile(place, "the list names no file", "write the path of a file or folder on each line")
    return named


def _files_of(document: str, errors: list[NoticeError]) -> list[Path]:
    path = Path(document)
    if path.is_dir():
        try:
            return _walk(path)
        except NoticeError as error:
            errors.append(error)
            return []
    if not path.exists() and glob.has_magic(document):
        found = [Path(name) for name in sorted(glob.glob(document, recursive=True))]
        if not found:
            errors.append(MissingFile(document, "no file has such a name", "check the pattern"))
        return [file for match in found for file in (_walk(match, named=False) if match.is_dir() else [match])]
    return [path]


def _walk(folder: Path, named: bool = True) -> list[Path]:
    """The notices under a folder, pages first, in the order of their names, hidden files and packages of ours left out.

    ``named`` tells whether a person asked for this very folder, and should hear where there is nothing in it.
    """
    files: list[Path] = []
    skipped: list[str] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not is_package(Path(place, name)))
        for name in sorted(names, key=lambda name: (Path(name).suffix.lower() not in _PAGES, name)):
            if not name.startswith("."):
                path = Path(place, name)
                (files.append(path) if path.suffix.lower() in SUFFIXES else skipped.append(to_text(name)))
    if skipped and named:
        more = f" and {len(skipped) - _SKIPPED_SHOWN} more" if len(skipped) > _SKIPPED_SHOWN else ""
        print(f"{folder}: no notices by their names: {', '.join(skipped[:_SKIPPED_SHOWN])}{more}", file=sys.stderr)
    if not files and named:
        raise MissingFile(
            str(folder), "there is no notice in this folder", "give a folder with .html, .doc, .docx or .txt files"
        )
    return files
