"""What the READMEs show is so: rows, commands, and the two kept alike."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pytest

from extract.version import VERSION
from normalize.schema import tables

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
OUTPUTS = ROOT / "outputs" / "fenghua-2023"


def shown_rows(text: str) -> list[tuple[str, dict[str, str]]]:
    """The rows that a document shows, each with the table it is said to be of."""
    rows = []
    for match in re.finditer(r"<!-- rows of (\w+)\.csv -->\n((?:\|.*\n)+)", text):
        header, _, *lines = [
            [cell.strip() for cell in line.strip().strip("|").split("|")] for line in match[2].splitlines()
        ]
        rows += [(match[1], dict(zip(header, line, strict=True))) for line in lines]
    return rows


def rows_written(table: str) -> list[dict[str, str]]:
    """The rows of a table of the sample."""
    with (OUTPUTS / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def shown_by(readme: str) -> list[tuple[str, dict[str, str]]]:
    return shown_rows((ROOT / readme).read_text(encoding="utf-8"))


@pytest.mark.skipif(not OUTPUTS.exists(), reason="the sample's tables are not there yet: make extract")
@pytest.mark.parametrize("readme", READMES)
def test_rows_shown_are_rows_written(readme: str) -> None:
    for table, shown in shown_by(readme):
        assert any(all(row[column] == cell for column, cell in shown.items()) for row in rows_written(table)), (table, shown)


def test_both_show_the_same_rows() -> None:
    one, two = (shown_by(readme) for readme in READMES)
    assert one == two
    assert len(one) > 8


@pytest.mark.parametrize("readme", READMES)
def test_every_table_is_told(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert not [table for table in tables() if not re.search(rf"\b{table}\b", text)]


@pytest.mark.parametrize("readme", READMES)
def test_commands_exist(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^    |`)make ([a-z]+)", text, re.MULTILINE))
    assert {"extract", "test", "check", "score", "bench"} <= named <= targets


def test_both_have_the_same_parts() -> None:
    one, two = ((ROOT / readme).read_text(encoding="utf-8") for readme in READMES)
    assert re.findall(r"^#+(?= )", one, re.MULTILINE) == re.findall(r"^#+(?= )", two, re.MULTILINE)
    assert re.findall(r"^```.*?^```", one, re.MULTILINE | re.DOTALL) == re.findall(
        r"^```.*?^```", two, re.MULTILINE | re.DOTALL
    )


def test_citation_is_of_this_version_and_says_what_the_readmes_say() -> None:
    lines = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    cited = dict(re.findall(r"^(?:  - )?([\w-]+): \"?(.*?)\"?$", "\n".join(lines), re.MULTILINE))
    assert {"cff-version", "message", "title", "name", "version", "license"} <= set(cited)
    assert cited["version"] == VERSION
    # No number was given to it, and nobody's name stands for those who keep it.
    assert "doi" not in cited
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cited["name"] == f"The maintainers of {project['name']}"
    for readme in READMES:
        assert f"> {cited['name']}. {cited['title']}, version {VERSION}." in (ROOT / readme).read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", READMES)
def test_links_lead_somewhere_in_the_same_language(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    ending = ".zh-CN.md" if "zh-CN" in readme else ".md"
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), target
        if target.startswith("docs/") and target.endswith(".md") and target != "docs/benchmarks.md":
            assert target == target.removesuffix(".zh-CN.md").removesuffix(".md") + ending
