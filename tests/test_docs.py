"""What programs wrote to ``docs/`` is what they would write now."""

from __future__ import annotations

import contextlib
import io
import json
import re
import runpy
from pathlib import Path

import pytest

from normalize.schema import tables
from tests.test_readme import rows_written, shown_rows

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def test_data_dictionaries_are_those_of_the_schemas() -> None:
    pages = runpy.run_path(str(DOCS / "build.py"), run_name="build")["dictionaries"]()
    assert [path.name for path in pages] == ["tables.md", "comparison-tables.md", "tables.zh-CN.md", "comparison-tables.zh-CN.md"]
    for path, text in pages.items():
        assert path.read_text(encoding="utf-8") == text, "make docs"


def test_notebook_was_run_to_its_end() -> None:
    cells = json.loads((DOCS / "targets-by-year.ipynb").read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell["outputs"]]
    assert not [output for output in outputs if output["output_type"] == "error"]
    assert [output for output in outputs if "image/png" in output.get("data", {})]
    assert str(Path.home()) not in json.dumps(cells)


def test_notebook_shows_what_its_cells_print_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All but the picture is run again, in a place of its own: ten notices, a second or two."""
    pytest.importorskip("pandas")
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    names: dict[str, object] = {}
    for cell in json.loads((DOCS / "targets-by-year.ipynb").read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code" and not any("data" in output for output in cell["outputs"]):
            shown = io.StringIO()
            with contextlib.redirect_stdout(shown):
                exec("".join(cell["source"]), names)
            expected = "".join(text for output in cell["outputs"] for text in output["text"])
            # The blanks between the columns of a frame are those of a version of pandas.
            assert shown.getvalue().split() == expected.split(), "make docs"


def test_benchmarks_were_written_by_their_programs() -> None:
    text = (DOCS / "benchmarks.md").read_text(encoding="utf-8")
    for name in ("bench", "corpus"):
        assert text.count(f"<!-- {name} -->") == text.count(f"<!-- end of {name} -->") == 1


PAGES = sorted(path.name for path in DOCS.glob("*.md") if not path.name.endswith(".zh-CN.md") and path.name != "benchmarks.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_there_in_both_languages_and_alike(page: str) -> None:
    one, two = ((DOCS / name).read_text(encoding="utf-8") for name in (page, page.replace(".md", ".zh-CN.md")))
    for sign in (r"^#+(?= )", r"^```\w*$", r"^<!-- .* -->$"):
        assert re.findall(sign, one, re.MULTILINE) == re.findall(sign, two, re.MULTILINE), sign
    assert shown_rows(one) == shown_rows(two)
    assert len(re.findall(r"^\|", one, re.MULTILINE)) == len(re.findall(r"^\|", two, re.MULTILINE)), "rows of tables"


@pytest.mark.parametrize("page", ["derivation.md", "derivation.zh-CN.md"])
def test_every_table_has_its_derivation_with_rows_that_were_written(page: str) -> None:
    shown = shown_rows((DOCS / page).read_text(encoding="utf-8"))
    assert {table for table, _ in shown} == set(tables())
    for table, cells in shown:
        assert any(all(row[column] == cell for column, cell in cells.items()) for row in rows_written(table)), (table, cells)


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", ["scale.md", "scale.zh-CN.md"])
def test_the_plan_reckons_with_the_parts_that_are_written(page: str) -> None:
    pytest.importorskip("distributed")
    from extract.batch.cluster import FILES_A_PART

    text = (DOCS / page).read_text(encoding="utf-8")
    parts = 10_000_000 // FILES_A_PART
    files = parts * (len(tables()) + 2)  # texts and failures
    assert f"{parts:,}" in text
    assert f"{files:,}" in text
    assert re.search(rf"\b{FILES_A_PART}\b", text)
    # What it reckons from is in the table it names.
    assert re.search(r"^\| 10,000 notices \|", (DOCS / "benchmarks.md").read_text(encoding="utf-8"), re.MULTILINE)
