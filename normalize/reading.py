"""One notice, from its layout to the rows of every table: the order in which the modules build on one another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.model import Notice
from normalize.attachments import find_attachments
from normalize.blocks import find_blocks
from normalize.citations import find_citations
from normalize.commitments import CommitmentResult, Passage, find_commitments
from normalize.contexts import Claim, find_claims
from normalize.damage import find_damage
from normalize.documents import find_document
from normalize.folded_tables import unfold_tables
from normalize.genre import Genre, find_genre
from normalize.indicators import PlacedTable, find_indicators
from normalize.layout import Layout, find_layout
from normalize.lead_rules import find_lead_rules
from normalize.numbers import CHINESE, Number, parse_chinese
from normalize.numerals import Owned, find_numerals, mark_taken
from normalize.organizations import find_organizations
from normalize.reconcile import reconcile
from normalize.results import Cells, Result
from normalize.sections import find_sections, preface_row
from normalize.stated_counts import check_counts
from normalize.task_rows import find_task_rows
from normalize.tree import Tree, build_tree

Rows = dict[str, list[Cells]]


@dataclass(slots=True)
class _Gathered:
    """The rows of all modules so far; ``owned`` in falling order of right."""

    tables: Rows
    owned: list[Owned]
    checks: list[Cells]

    def take(self, result: Result) -> None:
        for name, rows in result.tables.items():
            self.tables.setdefault(name, []).extend(rows)
        self.owned += result.owned
        self.checks += result.checks


def read_rows(notice: Notice) -> Rows:
    """The rows of every table, without ``document_id``."""
    gathered = _Gathered({}, [], [])
    notice = unfold_tables(notice)
    layout = find_layout(notice)
    gathered.take(find_document(notice, layout))
    document = gathered.tables["documents"][0]
    trees = _trees(notice, layout)
    year = document.get("target_year") or document.get("plan_start") or str(document.get("issued_on", ""))[:4]
    year = int(year) if year else None

    placed = list(_tables(notice, trees))
    level = str(document.get("region") or "")[-1:]
    gathered.take(find_indicators(notice, placed, document.get("target_year") or None, level))
    gathered.take(find_damage(notice))
    gathered.take(find_lead_rules(notice))
    gathered.take(find_citations(notice))
    gathered.take(find_attachments(notice, layout))
    for tree in trees:
        gathered.take(find_sections(notice, tree))
    task_rows = [find_task_rows(notice, tree) for tree in trees]
    for result, _ in task_rows:
        gathered.take(result)
    for tree in trees:
        own = [row for row in gathered.tables.get("tasks", []) if str(row["task_id"]).startswith(f"{tree.prefix}t")]
        gathered.take(check_counts(notice, tree, own))
    contexts = [Owned(claim) for claim in find_claims(notice.folded)]

    passages = [passage for tree in trees for passage in _passages(tree)]
    passages += [passage for _, own in task_rows for passage in own]
    passages.sort(key=lambda passage: passage.spans[0].start)
    genre = _genre(notice, layout, trees, document)
    taken = mark_taken(len(notice.text), [item.claim for item in (*gathered.owned, *contexts)])
    promised = find_commitments(notice.text, notice.folded, passages, taken, year, genre.unpromised, _issued(document))
    gathered.tables["commitments"] = promised.rows
    gathered.checks += promised.checks
    _add_prefaces(gathered.tables, trees)

    _find_subjects(gathered.tables)
    gathered.take(find_organizations(gathered.tables.get("responsibilities", [])))
    gathered.tables["reconciliations"] = reconcile(gathered.tables.get("indicators", []), promised.rows)
    blocks = find_blocks(notice, layout, trees, gathered.tables.get("sections", []))
    gathered.take(blocks)
    numerals = _ledger(notice, gathered, contexts, promised, placed)
    gathered.tables["numerals"] = numerals
    _check_whole(notice, gathered, genre, placed)
    for name in ("sections", "tasks", "responsibilities"):
        gathered.tables.get(name, []).sort(key=lambda row: (row["start"], row["end"]))
    gathered.tables["checks"] = sorted(gathered.checks, key=lambda row: (row["start"] == "", row["start"] or 0, row["code"]))
    return gathered.tables


def _issued(document: Cells) -> tuple[int, int] | None:
    """The year and month in which a notice was issued, where that is known."""
    year, _, rest = str(document.get("issued_on", "")).partition("-")
    return (int(year), int(rest[:2])) if rest else None


def _trees(notice: Notice, layout: Layout) -> list[Tree]:
    """The outline of every document in the notice; the ids of the second with an outline begin with ``d2.``."""
    trees: list[Tree] = []
    number = 0
    for part in layout.parts:
        if not part.blocks:
            continue
        tree = build_tree(notice, part, f"d{number + 1}." if number else "")
        number += bool(tree.nodes)
        trees.append(tree)
    return trees


def _tables(notice: Notice, trees: Sequence[Tree]) -> Iterator[PlacedTable]:
    """The tables whose rows are no tasks, each with the topic that it stands under."""
    found = [(table, caption, node) for tree in trees for node in (tree.preface, *tree.nodes) for table, caption in node.tables]
    for table, caption, node in sorted(found, key=lambda item: item[0].start):
        yield PlacedTable(table, node.domain, caption)


def _passages(tree: Tree) -> Iterator[Passage]:
    for node in (tree.preface, *tree.nodes):
        if node.spans:
            task = "" if node.kind == "section" else node.id
            yield Passage(f"{node.prefix}{node.path}", node.section_id, task, tuple(node.spans), node.is_review, node is tree.preface)


def _genre(notice: Notice, layout: Layout, trees: Sequence[Tree], document: Cells) -> Genre:
    labels: Counter[str] = Counter()
    for tree in trees:
        for node in tree.nodes:
            labels["article" if node.label.endswith("条") else "chinese"] += 1
    is_official = bool(document.get("document_number") or document.get("signatory") or document.get("recipients"))
    return find_genre(str(document.get("title", "")), str(document.get("enclosed_title", "")), dict(labels), is_official, notice.folded)


def _add_prefaces(tables: Rows, trees: Sequence[Tree]) -> None:
    """A row ``s0`` for what stands above the first label, where a promise, a unit or a task does."""
    used = {row.get("section_id") for name in ("commitments", "tasks", "sections") for row in tables.get(name, [])}
    used |= {row.get("subject_id") for row in tables.get("responsibilities", [])}
    known = {row["section_id"] for row in tables.get("sections", [])}
    for tree in trees:
        row = preface_row(tree)
        if row["section_id"] in used - known:
            known.add(row["section_id"])
            tables.setdefault("sections", []).append(row)


def _find_subjects(tables: Rows) -> None:
    """Which task or section a citation stands in."""
    places = [(row["start"], row["end"], "task", row["task_id"]) for row in tables.get("tasks", [])]
    places += [(row["start"], row["end"], "section", row["section_id"]) for row in tables.get("sections", [])]
    places.sort()
    at = -1
    for citation in sorted(tables.get("citations", []), key=lambda row: row["start"]):
        while at + 1 < len(places) and places[at + 1][0] <= citation["start"]:
            at += 1
        if at >= 0 and citation["end"] <= places[at][1]:
            citation["subject_kind"], citation["subject_id"] = places[at][2], places[at][3]


def _ledger(
    notice: Notice, gathered: _Gathered, contexts: list[Owned], promised: CommitmentResult, placed: Sequence[PlacedTable]
) -> list[Cells]:
    owned = list(gathered.owned)
    owned += [Owned(claim, "commitments" if row_id else "", row_id) for claim, row_id in promised.claims]
    owned += contexts
    owned += _leftovers(notice, placed)
    return find_numerals(notice, owned, [*promised.numbers, *_chinese_targets(notice, gathered.owned)])


def _chinese_targets(notice: Notice, owned: Sequence[Owned]) -> Iterator[Number]:
    """The Chinese numerals of value cells: 两家."""
    for item in owned:
        claim = item.claim
        if claim.kind == "target" and not re.search("[0-9]", notice.folded[claim.start : claim.end]):
            match = re.search(CHINESE, notice.folded[claim.start : claim.end])
            if match and (parsed := parse_chinese(match[0])):
                yield Number(claim.start + match.start(), claim.start + match.end(), *parsed)


def _leftovers(notice: Notice, placed: Sequence[PlacedTable]) -> Iterator[Owned]:
    """What no module understood and where it stands says enough of: cells of tables that are not of targets only describe."""
    for item in placed:
        yield Owned(Claim(item.table.start, item.table.end, "descriptor"))


def _check_whole(notice: Notice, gathered: _Gathered, genre: Genre, placed: Sequence[PlacedTable]) -> None:
    """What concerns the notice as a whole: remarks of the reader, numerals nobody understood, nothing promised."""
    result = Result()
    for remark in notice.remarks:
        has_place = remark.end > remark.start
        result.check(remark.code, remark.message, remark.start if has_place else "", remark.end if has_place else "", severity=remark.severity)
    for row in gathered.tables["numerals"]:
        if row["class"] == "other":
            result.check("numeral_not_understood", f"what {row['surface']} counts was not understood", row["start"], row["end"])
    if genre.reason:
        result.check("no_commitments", genre.reason, severity="info")
    if not gathered.tables.get("indicators") and not gathered.tables["commitments"]:
        why = genre.reason or ("no table of targets and no promise with a number was found" if not placed else "its tables are not of targets, and no promise with a number was found")
        result.check("no_targets", why, severity="warning")
    gathered.take(result)

