from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from extract import __main__ as cli
from extract.batch import work
from extract.errors import MissingFile

ROOT = Path(__file__).parents[1]

NOTICE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>通知</title></head><body><div id="zoom">
<p style="text-align:center">某区人民政府办公室关于印发2026年重点工作任务的通知</p>
<p>某政办发〔2026〕7号</p>
<p>各镇人民政府、街道办事处：</p>
<p>现将重点工作任务印发给你们，请认真贯彻执行。</p>
<p>某区人民政府办公室</p><p>2026年1月20日</p>
<p>一、重点任务</p>
<p>（一）发展普惠托育。新增托位450个。（责任单位：区教育局）</p>
</div></body></html>
"""


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test in a folder of its own, where outputs/ goes too."""
    monkeypatch.chdir(tmp_path)


def write(name: str, content: str | bytes = NOTICE) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def run(*arguments: str | Path) -> int:
    return cli.main([str(argument) for argument in arguments])


def ids(folder: str) -> list[str]:
    with Path(folder, "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["document_id"] for row in csv.DictReader(file)]


def test_one_notice_goes_to_outputs_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(write("某区.html")) == 0
    assert ids("outputs/某区") == ["某区"]
    assert Path("outputs/某区/texts/某区.txt").exists()
    told = capsys.readouterr()
    assert "某区人民政府办公室关于印发2026年重点工作任务的通知" in told.out
    assert re.search(r"1 documents, \d+ blocks, \d+ sections, 1 tasks", told.out)
    assert re.search(r"^checks: \d+ error, \d+ warning, \d+ info$", told.out, re.MULTILINE)
    assert "written to outputs/某区/" in told.out
    assert told.err == ""


def test_out_and_id_are_obeyed() -> None:
    assert run(write("a.html"), "--out", "x/y", "--id", "其他") == 0
    assert ids("x/y") == ["其他"]
    assert not Path("outputs").exists()


def test_folder_is_walked_without_hidden_files_packages_and_what_is_no_notice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("in/b.html")
    write("in/deep/a.html")
    write("in/.hidden.html")
    write("in/.git/c.html")
    write("in/logo.png", b"\x89PNG\r\n\x1a\n")
    assert run("in") == 0
    assert ids("outputs/in") == ["b", "a"]
    assert "logo.png" in capsys.readouterr().err
    assert run("in", "--out", "in/package") == 0
    capsys.readouterr()
    assert run("in", "--out", "again") == 0, "a package of ours in the folder is read as notices"
    assert ids("again") == ["b", "a"]


def test_same_stems_keep_their_endings_and_same_names_get_their_folders() -> None:
    write("in/one/a.html")
    write("in/one/a.htm")
    write("in/two/a.html")
    write("in/two/b.html")
    assert run("in") == 0
    assert ids("outputs/in") == ["a.htm", "one-a", "two-a", "b"]


def test_several_notices_make_one_package() -> None:
    assert run(write("a.html"), write("b.html")) == 0
    assert ids("outputs/notices") == ["a", "b"]


def test_a_bad_file_does_not_stop_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    write("in/a.html")
    write("in/b.html", b"")
    write("in/c.html")
    assert run("in") == 1
    assert ids("outputs/in") == ["a", "c"]
    err = capsys.readouterr().err.splitlines()
    assert err[0] == "in/a.html: read (1 of 3)"
    assert err[1].startswith("in/b.html: ")
    assert err[2:] == ["in/c.html: read (3 of 3)", "1 of 3 could not be read: see outputs/in/failures.csv"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.html", b""),
        ("blank.txt", b" \n\n"),
        ("picture.doc", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("truncated.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("truncated.docx", b"PK\x03\x04" + bytes(100)),
        ("scan.pdf", b"%PDF-1.7\n" + bytes(200)),
        (
            "links.html",
            "<html><body><ul><li><a href=a>首页</a></li><li><a href=b>新闻</a></li></ul></body></html>".encode(),
        ),
        ("english.txt", b"Nothing here is a notice of any government in China.\n"),
    ],
)
def test_what_is_no_notice_is_said_in_one_line(name: str, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.html")
    assert run("a.html", "--out", "out") == 0
    before = {path: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()}
    capsys.readouterr()
    assert run(write(name, content), "--out", "out") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert told.err.startswith(f"{name}: ")
    assert "; " in told.err, "no remedy is named"
    assert "this is a fault of the program" not in told.err
    assert {path: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()} == before


def test_missing_path_and_empty_folder(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    for name in ("missing.html", "empty"):
        assert run(name) == 1
        told = capsys.readouterr()
        assert len(told.err.splitlines()) == 1
        assert told.err.startswith(f"{name}: ")
    assert not Path("outputs").exists()


def test_place_that_cannot_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.html")
    write("file", "")
    assert run("a.html", "--out", "file/out") == 1
    told = capsys.readouterr()
    assert len(told.err.splitlines()) == 1
    assert "file/out" in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--id", "x"],
        ["a.html", "b.html", "--id", "x"],
        ["a.html", "--id", "x/y"],
        ["a.html", "--id", ""],
        ["a.html", "--id", "x\ny"],
        ["a.html", "--id", "x" * 241],
        ["a.html", "--what"],
        ["a.html", "--jobs", "0"],
    ],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    write("a.html")
    write("b.html")
    with pytest.raises(SystemExit) as end:
        run(*arguments)
    assert end.value.code == 2
    assert "usage: python -m extract" in capsys.readouterr().err


def test_fault_of_ours_is_one_line_and_a_traceback_where_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(work, "normalize", fail)
    assert run(write("a.html")) == 1
    err = capsys.readouterr().err
    assert err.startswith("a.html: KeyError: 'x'; this is a fault of the program")
    assert len(err.splitlines()) == 1
    assert run("-v", "a.html") == 1
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert 'raise KeyError("x")' in err


def test_verbose_shows_where_a_refusal_arose(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("-v", "missing.html") == 1
    err = capsys.readouterr().err
    assert MissingFile.__name__ in err
    assert err.splitlines()[-1].startswith("missing.html: ")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are always Unicode")
def test_name_packed_as_gbk_is_read() -> None:
    name = os.fsdecode("要点.html".encode("gbk"))
    assert run(write(name)) == 0
    assert ids("outputs/要点") == ["要点"]


def test_two_runs_same_bytes() -> None:
    write("a.html")
    for out in ("one", "two"):
        assert run("a.html", "--out", out) == 0
    one, two = (
        {path.name: path.read_bytes() for path in Path(out).rglob("*") if path.is_file()} for out in ("one", "two")
    )
    assert one == two


def test_program_runs_as_a_module(tmp_path: Path) -> None:
    write("a.html")
    command = [sys.executable, "-m", "extract", str(tmp_path / "a.html"), "--out", str(tmp_path / "out")]
    # Chinese in a plain C locale must not be a traceback.
    environment = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert ids("out") == ["a"]


def test_limits_can_be_set_for_a_run(capsys: pytest.CaptureFixture[str]) -> None:
    page = write("区.html")
    assert run(page, "--limit", "tags=5") == 1
    assert "more than 5 tags" in capsys.readouterr().err
    assert not Path("outputs").exists()
    assert run(page, "--limit", "tags=500", "--limit", "seconds=60") == 0
    with pytest.raises(SystemExit) as stopped:
        run(page, "--limit", "colour=5")
    assert stopped.value.code == 2
    assert "colour=5 sets no limit" in capsys.readouterr().err
