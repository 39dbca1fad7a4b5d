"""The rows of ``indicators``, and who answers for them, from the tables of targets of a notice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import zip_longest

from extract.model import Notice, Paragraph, Span, Table
from normalize import units
from normalize.column_roles import OFFICE_ROLES, describe
from normalize.columns import TableReading, read_table, table_before
from normalize.headings import find_years
from normalize.indicator_checks import check_table
from normalize.indicator_names import denominator, polarity
from normalize.indicator_rows import Indicator, TableRows, Value, read_rows
from normalize.results import Cells, Result
from normalize.table_numerals import claim_serials, claim_table

_TITLE_LINES = 12
_DATE = re.compile(r"((?:19|20)[0-9]{2})(?:年|[-/.])[0-9]{1,2}(?:月|[-/.])[0-9]{1,2}日?")
_REFERENCE = re.compile(r"[〔\[(][0-9]{4}[〕\])]\s*[0-9]*\s*号?")
_PLAN = re.compile(r"(20[0-9]{2})\s*年?\s*[-—–~至]{1,2}\s*(20[0-9]{2})\s*年")
_MARK_MEANS = re.compile(
    r"(?P<mark>[★▲△●*☆※])[^。;★▲△●*☆※]{0,12}?(?:为|是|表示|代表|指)[^。;,★▲△●*☆※]{0,6}?(?P<what>约束性|预期性)"
)


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table and where it stands: ``domain`` is its section's topic, ``caption`` the line above; both may be empty."""

    table: Table
    domain: str
    caption: str


@dataclass(slots=True)
class NumberedTable:
    """A table of targets, which may go on over several tables of the page, with the number that its indicators bear."""

    number: int
    tables: list[tuple[Table, TableReading]] = field(default_factory=list)
    rows: TableRows = field(default_factory=TableRows)


def find_indicators(
    notice: Notice, tables: Sequence[PlacedTable], target_year: int | None, level: str = ""
) -> Result:
    """Rows of ``indicators`` and ``responsibilities``, claims on every numeral of tables of targets, and checks.

    ``level`` is that of the area that issues the notice (市, 县), empty where it is not known.
    """
    result = Result()
    numbered: list[NumberedTable] = []
    for placed in tables:
        table = placed.table
        if table.hint == "metadata":
            continue
        reading = read_table(notice, table, level)
        span = (table.start, table.end)
        for remark in reading.remarks:
            result.check(remark.code, remark.message, *span, severity=remark.severity)
        reason = reading.reason if reading.kind != "targets" else _all_past(notice, reading, target_year)
        if reason:
            result.check("table_not_of_targets", f"the table gives no indicators: {reason}", *span, severity="info")
            claim_serials(result, notice, reading)
            continue
        result.check("columns_understood", describe(reading.columns), *span, severity="info")
        last = numbered[-1] if numbered else None
        goes_on = last is not None and _goes_on(notice, table, reading, last)
        rows = read_rows(notice, reading, placed.domain, last.rows if goes_on and last else None)
        if goes_on and last is not None:
            last.rows.troubles += rows.troubles
            last.tables.append((table, reading))
        else:
            numbered.append(NumberedTable(len(numbered) + 1, [(table, reading)], rows))
    for item in numbered:
        _write(result, notice, item, target_year)
    return result


def _goes_on(notice: Notice, table: Table, reading: TableReading, last: NumberedTable) -> bool:
    """Whether a table continues the one before: without headings, or with the same ones and serials that go on."""
    before, its_reading = last.tables[-1]
    if table_before(notice, table) is not before:
        return False
    if reading.goes_on:
        return True
    if [column.heading for column in reading.columns] != [column.heading for column in its_reading.columns]:
        return False
    if reading.is_across:
        return False
    serial = next((i.serial for i in reversed(last.rows.indicators) if i.serial and i.serial.number), None)
    first = read_rows(notice, reading, "", None).indicators
    own = next((i.serial for i in first if i.serial and i.serial.number), None)
    return serial is not None and own is not None and own.number == serial.number + 1


# --- years and kinds ---


@dataclass(frozen=True, slots=True)
class _Years:
    """When the targets of a notice are for. ``first``: values for years before it are where things started."""

    target: int | None
    first: int | None
    of_caption: int | None


