"""What a notice says of its own size against what was found: (3项) behind a heading, 分解为16项任务 in the preface."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extract.model import Notice
from normalize.numbers import parse_chinese
from normalize.results import Cells, Result
from normalize.tree import Tree

_NUMBER = r"(?P<number>[0-9]{1,3}|[一二三四五六七八九十百]{1,4})"
_IN_HEADING = re.compile(rf"\((?:共)?{_NUMBER}(?:项|件|条|个)\)\s*$")
_IN_PREFACE = re.compile(
    rf"(?:分解(?:为|成)|细化(?:为|成)|共(?:有|计)?|提出|明确|确定|安排|部署|梳理(?:出)?|形成)[^,，。;；0-9]{{0,8}}?{_NUMBER}\s?(?:项|件|条)"
    r"[^,，。;；]{0,6}?(?P<what>任务|实事|举措|措施|事项|工作)"
)


def check_counts(notice: Notice, tree: Tree, tasks: Sequence[Cells]) -> Result:
    """A check for each stated number of tasks that is not the number found; the reader may have lost some, or the notice erred."""
    result = Result()
    below: Counter[str] = Counter()
    for row in tasks:
        section = str(row["section_id"])
        while section:
            below[section] += 1
            section = section.rpartition(".")[0]
    for node in tree.nodes:
        if node.kind != "section" or node.title is None:
            continue
        match = _IN_HEADING.search(notice.folded, node.title.start, node.title.end)
        stated = _value(match["number"]) if match else 0
        if match and stated != below[node.id]:
            message = f"the heading says {stated}, but {below[node.id]} tasks were found below it"
            result.check("stated_count", message, match.start(), match.end(), subject_kind="section", subject_id=node.id)
    total = sum(row["kind"] == "task" for row in tasks)
    for span in tree.preface.spans:
        for match in _IN_PREFACE.finditer(notice.folded, span.start, span.end):
            stated = _value(match["number"])
            if stated > 1 and total and stated != total:
                message = f"the preface says {stated} {match['what']}, but {total} tasks were found"
                result.check("stated_count", message, match.start(), match.end(), severity="info")
    return result


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    parsed = parse_chinese(number)
    return int(parsed[0]) if parsed else 0
