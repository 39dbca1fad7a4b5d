"""What the systems that make pages call the parts of a page: the list in page_parts.csv, and furniture told by its name."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from pathlib import Path

from bs4.element import Tag

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


@cache
def _rows() -> list[dict[str, str]]:
    with open(Path(__file__).parent / "page_parts.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def parts(part: str, attribute: str) -> frozenset[str]:
    """The values of an attribute that mark a part: ``("begin", "comment")``, ``("furniture", "word")``."""
    return frozenset(row["value"] for row in _rows() if (row["part"], row["attribute"]) == (part, attribute))


@cache
def containers() -> tuple[tuple[str, str], ...]:
    """Attribute and value (lower case) of the elements that systems put the body in, the surest first."""
    return tuple((row["attribute"], row["value"].lower()) for row in _rows() if row["part"] == "body")


def names_of(tag: Tag) -> tuple[str, list[str]]:
    """The ``id`` of an element and its classes."""
    classes: object = tag.attrs.get("class") or []
    return str(tag.attrs.get("id") or ""), [str(name) for name in classes] if isinstance(classes, list) else [str(classes)]


@lru_cache(maxsize=4096)
def _is_name_of_furniture(name: str) -> bool:
    words = {name.lower(), *(word.lower() for word in _WORDS.findall(name))}
    return not words.isdisjoint(parts("furniture", "word"))


def is_named_furniture(tag: Tag) -> bool:
    """Whether an element's tag, ``id`` or a class names a part of the site: a menu, a trail, a footer."""
    if tag.name in parts("furniture", "tag"):
        return True
    if not tag.attrs:
        return False
    identifier, classes = names_of(tag)
    return any(_is_name_of_furniture(name) for name in (identifier, *classes) if name)
