"""What of a page is the notice: its body among the furniture, its field block, its title, the files it links to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PageElement, Tag

from extract.document_order import DocumentOrder, Event
from extract.errors import NoNotice
from extract.fields import field_lines, label_pattern, labels, parse_fields
from extract.folding import fold, fold_key
from extract.limits import Limits
from extract.lines import clean_line, is_furniture, names_file, without_edges, without_tools
from extract.markup import Measure, Reader, measure
from extract.model import Remark
from extract.page_parts import containers, is_named_furniture, names_of, parts
from extract.pieces import Grid, Line, Piece

_TITLE_WORDS = re.compile(
    r"通知|通告|公告|方案|意见|计划|规划|要点|办法|细则|规定|决定|通报|批复|函|报告|纲要|清单|指南|公示|命令|条例|措施|请示|复函|解读|安排|分工|指标|目标|任务|规则"
)
_DATE = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_TITLE_CLASS = re.compile(r"(?:^|[-_ ])(?:title|tit|bt|biaoti|headline)(?:$|[-_ \d])|title$", re.IGNORECASE)
_LAYOUT = {"html", "body", "div", "section", "article", "main", "form", "center", "table", "tbody", "tr", "td", "font", "span", "ucapcontent"}
_NOT_IN_SENTENCES = 0.1  # of the sentences of a page: what may stand beside the body without being taken for a part of it
_HAN = re.compile("[\u4e00-\u9fff]")
_SENTENCE = re.compile("[，。；]|[\u4e00-\u9fff][,;]")


@dataclass(slots=True)
class _Fields:
    """A field block: its labels in order, the elements that they stand in, and what the chosen one gives, by label."""

    names: dict[str, None] = field(default_factory=dict)
    nodes: list[PageElement] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)


_WHOLE_TITLE = re.compile(r"关于.{4,}的?(?:通知|公告|通告|意见|决定|函|批复)$")
# The name of the site behind the title in the head of a page.
_SITE_NAME = re.compile(r"[_|]|--| [-–—] |[-–—](?=[\u4e00-\u9fff]{2,20}(?:政府|网|局|委员会|厅|门户网站)$)")


class Page:
    """A parsed page. ``pieces`` gives the notice on it; ``remarks`` what had to be decided on the way."""

    def __init__(self, soup: BeautifulSoup, limits: Limits, name: str) -> None:
        self.soup, self.limits, self.name = soup, limits, name
        self.remarks: list[Remark] = []
        #: The ``meta`` elements: name and content, in order.
        self.meta = [(str(tag["name"]).strip().lower(), str(tag["content"])) for tag in soup.find_all("meta") if tag.get("name") and tag.get("content")]
        self._order = DocumentOrder(soup)
        raw = measure(self._order.below(soup))
        whole = raw.get(id(soup)) or Measure()
        self._furniture = self._find_furniture(raw, whole)
        self._kept = self._order.below(soup, self._furniture)
        self.measures = measure(self._kept)
        self._whole = self.measures.get(id(soup)) or Measure()
        self._pictures = whole.pictures
        self._reader = Reader(self._order, raw, limits, name)
        self._is_known = False

    def _outside(self, body: Sequence[PageElement]) -> list[Event]:
        return self._order.below(self.soup, self._furniture | {id(node) for node in body})

    def _of(self, node: PageElement) -> Measure:
        return self.measures.get(id(node)) or Measure()

    def _find_furniture(self, raw: dict[int, Measure], whole: Measure) -> set[int]:
        """Elements that their name, or being links through and through, shows to be no part of the notice."""
        found: set[int] = set()
        inside: PageElement | None = None
        for event, node in self._order.below(self.soup):
            if inside is not None:
                inside = None if node is inside and event == "close" else inside
                continue
            if event != "open" or not isinstance(node, Tag) or node is self.soup:
                continue
            here = raw.get(id(node)) or Measure()
            if here.sentences > 0.3 * whole.sentences or here.holds_file:
                continue
            is_list = node.name in ("ul", "ol", "div", "table", "form", "dl", "header") and here.characters >= 8
            is_links = is_list and here.linked >= (0.5 if here.sentences <= 0.2 * here.characters else 0.7) * here.characters
            if is_links or is_named_furniture(node):
                found.add(id(node))
                inside = node
        return found

    # --- the body ---

    def _body(self) -> list[PageElement]:
        """The elements that hold the body: between a system's markers, in a container that is known, or where the sentences are."""
        everything = self._whole.sentences
        marked = self._between_markers()
        if marked and sum(self._of(node).sentences for node in marked) >= max(1, 0.3 * everything):
            self._is_known = True
            return marked
        known = self._known_containers()
        for container in known:
            found = [tag for tag in container if self._of(tag).sentences >= 0.3 * everything]
            if found and everything:
                self._is_known = True
                best = max(found, key=lambda tag: self._of(tag).sentences)
                chosen = {id(best)}
                others = [tag for tag in container if tag is best or self._of(tag).sentences >= 0.2 * everything]
                others = [tag for tag in others if tag is best or not any(id(parent) in chosen or parent is tag for parent in (*tag.parents, *best.parents))]
                return list(others)
        if everything < 60:
            for container in known:
                # A container without text: the notice is pictures, or files that it links to.
                if found := [tag for tag in container if self._of(tag).characters or self._of(tag).pictures]:
                    self._is_known = True
                    return [found[0]]
        return [self._densest()]

    def _known_containers(self) -> list[list[Tag]]:
        found: dict[tuple[str, str], list[Tag]] = {key: [] for key in containers()}
        for event, node in self._kept:
            if event == "open" and isinstance(node, Tag) and node.attrs:
                identifier, classes = names_of(node)
                for key in (("id", identifier.lower()), *(("class", name.lower()) for name in classes)):
                    if key in found:
                        found[key].append(node)
        return [tags for tags in found.values() if tags]

    def _between_markers(self) -> list[PageElement]:
        """What stands between the marks that a system sets around the body, where both stand in one element."""
        for node in self.soup.descendants:
            if not self._is_mark(node, "begin"):
                continue
            between: list[PageElement] = []
            for sibling in node.next_siblings:
                if self._is_mark(sibling, "end"):
                    return between
                if not self._is_mark(sibling, "begin"):
                    between.append(sibling)
        return []

    def _is_mark(self, node: PageElement, part: str) -> bool:
        if isinstance(node, Comment):
            return str(node).strip() in parts(part, "comment")
        return isinstance(node, Tag) and node.name == "meta" and str(node.get("name") or "") in parts(part, "meta")

    def _densest(self) -> Tag:
        """From the page inwards, as long as one element has nearly all sentences of the one around it."""
        node: Tag = self.soup
        while True:
            inner = [child for child in node.contents if isinstance(child, Tag) and child.name in _LAYOUT and id(child) not in self._furniture]
            best = max(inner, key=lambda tag: self._of(tag).sentences, default=None)
            if best is None or best.name == "table" and self._reader.is_data(best):
                return node
            if self._of(best).sentences < (1 - _NOT_IN_SENTENCES) * max(1, self._of(node).sentences):
                return node
            node = best

    # --- the notice ---

    def pieces(self) -> list[Piece]:
        """The notice: field block, title, body, links to files. Raises ``NoNotice`` for a scan and for a list of links."""
        body = self._body()
        around = {id(node) for node in body} | {id(parent) for node in body for parent in node.parents}
        inside = list(self._inside(body))
        self._require_text(body, inside)
        fields = self._fields(body, around)
        of_fields = [value for name, value in fields.given.items() if value and labels()[name] == "title"] if fields is not None else []
        title = self._title(body, around, inside, of_fields)
        result: list[Piece] = list(self._field_pieces(fields, body, around))
        if title:
            result.append(Line(title, level=1, hint="title"))
        if not result or not fields:
            folded = [fold(piece.text) if isinstance(piece, Line) else "" for piece in inside]
            for index in field_lines(folded):
                inside[index].hint = "metadata"
        result += inside
        result += self._attachments(body, inside)
        self._remark_outside(body, result)
        return result

    def _remark_outside(self, body: Sequence[PageElement], pieces: Sequence[Piece]) -> None:
        """Say where sentences stand outside what was read; a copy of the text, as sites keep for their search, does not count."""
        read: str | None = None
        outside = 0
        for event, node in self._outside(body):
            if event != "text" or len(str(node)) < 20 or not _SENTENCE.search(str(node)):
                continue
            if read is None:
                read = "".join(fold_key(line.text) for piece in pieces for line in ([piece] if isinstance(piece, Line) else piece.lines()))
            key = fold_key(str(node))
            middle = len(key) // 2
            if outside < 5000 and key[:30] not in read and key[middle : middle + 20] not in read:
                outside += len(key)
        if outside > 0.1 * max(1000, len(read or "")):
            self.remarks.append(Remark("text_outside_body", f"{outside} characters of sentences on the page stand outside what was read as the notice"))

    def _require_text(self, body: Sequence[PageElement], inside: Sequence[Piece]) -> None:
        texts = [piece.text for piece in inside if isinstance(piece, Line)]
        texts += [line.text for piece in inside if isinstance(piece, Grid) for line in piece.lines()]
        size = 0
        for text in texts:
            size += len(_HAN.findall(text))
            if size >= 25:
                break
        linked = sum(self._of(node).linked for node in body)
        has_file = any(self._of(node).holds_file for node in body)
        if size < 25 and not has_file:
            pictures = sum(self._of(node).pictures for node in body) or (0 if self._is_known else self._pictures)
            cause = "only pictures (a scan) and no text in the page" if pictures else "no text of a notice in the page"
            raise NoNotice(self.name, cause, "give the page or the file that holds the text")
        if not self._is_known and not has_file and self._whole.sentences < 60 and linked > 0.5 * sum(len(text) for text in texts):
            raise NoNotice(self.name, "the page is a list of links and no notice", "give the page of the notice itself")

    def _inside(self, body: Sequence[PageElement]) -> Iterator[Piece]:
        skipped = set() if self._is_known else self._furniture
        pieces: list[Piece] = []
        for piece in self._reader.pieces(body, skipped):
            if isinstance(piece, Line):
                folded = fold(piece.text)
                if is_furniture(folded):
                    continue
                kept = without_tools(piece.text, folded)
                if not kept:
                    continue
                if kept != piece.text:
                    piece = Line(kept, level=piece.level, is_bold=piece.is_bold, align=piece.align)
            pieces.append(piece)
        if not self._is_known:
            start, end = without_edges([fold(piece.text) if isinstance(piece, Line) else "表" for piece in pieces])
            pieces = pieces[start:end]
        once = _without_second_copy(pieces)
        if len(once) < len(pieces):
            self.remarks.append(Remark("text_repeated", f"the page gives its text twice; {len(pieces) - len(once)} lines and tables of the second were left out", "info"))
        return iter(_without_repeated_title(once))

    # --- the field block ---

    def _fields(self, body: Sequence[PageElement], around: set[int]) -> _Fields | None:
        """The first whole field block outside the body. Where the page gives it again and not alike, a remark says so."""
        blocks = [_Fields()]
        gap = 0
        for event, node in self._outside(body):
            if event != "text":
                continue
            string = fold(clean_line(str(node)))
            gap += len(string)
            found = [fold_key(match["label"]) for match in label_pattern().finditer(string)] if len(string) <= 600 else []
            if found and gap > 400 or any(name in blocks[-1].names for name in found):
                blocks.append(_Fields())
            if found:
                gap = 0
                blocks[-1].names.update(dict.fromkeys(found))
                blocks[-1].nodes.append(node)
        blocks = [block for block in blocks if self._is_whole(block)]
        if not blocks:
            return None
        most = max(len(block.names) for block in blocks)
        chosen = next(block for block in blocks if len(block.names) == most)
        chosen.given = ours = parse_fields(self._field_text(chosen, around))
        for other in blocks:
            if other is not chosen:
                theirs = parse_fields(self._field_text(other, around))
                differing = [name for name, value in theirs.items() if value and ours.get(name) and fold_key(ours[name]) != fold_key(value)]
                if differing:
                    message = f"the page gives its field block twice, and not alike ({'、'.join(differing)}); the first is read"
                    self.remarks.append(Remark("metadata_repeated", message))
        return chosen

    def _is_whole(self, block: _Fields) -> bool:
        columns = {labels()[name] for name in block.names}
        return len(block.names) >= 2 and bool(columns & {"index_number", "document_number", "issuer", "issued_on", "sent_on"})

    def _field_nodes(self, block: _Fields, around: set[int]) -> list[PageElement]:
        """The elements of a block: the smallest that has all its labels, or those of its children from the first label to the last."""
        paths = [[node, *node.parents] for node in (block.nodes[0], block.nodes[-1])]
        ends = {id(node) for node in paths[0]}
        common = next(node for node in paths[1] if id(node) in ends and isinstance(node, Tag))
        table = next((parent for parent in (common, *common.parents) if parent.name == "table"), None)
        if common.name in ("tr", "tbody", "thead") and table is not None and id(table) not in around:
            return [table]
        if common.name == "table" and id(common) not in around:
            return [common]
        first, last = (next((node for node in path if node.parent is common), common) for path in paths)
        if first is common or last is common:
            return [common]
        chosen: list[PageElement] = [first]
        if first is not last:
            for sibling in first.next_siblings:
                if id(sibling) in around:
                    return chosen
                chosen.append(sibling)
                if sibling is last:
                    break
        # The value of the last label may stand in the next element.
        for sibling in last.next_siblings:
            text = clean_line(sibling.get_text()) if isinstance(sibling, (Tag, NavigableString)) and not isinstance(sibling, Comment) else ""
            if id(sibling) in around or len(text) > 120 or isinstance(sibling, Tag) and sibling.name in ("h1", "h2", "h3"):
                break
            if text and label_pattern().search(fold(text)) or _TITLE_WORDS.search(text):
                break
            chosen.append(sibling)
            if text:
                break
        return chosen

    def _field_text(self, block: _Fields, around: set[int]) -> str:
        lines = self._reader.pieces(self._field_nodes(block, around), self._furniture, spaced=True)
        texts = []
        for piece in lines:
            texts += [piece.text] if isinstance(piece, Line) else [line.text for line in piece.lines()]
        return " ".join(texts)

    def _field_pieces(self, fields: _Fields | None, body: Sequence[PageElement], around: set[int]) -> Iterator[Piece]:
        """The field block; where it gives no date of publication and a line at the title does, that line too."""
        columns: set[str] = set()
        if fields is not None:
            columns = {labels()[name] for name, value in fields.given.items() if value}
            for piece in self._reader.pieces(self._field_nodes(fields, around), self._furniture, spaced=True):
                if isinstance(piece, Line) and is_furniture(fold(piece.text)):
                    continue
                piece.hint = "metadata"
                if isinstance(piece, Line):
                    piece.text = without_tools(piece.text, fold(piece.text))
                yield piece
        if not columns & {"published_on", "sent_on"} and (line := self._published(body)):
            yield Line(line, hint="metadata")

    def _published(self, body: Sequence[PageElement]) -> str:
        """The date of publication as a line under the title prints it: 发布日期：2023-05-04."""
        for event, node in self._outside(body):
            if event != "text" or len(str(node)) > 300:
                continue
            for match in label_pattern().finditer(fold(str(node))):
                if labels()[fold_key(match["label"])] != "published_on":
                    continue
                element = node.parent
                text = clean_line(str(node))
                for _ in range(2):
                    folded = fold(text)
                    if (label := label_pattern().search(folded, max(0, folded.find(match["label"])))) and (date := _DATE.match(folded, label.end())):
                        return text[label.start("label") : date.end()].strip()
                    text = clean_line(element.get_text(" ")) if element is not None else ""
                    element = element.parent if element is not None else None
                    if len(text) > 300:
                        break
        return ""

    # --- the title ---

    def _title(self, body: Sequence[PageElement], around: set[int], inside: Sequence[Piece], fields: Sequence[str]) -> str:
        """The title where it stands outside the body; empty where the body prints it itself.

        What is set as a title and is called so by the page's head, its tags or its field block comes before what one
        of them says alone: heads begin and end with the names of sites. ``fields``: what the field block calls the notice.
        """
        printed = self._printed_titles(body, around)
        named = [clean_line(content) for name, content in self.meta if name == "articletitle"]
        head = clean_line(self.soup.title.get_text()) if self.soup.title else ""
        given = [text for text in (*named, head, _SITE_NAME.split(head)[0].strip()) if len(text) >= 6]
        keys = [fold_key(text) for text in given]
        of_fields = {fold_key(text) for text in fields if not text.startswith(tuple("（([【"))}
        usable = [text for text in given if not text.endswith(("...", "…")) and (text in named or _TITLE_WORDS.search(text) and text is given[-1])]
        opening = [piece.text for piece in inside[:12] if isinstance(piece, Line)]
        whole_lines = [text for text in opening if _WHOLE_TITLE.search(text)]
        agreed = [text for text in printed if any(key.startswith(fold_key(text)) for key in keys)]
        agreed += [
            text for text in (*printed, *whole_lines)
            if fold_key(text) in of_fields or _WHOLE_TITLE.search(text) and any(key.endswith(fold_key(text)) for key in keys)
        ]  # fmt: skip
        # A heading that names the whole notice says more than a head that says 工作方案.
        whole = [text for text in printed if _WHOLE_TITLE.search(text)] if not _WHOLE_TITLE.search("".join(usable[:1])) else []
        for title in (*agreed[:1], *whole[:1], *usable[:1], *printed[:1]):
            bare = re.sub(r"^[（(\[【][^）)\]】]{1,6}[）)\]】]", "", fold(title))
            return "" if _is_repeated(fold_key(title), opening) or _is_repeated(fold_key(bare), opening) else title
        return ""

    def _printed_titles(self, body: Sequence[PageElement], around: set[int]) -> list[str]:
        """What is set as a title outside the body, headings first."""
        found: list[tuple[bool, str]] = []
        for event, node in self._outside(body):
            if event != "open" or not isinstance(node, Tag) or id(node) in around or self._of(node).characters > 300:
                continue
            identifier, classes = names_of(node)
            is_heading = node.name in ("h1", "h2", "h3")
            if is_heading or any(_TITLE_CLASS.search(name) for name in (identifier, *classes)):
                lines = [piece.text for piece in self._reader.pieces([node]) if isinstance(piece, Line)]
                text = clean_line("".join(lines))
                if 6 <= len(text) <= 150 and _TITLE_WORDS.search(text) and not label_pattern().match(fold(text)) and not is_furniture(fold(text)):
                    found.append((not is_heading, text))
        return [text for _, text in sorted(found, key=lambda item: item[0])]

    # --- links to files ---

    def _attachments(self, body: Sequence[PageElement], inside: Sequence[Piece]) -> list[Line]:
        """Links to files that stand under the body, each once."""
        bodies = {id(node) for node in body}
        seen: set[str] | None = None
        found: list[Line] = []
        is_after, inside_body = False, 0
        for event, node in self._kept:
            if id(node) in bodies:
                is_after = True
                inside_body += (event == "open") - (event == "close")
            elif is_after and not inside_body and event == "open" and isinstance(node, Tag) and node.name == "a":
                for line in self._reader.pieces([node]):
                    if not isinstance(line, Line) or not line.links or not _HAN.search(line.text) or is_furniture(fold(line.text)):
                        continue
                    near = clean_line(node.parent.get_text())[:40] if node.parent is not None and self._of(node.parent).characters < 400 else ""
                    if not names_file(line.text) and "附件" not in near:
                        continue
                    if seen is None:
                        seen = {fold_key(piece.text) for piece in inside if isinstance(piece, Line)}
                        seen |= {href for piece in inside if isinstance(piece, Line) for _, _, href in piece.links}
                    if not seen & {fold_key(line.text), line.links[0][2]}:
                        seen |= {fold_key(line.text), line.links[0][2]}
                        found.append(Line(line.text, hint="attachment", links=line.links))
        return found


