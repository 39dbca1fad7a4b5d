"""A page in document order: flattened once, so that each of the passes over it is a loop over a list.

The tree is flattened with a stack of our own, so that depth costs no recursion.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

#: Elements that hold no text of a notice.
SKIPPED = frozenset({
    "script", "style", "template", "head", "title", "iframe", "select", "option", "button", "textarea", "svg", "noscript", "object", "audio", "video", "map",
    "canvas",
})  # fmt: skip

#: ``("open", tag)``, ``("close", tag)`` or ``("text", string)``.
Event = tuple[str, PageElement]


class DocumentOrder:
    """The events of a tree, without those elements that hold no text of a notice, and where each element's begin and end."""

    def __init__(self, root: Tag) -> None:
        self._events: list[Event] = []
        self._first: dict[int, int] = {}
        self._end: dict[int, int] = {}
        events, first, end = self._events, self._first, self._end
        if root.name in SKIPPED:
            return
        first[id(root)] = 0
        events.append(("open", root))
        path: list[tuple[Tag, Iterator[PageElement]]] = [(root, iter(root.contents))]
        while path:
            tag, children = path[-1]
            for node in children:
                if isinstance(node, Tag):
                    if node.name in SKIPPED:
                        continue
                    first[id(node)] = len(events)
                    events.append(("open", node))
                    path.append((node, iter(node.contents)))
                    break
                if isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                    events.append(("text", node))
            else:
                path.pop()
                events.append(("close", tag))
                end[id(tag)] = len(events)

    def below(self, root: PageElement, skipped: Collection[int] = ()) -> list[Event]:
        """The events of an element of the page, or of a string, without what lies in elements whose ``id`` is in ``skipped``."""
        if isinstance(root, NavigableString):
            return [] if isinstance(root, PreformattedString) else [("text", root)]
        at, last = self._first.get(id(root)), self._end.get(id(root))
        if at is None or last is None:
            return []
        if not skipped:
            return self._events[at:last]
        kept: list[Event] = []
        for first, end in sorted((self._first[node], self._end[node]) for node in skipped if at <= self._first.get(node, -1) < last):
            if first >= at:
                kept += self._events[at:first]
                at = end
        return kept + self._events[at:last]
