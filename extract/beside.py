"""Attachments that lie beside a notice: files in its folder, under the names that it gives its attachments, read as
parts of it.

Only names in the notice's own folder are looked at, so no name with a path in it leads anywhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qsl, unquote, urlsplit

from extract.errors import NoticeError
from extract.folding import fold, fold_key
from extract.limits import Limits
from extract.model import Block, Enclosure, Link, Notice, Paragraph, Remark, Table
from extract.names import to_text

#: In the folder: a larger one is a collection of notices, where a name that many may have says nothing.
MOST_FILES = 60
_LONG_NAME = 8
_MOST_ATTACHMENTS = 50
_SUFFIX = re.compile(r"\.[a-z0-9]{2,5}$")
_LEAD = re.compile(r"(?:附[件表][0-9一二三四五六七八九十]*[:.、_-]?)?(?:[0-9]{1,2}[.、](?![0-9]{1,3}(?![0-9])))?")
_LIST = re.compile(r"附[件表]\s*[0-9一二三四五六七八九十]*\s*[:.、]?")
_ITEM = re.compile(r"\(?[0-9]{1,2}[.、)]")
_ITEMS = re.compile(r"(?:^|[\s;。])(?=[0-9]{1,2}[.、](?![0-9]))")
_SHORTEST_NAME = 4
_LONGEST_LINE = 400
_SHORTEST_LINE = 8
_SAME, _OVERLAPPING = 0.9, 0.5  # of an attachment: how much of it the notice itself says

@dataclass(frozen=True, slots=True)
class _Found:
    """A file beside the notice, the link that leads to it, and whether its name says enough where many files are."""

    name: str
    href: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Folder:
    """The names of the files in a folder, and by their keys."""

    names: frozenset[str]
    by_key: dict[str, str]

    @classmethod
    def of(cls, names: Iterable[str]) -> Folder:
        by_key: dict[str, str] = {}
        for name in (ordered := sorted(names)):
            if len(_key(name)) >= _SHORTEST_NAME:
                by_key.setdefault(_key(name), name)
        return cls(frozenset(ordered), by_key)


def with_attachments(
    notice: Notice, own_name: str, beside: Callable[[], Folder], limits: Limits, read: Callable[[str], Notice]
) -> Notice:
    """The notice with what ``read`` gives of the attachments that lie ``beside`` its file; what can't be read is a remark.

    ``beside`` is asked only where the notice names an attachment, and may raise ``OSError``.
    """
    for found in islice(_find(notice, own_name, beside), _MOST_ATTACHMENTS):
        name = to_text(found.name)
        if not found.is_sure:
            message = (
                f"the file {name} beside the notice has the name of an attachment, and was not read as one: in a folder of more than "
                f"{MOST_FILES} files such a name may be another notice's; put the two into a folder of their own"
            )
            notice = _with_remarks(notice, Remark("attachment_unsure", message, "info"))
            continue
        try:
            attachment = read(found.name)
        except NoticeError as error:
            message = f"the attachment {name} lies beside the notice and was not read: {error.cause}; {error.remedy}"
            notice = _with_remarks(notice, Remark("attachment_unread", message))
            continue
        share = _share_said(notice, attachment)
        if share >= _SAME:
            notice = _with_remarks(
                notice, Remark("attachment_same", f"the attachment {name} says what the notice itself says", "info")
            )
        elif share >= _OVERLAPPING:
            message = (
                f"the attachment {name} says in large part what the notice itself says, "
                "and was not read, so that nothing counts twice"
            )
            notice = _with_remarks(notice, Remark("attachment_overlaps", message))
        elif len(notice.text) + len(attachment.text) > limits.text_characters:
            message = (
                f"the attachment {name} was not read: with it there are more than {limits.text_characters:,} characters"
            )
            notice = _with_remarks(notice, Remark("attachment_unread", message))
        else:
            notice = _joined(notice, attachment, name, found.href)
    return notice


def _with_remarks(notice: Notice, *remarks: Remark) -> Notice:
    return replace(notice, remarks=(*notice.remarks, *remarks))


# --- which files are attachments ---


def _find(notice: Notice, own_name: str, beside: Callable[[], Folder]) -> Iterator[_Found]:
    """The files beside the notice that it links to or lists, in its order, each once."""
    listed = list(_listed_names(notice))
    if not notice.links and not listed:
        return
    try:
        folder = beside()
    except OSError:
        return
    is_small = len(folder.names) <= MOST_FILES
    taken = {own_name}
    unsure: list[str] = []
    for link in sorted(notice.links, key=lambda link: link.start):
        printed = notice.text[link.start : link.end]
        exact = [name for name in (printed, *_names_of(link)) if name in folder.names]
        sure = [name for name in exact if is_small or len(_key(name)) >= _LONG_NAME]
        by_key = folder.by_key.get(_key(printed), "")
        found = sure[0] if sure else by_key if is_small else ""
        if found and found not in taken:
            taken.add(found)
            yield _Found(found, link.href, True)
        unsure += [*exact[:1], by_key]
    for key in listed:
        found = folder.by_key.get(key, "")
        if is_small and found and found not in taken:
            taken.add(found)
            yield _Found(found, "", True)
        unsure.append(found)
    if not is_small:
        yield from (_Found(name, "", False) for name in dict.fromkeys(unsure) if name and name not in taken)


def names_beside(path: Path) -> str:
    """The names of the files beside ``path``, where they are so few that any may be an attachment; else nothing."""
    try:
        names = folder_of(path).names
    except OSError:
        return ""
    return "/".join(sorted(names)) if len(names) <= MOST_FILES else ""


def folder_of(path: Path) -> Folder:
    """The folder that a file lies in; no links to files elsewhere."""
    return _folder(path.parent, path.parent.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _folder(place: Path, changed: int) -> Folder:
    # ``changed`` tells when it last was: another key for another state.
    with os.scandir(place) as entries:
        return Folder.of(entry.name for entry in entries if entry.is_file(follow_symlinks=False))


def _key(name: str) -> str:
    """The name of an attachment for comparing: without 附件1:, the number in a list, and the suffix of a file.

    >>> _key("附件1：2024年主要指标表.docx"), _key("2.任务清单"), _key("《考核办法》.doc")
    ('2024年主要指标表', '任务清单', '考核办法')
    """
    bare = _SUFFIX.sub("", fold_key(name))
    match = _LEAD.match(bare)
    return bare[match.end() if match else 0 :].strip("《》")


def _names_of(link: Link) -> Iterator[str]:
    """The names of files that a link gives: the last part of its path, and what its query says.

    >>> list(_names_of(Link(0, 1, "/module/download/downfile.jsp?classid=0&filename=%E6%8C%87%E6%A0%87.doc")))
    ['downfile.jsp', '指标.doc']
    """
    try:
        address = urlsplit(link.href)
    except ValueError:
        return
    yield unquote(PurePosixPath(address.path).name)
    for key, value in parse_qsl(address.query)[:20]:
        if "name" in key.lower():
            yield value


def _listed_names(notice: Notice) -> Iterator[str]:
    """The names in lists of attachments, as keys: 附件：1.… 2.…, in one line or in one line each."""
    in_list = False
    for block in notice.blocks:
        if not isinstance(block, Paragraph):
            in_list = False
            continue
        line = fold(notice.text[block.start : block.end])
        match = _LIST.match(line)
        if match is None and not (in_list and _ITEM.match(line)) or len(line) > _LONGEST_LINE:
            in_list = False
            continue
        in_list = True
        for name in _ITEMS.split(line[match.end() :] if match else line):
            key = _key(name.strip(" ;。,"))
            if len(key) >= _SHORTEST_NAME:
                yield key


# --- the notice and an attachment as one ---


def _share_said(notice: Notice, attachment: Notice) -> float:
    """How much of an attachment the notice itself says, by lines."""
    said = {fold_key(notice.text[line.start : line.end]) for line in notice.lines()}
    total = same = 0
    for line in attachment.lines():
        key = fold_key(attachment.text[line.start : line.end])
        if len(key) >= _SHORTEST_LINE:
            total += len(key)
            same += len(key) if key in said else 0
    return same / total if total else 0.0


def _joined(notice: Notice, attachment: Notice, name: str, href: str) -> Notice:
    """Both as one notice: one text, and every place in it."""
    shift = len(notice.text) + 1
    text = f"{notice.text}\n{attachment.text}"
    remarks = [replace(remark, message=f"{name}: {remark.message}") for remark in attachment.remarks]
    placed = [
        replace(remark, start=remark.start + shift, end=remark.end + shift) if remark.end > remark.start else remark
        for remark in remarks
    ]
    said = Remark(
        "attachment_read",
        f"the attachment {name} lies beside the notice and was read as a part of it",
        "info",
        shift,
        len(text),
    )
    return replace(
        notice,
        text=text,
        blocks=(*notice.blocks, *(_shifted(block, shift) for block in attachment.blocks)),
        links=(
            *notice.links,
            *(replace(link, start=link.start + shift, end=link.end + shift) for link in attachment.links),
        ),
        remarks=(*notice.remarks, said, *placed),
        enclosures=(*notice.enclosures, Enclosure(shift, len(text), name, href)),
    )


def _shifted(block: Block, shift: int) -> Block:
    """A block further on. What is the field block or the title of an attachment is none of the notice."""
    hint = "" if block.hint in ("metadata", "title") else block.hint
    if isinstance(block, Paragraph):
        return replace(block, start=block.start + shift, end=block.end + shift, hint=hint)
    cells = tuple(
        replace(
            cell,
            paragraphs=tuple(replace(line, start=line.start + shift, end=line.end + shift) for line in cell.paragraphs),
        )
        for cell in block.cells
    )
    return Table(block.start + shift, block.end + shift, block.rows, block.columns, cells, hint)
