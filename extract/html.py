"""Pages: beautifulsoup4 over lxml, the body found among the furniture, tables as grids, the metadata block kept.

The tree is walked with stacks of our own, so that depth costs no recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from bs4 import BeautifulSoup, Comment
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from extract.encoding import decode
from extract.errors import LimitExceeded, NoNotice
from extract.fields import counts_labels
from extract.folding import fold, fold_key
from extract.grid import PlacedCell, build_table
from extract.limits import Limits
from extract.lines import clean_line, is_furniture, names_file
from extract.model import Block, Cell, Link, Notice, Paragraph, Remark, Source, Table, TextBuilder
from extract.numbering import format_number

# What holds the body on pages of the systems that are known, most telling first.
_BODIES = (
    "#UCAP-CONTENT", "#zoom", "#Zoom", ".TRS_Editor", ".trs_editor_view", ".TRS_UEDITOR", ".Custom_UnionStyle", "#zoomcon", "#info_cont",
    ".article-content", ".policy-article", "#js_content", ".article_content", ".content_article", ".bt_content", ".news_content", ".pages_content",
    "#article", "#ContentRegion", ".wzcon", ".zwgk_content", ".xxgk_content", ".conTxt", ".view",
)  # fmt: skip
_SKIPPED = {"script", "style", "template", "head", "title", "iframe", "select", "option", "button", "textarea", "svg", "noscript", "object", "audio", "video", "map", "canvas"}
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table",
    "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "blockquote", "center", "pre", "hr", "form", "fieldset", "address", "figure", "body", "br", "ucapcontent",
}  # fmt: skip
_SENTENCE = re.compile(r"[，。；：、！]|[\u4e00-\u9fff][,;:]")
_ALIGN = re.compile(r"text-align\s*:\s*(center|right)", re.IGNORECASE)
_LIST_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_TITLE_WORDS = re.compile(r"通知|通告|公告|方案|意见|计划|规划|要点|办法|细则|规定|决定|通报|批复|函|报告|纲要|清单|指南|公示|命令|条例|措施|请示|的复|解读")


@dataclass(slots=True)
class _Line:
    text: str
    level: int = 0
    is_bold: bool = False
    align: str = ""
    hint: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Grid:
    cells: list[tuple[int, int, int, int, list[_Line]]]
    rows: int
    columns: int
    hint: str = ""


def read(data: bytes, source: Source, limits: Limits, name: str) -> Notice:
    """The notice of a page: metadata block, title, body and attachment links, in the order printed."""
    text, encoding, lost = decode(data)
    if text.count("<") > limits.tags:
        raise LimitExceeded(name, f"more than {limits.tags:,} tags", "give the page of the notice alone")
    soup = BeautifulSoup(text, "lxml")
    page = _Page(soup, limits, name)
    builder = TextBuilder()
    blocks: list[Block] = []
    links: list[Link] = []
    for piece in page.pieces():
        if isinstance(piece, _Grid):
            blocks.append(_table(piece, builder, links))
        else:
            blocks.append(_paragraph(piece, builder, links))
    if not blocks:
        cause = "only pictures and no text: a scan" if soup.find("img") else "no text in the page"
        raise NoNotice(name, cause, "give the page or the file that holds the text")
    remarks = list(page.remarks)
    if lost:
        remarks.append(Remark("undecodable_bytes", f"{lost} bytes are no {encoding} and stand as U+FFFD in the text"))
    meta = tuple(
        (str(tag.get("name")).strip().lower(), clean_line(str(tag.get("content") or "")))
        for tag in soup.find_all("meta")
        if tag.get("name") and tag.get("content")
    )
    return Notice(replace(source, encoding=encoding), builder.text(), tuple(blocks), tuple(links), meta, tuple(remarks))


def _paragraph(line: _Line, builder: TextBuilder, links: list[Link]) -> Paragraph:
    paragraph = builder.add(line.text, level=line.level, is_bold=line.is_bold, align=line.align, hint=line.hint)
    for printed, href in line.links:
        at = line.text.find(printed)
        if at >= 0 and printed:
            links.append(Link(paragraph.start + at, paragraph.start + at + len(printed), href))
    return paragraph


def _table(grid: _Grid, builder: TextBuilder, links: list[Link]) -> Table:
    start = builder.length + 1 if builder.length else 0
    cells = tuple(
        Cell(row, column, row_span, column_span, tuple(_paragraph(line, builder, links) for line in lines))
        for row, column, row_span, column_span, lines in grid.cells
    )
    return Table(start, builder.length, grid.rows, grid.columns, cells, grid.hint)


def _children(tag: Tag) -> list[PageElement]:
    return list(tag.contents)


def _walk(root: Tag) -> Iterator[tuple[str, PageElement]]:
    """``("open", tag)``, ``("close", tag)`` and ``("text", string)`` in document order, without recursion."""
    stack: list[tuple[str, PageElement]] = [("open", root)]
    while stack:
        event, node = stack.pop()
        if event == "close" or isinstance(node, NavigableString):
            yield (event if event == "close" else "text"), node
            continue
        assert isinstance(node, Tag)
        if node.name in _SKIPPED:
            continue
        yield "open", node
        stack.append(("close", node))
        for child in reversed(node.contents):
            if isinstance(child, Tag) or (isinstance(child, NavigableString) and not isinstance(child, PreformattedString)):
                stack.append(("open", child))


class _Page:
    def __init__(self, soup: BeautifulSoup, limits: Limits, name: str) -> None:
        self.soup, self.limits, self.name = soup, limits, name
        self.remarks: list[Remark] = []
        self.body: Tag = soup.body or soup
        self._lengths = self._sentence_lengths()

    # --- what is the notice on the page ---

    def _sentence_lengths(self) -> dict[int, int]:
        """For each tag, how many characters of sentences lie in it."""
        total: dict[int, int] = {}
        open_counts = [0]
        for event, node in _walk(self.body):
            if event == "open":
                open_counts.append(0)
            elif event == "text":
                string = str(node)
                if len(string) > 12 and _SENTENCE.search(string) or len(string.strip()) > 30:
                    open_counts[-1] += len(string.strip())
            else:
                count = open_counts.pop()
                total[id(node)] = count
                open_counts[-1] += count
        return total

    def _root(self) -> Tag:
        """The element that holds the body of the notice."""
        everything = self._lengths.get(id(self.body), 0)
        for selector in _BODIES:
            found = [tag for tag in self.body.select(selector, limit=20) if self._lengths.get(id(tag), 0) >= 0.3 * everything]
            if found and everything:
                return max(found, key=lambda tag: self._lengths[id(tag)])
        node = self.body
        while True:
            inner = [child for child in node.contents if isinstance(child, Tag) and child.name not in ("table", "tbody", "tr", "p")]
            best = max(inner, key=lambda tag: self._lengths.get(id(tag), 0), default=None)
            if best is None or self._lengths.get(id(best), 0) < 0.8 * max(1, self._lengths.get(id(node), 0)):
                return node
            node = best

    def pieces(self) -> Iterator[_Line | _Grid]:
        root = self._root()
        inside = list(self._blocks(root))
        before, after = self._around(root, inside)
        seen = {fold_key(piece.text) for piece in inside if isinstance(piece, _Line)}
        for piece in (*before, *inside, *after):
            if isinstance(piece, _Line):
                if is_furniture(fold(piece.text)):
                    continue
                if piece in after and fold_key(piece.text) in seen:
                    continue
            yield piece

    def _around(self, root: Tag, inside: list[_Line | _Grid]) -> tuple[list[_Line | _Grid], list[_Line | _Grid]]:
        """The metadata block and the title before the body; links to files after it."""
        metadata = self._metadata(root)
        title = self._title(root, metadata, inside)
        before: list[_Line | _Grid] = []
        if metadata is not None:
            for piece in self._blocks(metadata):
                piece.hint = "metadata"
                before.append(piece)
        if title:
            before.append(_Line(title, level=1, hint="title"))
        return before, self._attachments(root)

    def _metadata(self, root: Tag) -> Tag | None:
        """The smallest element outside the body that holds the most field labels, the first where it is given twice."""
        above = {id(root)} | {id(parent) for parent in root.parents}
        counts: dict[int, int] = {}
        nodes: dict[int, Tag] = {}
        for event, node in _walk(self.body):
            if event != "text" or (count := counts_labels(fold(str(node)))) == 0:
                continue
            parents = []
            for parent in node.parents:
                if id(parent) in above:
                    if parent is root:
                        parents = []
                    break
                parents.append(parent)
                if len(parents) > self.limits.nesting:
                    break
            for parent in parents:
                counts[id(parent)] = counts.get(id(parent), 0) + count
                nodes[id(parent)] = parent
        if not counts:
            return None
        most = max(counts.values())
        if most < 2:
            return None
        # The first element that has all of them, then as deep as it still does.
        chosen = next(nodes[key] for key in sorted(counts, key=lambda key: -counts[key]) if counts[key] == most)
        copies = [nodes[key] for key, count in counts.items() if count >= max(2, most - 1) and nodes[key] is not chosen]
        deepest = [node for node in copies if any(parent is chosen for parent in node.parents) and counts[id(node)] == most]
        if deepest:
            chosen = deepest[0]
        halves = [child for child in chosen.contents if isinstance(child, Tag) and counts.get(id(child), 0) * 2 == most and most >= 6]
        if len(halves) == 2 and fold_key(halves[0].get_text())[:8] == fold_key(halves[1].get_text())[:8]:
            if fold_key(halves[0].get_text()) != fold_key(halves[1].get_text()):
                self.remarks.append(Remark("metadata_repeated", "the page gives its field block twice, and not alike; the first is read"))
            return halves[0]
        return chosen

    def _title(self, root: Tag, metadata: Tag | None, inside: list[_Line | _Grid]) -> str:
        """The title where it stands outside the body; empty where the body prints it itself."""
        opening = "".join(fold_key(piece.text) for piece in inside[:8] if isinstance(piece, _Line))
        named = [clean_line(str(tag.get("content") or "")) for tag in self.soup.find_all("meta") if str(tag.get("name") or "").lower() == "articletitle"]
        page_title = clean_line(self.soup.title.get_text()) if self.soup.title else ""
        candidates = [text for text in named if len(text) >= 6]
        above = {id(root)} | {id(parent) for parent in root.parents}
        for tag in self.body.find_all(["h1", "h2", "h3", "div", "p", "td", "span", "strong"]):
            if id(tag) in above or any(parent is root for parent in tag.parents):
                if tag is root:
                    break
                continue
            classes = " ".join(tag.get("class") or []) + " " + str(tag.get("id") or "")
            if (tag.name in ("h1", "h2") or "title" in classes.lower() or "bt" in classes.split()) and len(list(tag.find_all(True, limit=30))) < 30:
                text = clean_line(tag.get_text(" "))
                text = re.sub(r"(?<=[\u4e00-\u9fff”》）]) (?=[\u4e00-\u9fff“《（])", "", text)
                if 6 <= len(text) <= 150 and _TITLE_WORDS.search(text) and counts_labels(fold(text)) == 0:
                    candidates.append(text)
        head = re.split(r"[_|]|--| - ", page_title)[0].strip()
        if len(head) >= 8 and _TITLE_WORDS.search(head):
            candidates.append(head)
        for candidate in candidates:
            key = fold_key(candidate)
            if key in opening:
                return ""
            return candidate
        return ""

    def _attachments(self, root: Tag) -> list[_Line | _Grid]:
        """Links to files that stand under the body, each once."""
        found: dict[str, _Line | _Grid] = {}
        inside_root = {id(tag) for tag in root.find_all("a")}
        passed = False
        for tag in self.body.find_all("a", href=True):
            if id(tag) in inside_root:
                passed = True
                continue
            text = clean_line(tag.get_text())
            if text and names_file(text) and (passed or True):
                found.setdefault(fold_key(text), _Line(text, hint="attachment", links=[(text, str(tag["href"]))]))
        return list(found.values())

    # --- blocks ---

    def _blocks(self, root: Tag) -> Iterator[_Line | _Grid]:
        """The lines and tables of an element, in order."""
        skip_until: PageElement | None = None
        collector = _Collector()
        for event, node in _walk(root):
            if skip_until is not None:
                if event == "close" and node is skip_until:
                    skip_until = None
                continue
            if event == "open" and isinstance(node, Tag) and node.name == "table" and self._is_data(node):
                yield from collector.flush()
                if grid := self._grid(node):
                    yield grid
                skip_until = node
                continue
            yield from collector.feed(event, node)
        yield from collector.flush()

    def _rows(self, table: Tag) -> list[tuple[int, list[Tag]]]:
        """The rows of a table with the number of their row group; nested tables are not entered."""
        rows: list[tuple[int, list[Tag]]] = []
        group = 0
        for child in table.contents:
            if not isinstance(child, Tag):
                continue
            if child.name in ("thead", "tbody", "tfoot"):
                group += 1
                for row in child.find_all("tr", recursive=False):
                    rows.append((group, [c for c in row.contents if isinstance(c, Tag) and c.name in ("td", "th")]))
            elif child.name == "tr":
                rows.append((group, [c for c in child.contents if isinstance(c, Tag) and c.name in ("td", "th")]))
        return rows

    def _is_data(self, table: Tag) -> bool:
        """Whether a table holds data: several rows of several cells, no cell with the bulk of the text."""
        rows = self._rows(table)
        texts = [[len(cell.get_text(strip=True)) for cell in cells] for _, cells in rows]
        filled = [size for row in texts for size in row if size]
        if len(filled) < 4 or sum(len([s for s in row if s]) >= 2 for row in texts) < 2:
            return False
        nested = table.find("table")
        if nested is not None and (len(filled) < 8 or max(filled) > 0.5 * sum(filled)):
            return False
        return not (max(filled) > 0.8 * sum(filled) and max(filled) > 500)

    def _grid(self, table: Tag) -> _Grid | None:
        """The grid as the HTML standard lays it out: spans clipped at the row group, holes left open."""
        rows = self._rows(table)
        group_end = {group: index for index, (group, _) in enumerate(rows)}
        placed: list[PlacedCell[list[_Line]]] = []
        open_columns: dict[int, int] = {}  # column → first row that is free again
        total = 0
        for index, (group, cells) in enumerate(rows):
            column = 0
            for cell in cells:
                while open_columns.get(column, 0) > index:
                    column += 1
                column_span = _span(cell, "colspan", self.limits.span)
                row_span = _span(cell, "rowspan", self.limits.span * 10)
                if row_span == 0:
                    row_span = group_end[group] - index + 1
                row_span = min(row_span, group_end[group] - index + 1)
                collector = _Collector()
                lines = [line for event, node in _walk(cell) for line in collector.feed(event, node)]
                lines += list(collector.flush())
                placed.append(PlacedCell(index, column, row_span, column_span, lines))
                total += row_span * column_span
                if total > self.limits.table_cells:
                    raise LimitExceeded(self.name, f"a table of more than {self.limits.table_cells:,} cells", "split the document")
                for place in range(column, column + column_span):
                    open_columns[place] = index + row_span
                column += column_span
        result = build_table(placed, lambda lines: not lines)
        if result is None:
            return None
        cells, height, width = result
        return _Grid([(c.row, c.column, c.row_span, c.column_span, c.content) for c in cells], height, width)


def _span(cell: Tag, name: str, limit: int) -> int:
    match = re.match(r"\s*(\d{1,6})", str(cell.get(name) or "1"))
    return min(limit, int(match[1])) if match else 1


class _Collector:
    """Gathers the text of inline elements to lines; a block element or ``br`` ends one."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._bold: list[tuple[bool, int]] = []
        self._depth_bold = 0
        self._links: list[tuple[str, str]] = []
        self._levels: list[int] = []
        self._aligns: list[str] = []
        self._lists: list[list[object]] = []
        self._marker = ""

    def feed(self, event: str, node: PageElement) -> Iterator[_Line]:
        if event == "text":
            if not isinstance(node, Comment):
                string = str(node)
                self._text.append(string)
                if string.strip():
                    self._bold.append((self._depth_bold > 0, len(string.strip())))
            return
        assert isinstance(node, Tag)
        is_block = node.name in _BLOCKS
        if is_block:
            yield from self.flush()
        step = 1 if event == "open" else -1
        if node.name in ("b", "strong"):
            self._depth_bold += step
        elif node.name == "a" and event == "open" and node.get("href"):
            text = clean_line(node.get_text())
            href = str(node["href"])
            if text and (names_file(text) or names_file(href.split("?")[0]) or "downfile" in href.lower()):
                self._links.append((text, unquote(href) if len(href) < 2000 else href))
        elif node.name in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._levels.append(int(node.name[1])) if event == "open" else self._levels.pop()
        elif node.name == "ol":
            if event == "open":
                start = re.match(r"-?\d{1,6}", str(node.get("start") or "1"))
                self._lists.append([int(start[0]) if start else 1, _LIST_TYPES.get(str(node.get("type") or "1"), "decimal")])
            elif self._lists:
                self._lists.pop()
        elif node.name == "ul":
            self._lists.append([]) if event == "open" else (self._lists.pop() if self._lists else None)
        elif node.name == "li" and event == "open" and self._lists and self._lists[-1]:
            number, form = self._lists[-1]
            self._marker = format_number(int(str(number)), str(form)) + "."
            self._lists[-1][0] = int(str(number)) + 1
        if is_block and node.name != "br":
            if event == "open":
                match = _ALIGN.search(str(node.get("style") or "")) or re.match("(center|right)$", str(node.get("align") or "").lower())
                self._aligns.append(match[1].lower() if match else ("center" if node.name == "center" else ""))
            elif self._aligns:
                self._aligns.pop()

    def flush(self) -> Iterator[_Line]:
        text = clean_line("".join(self._text))
        if text:
            weight = sum(size for _, size in self._bold)
            bold = sum(size for is_bold, size in self._bold if is_bold)
            marker, self._marker = self._marker, ""
            hint = "attachment" if self._links and any(fold_key(text) == fold_key(printed) and names_file(printed) for printed, _ in self._links) else ""
            yield _Line(
                marker + text, self._levels[-1] if self._levels else 0, bool(weight) and bold >= 0.9 * weight,
                next((align for align in reversed(self._aligns) if align), ""), hint, list(self._links),
            )  # fmt: skip
            self._links = []
        self._text, self._bold = [], []
