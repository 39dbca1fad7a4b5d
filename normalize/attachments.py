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
from normalize.documents import own_numerals
from normalize.layout import Layout
from normalize.results import Result
from normalize.title_lines import joined_title

_MEDIA_TYPES = {
    "doc": "application/msword", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf", "wps": "application/vnd.ms-works", "et": "application/vnd.ms-excel", "rtf": "application/rtf",
    "zip": "application/zip", "rar": "application/vnd.rar", "7z": "application/x-7z-compressed", "ofd": "application/ofd", "ceb": "application/x-ceb",
    "ppt": "application/vnd.ms-powerpoint", "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png",
}  # fmt: skip
_SUFFIX = re.compile(r"\.([A-Za-z0-9]{2,4})\s*\)?$")
_OMITTED = re.compile(r"\(?(?:附件)?[略无]\)?")


@dataclass(slots=True)
class _Attachment:
    name: str
    start: int
    end: int
    href: str = ""
    is_read: bool = False

    @property
    def key(self) -> str:
        bare = _SUFFIX.sub("", fold_key(self.name))
        return re.sub(r"^(?:附[件表][0-9一二三四五六七八九十]*[:.、]?)?(?:[0-9]{1,2}[.、])?", "", bare).strip("《》")


def find_attachments(notice: Notice, layout: Layout) -> Result:
    """Rows of ``attachments``: what is listed and what is linked, each once; a check for what is named and not given.

    ``status`` is ``read`` where the document stands in the notice, ``linked`` where a file is linked, else ``named``.
    """
    result = Result()
    found: dict[str, _Attachment] = {}
    for attachment in (*_listed(notice, layout), *_linked(notice), *_annexed(notice, layout)):
        known = found.get(attachment.key) or next((other for key, other in found.items() if len(key) > 5 and attachment.key.endswith(key)), None)
        if known is None:
            found[attachment.key] = attachment
        elif attachment.href and not known.href:
            known.href = attachment.href
    enclosed = {fold_key(title) for item in layout.enclosed if (title := joined_title(notice, item.title))}
    enclosed |= {fold_key(part.title) for part in layout.parts[1:]}
    notice_title = joined_title(notice, layout.title)
    bare = {fold_key(lines.without_remarks(title)) for title in enclosed}
    for number, attachment in enumerate(sorted(found.values(), key=lambda item: item.start), 1):
        row_id = f"f{number}"
        attachment.is_read = attachment.key in enclosed | bare
        status = "read" if attachment.is_read else "linked" if attachment.href else "named"
        name = attachment.name
        result.add("attachments", {"attachment_id": row_id, "name": name, "href": attachment.href, "media_type": _media_type(name, attachment.href), "status": status})
        if status == "named":
            is_own = any(len(title) > 5 and title in fold_key(name) for title in (*bare, fold_key(notice_title)))
            message = f"named, and neither linked nor in the notice: {name}"
            severity = "info" if is_own and lines.names_file(name) else "warning"
            result.check("attachment_not_given", message, attachment.start, attachment.end, severity=severity, subject_kind="attachments", subject_id=row_id)
        own_numerals(result, notice, attachment.start, attachment.end)
        result.own(attachment.start, attachment.end, "name", "attachments", row_id)
    for start, end in _marked(notice, layout):
        result.own(start, end, "ordinal")
    return result


def _marked(notice: Notice, layout: Layout) -> Iterator[tuple[int, int]]:
    """Lines of lists and marks; what no name has claimed of them is a number of the list."""
    for block in notice.blocks:
        if layout.kinds.get(block.start) == "attachment":
            yield block.start, block.end


def _listed(notice: Notice, layout: Layout) -> Iterator[_Attachment]:
    hrefs = [(link.start, link.end, link.href) for link in notice.links]
    for span in layout.attachments:
        folded = notice.folded[span.start : span.end]
        position = 0
        for name in split_names(folded):
            at = folded.find(name, position)
            if at < 0 or _OMITTED.fullmatch(name) or match_label(name, 0, len(name)) and len(name) < 4:
                continue
            position = at + len(name)
            start = span.start + at
            href = next((href for first, last, href in hrefs if first < start + len(name) and last > start), "")
            yield _Attachment(notice.text[start : start + len(name)], start, start + len(name), href)


def _annexed(notice: Notice, layout: Layout) -> Iterator[_Attachment]:
    """The documents that stand below a line 附件1, whether a list names them or not."""
    for item in layout.enclosed:
        if item.is_annex and item.title:
            yield _Attachment(joined_title(notice, item.title), item.title[0].start, item.title[-1].end)


def _linked(notice: Notice) -> Iterator[_Attachment]:
    for link in notice.links:
        yield _Attachment(notice.text[link.start : link.end], link.start, link.end, link.href)


def _media_type(name: str, href: str) -> str:
    for text in (name, href.split("?")[0], href):
        if (match := _SUFFIX.search(text)) and match[1].lower() in _MEDIA_TYPES:
            return _MEDIA_TYPES[match[1].lower()]
    return ""
