"""Word 2003 XML: the names of its elements changed to those of a .docx, and its body walked as that of one.

The format has the same paragraphs, runs and cells. It writes notes where they are referred to, revisions as annotations,
numbers of formats as codes, and beside an automatic number what Word printed for it (``wx:t``).
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from extract.docx.body import BodyReader
from extract.docx.inline import Content
from extract.docx.package import Parts, R, W
from extract.docx.styles import Style
from extract.errors import DamagedFile
from extract.limits import Limits
from extract.model import Notice, Source
from extract.numbering import FORMAT_CODES
from extract.word import LeftOut, to_notice
from extract.xml import parse

_REMEDY = "open it in Word or WPS and save it as .docx"
_OLD = b"http://schemas.microsoft.com/office/word/2003/wordml"
_NEW = W.strip("{}").encode()
_WX = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"

#: What the elements are called in a .docx.
_NAMES = {
    f"{W}{old}": f"{W}{new}"
    for old, new in {
        "vmerge": "vMerge", "hmerge": "hMerge", "hlink": "hyperlink", "listPr": "numPr", "ilfo": "numId",
        "listDef": "abstractNum", "list": "num",
        "ilst": "abstractNumId", "nfc": "numFmt", "listStyleLink": "numStyleLink", "cfChunk": "customXml",
    }.items()
}  # fmt: skip
#: Elements around paragraphs that say what Word saw in them.
_NAMES |= {f"{_WX}{tag}": f"{W}customXml" for tag in ("sect", "sub-section", "pBdrGroup")}
_NAMES[f"{_AML}content"] = f"{W}ins"
_ATTRIBUTES = {f"{W}h-ansi": f"{W}hAnsi", f"{W}listDefId": f"{W}abstractNumId", f"{W}ilfo": f"{W}numId"}


def read(data: bytes, source: Source, limits: Limits, name: str) -> Notice:
    """The notice in a Word 2003 XML file."""
    root = parse(data.replace(_OLD, _NEW), limits, name, _REMEDY)
    body = root.find(f"{W}body")
    if body is None:
        raise DamagedFile(name, "the document has no body", _REMEDY)
    parts = Parts(body, root.find(f"{W}styles"), root.find(f"{W}lists"))
    for element in list(root.iter()):
        _rename(element)
        if element.tag == f"{W}hyperlink" and (target := element.get(f"{W}dest")):
            parts.hrefs[target] = target
            element.set(f"{R}id", target)
    parts.footnotes, parts.endnotes = _notes(body, "footnote"), _notes(body, "endnote")
    left_out = LeftOut()
    return to_notice(source, _Reader(parts, left_out, limits, name).pieces(), left_out, name)


class _Reader(BodyReader):
    """Takes the numbers that Word printed."""

    def _label(self, properties: Any, style: Style, style_id: str, content: Content) -> str:
        counted = super()._label(properties, style, style_id, content)
        printed = properties.find(f"{W}numPr/{_WX}t") if properties is not None else None
        if printed is None or not printed.get(f"{_WX}val"):
            return counted
        return f"{printed.get(f'{_WX}val')} "


def _rename(element: Any) -> None:
    """Give an element and its attributes the names that they have in a .docx."""
    tag = element.tag
    if tag == f"{_AML}annotation":
        kind = element.get(f"{W}type", "")
        element.tag = f"{W}del" if kind == "Word.Deletion" else f"{W}ins"
    elif tag in _NAMES:
        element.tag = _NAMES[tag]
    if tag == f"{W}nfc":
        code = element.get(f"{W}val", "")
        element.set(
            f"{W}val", FORMAT_CODES.get(int(code), "decimal") if code.isdecimal() and len(code) < 4 else "decimal"
        )
    elif tag == f"{W}suff":
        element.set(f"{W}val", element.get(f"{W}val", "").lower())
    for old, new in _ATTRIBUTES.items():
        if old in element.attrib:
            element.set(new, element.get(old))


def _notes(body: Any, kind: str) -> Any:
    """The notes of a kind, taken out of the body: references stand in their places."""
    root = etree.Element(f"{W}{kind}s")
    for number, note in enumerate(list(body.iter(f"{W}{kind}"))):
        reference = etree.Element(f"{W}{kind}Reference", {f"{W}id": str(number)})
        reference.tail, note.tail = note.tail, None
        note.getparent().replace(note, reference)
        note.set(f"{W}id", str(number))
        root.append(note)
    return root