def _years(notice: Notice, reading: TableReading, target_year: int | None) -> _Years:
    caption = next((years for line in reversed(reading.above) if (years := find_years(_REFERENCE.sub("", line)))), [])
    of_caption = caption[0] if len(set(caption)) == 1 else None
    first = (
        target_year or (min(caption) if len(set(caption)) > 1 else None) or _plan_start(notice) or _issue_year(notice)
    )
    return _Years(target_year, first, of_caption)


def _plan_start(notice: Notice) -> int | None:
    """The first year of the plan that the first lines name: 2023—2027年."""
    lines = [block for block in notice.blocks[:_TITLE_LINES] if isinstance(block, Paragraph)]
    for line in lines:
        if match := _PLAN.search(notice.folded, line.start, line.end):
            return int(match[1])
        if match := re.search("“?(十[三四五六七])五”?", notice.folded[line.start : line.end]):
            return find_years(f"“{match[1]}五”")[0] - 4
    return None


def _issue_year(notice: Notice) -> int | None:
    """The year of the last date that has a line to itself."""
    for line in reversed([block for block in notice.blocks if isinstance(block, Paragraph)]):
        if line.end - line.start <= 20 and (
            match := _DATE.fullmatch("".join(notice.folded[line.start : line.end].split()))
        ):
            return int(match[1])
    return None


def _period(value: Value, years: _Years, last_year: int | None, is_lone_result: bool) -> int | None:
    column = value.column
    if column.year is not None:
        return column.year
    if column.relative is not None:
        return years.target + column.relative if years.target is not None else None
    if column.role == "growth" and column.kind not in ("baseline", "actual"):
        return last_year
    if column.kind in ("baseline", "actual") and not is_lone_result:
        return None  # 现状值 is of no year that the heading tells
    return years.of_caption or years.target


def _kind(value: Value, years: _Years, is_lone_result: bool) -> str:
    """target, baseline or actual: what the heading says, else by the year it bears."""
    column = value.column
    if column.kind == "actual" and is_lone_result:
        return "target"
    if column.kind:
        return column.kind
    if column.relative is not None and column.relative < 0:
        return "baseline"
    if column.year is not None and years.first is not None and column.year < years.first:
        return "baseline"
    return "target"


def _all_past(notice: Notice, reading: TableReading, target_year: int | None) -> str:
    """Why a table with values of indicators is none of targets: every value is for a year behind them; else empty."""
    columns = reading.with_role("value")
    years = _years(notice, reading, target_year)
    if years.first is not None and all(c.year is not None and c.year < years.first and not c.kind for c in columns):
        return f"its numbers are for {columns[-1].year}, before the targets"
    return ""


# --- rows ---


def _write(result: Result, notice: Notice, item: NumberedTable, target_year: int | None) -> None:
    """Add the rows, claims and checks of one table."""
    reading = item.tables[0][1]
    years = _years(notice, reading, target_year)
    value_columns = reading.with_role("value")
    last_year = max(
        (column.year for column in value_columns if column.year is not None), default=years.of_caption or years.target
    )
    is_lone_result = bool(value_columns) and all(column.kind == "actual" for column in value_columns)
    marks = _mark_meanings(notice, [table for table, _ in item.tables])
    seqs = _seqs(item.rows.indicators)
    ids = _ids(item.number, item.rows.indicators, seqs)
    taken: Counter[str] = Counter()
    rows_of: list[list[Cells]] = []
    told: set[Span] = set()
    for indicator, seq, indicator_id in zip(item.rows.indicators, seqs, ids, strict=True):
        rows: list[Cells] = []
        for value in _with_blank(indicator, reading):
            period, kind = _period(value, years, last_year, is_lone_result), _kind(value, years, is_lone_result)
            _take_bound(value, kind)
            row = _row(notice, item.number, indicator, indicator_id, seq, value, period, kind)
            taken[row["value_id"]] += 1
            if taken[row["value_id"]] > 1:
                message = (
                    f"two values for the same indicator, component and year: {indicator.name.text} {row['value_text']}"
                )
                result.check(
                    "value_repeated",
                    message,
                    value.start,
                    value.end,
                    subject_kind="indicators",
                    subject_id=indicator_id,
                )
                row["value_id"] += f"-{taken[row['value_id']]}"
            rows.append(row)
            result.own(value.number.start, value.number.end, "target", "indicators", row["value_id"])
            for code, message, severity in value.notes:
                result.check(
                    code,
                    message,
                    value.number.start,
                    value.number.end,
                    severity=severity,
                    subject_kind="indicators",
                    subject_id=row["value_id"],
                )
            if value.problem and value.number not in told:
                told.add(value.number)
                result.check(
                    "value_not_read",
                    f"{value.problem}: {row['value_text']}",
                    value.number.start,
                    value.number.end,
                    subject_kind="indicators",
                    subject_id=row["value_id"],
                )
        _finish(indicator, rows, marks)
        for row in rows:
            result.add("indicators", row)
        rows_of.append(rows)
        _add_responsibilities(result, indicator, indicator_id)
    if is_lone_result:
        result.check(
            "value_kind_assumed",
            "the heading speaks of what was done, and the table of targets: taken for targets",
            item.tables[0][0].start,
            item.tables[-1][0].end,
        )
    _check_bare_years(result, item, years)
    for table, table_reading in item.tables:
        claim_table(result, notice, table, table_reading)
    check_table(result, notice, item.tables, item.rows, rows_of, ids)


