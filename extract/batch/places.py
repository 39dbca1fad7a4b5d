"""Files of any place that fsspec knows (object stores, archives, folders): which a run reads, their bytes, what lies beside them.

A place is a URL. In a chain such as ``zip://a/b.html::file:///x.zip`` the first link leads to the file, inside of what the others lead to.
"""

from __future__ import annotations

import json
import os
import posixpath
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from extract import read_bytes
from extract.batch.inputs import SUFFIXES, in_folder, listed
from extract.beside import Folder, with_attachments
from extract.errors import LimitExceeded, MissingFile, NoticeError
from extract.limits import DEFAULT_LIMITS
from extract.model import Notice
from extract.names import to_text
from normalize.package import DESCRIPTOR, GENERATOR

# What changes when a file does, as one place or another calls it.
_VERSION = ("size", "mtime", "ETag", "etag", "LastModified", "last_modified", "CRC")


def find_places(documents: Sequence[str], errors: list[NoticeError]) -> dict[str, tuple[str, str]]:
    """The files that the documents name, by their URLs, in the order of a local run: where each lies in the folder that was given, and
    what changes when its content does. What names none is added to ``errors``.
    """
    found: dict[str, tuple[str, str]] = {}
    for document in documents:
        try:
            for named in listed(document):
                for url, source, version in _places_of(named, errors):
                    found.setdefault(url, (source, version))
        except NoticeError as error:
            errors.append(error)
    return found


def _places_of(document: str, errors: list[NoticeError]) -> Iterator[tuple[str, str, str]]:
    *outer, own, inner = _links(document)
    try:
        system, path = url_to_fs(document)
        if inner:
            # Workers have folders of their own to count from.
            last, place = url_to_fs(inner[-1])
            inner[-1] = last.unstrip_protocol(place)
        is_pattern = any(sign in path for sign in "*?[") and not system.exists(path)
        paths = sorted(system.glob(path)) if is_pattern else [path]
        base = _before_pattern(path) if is_pattern else path
        count, known = 0, len(errors)
        for place in paths:
            for name, info in _below(system, place, errors):
                source = to_text(posixpath.relpath(name, base or ".") if name != base else posixpath.basename(name))
                if (name != place or is_pattern) and _is_hidden(source):
                    continue
                count += 1
                link = f"{own.partition('://')[0]}://{name}" if inner else system.unstrip_protocol(name)
                yield "::".join([*outer, link, *inner]), source, " ".join(str(info.get(key, "")) for key in _VERSION)
    except Exception as error:  # as many kinds as there are places
        said = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise MissingFile(document, f"can't be looked into ({said})", "check the address: a path, or a URL that fsspec knows") from error
    if not count and len(errors) == known:
        raise MissingFile(document, "there is no notice there", "check the address")


def _links(url: str) -> tuple[Any, ...]:
    """The links of a chain: those that only change how a file is got (``simplecache``), the one that leads to the file, and a list of
    those inside of which it is."""
    links = url.split("::")
    at = next((number for number, link in enumerate(links) if "://" in link), len(links) - 1)
    return (*links[:at], links[at], links[at + 1 :])


def _before_pattern(path: str) -> str:
    folders = path.split("/")[:-1]
    plain = next((number for number, folder in enumerate(folders) if any(sign in folder for sign in "*?[")), len(folders))
    return "/".join(folders[:plain])


