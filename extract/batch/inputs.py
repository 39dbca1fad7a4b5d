"""Which files a run reads, in which order, and what each is called: folders, globs, lists and files."""

from __future__ import annotations

import glob
import itertools
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from extract.errors import MissingFile, NoticeError, on_one_line
from extract.names import digest, to_id, to_text
from normalize.package import is_package

# In a folder these are taken for notices, or for files of which a person should hear why they can't be read. What a file
# is comes from its bytes all the same; the name only keeps pictures, style sheets and notes out of a walk.
SUFFIXES = frozenset(
    ".html .htm .shtml .xhtml .mht .mhtml .txt .doc .docx .docm .dot .dotx .wps .rtf .odt .fodt .pdf .xml .uof .ofd".split()
)
_PAGES = frozenset(".html .htm .shtml .xhtml .mht .mhtml".split())
_SKIPPED_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, the ``document_id`` that its rows get, and its name for a reader: where it lies in the folder that was given."""

    path: Path
    document_id: str
    source: str


def find_files(documents: Iterable[str], errors: list[NoticeError]) -> dict[Path, str]:
    """The files that the arguments name, each once, in order, with its ``Job.source``; what names none is added to ``errors``.

    An argument is a file, a folder (of any depth), a pattern (``in/**/*.html``), or ``@`` and a file with one of these a line.
    """
    files: dict[Path, str] = {}
    known: set[str] = set()
    for document in documents:
        try:
            for named in listed(document):
                for path, source in _files_of(named, errors):
                    # in/a.html and /data/in/a.html may be one file.
                    if (place := os.path.abspath(path)) not in known:
                        known.add(place)
                        files[path] = to_text(source)
        except NoticeError as error:
            errors.append(error)
    return files


def to_jobs(files: Mapping[Path, str]) -> Iterator[Job]:
    """What ``find_files`` found, each with an id of its own."""
    ids = to_ids([Path(os.path.abspath(path)).as_posix() for path in files])
    for (path, source), document_id in zip(files.items(), ids, strict=True):
        yield Job(path, document_id, source)


def to_ids(places: Sequence[str]) -> list[str]:
    """An id for each place (a path with ``/``; all differ): its stem, and where others want that too, more of its name and folders.

    An id that several want is no one's, so that it never goes over to another notice when files are added.

    >>> to_ids(["/in/a/notice.html", "/in/b/notice.html", "/in/b/list.doc", "/in/b/list.html", "/in/b/plan.html"])
    ['a-notice', 'b-notice', 'list.doc', 'list.html', 'plan']
    """
    ids = [""] * len(places)
    wanted_by: dict[str, tuple[int, int] | None] = {}
    waiting = [(number, 0) for number in range(len(places))]
    while waiting:
        number, choice = waiting.pop()
        ids[number] = to_id(_choice(places[number], choice))
        key = _folded(ids[number])
        if key not in wanted_by:
            wanted_by[key] = (number, choice)
            continue
        if (other := wanted_by[key]) is not None:
            waiting.append((other[0], other[1] + 1))
            wanted_by[key] = None
        waiting.append((number, choice + 1))
    return ids


def _choice(place: str, number: int) -> str:
    """What a place would be called first, second …: each tells it from more others, the last from all."""
    *folders, name = filter(None, place.split("/"))
    count = number // 2
    if count > len(folders):
        # Names that differ in nothing that every file system tells apart.
        further = number - 2 * (len(folders) + 1)
        return f"{name}-{digest(f'{place}/{further}' if further else name)}"
    kept = folders[len(folders) - count :]
    return "-".join([*kept, name if number % 2 else PurePosixPath(name).stem])


def _folded(name: str) -> str:
    # Some file systems take these for one name.
    return unicodedata.normalize("NFC", name).casefold()


def listed(document: str) -> list[str]:
    """The argument itself, or what the file behind its ``@`` lists: a path a line, blank lines and those after a # left out."""
    if not document.strip():
        raise MissingFile("DOC", "is empty", "give a notice, a folder, a pattern or a list (. is the folder where you are)")
    if not document.startswith("@") or os.path.lexists(document):
        return [document]
    place = document[1:]
    try:
        text = Path(place).read_bytes().decode("utf-8-sig", errors="surrogateescape")
    except OSError as error:
        raise MissingFile(place, f"the list can't be read ({error.strerror})", "check the path") from error
    lines = [line.strip() for line in text.splitlines()]
    named = [line for line in lines if line and not line.startswith("#")]
    if not named:
        raise MissingFile(place, "the list names no file", "write the path of a file or folder on each line")
    return named


