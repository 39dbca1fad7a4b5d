"""Attachments: the files and documents that a notice lists, links to, or holds itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.folding import fold_key
from extract.model import Notice
from extract.outline import match_label
from normalize import line_kinds as lines
from normalize.annexes import split_names
from normalize.front_numerals import own_numerals
from normalize.layout import Layout
from normalize.results import Result
from normalize.title_lines import joined_title

_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    "doc": "application/msword",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "pdf": "application/pdf",
    "rtf": "application/rtf",
    "ofd": "application/ofd",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
_SUFFIX = re.compile(r"\.([A-Za-z0-9]{2,4})\s*\)?$")
_LEAD = re.compile(r"(?:附[件表][0-9一二三四五六七八九十]*[:.、]?)?(?:[0-9]{1,2}[.、](?![0-9]{1,3}(?![0-9])))?")
_OMITTED = re.compile(r"\(?(?:附件)?[略无]\)?")
_COMPARED = 200


@dataclass(slots=True)
class _Attachment:
    name: str
    start: int
    end: int
    href: str = ""

    @property
    def key(self) -> str:
        """The name for comparing: without 附件1:, the number in a list, and the suffix of a file."""
        bare = _SUFFIX.sub("", fold_key(self.name))
        match = _LEAD.match(bare)
        return bare[match.end() if match else 0 :].strip("《》")


def find_attachments(notice: Notice, layout: Layout) -> Result:
    """Rows of ``attachments``: what is listed, linked or enclosed, each once; a check for what is named and not given.

    ``status`` is ``read`` where the document stands in the notice or was read with it, ``linked`` where a file is linked, else ``named``.
    """
    result = Result()
    titles = {fold_key(joined_title(notice, item.title)) for item in layout.enclosed if item.title}
    titles |= {fold_key(part.title) for part in layout.parts[1:] if part.title}
    titles |= {fold_key(lines.without_remarks(title)) for title in titles}
    # What its own name is made of: a file of this name is the notice itself.
    own = titles | {fold_key(joined_title(notice, layout.title))}
    own |= {fold_key(notice.text[span.start : span.end]) for span in layout.numbers}
    hrefs = {enclosure.href for enclosure in notice.enclosures if enclosure.href}
    titles |= {_Attachment(enclosure.name, 0, 0).key for enclosure in notice.enclosures}
    for number, attachment in enumerate(_each_once(notice, layout), 1):
        row_id, name, place = f"f{number}", attachment.name, (attachment.start, attachment.end)
        is_read = attachment.key in titles or attachment.href in hrefs
        status = "read" if is_read else "linked" if attachment.href else "named"
        row = {"attachment_id": row_id, "name": name, "href": attachment.href, "status": status}
        result.add("attachments", row | {"media_type": _media_type(name, attachment.href)})
        if status == "named":
            is_own = lines.names_file(name) and any(len(title) > 5 and title in fold_key(name) for title in own)
            result.check(
                "attachment_not_given", f"named, and neither linked nor in the notice: {name}", *place,
                severity="info" if is_own else "warning", subject_kind="attachments", subject_id=row_id,
            )  # fmt: skip
        own_numerals(result, notice, *place)
        result.own(*place, "name", "attachments", row_id)
    for block in notice.blocks:
        if layout.kinds.get(block.start) == "attachment":
            # What no name has claimed is the number of a list, or of the attachment.
            result.own(block.start, block.end, "ordinal")
    return result


def _each_once(notice: Notice, layout: Layout) -> list[_Attachment]:
    """The attachments in reading order; a name in a list and the file of this name are one."""
    found: dict[str, _Attachment] = {}
    for attachment in (*_listed(notice, layout), *_linked(notice), *_annexed(notice, layout)):
        key = attachment.key
        near = (other for other in list(found)[:_COMPARED] if len(other) > 5 and key.endswith(other))
        known = found.get(key) or found.get(next(near, ""))
        if known is None:
            found[key] = attachment
        elif attachment.href and not known.href:
            known.href = attachment.href
    return sorted(found.values(), key=lambda attachment: attachment.start)


def _listed(notice: Notice, layout: Layout) -> Iterator[_Attachment]:
    links = {link.start: link for link in notice.links}
    for span in layout.attachments:
        folded = notice.folded[span.start : span.end]
        inside = [links[start] for start in range(span.start, span.end) if start in links]
        position = 0
        for name in split_names(folded):
            at = folded.find(name, position)
            if at < 0 or _OMITTED.fullmatch(name) or match_label(name, 0, len(name)) and len(name) < 4:
                continue
            position = at + len(name)
            start, end = span.start + at, span.start + position
            href = next((link.href for link in inside if link.start < end and link.end > start), "")
            yield _Attachment(notice.text[start:end], start, end, href)


def _linked(notice: Notice) -> Iterator[_Attachment]:
    for link in notice.links:
        yield _Attachment(notice.text[link.start : link.end], link.start, link.end, link.href)


def _annexed(notice: Notice, layout: Layout) -> Iterator[_Attachment]:
    """The documents that stand below a line 附件1, whether a list names them or not."""
    for item in layout.enclosed:
        if item.is_annex and item.title:
            yield _Attachment(joined_title(notice, item.title), item.title[0].start, item.title[-1].end)


def _media_type(name: str, href: str) -> str:
    for text in (name, href.split("?")[0], href):
        if (match := _SUFFIX.search(text)) and match[1].lower() in _MEDIA_TYPES:
            return _MEDIA_TYPES[match[1].lower()]
    return ""
