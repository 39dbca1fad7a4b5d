"""The rule that the unit named first leads: in the heading of a column it is followed, elsewhere it is told."""

from __future__ import annotations

import re

from extract.model import Notice, Table
from normalize.results import Result

_FIRST = r"(?:(?:排|列|居)(?:名|序|列)?(?:在)?(?:第一|首)(?:个|位|名)?|第一(?:个|位|名|家)|首(?:个|位|家)|排(?:名|序)?(?:在)?最?前面?)"
_LEADS = r"(?:牵头|主办|主责|负总责|总负责)"
_RULE = re.compile(rf"{_FIRST}(?:的|者)?(?:单位|部门)?(?:[,，])?(?:均|即)?(?:为|是|系|作为|担任)?{_LEADS}")
_HEADER_ROWS = 4


def first_leads(heading: str) -> bool:
    """Whether the heading of a column says that the first unit of each cell leads.

    >>> first_leads("责任单位(第一个为牵头单位)"), first_leads("责任单位(列首位的为牵头单位)"), first_leads("牵头单位")
    (True, True, False)
    """
    return bool(_RULE.search(heading))


def find_lead_rules(notice: Notice) -> Result:
    """Checks where the text states the rule: it may hold for one list or for all, so that no lead is set by it."""
    result = Result()
    tables = [block for block in notice.blocks if isinstance(block, Table)]
    for match in _RULE.finditer(notice.folded):
        table = next((table for table in tables if table.start <= match.start() < table.end), None)
        if table is not None and _is_in_heading(table, match.start()):
            continue
        shown = notice.text[match.start() : match.end()]
        message = f"the text says that the unit named first leads ({shown}): units keep their order, and no lead is set by it"
        result.check("lead_rule", message, match.start(), match.end())
    return result


def _is_in_heading(table: Table, place: int) -> bool:
    """Whether a place of a table is in its first rows, beside other cells: a heading, which its column follows."""
    cell = next(
        (c for c in table.cells if c.paragraphs and c.paragraphs[0].start <= place < c.paragraphs[-1].end), None
    )
    return cell is not None and cell.row < _HEADER_ROWS and cell.column_span < table.columns
