"""XML that comes from outside: parsed without entities, without the network, within the limits."""

from __future__ import annotations

from typing import Any

from lxml import etree

from extract.errors import DamagedFile, LimitExceeded
from extract.limits import Limits

#: A document needs about four tags where a page needs one.
_TAGS_FOR_ONE = 4


def largest_part(limits: Limits) -> int:
    """How many bytes a document of XML may have: markup takes several times what the text does."""
    return _TAGS_FOR_ONE * limits.text_characters


def parse(data: bytes, limits: Limits, name: str, remedy: str) -> Any:
    """The root element. Raises ``NoticeError`` for what is broken, too large, or declares entities, which no document
    needs.
    """
    if len(data) > largest_part(limits):
        raise LimitExceeded(name, f"more than {largest_part(limits):,} characters", "split the document")
    if data.count(b"<") > _TAGS_FOR_ONE * limits.tags:
        raise LimitExceeded(name, f"more than {_TAGS_FOR_ONE * limits.tags:,} tags", "split the document")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedFile(name, f"its XML is broken ({' '.join(error.msg.split())})", remedy) from None
    except ValueError as error:
        raise DamagedFile(name, f"its XML can't be read ({' '.join(str(error).split())})", remedy) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedFile(name, "its XML declares a document type, which no such file has", remedy)
    return root
