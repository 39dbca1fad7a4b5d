"""Data frames have what the package has, typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import read_notice
from normalize import normalize
from normalize.frames import read_frames, to_frames
from normalize.package import write_package
from normalize.schema import column_names, tables

pandas = pytest.importorskip("pandas")
ROOT = Path(__file__).parents[1]


def test_frames_of_rows_are_those_of_the_package(tmp_path: Path) -> None:
    notice = read_notice(ROOT / "samples" / "fenghua-2023.html")
    rows = normalize(notice, "a")
    write_package(rows, {"a": notice.text}, tmp_path / "out")
    made, read = to_frames(rows), read_frames(tmp_path / "out")
    assert list(made) == list(read) == list(tables())
    for name, frame in made.items():
        assert tuple(frame.columns) == column_names(name)
        pandas.testing.assert_frame_equal(frame, read[name])
    indicators = read["indicators"]
    assert len(indicators) == len(rows["indicators"])
    assert indicators["value"].sum() == pytest.approx(float(sum(row["value"] or 0 for row in rows["indicators"])))
    assert str(indicators["is_core"].dtype) == "boolean"
    assert str(read["documents"]["issued_on"].dtype).startswith("datetime64")
    assert read["documents"]["issued_on"][0] == pandas.Timestamp("2023-04-24")
    assert read["documents"]["target_year"][0] == 2023
    assert not (indicators["component"] == "").any()
