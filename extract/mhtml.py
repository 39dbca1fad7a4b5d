"""Saved pages (MHTML, Word's "single file web page"): the page taken out of the message, and read as any other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from extract.errors import DamagedFile, LimitExceeded, NoNotice
from extract.html import read_page
from extract.limits import Limits
from extract.model import Notice, Source

_REMEDY = "save the page again, as HTML"
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml")
_MOST_LINES = 2_000_000  # as the message is taken apart line by line
_MOST_NESTED = 100
_MOST_PAGES = 20
_LONGEST_ADDRESS = 2000


def read(data: bytes, source: Source, limits: Limits, name: str) -> Notice:
    """The notice on a saved page: of its first part that is a page with a notice on it, since a site may show it in a
    frame.
    """
    if data.count(b"\n") > _MOST_LINES:
        raise LimitExceeded(name, f"more than {_MOST_LINES:,} lines", _REMEDY)
    if len(_BOUNDARY.findall(data)) > _MOST_NESTED or data.count(b"\n--") > 2 * limits.parts:
        raise LimitExceeded(name, "a message of too many parts", _REMEDY)
    try:
        message = BytesParser(policy=compat32).parsebytes(data)
        pages = list(_pages(message, limits))
    except (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise DamagedFile(name, f"the message is broken ({type(error).__name__})", _REMEDY) from error
    failure = NoNotice(name, "no page in the message", _REMEDY)
    for content, charset, address in pages[:_MOST_PAGES]:
        try:
            return read_page(content, replace(source, url=address), limits, name, charset)
        except NoNotice as error:
            failure = failure if failure.cause != "no page in the message" else error
    raise failure


def _pages(message: Message, limits: Limits) -> Iterator[tuple[bytes, str, str]]:
    """The pages of a message, in its order: bytes, the character set that it names, and the address that the page came
    from.
    """
    saved_from = _address(message.get("Snapshot-Content-Location"))
    for part in message.walk():
        if part.get_content_type() in _PAGES:
            content = part.get_payload(decode=True)
            charset = part.get_param("charset", "")
            if isinstance(content, bytes) and content.strip():
                yield (
                    content,
                    charset if isinstance(charset, str) else "",
                    saved_from or _address(part.get("Content-Location")),
                )


def _address(header: object) -> str:
    """Where a page came from on the web; empty for the name of a file."""
    address = "".join(str(header or "").split())
    return address if address.startswith(("http://", "https://")) and len(address) <= _LONGEST_ADDRESS else ""