def _below(system: AbstractFileSystem, place: str, errors: list[NoticeError]) -> list[tuple[str, dict[str, Any]]]:
    """The notices under a place, or the file there, in the order of a walk through folders; packages of ours left out."""

    def tell(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            cause = f"the folder can't be looked into ({error.strerror})"
            errors.append(MissingFile(str(error.filename), cause, "check its rights"))

    # Stores have no rights by folder, and not all of them know the word.
    more = {"on_error": tell} if isinstance(system, LocalFileSystem) else {}
    found = system.find(place, detail=True, **more)
    names = [
        name for name, info in found.items()
        if posixpath.basename(name) == DESCRIPTOR and posixpath.dirname(name) != place and info["type"] == "file"
    ]  # fmt: skip
    own = tuple(posixpath.dirname(name) + "/" for name in names if _is_ours(system, name))
    kept = [
        name for name in found
        if name == place or posixpath.splitext(name)[1].lower() in SUFFIXES and not name.startswith(own)
    ]  # fmt: skip
    return [(name, found[name]) for name in sorted(kept, key=_as_walked)]


def _is_ours(system: AbstractFileSystem, name: str) -> bool:
    try:
        return bool(json.loads(system.cat_file(name))["generator"] == GENERATOR)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _as_walked(path: str) -> list[tuple[bool, bool, str]]:
    """Sorts paths as a walk through folders finds them: the files of a folder before its folders."""
    *folders, name = path.split("/")
    return [*((True, True, folder) for folder in folders), (False, *in_folder(name))]


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def as_path(url: str) -> str:
    """The folders that lead to a file, those of its archive first, with ``/``.

    >>> as_path("zip://a/b.html::file:///x.zip"), as_path("s3://bucket/c.html")
    ('file:///x.zip/a/b.html', 's3://bucket/c.html')
    """
    *_, own, inner = _links(url)
    return "/".join([*reversed(inner), own.partition("://")[2]]) if inner else own


def read_place(url: str) -> Notice:
    """The notice in a file, with its attachments that lie beside it. Raises ``NoticeError`` for what can't be read."""
    system, path = _opened(url)
    folder = posixpath.dirname(path)

    def beside() -> Folder:
        return _folder(_first_links(url), folder)

    def read(name: str) -> Notice:
        return read_bytes(_bytes_of(system, posixpath.join(folder, name), sibling(url, name)), sibling(url, name))

    notice = read_bytes(_bytes_of(system, path, url), url)
    return with_attachments(notice, posixpath.basename(path), beside, DEFAULT_LIMITS, read)


def sibling(url: str, name: str) -> str:
    """The URL of a file that lies beside another.

    >>> sibling("zip://a/b.html::file:///x.zip", "c.doc"), sibling("s3://bucket/b.html", "c.doc")
    ('zip://a/c.doc::file:///x.zip', 's3://bucket/c.doc')
    """
    *outer, own, inner = _links(url)
    head, sign, path = own.partition("://")
    return "::".join([*outer, head + sign + posixpath.join(posixpath.dirname(path), name), *inner])


def forget(state: str) -> None:
    """Look anew at folders and archives, where a run begins that found them in another state."""
    global _state
    if state != _state:
        _state = state
        _system.cache_clear()
        _folder.cache_clear()


_state = ""


def _opened(url: str) -> tuple[AbstractFileSystem, str]:
    *_, own, inner = _links(url)
    if not inner:
        system, path = url_to_fs(url)
        return system, path
    # An archive is opened once, not once for each of its files.
    return _system(_first_links(url)), own.partition("://")[2]


def _first_links(url: str) -> str:
    """The chain without the path in its innermost place, which leads to all that is there."""
    *outer, own, inner = _links(url)
    return "::".join([*outer, own.partition("://")[0] + "://", *inner])


@lru_cache(maxsize=2)
def _system(chain: str) -> AbstractFileSystem:
    system: AbstractFileSystem = url_to_fs(chain)[0]
    system.invalidate_cache()
    return system


@lru_cache(maxsize=2)
def _folder(chain: str, folder: str) -> Folder:
    infos = _system(chain).ls(folder, detail=True)
    return Folder.of(posixpath.basename(info["name"]) for info in infos if info["type"] == "file" and not info.get("islink"))


def _bytes_of(system: AbstractFileSystem, path: str, url: str) -> bytes:
    try:
        if isinstance(system, LocalFileSystem) and os.path.exists(path) and not os.path.isfile(path):
            # A pipe would be waited for, a device has no end.
            raise MissingFile(url, "is a pipe, device or socket", "give a file: save there what comes out of it")
        with system.open(path, "rb") as file:
            data: bytes = file.read(DEFAULT_LIMITS.file_bytes + 1)
    except OSError as error:
        raise MissingFile(url, f"can't be read ({error.strerror or error})", "check the address and its rights") from error
    if len(data) > DEFAULT_LIMITS.file_bytes:
        raise LimitExceeded(url, f"more than {DEFAULT_LIMITS.file_bytes >> 20} MiB", "give a smaller file")
    return data