def _check_bare_years(result: Result, item: NumberedTable, years: _Years) -> None:
    """A bare year before the targets is taken for where things started: say so."""
    table, reading = item.tables[0]
    bare = [column for column in reading.with_role("value") if column.year is not None and not column.kind]
    early = [
        str(column.year)
        for column in bare
        if years.first is not None and column.year is not None and column.year < years.first
    ]
    if early:
        shown = "、".join(dict.fromkeys(early))
        message = f"values for {shown} come before {years.first}: taken for where things started, as no word says"
        result.check("value_kind_assumed", message, table.start, table.end, severity="info")
    elif len(bare) > 1 and years.first is None:
        result.check(
            "value_kind_assumed",
            "the notice does not say which of the years are behind it: all values are taken for targets",
            table.start,
            table.end,
        )


def _with_blank(indicator: Indicator, reading: TableReading) -> Iterator[Value]:
    """The values of an indicator; where its row has none at all one without number, so that it is not lost."""
    if indicator.values:
        yield from indicator.values
        return
    columns = reading.with_role("value")
    targets = [column for column in columns if column.kind in ("target", "")] or columns
    if targets:
        yield Value(
            targets[0], None, "nothing", start=indicator.start, end=indicator.end, unit=indicator.name.unit, offices=indicator.offices
        )  # fmt: skip


def _row(
    notice: Notice,
    table_no: int,
    indicator: Indicator,
    indicator_id: str,
    seq: str,
    value: Value,
    period: int | None,
    kind: str,
) -> Cells:
    item = value.item
    value_id = ":".join(filter(None, (indicator_id, value.component, str(period or ""), kind)))
    row: Cells = {
        "value_id": value_id, "indicator_id": indicator_id, "table_no": table_no, "seq": seq,
        "domain": indicator.domain, "name": indicator.name.text, "is_core": indicator.name.is_core, "property": indicator.property,
        "component": value.component, "period": "" if period is None else period, "value_kind": kind,
        "comparator": "", "value": "", "value_to": "", "unit": value.unit, "base_value": "",
        "base_unit": _base(Decimal(1), value.unit)[1],
        "value_text": value.cell.text(notice) if value.cell is not None else "",
        "start": value.start, "end": value.end,
    }  # fmt: skip
    if item is not None:
        base, _ = _base(item.value, value.unit)
        row |= {"comparator": item.comparator, "value": units.plain(item.value), "base_value": base}
        if item.value_to is not None:
            row["value_to"] = units.plain(item.value_to)
    for role in OFFICE_ROLES:
        row[f"{role}_units"] = "、".join(office.name for office in value.offices[role])
    return row