def _is_repeated(key: str, lines: Sequence[str]) -> bool:
    """Whether a title stands among the lines, whole, on one of them or broken over several."""
    if len(key) < 6:
        return False
    for first in range(len(lines)):
        joined = ""
        for line in lines[first : first + 6]:
            joined += fold_key(line)
            if joined.startswith(key) and len(joined) - len(key) <= 20:
                return True
            if not key.startswith(joined):
                break
    return False


def _without_repeated_title(pieces: list[Piece]) -> list[Piece]:
    """The pieces without a title that the site sets above the body's own."""
    for index in range(min(8, len(pieces))):
        text = ""
        for end in range(index + 1, min(index + 4, len(pieces))):
            piece = pieces[end - 1]
            if isinstance(piece, Grid):
                break
            text += piece.text
            following = [other.text for other in pieces[end : end + 9] if isinstance(other, Line)]
            # A name alone is none: the issuer's is above the title and below the text.
            if len(fold_key(text)) >= 10 and _TITLE_WORDS.search(text) and _is_repeated(fold_key(text), following):
                return pieces[:index] + pieces[end:]
    return pieces


def _without_second_copy(pieces: list[Piece]) -> list[Piece]:
    """The pieces without a second copy of all of them, to the letter, as some sites' stores hold; a title before the first may be missing."""

    @cache
    def key(place: int) -> str:
        piece = pieces[place]
        return fold_key(piece.text) if isinstance(piece, Line) else "\n".join(fold_key(line.text) for line in piece.lines())

    size = len(pieces)
    for start in range(min(4, size)):
        if (size - start) % 2 == 0 and size - start >= 12:
            half = (size + start) // 2
            if all(key(place) == key(place + half - start) for place in range(start, half)):
                return pieces[:half]
    return pieces
