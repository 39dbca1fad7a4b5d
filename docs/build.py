"""``make docs``: writes the data dictionary from the schema, and runs the notebook.

    python docs/build.py tables      # docs/tables.md
    python docs/build.py notebook    # docs/targets-by-year.ipynb, run again with what it shows
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from normalize.codebook import COLUMNS, codebook  # noqa: E402  (found by the line above)
from normalize.schema import descriptors  # noqa: E402

TABLES = ROOT / "docs" / "tables.md"
NOTEBOOK = ROOT / "docs" / "targets-by-year.ipynb"


def dictionary() -> str:
    """The data dictionary as Markdown, in the order of the schema."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# The tables · 数据字典"
    yield ""
    yield "Made from `normalize/schema.json` by `make docs`; nobody edits it by hand. **Bold**: part of the key. 由程序根据表结构生成；**粗体**为主键。"
    yield ""
    told = {table["name"]: table["description"] for table in descriptors()}
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in codebook()]
    for name, columns in groupby(rows, key=lambda row: row["table"]):
        own = list(columns)
        yield f"## {name}: {own[0]['table_title']} · {own[0]['table_title_zh']}"
        yield ""
        yield told[name]
        yield ""
        yield "| column | 列名 | type | what it is |"
        yield "| --- | --- | --- | --- |"
        for row in own:
            column = f"**{row['column']}**" if row["is_key"] == "true" else row["column"]
            more = [f"→ {row['references']}"] if row["references"] and row["references"] != "documents" else []
            more += [f"One of: {row['values'].replace(';', ',')}."] if row["values"] else []
            yield f"| {column} | {row['title_zh']} | {row['type']} | {' '.join([row['description'], *more]).replace('|', chr(92) + '|')} |"
        yield ""


def run_notebook() -> None:
    """Run the notebook from the root of the project, and keep what it shows; nothing of this machine stays in it."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(NOTEBOOK, 4)
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata.pop("language_info", None)
    nbformat.write(notebook, NOTEBOOK)


if __name__ == "__main__":
    if "tables" in sys.argv[1:]:
        TABLES.write_text(dictionary(), encoding="utf-8")
    if "notebook" in sys.argv[1:]:
        run_notebook()