def _files_of(document: str, errors: list[NoticeError]) -> Iterator[tuple[Path, str]]:
    # Those of os.path say no where Path raises: in a folder that may not be looked into.
    path = Path(document)
    if os.path.isdir(path):
        yield from _walk(path, path, errors)
    elif not os.path.lexists(path) and glob.has_magic(document):
        base = _before_pattern(path)
        found = [Path(name) for name in sorted(glob.glob(document, recursive=True))]
        known = len(errors)
        _tell_locked(base, errors, deep="**" in document)
        if not found and len(errors) == known:
            errors.append(MissingFile(document, "no file has such a name", "check the pattern"))
        for match in found:
            if os.path.isdir(match):
                yield from _walk(match, base, errors, named=False)
            else:
                yield match, match.relative_to(base).as_posix()
    else:
        yield path, path.name


def _before_pattern(path: Path) -> Path:
    """The folder that every match lies in."""
    plain = itertools.takewhile(lambda part: not glob.has_magic(part), path.parts[:-1])
    return Path(*plain)


def _tell_locked(folder: Path, errors: list[NoticeError], deep: bool) -> None:
    """Add the folders that a pattern passes over because they can't be looked into."""

    def tell(error: OSError) -> None:
        if isinstance(error, PermissionError):
            errors.append(_locked(error))

    for _, folders, _ in os.walk(folder, onerror=tell):
        folders[:] = [name for name in folders if deep and not name.startswith(".")]


def _locked(error: OSError) -> MissingFile:
    return MissingFile(str(error.filename), f"the folder can't be looked into ({error.strerror})", "check its rights")


def _walk(folder: Path, base: Path, errors: list[NoticeError], named: bool = True) -> Iterator[tuple[Path, str]]:
    """The notices under a folder and where they lie in ``base``, pages first, in the order of their names, hidden files and packages
    of ours left out.

    ``named`` tells whether a person asked for this very folder, and should hear where there is nothing in it.
    """
    known = len(errors)
    count = 0
    skipped: list[str] = []
    for place, folders, names in os.walk(folder, onerror=lambda error: errors.append(_locked(error))):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not is_package(Path(place, name)))
        for name in folders:
            if os.path.islink(Path(place, name)):
                link = to_text(str(Path(place, name)))
                print(on_one_line(f"{link}: a link to a folder, not followed; name it as DOC to read what is there"), file=sys.stderr)
        for name in sorted(names, key=in_folder):
            if not name.startswith("."):
                path = Path(place, name)
                if path.suffix.lower() in SUFFIXES:
                    count += 1
                    yield path, path.relative_to(base).as_posix()
                else:
                    skipped.append(to_text(name))
    if skipped and named:
        more = f" and {len(skipped) - _SKIPPED_SHOWN} more" if len(skipped) > _SKIPPED_SHOWN else ""
        line = f"{to_text(str(folder))}: no notices by their names: {', '.join(skipped[:_SKIPPED_SHOWN])}{more}"
        print(on_one_line(line), file=sys.stderr)
    if not count and named and len(errors) == known:
        errors.append(
            MissingFile(str(folder), "there is no notice in this folder", "give a folder with .html, .doc, .docx or .txt files")
        )


def in_folder(name: str) -> tuple[bool, str]:
    """Sorts the files of a folder: what names its attachments before them, so that they are told from notices of their own."""
    return PurePosixPath(name).suffix.lower() not in _PAGES, name
