"""Lists of words: every entry has an example that holds it, none twice; no word or pattern knows a sample."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from extract.folding import fold

ROOT = Path(__file__).parents[1]
#: Lists of words; symbols.csv is a table of fonts.
LISTS = sorted([*(ROOT / "normalize" / "vocab").glob("*.csv"), *(p for p in (ROOT / "extract").glob("*.csv") if p.stem != "symbols")])
CODE = sorted(path for package in ("extract", "normalize") for path in (ROOT / package).rglob("*.py"))

# Places, indicators and figures of the test notices, which no rule may know. Regions are data of all places.
_OF_SAMPLES = re.compile(r"奉化|青禾|竹溪|溪口|云岫|洛汀|望津|棠汀|岁桥|城溪|澄溪|岚川|棠溪|积川|云溪|青屏|柳川|云岚|青岩|澄岚|浙有善育|七优享|幼有善育|学有优教|老有康养|住有宜居|弱有众扶|浙医互认")
#: Lists whose entry does not stand in the first column.
_ENTRY = {"page_parts": "value"}
_MARKS = re.compile(r"[()“”]")
_DOCSTRING = re.compile(r'"""(?:.|\n)*?"""')


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_entry_has_an_example_that_holds_it(path: Path) -> None:
    found = rows(path)
    assert found
    first, last = list(found[0])[0], list(found[0])[-1]
    assert last == "example"
    for row in found:
        word, example = fold(row[_ENTRY.get(path.stem, first)]), _MARKS.sub("", fold(row["example"]))
        assert word.strip(), row
        if first == "pattern":
            assert re.search(word, example), row
        else:
            assert _MARKS.sub("", word).lower() in example.lower(), row


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_no_entry_twice(path: Path) -> None:
    found = [tuple(list(row.values())[:-1]) for row in rows(path)]
    assert len(found) == len(set(found)), [entry for entry in found if found.count(entry) > 1]


@pytest.mark.parametrize("path", [*CODE, *LISTS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_rule_knows_a_sample(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    # Docstrings, comments and examples show what is met; what runs may not know it.
    code = [line.split("# ")[0] for line in _DOCSTRING.sub("", text).splitlines()]
    words = [",".join(list(row.values())[:-1]) for row in rows(path)] if path.suffix == ".csv" else code
    assert not _OF_SAMPLES.findall("\n".join(words))
