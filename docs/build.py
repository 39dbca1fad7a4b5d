"""``make docs``: writes the data dictionaries from the schemas, in English and Chinese, and runs the notebook.

    python docs/build.py tables      # docs/tables.md, docs/comparison-tables.md and both in Chinese
    python docs/build.py notebook    # docs/targets-by-year.ipynb, run again with what it shows
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from normalize import comparison_schema, derived_schema, schema  # noqa: E402  (found by the line above)
from normalize.codebook import COLUMNS, rows_of  # noqa: E402

DOCS = ROOT / "docs"
NOTEBOOK = DOCS / "targets-by-year.ipynb"

_MADE = {
    "en": "Made from `{source}` by `make docs`; nobody edits it by hand. **Bold**: part of the key. {other}",
    "zh": "由 `make docs` 根据 `{source}` 生成，不作手工修改。**粗体**为主键。{other}",
}
_BESIDE = {
    "en": ("Beside the tables", "Made from the tables above, or there only where something failed: `normalize/derived_schema.json`."),
    "zh": ("各表之外", "由以上各表生成，或只在有文件读取失败时才有：`normalize/derived_schema.json`。"),
}
_HEADINGS = {"en": "| column | 列名 | type | what it is |", "zh": "| 列 | 列名 | 类型 | 说明 |"}
_ONE_OF = {"en": " One of: {}.", "zh": "取值：{}。"}


def dictionaries() -> dict[Path, str]:
    """Each data dictionary as Markdown, by its file."""
    pages = {}
    for language, suffix, other, title, compared in (
        ("en", ".md", "中文：[{0}.zh-CN.md]({0}.zh-CN.md).", "The tables", "The tables of a comparison"),
        ("zh", ".zh-CN.md", "English: [{0}.md]({0}.md).", "数据字典", "比较结果的数据字典"),
    ):
        beside = ["", f"# {_BESIDE[language][0]}", "", _BESIDE[language][1]]
        for name, heading, source, parts in (
            ("tables", title, "schema", [*_told(schema.descriptors(), language), *beside, *_told(derived_schema.descriptors(), language)]),
            ("comparison-tables", compared, "comparison_schema", [*_told(comparison_schema.descriptors(), language)]),
        ):
            made = _MADE[language].format(source=f"normalize/{source}.json", other=other.format(name))
            pages[DOCS / f"{name}{suffix}"] = "\n".join([f"# {heading}", "", made, *parts]) + "\n"
    return pages


def _told(tables: Any, language: str) -> Iterator[str]:
    """What the tables are and a row a column, from their descriptors."""
    ending = "_zh" if language == "zh" else ""
    for table in tables:
        titles = (table["title"], table["title_zh"]) if language == "en" else (table["title_zh"],)
        yield from ("", f"## {table['name']}: {' · '.join(titles)}", "", table[f"description{ending}"], "")
        yield from (_HEADINGS[language], "| --- | --- | --- | --- |")
        for row in (dict(zip(COLUMNS, cells, strict=True)) for cells in rows_of(table)):
            column = f"**{row['column']}**" if row["is_key"] == "true" else row["column"].replace("<", "&lt;")
            told = row[f"description{ending}"]
            if row["values"]:
                told += _ONE_OF[language].format(row["values"].replace("; ", "、" if language == "zh" else ", "))
            if row["references"] not in ("", "documents"):
                told += f" → {row['references']}"
            told = told.replace("|", chr(92) + "|").replace("<document_id>", "&lt;document_id>")
            yield f"| {column} | {row['title_zh'].replace('<', '&lt;')} | {row['type']} | {told} |"


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
        for path, text in dictionaries().items():
            path.write_text(text, encoding="utf-8", newline="\n")
    if "notebook" in sys.argv[1:]:
        run_notebook()
