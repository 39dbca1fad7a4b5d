"""On a Dask cluster: the rows of the local run, whoever is lost on the way."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extract import __main__ as cli
from normalize.schema import tables
from tests.test_batch import corpus
from tests.test_cli import run

distributed = pytest.importorskip("distributed")
parquet = pytest.importorskip("pyarrow.parquet")

from extract.batch import cluster as on_cluster  # noqa: E402  (needs what was asked for above)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, worker_dashboard_address=None
    ) as made:
        yield made


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def rows(folder: str, table: str) -> list[dict[str, Any]]:
    """The rows of all parts, in their order."""
    return [
        row for path in sorted(Path(folder, table).glob("part-*.parquet")) for row in parquet.read_table(path).to_pylist()
    ]


def local(source: str) -> None:
    assert run(source, "--out", "local", "--format", "parquet") == 1


def same_as_local(out: str) -> bool:
    for table in tables():
        expected = parquet.read_table(f"local/parquet/{table}.parquet")
        assert rows(out, table) == expected.to_pylist(), table
        for path in Path(out, table).glob("*"):
            assert parquet.read_table(path).schema == expected.schema
    texts = {row["document_id"]: row["text"] for row in rows(out, "texts")}
    assert texts == {path.stem: path.read_bytes().decode() for path in Path("local/texts").iterdir()}
    return True


def test_rows_are_those_of_the_local_run(cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus(24)
    local("in")
    monkeypatch.setattr(cli, "OUTPUTS", None)
    arguments = [f"file://{tmp_path}/in", "--scheduler", cluster.scheduler_address, "--out", f"file://{tmp_path}/out"]
    assert cli.main(arguments) == 1
    assert same_as_local("out")
    failures = rows("out", "failures")
    assert [Path(row["file"]).name for row in failures] == ["n007.doc", "n017.doc"]
    assert all(row["file"].startswith("file://") and row["cause"] and row["remedy"] for row in failures)


def test_a_lost_worker_is_made_up_for(cluster: Any, tmp_path: Path) -> None:
    corpus(40)
    local("in")
    lost: list[int] = []

    def lose_one() -> None:
        end = time.monotonic() + 30
        while not list(Path("out/_done").glob("*")) and time.monotonic() < end:
            time.sleep(0.01)
        with distributed.Client(cluster) as client:
            lost.append(min(client.run(os.getpid).values()))
        os.kill(lost[0], signal.SIGKILL)

    thread = threading.Thread(target=lose_one)
    thread.start()
    counts = on_cluster.run_on_cluster([f"{tmp_path}/in"], f"{tmp_path}/out", cluster.scheduler_address, files_a_part=2)
    thread.join()
    assert lost
    assert (counts.read, counts.failed) == (36, 4)
    assert len(list(Path("out/_done").iterdir())) == 20
    assert same_as_local("out")


def test_what_is_done_is_not_done_again_and_what_changed_is(cluster: Any, tmp_path: Path) -> None:
    corpus(8)
    arguments = ([f"{tmp_path}/in"], f"{tmp_path}/out", cluster.scheduler_address, 3)
    first = on_cluster.run_on_cluster(*arguments)
    made = {path: path.stat().st_mtime_ns for path in Path("out").rglob("*.parquet")}
    assert on_cluster.run_on_cluster(*arguments) == first
    assert {path: path.stat().st_mtime_ns for path in made} == made
    page = next(Path("in").rglob("n000.html"))
    page.write_text(page.read_text().replace("100", "7777"))
    Path("in/0/1/n003.html").unlink()
    assert on_cluster.run_on_cluster(*arguments).read == first.read - 1
    local("in")
    assert same_as_local("out")


def test_part_that_no_worker_survives_is_halved_until_the_file_is_known(tmp_path: Path) -> None:
    part = on_cluster.Part("part-000003", (("a", "a"), ("b", "b"), ("c", "c")), "mark")
    one, two = on_cluster._halves(part, str(tmp_path))
    assert (one.files, two.files) == (part.files[:1], part.files[1:])
    assert [one.name, two.name] == ["part-000003a", "part-000003b"]
    assert list(on_cluster._halves(one, str(tmp_path))) == []
    assert [row["file"] for row in rows(str(tmp_path), "failures")] == ["a"]


@pytest.mark.parametrize(
    ("document", "out"), [("nowhere", "out"), ("noscheme://x", "out"), ("in", "noscheme://x"), ("in", "in/0/1/n003.html/x")]
)
def test_places_that_are_none(document: str, out: str, capsys: pytest.CaptureFixture[str]) -> None:
    corpus(4)
    assert cli.main([document, "--scheduler", "tcp://127.0.0.1:1", "--out", out]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("given", [[], ["--out", "x", "--jobs", "2"], ["--out", "x", "--format", "csv"]])
def test_what_has_no_meaning_on_a_cluster(given: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["in", "--scheduler", "tcp://127.0.0.1:1", *given])
    assert end.value.code == 2
