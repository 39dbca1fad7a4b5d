"""Notices with tables made for tests: a page around HTML rows, a copied text around rows with pipes."""

from __future__ import annotations

from extract import read_bytes
from extract.model import Notice, Table

_BEFORE = "关于下达年度工作的通知\n各镇人民政府：\n现将有关事项通知如下，请结合实际认真贯彻执行。\n"
_AFTER = "\n（此件公开发布）\n"


def page(rows: str, caption: str = "", after: str = "") -> Notice:
    """A notice read from a page with a table, whose rows are ``<tr>`` elements; ``rows`` may close it and open another."""
    before = "".join(f"<p>{line}</p>" for line in (*_BEFORE.strip().split("\n"), *caption.split("\n")) if line)
    html = f"<html><body><div id='zoom'>{before}<table>{rows}</table><p>{after}</p><p>（此件公开发布）</p></div></body></html>"
    return read_bytes(html.encode(), "page.html")


def copied(rows: str, caption: str = "") -> Notice:
    """A notice read from text whose table has ``|`` between its cells."""
    return read_bytes(f"{_BEFORE}{caption}\n{rows.strip()}{_AFTER}".encode(), "copied.txt")


def row(*cells: str) -> str:
    """A row of a page's table; ``2x1:text`` is a cell over two rows and one column, a stroke ``⏎`` breaks the line."""
    return f"<tr>{''.join(map(_cell, cells))}</tr>"


def _cell(cell: str) -> str:
    spans, colon, text = cell.partition(":")
    down, x, across = spans.partition("x")
    if colon and x and down.isdigit() and across.isdigit():
        return f"<td rowspan={down} colspan={across}>{text.replace('⏎', '<br>')}</td>"
    return f"<td>{cell.replace('⏎', '<br>')}</td>"


def tables(notice: Notice) -> list[Table]:
    """The tables of a notice, its field block apart."""
    return [block for block in notice.blocks if isinstance(block, Table) and block.hint != "metadata"]
