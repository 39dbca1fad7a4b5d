"""Imports run one way: model ← readers ← extract; normalize reads no format; only the command line knows both packages."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for package in ("extract", "normalize") for path in (ROOT / package).rglob("*.py"))

# What readers give, or say when they can't: what the other package may know of this one.
_SHARED = {"extract.model", "extract.folding", "extract.errors", "extract.limits", "extract.outline", "extract.fields", "extract.version"}
_FORMATS = {"bs4", "lxml", "docx", "olefile", "zipfile", "html"}


def imported(path: Path) -> set[str]:
    """The modules that a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            modules = {alias.name for alias in node.names if _is_module(f"{node.module}.{alias.name}")}
            names |= {f"{node.module}.{name}" for name in modules}
            # from normalize import units asks for the module alone, not for what the package itself has.
            if len(modules) < len(node.names):
                names.add(node.module or "")
    return names


def _is_module(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    return place.with_suffix(".py").exists() or place.is_dir()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_run_one_way(path: Path) -> None:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    names = imported(path)
    package = name.split(".")[0]
    # Data frames and Stata's files are made by pandas, where someone asks for them.
    with_pandas = name in ("normalize.formats.dta", "normalize.frames", "normalize.compare")
    heavy = {"numpy", "tests"} if with_pandas else {"pandas", "numpy", "tests"}
    assert not {used.split(".")[0] for used in names} & heavy
    if package == "extract" and name != "extract.__main__" and not name.startswith("extract.batch"):
        assert not [used for used in names if used.split(".")[0] == "normalize"]
    if package == "normalize":
        assert not {used.split(".")[0] for used in names} & _FORMATS
        assert not [used for used in names if used.startswith("extract.") and used not in _SHARED]
        assert "extract.__main__" not in names
    if name in ("extract.model", "extract.errors", "extract.folding", "extract.limits"):
        assert not [used for used in names if used.startswith("extract") and used not in _SHARED - {"extract.outline"}]


def test_no_module_imports_itself_in_a_circle() -> None:
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in MODULES}
    arrows = {name: {used for used in imported(path) if used in names and used != name} for name, path in names.items()}
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, f"circle: {' → '.join((*above, name))}"
        if name not in done:
            for used in sorted(arrows[name]):
                visit(used, (*above, name))
            done.add(name)

    for name in names:
        visit(name, ())


def test_pandas_is_not_loaded_to_read_a_notice(tmp_path: Path) -> None:
    program = (
        "import runpy, sys\n"
        "sys.argv = ['extract', 'samples/fenghua-2023.html', '--out', sys.argv[1]]\n"
        "try: runpy.run_module('extract', run_name='__main__')\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "heavy = {'pandas', 'numpy', 'docx', 'olefile', 'frictionless', 'pyarrow', 'duckdb', 'openpyxl', 'xlsxwriter',\n"
        "    'tqdm', 'multiprocessing', 'concurrent', 'sqlite3'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "out")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
