"""Many notices in one run: the same bytes whoever reads them, nothing read twice, nothing lost on the way."""

from __future__ import annotations

import csv
import json
import os
import pty
import re
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import __main__ as cli
from extract.batch import pool, work
from extract.batch.cache import Cache
from extract.batch.inputs import Job, to_ids
from extract.batch.work import Outcome, read_one
from normalize.package import is_package
from tests.test_cli import NOTICE, ROOT, ids, run, write

DAMAGED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def corpus(count: int, folder: str = "in") -> None:
    """Notices that differ, over folders of two levels, every tenth damaged."""
    for number in range(count):
        name = f"{folder}/{number % 3}/{number % 2}/n{number:03}"
        if number % 10 == 7:
            write(f"{name}.doc", DAMAGED)
        else:
            write(f"{name}.html", NOTICE.replace("450", str(100 + number)))


def bytes_of(folder: str) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def rows(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_same_bytes_whatever_the_number_of_workers() -> None:
    corpus(24)
    assert run("in", "--jobs", "1", "--out", "one", "--cache", "c1") == 1
    assert run("in", "--jobs", "3", "--out", "three", "--cache", "c3") == 1
    assert run("in", "--jobs", "3", "--out", "again", "--cache", "c3") == 1
    one = bytes_of("one")
    assert len(rows("one/documents.csv")) == 22
    assert one == bytes_of("three") == bytes_of("again")


def test_order_is_that_of_the_files_and_values_are_their_own() -> None:
    corpus(12)
    run("in", "--jobs", "2", "--out", "out")
    names = [path.stem for path in sorted(Path("in").rglob("*.html"))]
    assert ids("out") == names
    values = {row["document_id"]: row["value"] for row in rows("out/commitments.csv")}
    assert values == {name: str(100 + int(name[1:])) for name in names}


def test_failures_are_rows_with_their_reason_and_belong_to_the_package() -> None:
    corpus(9)
    write("in/=1.html", b"")
    assert run("in", "missing.html", "--out", "out") == 1
    failures = rows("out/failures.csv")
    assert [row["file"] for row in failures] == ["in/=1.html", "in/1/1/n007.doc", "missing.html"]
    assert all(row["cause"] and row["remedy"] for row in failures)
    assert is_package(Path("out"))
    Path("in/=1.html").unlink()
    Path("in/1/1/n007.doc").unlink()
    assert run("in", "--out", "out") == 0, "a package with failures.csv can't be replaced"
    assert not Path("out/failures.csv").exists()


def test_package_with_failures_is_valid_to_frictionless() -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is a development dependency")
    corpus(9)
    run("in", "--out", "out")
    report = frictionless.validate("out/datapackage.json")
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "type", "note"])


def test_what_has_not_changed_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus(6)
    read: list[str] = []
    original = work.read_notice
    monkeypatch.setattr(work, "read_notice", lambda path, limits, data: read.append(str(path)) or original(path, limits, data))
    assert run("in", "--out", "out") == 0
    assert len(read) == 6
    before = bytes_of("out")
    read.clear()
    assert run("in", "--out", "out") == 0
    assert (read, bytes_of("out")) == ([], before)
    write("in/0/0/n000.html", NOTICE.replace("450", "7"))
    assert run("in", "--out", "out") == 0
    assert read == ["in/0/0/n000.html"]
    assert "7" in {row["value"] for row in rows("out/commitments.csv")}


def test_another_version_of_the_tool_reads_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    here = Cache.of_this_tool(tmp_path)
    monkeypatch.setattr("importlib.metadata.version", lambda library: "0")
    assert Cache.of_this_tool(tmp_path) != here


def test_same_content_under_another_name_or_id_is_right() -> None:
    write("one/a.html")
    write("one/b.html")
    run("one", "--out", "out")
    write("two/a.html")
    assert run("one", "two", "--out", "out") == 0
    assert [(row["document_id"], row["source_file"]) for row in rows("out/documents.csv")] == [
        ("one-a", "a.html"),
        ("b", "b.html"),
        ("two-a", "a.html"),
    ]


