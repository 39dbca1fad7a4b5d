"""Who answers for how many targets, by topic and by unit: what the charts of a notice's page draw."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from normalize.report.package_files import WrittenNotice


@dataclass(frozen=True, slots=True)
class Count:
    """How many indicators and commitments there are under one name."""

    name: str
    indicators: int
    commitments: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Who answers for how many: by topic, by unit, and (``cells``, by unit and topic) both together.

    A unit answers for an indicator that names it as leading or responsible, and for the commitments of such a task. What
    several answer for is counted at each. The name is empty where the notice gives none.
    """

    domains: list[Count]
    offices: list[Count]
    cells: dict[tuple[str, str], int]


def count(notice: WrittenNotice) -> Counts:
    """Indicators and commitments of a notice by topic and unit."""
    names = {row["organization_id"]: row["name"] for row in notice.tables["organizations"]}
    answering: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in notice.tables["responsibilities"]:
        if row["role"] != "support":
            answering[row["subject_kind"], row["subject_id"]].add(
                names.get(row["organization_id"], row["name_as_written"])
            )
    domains = {row["task_id"]: row["domain"] for row in notice.tables["tasks"]}
    # An indicator has a row for each component and year, and is one target all the same.
    indicators = {row["indicator_id"]: row["domain"] for row in notice.tables["indicators"]}
    found = [(domain, answering["indicator", key], "indicators") for key, domain in indicators.items()]
    found += [
        (domains.get(row["task_id"], ""), answering["task", row["task_id"]], "commitments")
        for row in notice.tables["commitments"]
    ]
    by_domain, by_office, cells = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for domain, offices, kind in found:
        by_domain[domain, kind] += 1
        for office in offices or {""}:
            by_office[office, kind] += 1
            cells[office, domain] += 1
    offices_sorted = sorted(_counts(by_office), key=lambda one: (not one.name, -one.indicators - one.commitments))
    return Counts(sorted(_counts(by_domain), key=lambda one: not one.name), offices_sorted, dict(cells))


def _counts(counted: Counter[tuple[str, str]]) -> Iterable[Count]:
    for name in dict.fromkeys(name for name, _ in counted):
        yield Count(name, counted[name, "indicators"], counted[name, "commitments"])
