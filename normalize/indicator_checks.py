"""What a person should look at in a table of targets: lost rows, what indicators lack, sums that don't add up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from extract.model import Notice, Table
from normalize import units
from normalize.column_roles import OFFICE_ROLES
from normalize.columns import TableReading
from normalize.indicator_rows import Indicator, TableRows, is_total
from normalize.measures import is_measure
from normalize.results import Cells, Result

# Means, rates and standards of parts are no parts of that of the whole: 人均可支配收入 of 城镇 and 农村.
_DOES_NOT_ADD = re.compile(r"均|率|比例|比重|占比|标准|指数|强度|浓度|水平|寿命")
_SHARE = re.compile(r"(?:率|占比|比例|比重|覆盖面)$")
_MAY_EXCEED = re.compile(r"(?:增[长幅速]|上升|下降|提高|提升|变化|利用|负债|产销|杠杆|完成|增)率?$|倍|拨备|保值|负荷")


def check_table(
    result: Result,
    notice: Notice,
    tables: Sequence[tuple[Table, TableReading]],
    found: TableRows,
    rows_of: Sequence[Sequence[Cells]],
    ids: Sequence[str],
) -> None:
    """Add the checks on one table of targets: ``rows_of`` are the rows written for each indicator, ``ids`` theirs."""
    for trouble in found.troubles:
        result.check(trouble.code, trouble.message, trouble.start, trouble.end, severity=trouble.severity)
    span = (tables[0][0].start, tables[-1][0].end)
    if not found.indicators:
        result.check(
            "columns_not_understood", "the table seems to hold targets, but no indicator came out of it", *span
        )
        return
    _check_serials(result, found.indicators, span)
    for indicator in found.indicators:
        if not indicator.name.text:
            message = "indicator without name: no heading and no caption says what its numbers are of"
            result.check("indicator_without_name", message, indicator.start, indicator.end)
    domains = {indicator.domain for indicator in found.indicators} - {""}
    for indicator in found.indicators:
        if indicator.name.text in domains:
            message = f"an indicator is called as a group of others is: {indicator.name.text}"
            result.check("name_of_group", message, indicator.start, indicator.end)
    _check_lacking(result, tables[0][1], found.indicators, rows_of, ids, span)
    for indicator, rows, indicator_id in zip(found.indicators, rows_of, ids, strict=True):
        _check_values(result, indicator, rows, indicator_id)
        if any(is_total(_place(row)) for row in rows):
            _check_total(result, indicator, rows, indicator_id)
        else:
            _check_parts(result, indicator, rows, indicator_id)


def _check_serials(result: Result, indicators: Sequence[Indicator], span: tuple[int, int]) -> None:
    """Gaps and repeats. Where most serials are missing the table is an extract; a new start is none of either."""
    numbered = [
        (i, i.serial.number)
        for i in indicators
        if i.serial and i.serial.number and not i.serial.is_chinese and not i.shares_serial
    ]
    if not numbered:
        return
    lost = [i for i in indicators if i.serial is None]
    for indicator in lost:
        result.check(
            "serial_missing",
            f"a row without serial among rows that have one: {indicator.name.text}",
            indicator.start,
            indicator.end,
        )
    steps = list(zip(numbered, numbered[1:], strict=False))
    gaps = [(one, other) for one, other in steps if other[1] > one[1] + 1]
    if numbered[0][1] != 1:
        message = f"the serials start at {numbered[0][1]}: an extract, or rows are missing"
        result.check("serials_start_late", message, *span, severity="info" if numbered[0][1] > 2 else "warning")
    if len(gaps) > 2 and 2 * len(gaps) > len(steps):
        result.check(
            "serials_of_extract",
            f"most serials are not consecutive: the table seems to be an extract ({len(gaps)} gaps)",
            *span,
            severity="info",
        )
        gaps = []
    for (_, before), (indicator, number) in gaps:
        result.check("serial_gap", f"serial {before} is followed by {number}", indicator.start, indicator.end)
    for (_, before), (indicator, number) in steps:
        if number == before and number != 1:
            result.check("serial_repeated", f"serial {number} stands twice", indicator.start, indicator.end)
        elif 1 < number < before:
            result.check(
                "serial_out_of_order", f"serial {before} is followed by {number}", indicator.start, indicator.end
            )


def _check_lacking(
    result: Result,
    reading: TableReading,
    indicators: Sequence[Indicator],
    rows_of: Sequence[Sequence[Cells]],
    ids: Sequence[str],
    span: tuple[int, int],
) -> None:
    """Indicators without number, unit, domain or responsible unit; one check for all where the whole table has none."""
    lacking: dict[str, list[int]] = {"number": [], "unit": [], "domain": [], "responsible_unit": []}
    for index, (indicator, rows) in enumerate(zip(indicators, rows_of, strict=True)):
        if all(row["value"] == "" for row in rows):
            lacking["number"].append(index)
        elif any(row["value"] != "" and not row["unit"] for row in rows):
            lacking["unit"].append(index)
        if not indicator.domain:
            lacking["domain"].append(index)
        if not any((*indicator.offices.values(), *indicator.offices_of_parts.values())):
            lacking["responsible_unit"].append(index)
    for what, indexes in lacking.items():
        has_no_column = what == "responsible_unit" and not reading.with_role(*OFFICE_ROLES)
        lacks_all = what != "number" and 1 < len(indicators) == len(indexes)
        if indexes and (has_no_column or lacks_all):
            message = f"no indicator of the table has a {what.replace('_', ' ')}"
            severity = "warning" if what == "unit" else "info"
            result.check(f"indicators_without_{what}", message, *span, severity=severity)
            continue
        for index in indexes:
            _check_one(result, what, indicators[index], rows_of[index], ids[index])


def _check_one(result: Result, what: str, indicator: Indicator, rows: Sequence[Cells], indicator_id: str) -> None:
    """Say what one indicator lacks; words in place of a number (全覆盖) are worth less of a look."""
    message = f"indicator without {what.replace('_', ' ')}: {indicator.name.text}"
    severity = "warning"
    if what == "number":
        texts = "、".join(dict.fromkeys(row["value_text"].replace("\n", " ") for row in rows if row["value_text"]))
        message += f" ({texts})" if texts else ""
        severity = "info" if len(texts) > 1 and not re.search("[0-9]|[一二两三四五六七八九十百千万](?:成|分之)", texts) else "warning"
    about = {"subject_kind": "indicators", "subject_id": indicator_id}
    result.check(f"indicator_without_{what}", message, indicator.start, indicator.end, severity=severity, **about)


def _check_values(result: Result, indicator: Indicator, rows: Sequence[Cells], indicator_id: str) -> None:
    about = {"subject_kind": "indicators", "subject_id": indicator_id}
    for unit in dict.fromkeys(row["unit"] for row in rows if row["unit"]):
        if not units.is_unit(unit):
            severity = "info" if is_measure(unit) else "warning"
            result.check(
                "unknown_unit",
                f"unknown unit of measure: {unit}",
                indicator.start,
                indicator.end,
                severity=severity,
                **about,
            )
    if indicator.has_blank and indicator.values:
        result.check(
            "empty_value",
            f"a cell for a value is empty: {indicator.name.text}",
            indicator.start,
            indicator.end,
            severity="info",
            **about,
        )
    if indicator.name.unit_is_doubtful:
        result.check(
            "unit_doubtful",
            f"the brackets may give a unit or another word: {indicator.name.text}",
            indicator.start,
            indicator.end,
            **about,
        )
    name = re.sub(r"\([^()]*\)$|（[^（）]*）$", "", indicator.name.text)
    if _SHARE.search(name) and not _MAY_EXCEED.search(name):
        for row in rows:
            if row["unit"] == "%" and row["value"] != "" and row["value"] > 100:
                result.check(
                    "share_above_100",
                    f"a share above 100 %: {indicator.name.text} {row['value_text']}",
                    row["start"],
                    row["end"],
                    **about,
                )


def _check_parts(result: Result, indicator: Indicator, rows: Sequence[Cells], indicator_id: str) -> None:
    """The parts of a whole, named 其中, may not be more than it: those in rows of their own, and those in columns."""
    if _DOES_NOT_ADD.search(indicator.name.text):
        return
    for period, kind in dict.fromkeys((row["period"], row["value_kind"]) for row in rows):
        valued = [(value, row) for value, row in zip(indicator.values, rows, strict=False) if row["value"] != ""]
        valued = [(value, row) for value, row in valued if (row["period"], row["value_kind"]) == (period, kind)]
        whole = [row for _, row in valued if not row["component"]]
        in_rows = [row for value, row in valued if value.is_part and not value.column.is_part]
        in_columns = [row for value, row in valued if value.column.is_part and row["component"] == value.column.component]
        for parts in (in_rows, in_columns):
            if len(whole) != 1 or not parts or units.dimension(whole[0]["unit"]) in ("rate", "ratio", "score", "time"):
                continue
            if any(row["base_unit"] != whole[0]["base_unit"] or row["value_to"] != "" for row in (*whole, *parts)):
                continue
            _compare(result, indicator, _sum(parts), whole[0], len(parts), indicator_id)


def _sum(rows: Iterable[Cells]) -> Decimal:
    return sum((row["base_value"] for row in rows), Decimal(0))


def _compare(result: Result, indicator: Indicator, total: Decimal, whole: Cells, count: int, indicator_id: str) -> None:
    about = {"subject_kind": "indicators", "subject_id": indicator_id}
    if total > whole["base_value"]:
        message = f"the parts add up to {total}, the whole is {whole['base_value']}: {indicator.name.text}"
        result.check("parts_exceed_whole", message, indicator.start, indicator.end, **about)
    elif count > 1 and total < whole["base_value"]:
        message = f"the parts add up to {total} of {whole['base_value']}: {indicator.name.text}"
        result.check("parts_below_whole", message, indicator.start, indicator.end, severity="info", **about)


def _place(row: Cells) -> str:
    """The place of a row of a table with indicators across; a part or 增速 may follow it."""
    return str(row["component"]).partition(" ")[0]


def _of_what(row: Cells) -> tuple[object, ...]:
    """What values of several places share that add up: year, kind, and what part they are."""
    return row["period"], row["value_kind"], str(row["component"]).partition(" ")[2]


def _check_total(result: Result, indicator: Indicator, rows: Sequence[Cells], indicator_id: str) -> None:
    """The row 合计 of a table with indicators across is the sum of the others, shares apart."""
    if _DOES_NOT_ADD.search(indicator.name.text):
        return
    for of_what in dict.fromkeys(map(_of_what, rows)):
        same = [row for row in rows if _of_what(row) == of_what]
        totals = [row for row in same if is_total(_place(row)) and row["value"] != ""]
        others = [row for row in same if not is_total(_place(row))]
        if len(totals) != 1 or len(others) < 2 or any(row["value"] == "" for row in others):
            continue
        if units.dimension(totals[0]["unit"]) in ("rate", "ratio", "score", "time") or not totals[0]["unit"]:
            continue
        total = _sum(others)
        if total != totals[0]["base_value"]:
            message = f"the rows add up to {total}, 合计 says {totals[0]['base_value']}: {indicator.name.text}"
            result.check(
                "sum_differs",
                message,
                totals[0]["start"],
                totals[0]["end"],
                subject_kind="indicators",
                subject_id=indicator_id,
            )
