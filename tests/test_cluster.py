"""On a Dask cluster: the rows of the local run, whoever is lost on the way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extract import __main__ as cli
from normalize.package import is_package
from normalize.schema import tables
from tests.test_batch import corpus, start
from tests.test_cli import NOTICE, ROOT, run, write

distributed = pytest.importorskip("distributed")
dask = pytest.importorskip("dask")
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
    part = on_cluster.Part("part-000003", (("a", "a", "a"), ("b", "b", "b"), ("c", "c", "c")), "mark")
    one, two = on_cluster.halves(part)
    assert (one.files, two.files) == (part.files[:1], part.files[1:])
    assert [one.name, two.name] == ["part-000003a", "part-000003b"]
    assert len({part.mark, one.mark, two.mark}) == 3


def test_file_that_no_worker_survives_is_a_failure_and_the_others_are_read(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus(4)
    arguments = ([f"{tmp_path}/in"], f"{tmp_path}/out", cluster.scheduler_address)
    on_cluster.run_on_cluster(*arguments)

    def deadly(part: on_cluster.Part, out: str) -> on_cluster.Done:
        if any("n002" in url for url, _, _ in part.files):
            raise ZeroDivisionError
        return read_part(part, out)

    read_part = on_cluster.read_part
    monkeypatch.setattr(on_cluster, "read_part", deadly)
    monkeypatch.setattr(on_cluster, "KilledWorker", ZeroDivisionError)
    counts = on_cluster.run_on_cluster(*arguments)
    assert (counts.read, counts.failed) == (3, 1)
    assert [Path(row["file"]).name for row in rows("out", "failures")] == ["n002.html"]
    assert [row["document_id"] for row in rows("out", "documents")] == ["n000", "n003", "n001"], "rows of the whole part stay beside its halves"


def attaching(folder: str, count: int) -> None:
    """Pages, and lists of tasks beside them that each has as its attachment."""
    for number in range(count):
        name = f"2026年重点工作任务清单{number}.txt"
        page = NOTICE.replace("<p>一、重点任务</p>", f"<p><a href='{name}'>附件：{name}</a></p>").replace("450", str(100 + number))
        write(f"{folder}/n{number}.html", page)
        write(f"{folder}/{name}", f"2026年重点工作任务清单\n一、重点任务\n（一）发展托育。新增托位{300 + number}个。（责任单位：区教育局）\n")


@pytest.mark.parametrize("files_a_part", [1, 3, 200])
def test_attachments_beside_are_read_as_the_local_run_reads_them(cluster: Any, tmp_path: Path, files_a_part: int) -> None:
    attaching("in/a", 3)
    corpus(4)
    assert run("in", "--out", "local", "--format", "parquet") == 0
    arguments = ([f"{tmp_path}/in"], f"{tmp_path}/out", cluster.scheduler_address, files_a_part)
    counts = on_cluster.run_on_cluster(*arguments)
    assert (counts.read, counts.failed, counts.attached) == (7, 0, 3)
    assert same_as_local("out")
    # Once more, from the marks alone.
    made = {path: path.stat().st_mtime_ns for path in Path("out").rglob("*.parquet")}
    assert on_cluster.run_on_cluster(*arguments) == counts
    assert {path: path.stat().st_mtime_ns for path in made} == made


def test_an_attachment_that_is_added_is_read_with_its_page(cluster: Any, tmp_path: Path) -> None:
    attaching("in/a", 2)
    last = next(Path("in").rglob("*清单1.txt"))
    data = last.read_bytes()
    last.unlink()
    arguments = ([f"{tmp_path}/in"], f"{tmp_path}/out", cluster.scheduler_address, 1)
    assert on_cluster.run_on_cluster(*arguments).attached == 1
    last.write_bytes(data)
    assert on_cluster.run_on_cluster(*arguments).attached == 2
    assert run("in", "--out", "local", "--format", "parquet") == 0
    assert same_as_local("out")


def test_places_count_from_where_the_command_was_given(cluster: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus(4)
    write("list.txt", "# all\nin\n")
    assert cli.main(["@list.txt", "gone.html", "--scheduler", cluster.scheduler_address, "--out", "out"]) == 1
    told = capsys.readouterr()
    assert "4 notices, 1 that could not be read; written to out" in told.out
    assert told.err.splitlines() == [
        "part-000000: 4 read, 0 failed (1 of 1 parts)", "gone.html: there is no notice there; check the address",
    ]  # fmt: skip
    assert [row["file"] for row in rows("out", "failures")] == ["gone.html"]
    assert len(rows("out", "documents")) == 4


@pytest.mark.parametrize("pattern", ["zip://**/*.html", "zip://", "zip://in/a"])
def test_archives_are_places(cluster: Any, tmp_path: Path, pattern: str) -> None:
    attaching("in/a", 2)
    with zipfile.ZipFile("x.zip", "w") as archive:
        for path in sorted(Path("in").rglob("*.*")):
            archive.write(path)
    assert run("in", "--out", "local", "--format", "parquet") == 0
    counts = on_cluster.run_on_cluster([f"{pattern}::x.zip"], "out", cluster.scheduler_address, 1)
    assert (counts.read, counts.failed) == (2, 0)
    expected = parquet.read_table("local/parquet/commitments.parquet").to_pylist()
    assert rows("out", "commitments") == expected


def test_files_of_others_are_refused_and_kept(cluster: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus(4)
    for foreign in ("sales/part-00000-1a2b.snappy.parquet", "part-000000.parquet", "tasks/part-00000.csv", "tasks/deep/part-000000.parquet"):
        write(f"out/{foreign}", b"years of work")
        assert cli.main(["in", "--scheduler", cluster.scheduler_address, "--out", "out"]) == 1
        [line] = capsys.readouterr().err.splitlines()
        assert foreign in line
        assert Path("out", foreign).read_bytes() == b"years of work"
        assert not Path("out/_done").exists()
        Path("out", foreign).unlink()
    assert run("in", "--out", "package") == 0
    capsys.readouterr()
    assert cli.main(["in", "--scheduler", cluster.scheduler_address, "--out", "package"]) == 1
    assert is_package(Path("package"))


def test_a_result_stays_as_it_is_where_no_scheduler_answers(
    cluster: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus(6)
    on_cluster.run_on_cluster(["in"], "out", cluster.scheduler_address, 1)
    before = {path: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()}
    capsys.readouterr()
    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        assert cli.main(["in/0", "--scheduler", "tcp://127.0.0.1:1", "--out", "out"]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "no Dask scheduler answers" in line
    assert {path: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()} == before
    # Once it is done by another run, what that one does not have goes.
    on_cluster.run_on_cluster(["in/0"], "out", cluster.scheduler_address, 1)
    assert len(rows("out", "documents")) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_are_not_waited_for_on_a_cluster(cluster: Any, tmp_path: Path) -> None:
    corpus(2)
    os.mkfifo("in/x.html")
    counts = on_cluster.run_on_cluster(["in"], "out", cluster.scheduler_address)
    assert (counts.read, counts.failed) == (2, 1)
    assert "pipe" in rows("out", "failures")[0]["cause"]


class Daemons:
    """A scheduler and a worker as programs of their own, which see this tool or don't."""

    def __init__(self, scheduler_has_it: bool = True, worker_has_it: bool = True, is_there: bool = True) -> None:
        self.port = str(free_port())
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.scheduler = self._start(scheduler_has_it, "dask_scheduler", "--port", self.port, "--no-dashboard")
        self.programs = [self.scheduler]
        with distributed.Client(self.address, timeout=60) as client:
            if is_there:
                self.add_worker(worker_has_it)
                client.wait_for_workers(1, timeout=60)

    def add_worker(self, has_it: bool = True) -> None:
        self.programs.append(
            self._start(has_it, "dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        )

    def _start(self, has_it: bool, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        if has_it:
            environment["PYTHONPATH"] = str(ROOT)
        command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments]
        return subprocess.Popen(command, env=environment, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self) -> Daemons:
        return self

    def __exit__(self, *_: object) -> None:
        for program in reversed(self.programs):
            program.kill()
            program.wait()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@pytest.mark.parametrize(("scheduler_has_it", "worker_has_it"), [(False, True), (True, False)])
def test_cluster_without_the_tool_is_one_line(
    scheduler_has_it: bool, worker_has_it: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus(2)
    with Daemons(scheduler_has_it, worker_has_it) as cluster:
        assert cli.main(["in", "--scheduler", cluster.address, "--out", "out"]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "can't load this tool" in line
    assert "pip install" in line


def test_a_cluster_without_workers_is_told_and_waited_for() -> None:
    corpus(2)
    with Daemons(is_there=False) as cluster:
        program = start("in", "--scheduler", cluster.address, "--out", "out")
        assert program.stderr is not None
        assert program.stderr.readline() == f"{cluster.address}: there is no worker yet; waiting for one\n"
        cluster.add_worker()
        assert program.wait(60) == 0
    assert len(rows("out", "documents")) == 2


def test_workers_that_write_elsewhere_are_told(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus(2)

    def elsewhere(part: object, out: str) -> object:
        return done

    done = on_cluster.Done(on_cluster.Counts(read=2))
    monkeypatch.setattr(on_cluster, "read_part", elsewhere)
    assert cli.main(["in", "--scheduler", cluster.scheduler_address, "--out", "out"]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line == f"{tmp_path}/out: part-000000 was written elsewhere; give a place that we and all workers see as one"


def test_what_fails_in_a_worker_is_one_line(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus(2)

    def failing(part: object, out: str) -> object:
        raise PermissionError(13, "Permission denied", out)

    monkeypatch.setattr(on_cluster, "read_part", failing)
    assert cli.main(["in", "--scheduler", cluster.scheduler_address, "--out", "out"]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("out: a worker failed (PermissionError: [Errno 13] Permission denied")


@pytest.mark.parametrize("event", ["the scheduler is lost", "an interrupt", "a stop"])
def test_what_ends_a_run_on_the_way_is_one_line_and_what_is_done_stays(event: str) -> None:
    corpus(6)
    for number in range(600):
        write(f"in/z/m{number:04}.html")
    with Daemons() as cluster:
        program = start("in", "--scheduler", cluster.address, "--out", "out")
        assert program.stderr is not None
        assert program.stderr.readline() == "part-000000: 200 read, 0 failed (1 of 4 parts)\n"
        if event == "the scheduler is lost":
            cluster.scheduler.kill()
        else:
            program.send_signal(signal.SIGINT if event == "an interrupt" else signal.SIGTERM)
        *_, last = program.stderr.read().splitlines()
        assert program.wait(60) == (1 if event == "the scheduler is lost" else 130)
    assert "run it again" in last
    assert "nothing was written" not in last
    assert Path("out/_done/part-000000").exists()


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


def test_packages_of_ours_among_the_notices_are_left_out_as_locally(cluster: Any, tmp_path: Path) -> None:
    corpus(4)
    write("in/.hidden/x.html")
    write("in/_x.html")
    assert run("in", "--out", "in/package") == 0
    assert run("in", "--out", "local", "--format", "parquet") == 0
    on_cluster.run_on_cluster(["in"], "out", cluster.scheduler_address, 2)
    assert same_as_local("out")
