"""A short round of the fuzzer, the files that it has found, and tables and lists made at random."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from extract import read_bytes
from extract.grid import PlacedCell, build_table, is_data
from extract.model import Table
from fuzz.check import check
from fuzz.generate import FORMS, RandomTable, random_list, random_table, write_table
from fuzz.mutations import mutate
from fuzz.seeds import Seeds
from fuzz.work import FOUND
from tests.forms_all import flat_opc_of, wordml_of

#: The same files each time, and a few seconds in all.
fixed = settings(
    derandomize=True, max_examples=30, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
randoms = st.randoms(use_true_random=False)


@pytest.mark.parametrize("path", sorted(FOUND.glob("*.bin")), ids=lambda path: path.stem)
def test_what_was_found_is_mended(path: Path) -> None:
    fault = check(path.read_bytes())
    assert fault is None, fault.details


@pytest.mark.parametrize("seed", range(8))
def test_changed_files_give_a_package_or_one_line(seed: int) -> None:
    rng, seeds = random.Random(seed), Seeds()
    for _ in range(25):
        fault = check(mutate(seeds.draw(rng), seeds.draw(rng), rng))
        assert fault is None, fault.details


def grid_of(table: RandomTable) -> list[tuple[int, int, int, int, str]] | None:
    """The cells as they must be read, without empty rows; ``None`` where it is no table of data."""
    built = build_table([PlacedCell(*cell) for cell in table.cells], lambda text: not text)
    sizes = [[len(cell[4]) for cell in table.cells if cell[0] == row] for row in range(table.rows)]
    if built is None or not is_data(sizes, holds_table=False):
        return None
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.content) for cell in built[0]]


@pytest.mark.parametrize("form", FORMS)
@fixed
@given(rng=randoms)
def test_any_table_is_read_as_it_is_in_any_form(form: str, rng: random.Random) -> None:
    made = random_table(rng)
    wanted = grid_of(made)
    assume(wanted is not None)
    notice = read_bytes(write_table(made, form), form)
    [table] = [block for block in notice.blocks if isinstance(block, Table)]
    assert [
        (cell.row, cell.column, cell.row_span, cell.column_span, cell.text(notice)) for cell in table.cells
    ] == wanted


@fixed
@given(rng=randoms)
def test_any_list_is_numbered_alike_in_all_forms_of_word(rng: random.Random) -> None:
    docx = random_list(rng)
    wanted = read_bytes(docx, "a.docx")
    for data in (flat_opc_of(docx), wordml_of(docx)):
        found = read_bytes(data, "a.xml")
        assert (found.text, found.blocks) == (wanted.text, wanted.blocks)
