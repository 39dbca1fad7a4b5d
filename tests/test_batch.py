"""Many notices in one run: the same bytes whoever reads them, nothing read twice, nothing lost on the way."""

from __future__ import annotations

import csv
import os
import pty
import re
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from extract import __main__ as cli
from extract.batch import pool, work
from extract.batch.cache import Cache
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
        ("a.html", "a.html"),
        ("b", "b.html"),
        ("a.html-2", "a.html"),
    ]


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
    write("list.txt", "\ufeffin/0/0/n000.html\n\n  in/2\r\n")
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


def die_on_seven(path: Path) -> Outcome:
    """Stands in for a fault of a library that ends the whole process."""
    if path.name.startswith("n007"):
        os.kill(os.getpid(), signal.SIGKILL)
    return read_one(path)


def test_process_that_dies_is_a_failure_and_the_rest_goes_on() -> None:
    corpus(8)
    files = sorted(Path("in").rglob("n*"))
    found = dict(pool.outcomes(files, die_on_seven, 2))
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
    assert re.fullmatch(r"interrupted after \d+ of 40; run it again to go on", told[-1])
    assert is_package(Path("out"))
    done = len(ids("out"))
    assert 0 < done < 36
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