def _take_bound(value: Value, kind: str) -> None:
    """The bound that the name of a target ends with is its number's, unless the cell says another."""
    item = value.item
    if item is None or value.bound in ("", "=") or kind != "target" or value.column.role != "value":
        return
    if item.comparator in ("=", value.bound) and item.value_to is None:
        value.item = replace(item, comparator=value.bound)
    else:
        message = f"the name ends with a bound ({value.bound}) that does not go with what the cell says: the cell's is taken"
        value.notes.append(("bounds_disagree", message, "warning"))


def _base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    if unit in units.SCALES:
        return units.plain(value * units.SCALES[unit]), ""
    base, base_unit = units.to_base(value, unit)
    return units.plain(base), base_unit


def _finish(indicator: Indicator, rows: Sequence[Cells], marks: dict[str, str]) -> None:
    """What holds for all rows of an indicator: polarity, denominator, and what its mark means where a note tells."""
    signs = [row["comparator"] for row in rows if row["value_kind"] == "target"]
    is_change = any(value.item is not None and value.item.change for value in indicator.values)
    direction = "" if is_change else polarity(indicator.name.text, signs)
    per = denominator(indicator.name.text)
    for value, row in zip_longest(indicator.values, rows):
        # A rate of growth is of the whole number, and counts by nothing.
        is_growth = value is not None and (value.column.role == "growth" or value.item is not None and bool(value.item.change))
        row["polarity"], row["per"] = direction, "" if is_growth else per
        if indicator.name.mark in marks:
            row["property"] = row["property"] or marks[indicator.name.mark]
            row["is_core"] = False


def _mark_meanings(notice: Notice, tables: Sequence[Table]) -> dict[str, str]:
    """What a note in or under the tables says of signs beside names: 带★的为约束性指标."""
    start, end = tables[0].start, tables[-1].end
    places = _MARK_MEANS.finditer(notice.folded, max(0, start - 100), min(len(notice.folded), end + 200))
    return {match["mark"]: match["what"] for match in places}


def _seqs(indicators: Sequence[Indicator]) -> list[str]:
    """The printed serials; positions where none is printed, and throughout where the serials start anew."""
    numbers = [indicator.serial.number for indicator in indicators if indicator.serial and not indicator.shares_serial]
    restarts = any(
        after <= 1 < before or after == before == 1
        for before, after in zip(numbers, numbers[1:], strict=False)
        if after
    )
    mixed = len({indicator.serial.is_chinese for indicator in indicators if indicator.serial}) > 1
    if restarts or mixed:
        return [str(indicator.position) for indicator in indicators]
    return [indicator.serial.text if indicator.serial else str(indicator.position) for indicator in indicators]


def _ids(table_no: int, indicators: Sequence[Indicator], seqs: Sequence[str]) -> list[str]:
    """``i1.13``; a repeated serial gets ``-2``. A printed serial has the id before a position that falls on it."""
    seen: Counter[str] = Counter()
    ids = [""] * len(indicators)
    for is_printed in (True, False):
        for index, (indicator, seq) in enumerate(zip(indicators, seqs, strict=True)):
            if (indicator.serial is not None) == is_printed:
                seen[seq] += 1
                ids[index] = f"i{table_no}.{seq}{f'-{seen[seq]}' if seen[seq] > 1 else ''}"
    return ids


def _add_responsibilities(result: Result, indicator: Indicator, indicator_id: str) -> None:
    """Who answers for an indicator as a whole; those of its parts only where nobody is named for the whole."""
    is_named = any(indicator.offices.values())
    offices = indicator.offices if is_named else indicator.offices_of_parts
    if any(indicator.offices_of_parts.values()):
        named = dict.fromkeys(office.name for role in OFFICE_ROLES for office in indicator.offices_of_parts[role])
        kept = "the whole names nobody" if not is_named else "responsibilities has those of the whole alone"
        message = f"rows of parts name other units than the whole's: {'、'.join(named)}; {kept}: {indicator.name.text}"
        about = {"subject_kind": "indicators", "subject_id": indicator_id}
        result.check("parts_of_other_units", message, indicator.start, indicator.end, **about)
    for role in OFFICE_ROLES:
        for position, office in enumerate(offices[role], start=1):
            result.add("responsibilities", {
                "subject_kind": "indicator", "subject_id": indicator_id, "role": role, "position": position,
                "name_as_written": office.name, "start": office.start, "end": office.end,
            })  # fmt: skip
