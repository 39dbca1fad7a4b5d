"""What programs wrote to ``docs/`` is what they would write now."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

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


def test_benchmarks_were_written_by_their_programs() -> None:
    text = (DOCS / "benchmarks.md").read_text(encoding="utf-8")
    for name in ("bench", "corpus"):
        assert text.count(f"<!-- {name} -->") == text.count(f"<!-- end of {name} -->") == 1