def test_an_id_never_goes_over_to_another_notice() -> None:
    write("in/b/notice.html", NOTICE.replace("450", "1"))
    run("in", "--out", "out")
    assert ids("out") == ["notice"]
    write("in/a/notice.html", NOTICE.replace("450", "2"))
    run("in", "--out", "out")
    assert [(row["document_id"], row["source_file"]) for row in rows("out/documents.csv")] == [
        ("a-notice", "a/notice.html"),
        ("b-notice", "b/notice.html"),
    ]
    assert {row["document_id"]: row["value"] for row in rows("out/commitments.csv")} == {"a-notice": "2", "b-notice": "1"}


@given(
    st.sets(st.sampled_from([f"/in/{folder}{name}" for folder in ("", "a/", "b/", "a/b/", "b/b/", "A/") for name in
        ("n.html", "N.html", "n.doc", "a-n.html", "b-n.doc", "n\n.html", "n_.html", "长" * 90 + ".doc", "长" * 90 + ".html")]), min_size=1),
    st.randoms(),
)  # fmt: skip
def test_ids_are_unique_whatever_the_order_and_stay_when_files_are_added(places: set[str], random: Random) -> None:
    shuffled = sorted(places)
    random.shuffle(shuffled)
    found = dict(zip(shuffled, to_ids(shuffled), strict=True))
    assert found == dict(zip(sorted(places), to_ids(sorted(places)), strict=True))
    assert len({name.casefold() for name in found.values()}) == len(places)
    assert all(len(name.encode()) <= 240 and "\n" not in name and "/" not in name for name in found.values())
    fewer = shuffled[: len(shuffled) // 2 + 1]
    owners = {name: place for place, name in found.items()}
    for place, name in zip(fewer, to_ids(fewer), strict=True):
        assert owners.get(name, place) == place, "an id is another notice's when files are added"


def test_source_file_is_where_the_file_lies_in_what_was_given() -> None:
    write("in/a/one.html")
    write("in/b/two.html", NOTICE.replace("450", "2"))
    for documents, sources in (
        (["in"], ["a/one.html", "b/two.html"]),
        (["in/*/*.html"], ["a/one.html", "b/two.html"]),
        (["in/b"], ["two.html"]),
        (["in/a/one.html", "in/b/two.html"], ["one.html", "two.html"]),
    ):
        assert run(*documents, "--out", "out") == 0
        assert [row["source_file"] for row in rows("out/documents.csv")] == sources, documents


def test_a_file_named_in_two_ways_is_read_once(tmp_path: Path) -> None:
    write("in/a.html")
    assert run("in", tmp_path / "in" / "a.html", "--out", "out") == 0
    assert ids("out") == ["a"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_line_breaks_in_names_break_no_table_and_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    write("in/a\nb.html")
    write("in/c\rd.html", NOTICE.replace("450", "2"))
    write("in/e\n\x1b[2Jf.html", b"")
    assert run("in", "--out", "out", "--format", "sqlite") == 1
    told = capsys.readouterr()
    assert [line for line in told.err.splitlines() if line.startswith("in/")] == [
        "in/a\\nb.html: read (1 of 3)",
        "in/c\\rd.html: read (2 of 3)",
        "in/e\\n\\x1b[2Jf.html: the file is empty; download it again",
    ]
    assert "\x1b" not in told.out + told.err
    assert [(row["document_id"], row["source_file"]) for row in rows("out/documents.csv")] == [
        ("a_b", "a\nb.html"), ("c_d", "c\rd.html"),
    ]  # fmt: skip
    assert {row["document_id"] for row in rows("out/blocks.csv")} == {"a_b", "c_d"}
    assert [row["file"] for row in rows("out/failures.csv")] == ["in/e\n\x1b[2Jf.html"]
    assert Path("out/notices.sqlite").exists()


def test_long_names_fit_into_file_systems() -> None:
    for folder in "ab":
        write(f"in/{folder}/{'长' * 83}.txt", "关于印发2026年重点工作任务的通知\n一、重点任务\n新增托位450个。\n")
    assert run("in", "--out", "out") == 0
    assert len(set(ids("out"))) == 2
    assert sorted(f"{name}.txt" for name in ids("out")) == sorted(os.listdir("out/texts"))
    assert run(f"in/a/{'长' * 83}.txt") == 0
    write(f"{'长' * 85}/a.html")
    assert run("长" * 85) == 0


@pytest.mark.parametrize("damage", [b"", b"half"])
def test_damaged_cache_is_made_anew(damage: bytes) -> None:
    corpus(3)
    run("in", "--out", "out")
    before = bytes_of("out")
    kept = [path for path in Path(".notices-cache").rglob("*") if path.is_file()]
    assert len(kept) == 3
    for path in kept:
        path.write_bytes(damage)
    assert run("in", "--out", "out") == 0
    assert bytes_of("out") == before


def test_cache_that_cannot_be_written_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    corpus(3)
    write("file", "")
    assert run("in", "--out", "out", "--cache", "file/cache") == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("file/cache")
    assert not Path("out").exists()


def test_lists_and_patterns() -> None:
    corpus(6)
    write("list.txt", "\ufeff# of the first quarter\nin/0/0/n000.html\n\n  in/2\r\n#in/1\n")
    assert run("@list.txt") == 0
    assert ids("outputs/list") == ["n000", "n002", "n005"]
    assert run("in/**/n00[13].html") == 0
    assert ids("outputs/notices") == ["n003", "n001"]
    assert run("in/1", "in/**/*.html", "--out", "out") == 0
    assert ids("out") == ["n004", "n001", "n000", "n003", "n002", "n005"], "a file that is named twice is read twice"


@pytest.mark.parametrize("named", ["@missing.txt", "@empty.txt", "in/*.pdf"])
def test_list_or_pattern_that_names_nothing(named: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("empty.txt", "\n")
    assert run(named) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def die_on_seven(job: Job) -> Outcome:
    """Stands in for a fault of a library that ends the whole process."""
    if job.path.name.startswith("n007"):
        os.kill(os.getpid(), signal.SIGKILL)
    return read_one(job)


def test_process_that_dies_is_a_failure_and_the_rest_goes_on() -> None:
    corpus(8)
    files = sorted(Path("in").rglob("n*"))
    found = dict(pool.outcomes([Job(path, path.stem, path.name) for path in files], die_on_seven, 2))
    assert sorted(found) == list(range(8))
    failed = [files[number].stem for number, outcome in found.items() if outcome.failure]
    assert failed == ["n007"]
    assert "died" in found[files.index(Path("in/1/1/n007.doc"))].failure.cause  # type: ignore[union-attr]


def start(*arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "extract", *arguments]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_leaves_a_whole_package_of_what_is_done_and_the_next_run_goes_on(number: signal.Signals) -> None:
    corpus(40)
    program = start("in", "--jobs", "2", "--out", "out")
    assert program.stderr is not None
    for _ in range(3):
        program.stderr.readline()
    program.send_signal(number)
    told = program.stderr.read().splitlines()
    assert program.wait() == 130
    stopped = re.fullmatch(r"interrupted after (\d+) of 40; run it again to go on", told[-1])
    assert stopped
    assert is_package(Path("out"))
    done = len(ids("out"))
    assert 0 < done < 36
    unreached = 40 - int(stopped[1])
    assert told[-2] == f"out: is not whole, {unreached} files were not reached"
    package = json.loads(Path("out/datapackage.json").read_text(encoding="utf-8"))
    assert package["files_not_reached"] == unreached
    assert package["description"].startswith("NOT WHOLE")
    assert {row["document_id"] for row in rows("out/blocks.csv")} == set(ids("out"))
    assert run("in", "--out", "out") == 1
    assert run("in", "--out", "unbroken", "--cache", "other") == 1
    assert bytes_of("out") == bytes_of("unbroken")


def test_killed_run_leaves_what_was_there_and_the_next_one_goes_on() -> None:
    corpus(40)
    write("a.html")
    assert run("a.html", "--out", "out") == 0
    before = bytes_of("out")
    program = start("in", "--jobs", "2", "--out", "out")
    assert program.stderr is not None
    for _ in range(12):
        program.stderr.readline()
    program.kill()
    program.wait()
    assert bytes_of("out") == before
    kept = sum(path.is_file() for path in Path(".notices-cache").rglob("*"))
    assert kept > 10
    assert run("in", "--out", "out") == 1
    assert run("in", "--out", "unbroken", "--cache", "other") == 1
    assert bytes_of("out") == bytes_of("unbroken")


def test_bar_on_a_terminal() -> None:
    corpus(12)
    above, below = pty.openpty()
    termios.tcsetwinsize(above, (24, 100))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "extract", "in", "--jobs", "1", "--out", "out"]
    program = subprocess.Popen(command, env=environment, stderr=below, stdout=subprocess.DEVNULL)
    os.close(below)
    shown, end = b"", time.monotonic() + 60
    while time.monotonic() < end:
        try:
            part = os.read(above, 4096)
        except OSError:  # the terminal was closed
            break
        if not part:
            break
        shown += part
    os.close(above)
    assert program.wait() == 1
    text = shown.decode()
    assert "12/12" in text
    assert "notices/s" in text or "s/ notices" in text
    assert "n007.doc: " in text
    assert ": read (" not in text


def test_one_notice_needs_no_cache_and_no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "Cache", None)
    monkeypatch.setattr(pool, "_pool", None)
    assert run(write("a.html")) == 0
    assert sorted(path.name for path in Path().iterdir()) == ["a.html", "outputs"]
    assert [path.name for path in Path("outputs").iterdir()] == ["a"]


def test_attachment_beside_its_notice_is_no_notice_of_its_own(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    name = "2026年重点工作任务清单.txt"
    write("in/z.html", NOTICE.replace("<p>一、重点任务</p>\n<p>（一）发展普惠托育。新增托位450个。（责任单位：区教育局）</p>", f"<p><a href='{name}'>附件：{name}</a></p>"))
    write(f"in/{name}", "2026年重点工作任务清单\n一、重点任务\n（一）发展普惠托育。新增托位450个。（责任单位：区教育局）\n")
    assert run("in", "--out", "out", "--jobs", "2") == 0
    assert "1 files were read as attachments" in capsys.readouterr().out
    assert [row["document_id"] for row in rows("out/documents.csv")] == ["z"]
    assert [row["value"] for row in rows("out/commitments.csv")] == ["450"]
    assert [row["status"] for row in rows("out/attachments.csv")] == ["read"]
    # What the attachment holds counts too, though the page is as it was.
    write(f"in/{name}", "2026年重点工作任务清单\n一、重点任务\n（一）发展普惠托育。新增托位460个。（责任单位：区教育局）\n")
    assert run("in", "--out", "out") == 0
    assert [row["value"] for row in rows("out/commitments.csv")] == ["460"]


def test_processes_that_cannot_be_started_are_not_told_as_a_cache(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus(3)

    def refused(*_: object) -> None:
        raise OSError("AF_UNIX path too long")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor.submit", refused)
    assert run("in", "--out", "out", "--jobs", "2") == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line == "--jobs: processes can't be started (AF_UNIX path too long); read in this one alone: --jobs 1 (JOBS=1)"
    assert not Path("out").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_among_the_notices_is_a_failure_and_is_not_waited_for() -> None:
    write("in/a.html")
    os.mkfifo("in/x.html")
    Path("in/b").mkdir()
    os.mkfifo("in/b/datapackage.json")
    program = start("in", "--out", "out")
    assert program.wait(60) == 1
    assert ids("out") == ["a"]
    [failure] = rows("out/failures.csv")
    assert failure["file"] == "in/x.html"
    assert "pipe" in failure["cause"]
    assert run("in/x.html") == run("/dev/zero") == 1


@pytest.fixture
def _locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may not be looked into, also for the user who may look into all."""
    true = {name: getattr(os, name) for name in ("scandir", "stat", "lstat", "listdir")}
    below = {"scandir": 0, "listdir": 0, "stat": 1, "lstat": 1}

    def refusing(name: str) -> Callable[..., object]:
        def call(path: str | Path = ".", *arguments: object, **options: object) -> object:
            parts = Path(os.fsdecode(path)).parts if not isinstance(path, int) else ()
            if "locked" in parts and len(parts) - 1 - parts.index("locked") >= below[name]:
                raise PermissionError(13, "Permission denied", str(path))
            return true[name](path, *arguments, **options)

        return call

    for name in true:
        monkeypatch.setattr(os, name, refusing(name))
    open_ = Path.open

    def opened(path: Path, *arguments: object, **options: object) -> object:
        if "locked" in path.parts:
            os.stat(path)
        return open_(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", opened)


@pytest.mark.usefixtures("_locked")
@pytest.mark.parametrize("document", ["in", "in/**/*.html"])
def test_a_folder_that_cannot_be_looked_into_is_a_failure(document: str) -> None:
    write("in/a.html")
    Path("in/locked").mkdir()
    assert run(document, "--out", "out") == 1
    assert ids("out") == ["a"]
    [failure] = rows("out/failures.csv")
    assert failure["file"] == "in/locked"
    assert "Permission denied" in failure["cause"]


@pytest.mark.usefixtures("_locked")
@pytest.mark.parametrize("document", ["locked", "locked/zz.txt", "locked/*.txt"])
def test_what_may_not_be_looked_into_is_one_line(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("locked").mkdir()
    assert run(document) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(document.removesuffix("/*.txt"))
    assert "Permission denied" in line


def test_limits_hold_for_what_was_read_before(capsys: pytest.CaptureFixture[str]) -> None:
    corpus(3)
    assert run("in", "--out", "out") == 0
    capsys.readouterr()
    assert run("in", "--out", "out", "--limit", "tags=5") == 1
    assert capsys.readouterr().err.count("more than 5 tags") == 3


def test_a_notice_that_says_what_another_says_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("fenghua-2023.docx", "fenghua-2023.html"):
        write(f"in/{name}", (ROOT / "samples" / name).read_bytes())
    write("in/z.html", (ROOT / "samples" / "fenghua-2023.html").read_bytes())
    corpus(8, "in/more")
    for jobs in "13":
        assert run("in", "--out", f"out{jobs}", "--jobs", jobs, "--cache", f"cache{jobs}") == 1
        assert "2 notices say word for word what another one says" in capsys.readouterr().out
    found = [row for row in rows("out1/checks.csv") if row["code"] == "repeats_notice"]
    assert [(row["document_id"], row["severity"]) for row in found] == [("z", "warning"), ("fenghua-2023.docx", "warning")]
    assert all("what fenghua-2023.html says" in row["message"] for row in found)
    keys = [(row["document_id"], row["check_id"]) for row in rows("out1/checks.csv")]
    assert len(set(keys)) == len(keys)
    assert bytes_of("out1") == bytes_of("out3")


def test_a_format_that_cannot_be_written_does_not_cost_the_tables(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(folder: Path) -> list[str]:
        (folder / "notices.xlsx").write_bytes(b"half")
        raise RuntimeError("database or disk is full")

    monkeypatch.setattr("normalize.formats.xlsx.write", full)
    assert run(write("a.html"), "--out", "out", "--format", "xlsx,sqlite") == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "out: the tables can't be written as xlsx" in line
    assert "make room" in line
    assert "report it" not in line
    assert ids("out") == ["a"]
    assert is_package(Path("out"))
    assert Path("out/notices.sqlite").exists()
    assert not Path("out/notices.xlsx").exists()


def test_formats_that_take_the_last_room_do_not_cost_the_tables(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = Path.write_bytes

    def write_bytes(path: Path, data: bytes) -> int:
        if path.name == "datapackage.json" and (path.parent / "parquet").exists():
            raise OSError(28, "No space left on device")
        return written(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    assert run(write("a.html"), "--out", "out", "--format", "parquet,sqlite") == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "no room for parquet, sqlite" in line
    assert ids("out") == ["a"]
    assert is_package(Path("out"))
    assert not [path for path in Path("out").iterdir() if path.suffix not in (".csv", ".json", "")]
    assert sorted(path.name for path in Path("out").iterdir() if path.is_dir()) == ["texts"]


def test_a_link_to_a_folder_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    write("in/a.html")
    write("elsewhere/b.html")
    Path("in/link").symlink_to(Path("elsewhere").absolute())
    assert run("in", "--out", "out") == 0
    assert "in/link: a link to a folder, not followed" in capsys.readouterr().err
    assert run("in/link", "--out", "out") == 0


@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_argument_is_not_the_folder_where_one_is(empty: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.html")
    assert run(empty) == 1
    assert capsys.readouterr().err.startswith("DOC: is empty")
