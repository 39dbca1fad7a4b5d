"""Pages: decoded, parsed by beautifulsoup4 over lxml, the notice found on them, and put together to one text."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace

from bs4 import BeautifulSoup
from bs4.element import AttributeDict

from extract.encoding import decode, undecodable
from extract.errors import LimitExceeded, NoNotice
from extract.limits import Limits
from extract.lines import clean_line
from extract.model import Notice, Source
from extract.page import Page
from extract.pieces import assemble

# A bare < before a number or a Chinese character is a sign of the text (<3.5), not of the markup.
_BARE_SIGN = re.compile(r"<(?=[A-Za-z]{0,20}[^\x00-\x7f]|[\s\d=.])")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f]")


def read(data: bytes, source: Source, limits: Limits, name: str) -> Notice:
    """The notice of a page: field block, title, body and links to files, in the order printed."""
    return read_page(data, source, limits, name)


def read_page(data: bytes, source: Source, limits: Limits, name: str, charset: str = "") -> Notice:
    """The same; ``charset`` is the character set that is said outside the page, such as in the head of a message."""
    text, encoding, lost = decode(data, charset)
    if text.count("<") > limits.tags:
        raise LimitExceeded(name, f"more than {limits.tags:,} tags", "give the page of the notice alone")
    if len(text) > 2 * limits.text_characters:
        raise LimitExceeded(name, f"more than {2 * limits.text_characters:,} characters", "give the page of the notice alone")
    with warnings.catch_warnings():
        # A page may begin as XML does; it is no reason to say anything.
        warnings.simplefilter("ignore")
        soup = BeautifulSoup(_CONTROLS.sub("", _BARE_SIGN.sub("&lt;", text)), "lxml", attribute_dict_class=AttributeDict)
    page = Page(soup, limits, name)
    pieces = page.pieces()
    if not pieces:
        raise NoNotice(name, "no text in the page", "give the page or the file that holds the text")
    meta = tuple((key, clean_line(content)) for key, content in page.meta)
    remarks = [*undecodable(encoding, lost), *page.remarks]
    return assemble(replace(source, encoding=encoding), pieces, meta, remarks)
