"""The pages for people: what they say and hide, and how they work in a real browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

from extract import read_notice
from extract.errors import NoticeError
from normalize import compare_command, comparison_schema, normalize, schema
from normalize.package import write_package
from normalize.report import __main__ as command
from normalize.report import labels, write_comparison_report, write_report
from normalize.report.counts import count
from normalize.report.marks import cut_text, gather_marks
from normalize.report.package_files import read_notices
from tests.tables import TEXT, small_tables

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "fenghua-2023.html"
NEXT_YEAR = ROOT / "tests" / "notices" / "synthetic" / "fenghua-2024" / "fenghua-2024.html"
HOSTILE = '</script><script>window.hacked = 1</script><img src=x onerror="window.hacked = 1">\'"&lt;\u2028{{ 7 * 7 }}'
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Without these a browser looks for updates, which is no request of ours.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()
# A page has some 600 characters.
HUNDRED_PAGES = 60_000


def write(source: Path, folder: Path) -> Path:
    """The package of a notice."""
    notice = read_notice(source)
    write_package(normalize(notice, source.stem), {source.stem: notice.text}, folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Packages ``a`` and ``b`` of two years, their comparison ``a-to-b``, and the pages of all three."""
    place = tmp_path_factory.mktemp("report")
    write(SAMPLE, place / "a")
    write(NEXT_YEAR, place / "b")
    assert compare_command.main([str(place / "a"), str(place / "b"), "--out", str(place / "a-to-b")]) == 0
    assert command.main([str(place / name) for name in ("a", "b", "a-to-b")]) == 0
    return place


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a notice whose text, and every free cell of whose tables, is an attack."""
    place = tmp_path_factory.mktemp("hostile")
    found = small_tables()
    text = f"{TEXT}\n{HOSTILE}"
    found["blocks"][-1]["end"] = len(text)
    found["tasks"][0] |= {"responsible_units": HOSTILE, "domain": HOSTILE}
    found["organizations"].append(dict.fromkeys(schema.column_names("organizations"), "") | {
        "document_id": "a", "organization_id": "o1", "name": HOSTILE,
    })  # fmt: skip
    found["responsibilities"].append(dict.fromkeys(schema.column_names("responsibilities"), "") | {
        "document_id": "a", "subject_kind": "task", "subject_id": "t1.1", "role": "lead", "position": 1, "organization_id": "o1",
        "name_as_written": HOSTILE, "start": len(TEXT) + 1, "end": len(text),
    })  # fmt: skip
    for name, rows in found.items():
        for row in rows:
            for column in schema.tables()[name].columns:
                is_free = (
                    column.type == "string"
                    and not column.values
                    and not re.search("_id$|_kind$|^surface$", column.name)
                )
                if is_free and column.name not in ("seq", "row_table", "part_of", "comparator"):
                    row[column.name] = HOSTILE
    write_package(found, {"a": text}, place / "package")
    [page] = write_report(place / "package", place)
    return page


def parse(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")


def text_of(soup: BeautifulSoup) -> str:
    """The text that a page shows, line by line."""
    return "\n".join(line.get_text() for line in soup.select(".text p"))


@pytest.mark.parametrize("name", ["fenghua-2023", "fenghua-2024"])
def test_a_page_has_the_whole_text_and_nothing_else_as_text(folder: Path, name: str) -> None:
    [notice] = read_notices(folder / ("a" if name == "fenghua-2023" else "b"))
    assert text_of(parse(folder / f"{name}.html")) == notice.text.rstrip("\n")


def test_every_commitment_target_unit_and_date_is_marked(folder: Path) -> None:
    [notice] = read_notices(folder / "a")
    soup = parse(folder / "fenghua-2023.html")
    marked: dict[str, set[int]] = {}
    for piece in soup.select(".text a.m span"):
        start = int(piece["id"].removeprefix("p0-"))
        for kind in piece.parent["class"]:
            marked.setdefault(kind, set()).update(range(start, start + len(piece.get_text())))

    def missing(kind: str, rows: list[dict[str, str]]) -> list[str]:
        spans = [(int(row["start"]), int(row["end"])) for row in rows]
        lost = [span for span in spans if not {i for i in range(*span) if notice.text[i] != "\n"} <= marked[kind]]
        return [notice.text[start:end] for start, end in lost]

    numerals = notice.tables["numerals"]
    assert missing("commitment", notice.tables["commitments"]) == []
    assert missing("target", [row for row in numerals if row["class"] == "target"]) == []
    assert missing("office", notice.tables["responsibilities"]) == []
    assert missing("date", [row for row in numerals if row["class"] == "date"]) == []
    dates = [piece.get_text() for piece in soup.select(".text a.date")]
    assert "2023年4月24日" in dates
    assert "2023-05-04" in dates


def test_a_target_without_a_numeral_is_marked_by_its_cell() -> None:
    text = "1\n应助尽助率\n全覆盖\n区民政局"
    row = {"value_id": "i1.1:2026:target", "value_text": "全覆盖", "start": "0", "end": str(len(text))}
    tables: dict[str, list[dict[str, str]]] = {name: [] for name in schema.tables()} | {"indicators": [row]}
    [mark] = gather_marks(text, tables, {("indicators", row["value_id"]): 1})
    assert text[mark.start : mark.end] == "全覆盖"


@pytest.mark.parametrize(
    ("text", "numerals", "dates"),
    [
        ("于2023年4月24日印发", ["2023", "4", "24"], ["2023年4月24日"]),
        ("2023-05-04", ["2023", "05", "04"], ["2023-05-04"]),
        ("从2026年底到2027年", ["2026", "2027"], ["2026年底", "2027年"]),
        ("二〇二六年三月十八日", ["二〇二六"], ["二〇二六年三月十八日"]),
        ("2023\n2024", ["2023", "2024"], ["2023", "2024"]),
    ],
)
def test_the_numbers_of_one_date_are_one_mark(text: str, numerals: list[str], dates: list[str]) -> None:
    tables: dict[str, list[dict[str, str]]] = {name: [] for name in schema.tables()}
    place = 0
    for surface in numerals:
        place = text.index(surface, place)
        row = {"start": str(place), "end": str(place + len(surface)), "class": "date", "row_id": ""}
        tables["numerals"].append(row)
        place += len(surface)
    known = {("numerals", row["start"]): number for number, row in enumerate(tables["numerals"], 1)}
    assert [text[mark.start : mark.end] for mark in gather_marks(text, tables, known)] == dates


def test_marks_that_overlap_lose_no_character_and_lead_to_the_shortest() -> None:
    text = "《到2027年规划》由区教育局印发"
    numerals = [{"start": "2", "end": "6", "class": "date", "row_id": ""}]
    citations = [{"citation_id": "k1", "start": "0", "end": "10"}]
    tables: dict[str, list[dict[str, str]]] = {name: [] for name in schema.tables()}
    tables |= {"numerals": numerals, "citations": citations}
    marks = gather_marks(text, tables, {("numerals", "2"): 7, ("citations", "k1"): 8})
    [block] = cut_text(text, [{"kind": "paragraph", "start": "0", "end": str(len(text))}], marks, [4], [])
    [[line]] = block.groups
    assert [(stretch.kinds, stretch.rows, [piece.text for piece in stretch.pieces]) for stretch in line] == [
        (("citation",), (8,), ["《到"]),
        (("date", "citation"), (7,), ["20", "27年"]),
        (("citation",), (8,), ["规划》"]),
        ((), (), ["由区教育局印发"]),
    ]


def test_counts_by_topic_and_unit_are_those_of_the_tables(folder: Path) -> None:
    [notice] = read_notices(folder / "a")
    counts = count(notice)
    assert sum(one.indicators for one in counts.domains) == len(
        {row["indicator_id"] for row in notice.tables["indicators"]}
    )
    assert sum(one.commitments for one in counts.domains) == len(notice.tables["commitments"])
    by_name = {one.name: one for one in counts.offices}
    leading = {
        row["subject_id"] for row in notice.tables["responsibilities"]
        if row["subject_kind"] == "indicator" and row["role"] != "support" and row["name_as_written"] == "区教育局"
    }  # fmt: skip
    assert by_name["区教育局"].indicators == len(leading) > 0
    for office in counts.offices:
        assert sum(number for (name, _), number in counts.cells.items() if name == office.name) == (
            office.indicators + office.commitments
        )


@pytest.mark.parametrize("name", ["fenghua-2023", "a-to-b"])
def test_a_page_needs_nothing_else(folder: Path, name: str) -> None:
    soup = parse(folder / f"{name}.html")
    assert soup.find_all(src=True) == []
    assert {tag["href"] for tag in soup.find_all("link")} == {"data:,"}
    assert not [tag["href"] for tag in soup.find_all("a", href=True) if not tag["href"].startswith("#")]
    assert not re.search(r"@import|url\(", soup.style.string)
    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'")
    for script in soup.find_all("script", type=None):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(script.string.encode()).digest()).decode()}'" in policy
    targets = {tag["href"][1:] for tag in soup.find_all("a", href=True)}
    assert not targets - {tag["id"] for tag in soup.find_all(id=True)}, "links to nowhere"


def test_the_same_package_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    [again] = write_report(folder / "a", tmp_path)
    assert again.read_bytes() == (folder / "fenghua-2023.html").read_bytes()


def test_whatever_a_notice_says_is_shown_as_text(hostile: Path) -> None:
    page = hostile.read_text(encoding="utf-8")
    soup = BeautifulSoup(page, "lxml")
    assert HOSTILE in text_of(soup)
    assert not [
        script for script in soup.find_all("script") if "hacked" in script.string and script.get("id") != "data"
    ]
    assert not soup.find_all("img")
    assert soup.h1.string == HOSTILE
    assert "\u2028" not in soup.find(id="data").string
    assert json.loads(soup.find(id="data").string)["offices"][0]["name"] == HOSTILE
    assert "49" not in unescape(soup.h1.string), "a template in a notice was run"


def test_every_word_of_ours_has_a_chinese_and_an_english_label() -> None:
    columns = {
        "checks.severity": "severity", "indicators.value_kind": "value_kind", "commitments.modality": "modality",
        "commitments.kind": "commitment_kind", "tasks.kind": "task_kind", "responsibilities.role": "role",
        "responsibilities.subject_kind": "subject_kind", "reconciliations.relation": "relation", "numerals.class": "class",
        "citations.role": "citation_role", "attachments.status": "status", "comparison.match": "match",
        "comparison.status": "compared_status", "comparison.direction": "direction", "comparison.pairing": "pairing",
    }  # fmt: skip
    described = schema.tables() | comparison_schema.tables()
    for place, column in columns.items():
        table, name = place.split(".")
        for value in described[table].column(name).values:
            found = labels.label(column, value)
            assert found.en
            assert re.search("[\u4e00-\u9fff]", found.zh), f"{column},{value} has no Chinese label"


def test_vendored_scripts_are_those_that_were_published() -> None:
    vendor = ROOT / "normalize" / "report" / "page" / "vendor"
    listed = re.findall(r"^ *([0-9a-f]{64})  (\S+)$", (vendor / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name for _, name in listed} == {path.name for path in vendor.glob("*.js")}
    for digest, name in listed:
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == digest


def test_a_file_that_is_no_page_of_ours_is_left_alone(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "fenghua-2023.html"
    source.write_text("<html>the notice itself</html>", encoding="utf-8")
    with pytest.raises(NoticeError, match="no page of ours"):
        write_report(folder / "a", tmp_path)
    assert source.read_text(encoding="utf-8") == "<html>the notice itself</html>"


@pytest.mark.parametrize(
    ("break_it", "cause"),
    [
        (lambda package: (package / "numerals.csv").unlink(), "numerals.csv: can't be read"),
        (lambda package: (package / "texts" / "fenghua-2023.txt").unlink(), "fenghua-2023.txt: can't be read"),
        (
            lambda package: (package / "texts" / "fenghua-2023.txt").write_text("短"),
            "no stretch of a text of 1 characters",
        ),
        (lambda package: (package / "tasks.csv").write_text("document_id,task\n"), "tasks.csv: has other columns"),
    ],
)
def test_a_package_that_was_changed_is_told_in_one_line(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], break_it: Callable[[Path], object], cause: str
) -> None:
    shutil.copytree(folder / "a", tmp_path / "a")
    break_it(tmp_path / "a")
    assert command.main([str(tmp_path / "a")]) == 1
    told = capsys.readouterr()
    assert cause in told.err
    assert len(told.err.splitlines()) == 1
    assert not (tmp_path / "fenghua-2023.html").exists()


def test_the_command_line_finds_packages_in_outputs(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(folder / "a", tmp_path / "outputs" / "a")
    assert command.main(["a"]) == 0
    assert (tmp_path / "outputs" / "fenghua-2023.html").exists()
    assert command.main(["nowhere"]) == 1
    assert capsys.readouterr().err == "nowhere: there is no such folder; give a package or a comparison\n"


def test_a_comparison_without_packages_has_tables_and_no_texts(folder: Path, tmp_path: Path) -> None:
    soup = parse(write_comparison_report(folder / "a-to-b", tmp_path))
    assert len(soup.select("#indicators tbody tr")) > 30
    assert not soup.select(".text, [data-at]")


# In a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no page was opened")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: no page was opened (apt-get install chromium)")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def show(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page; when the test ends, the browser must have had no complaint, and the page must have asked for nothing."""
    complaints: list[str] = []
    contexts = []

    def open_page(path: Path, **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN", **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url) if request.url != path.as_uri() else None)
        page.goto(path.as_uri())
        page.wait_for_selector(".chart svg", state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    # The empty icon is data in the page itself.
    assert [complaint for complaint in complaints if complaint != "data:,"] == []


def lit(page: Page, text: int = 0) -> str:
    return "".join(page.locator(".text").nth(text).locator(".lit").all_text_contents())


def is_seen(place: Locator) -> bool:
    """Whether an element is in the visible part of what it scrolls in, and of the window."""
    return bool(
        place.evaluate("""element => {
          const box = element.getBoundingClientRect();
          const pane = (element.closest(".text, .scroll") ?? document.documentElement).getBoundingClientRect();
          return box.top >= Math.max(pane.top, 0) - 1 && box.bottom <= Math.min(pane.bottom, innerHeight) + 1;
        }""")
    )


def tab(page: Page, name: str) -> Locator:
    page.click(f"#tab-{name}")
    return page.locator(f"#{name} tbody tr")


@pytest.mark.parametrize("table", ["indicators", "commitments", "tasks", "responsibilities", "numerals", "citations"])
def test_a_click_on_a_row_shows_its_place(folder: Path, show: Callable[..., Page], table: str) -> None:
    [notice] = read_notices(folder / "a")
    page = show(folder / "fenghua-2023.html")
    rows = tab(page, table)
    for place in sorted({0, rows.count() // 2, rows.count() - 1}):
        row = rows.nth(place)
        row.locator("td, th").last.click()
        start, end = map(int, row.get_attribute("data-at").split("-")[1:])  # type: ignore[union-attr]
        assert lit(page) == notice.text[start:end].replace("\n", "")
        assert is_seen(page.locator(".text .lit").first)
        color = "element => getComputedStyle(element).backgroundColor"
        assert row.evaluate(color) == page.locator(".text .lit").first.evaluate(color)


@pytest.mark.parametrize(
    ("kind", "table"),
    [("target", "indicators"), ("commitment", "commitments"), ("office", "responsibilities"), ("date", "numerals")],
)
def test_a_click_on_a_mark_shows_its_row(folder: Path, show: Callable[..., Page], kind: str, table: str) -> None:
    page = show(folder / "fenghua-2023.html")
    mark = page.locator(f".text a.{kind}").last
    said = mark.text_content()
    tab(page, table)
    page.fill(f"#{table} input", "nothing says this")
    page.click("#tab-overview")
    mark.click()
    assert page.get_attribute(f"#tab-{table}", "aria-selected") == "true"
    row = page.locator(f"#{table} tr.lit").first
    assert is_seen(row), "the filter still hides the row"
    start, end = map(int, row.get_attribute("data-at").split("-")[1:])  # type: ignore[union-attr]
    [notice] = read_notices(folder / "a")
    assert said in notice.text[max(start - 3, 0) : end + 3]


def test_hovering_joins_row_and_place(folder: Path, show: Callable[..., Page]) -> None:
    page = show(folder / "fenghua-2023.html")
    tab(page, "commitments").nth(1).hover()
    assert "".join(page.locator(".text .near").all_text_contents()) == "450个"
    page.locator(".text a.commitment", has_text="450个").hover()
    assert "托位" in page.locator("#commitments tr.near").text_content()  # type: ignore[operator]
    page.locator(".text a.office").first.hover()
    assert "区卫生健康局 · 责任 · 指标" in page.locator(".text a.office").first.get_attribute("title")  # type: ignore[operator]


def test_a_finding_between_table_and_prose_shows_both_places(folder: Path, show: Callable[..., Page]) -> None:
    page = show(folder / "fenghua-2023.html")
    row = tab(page, "reconciliations").filter(has_text="养老护理员")
    row.click()
    assert len(row.get_attribute("data-at").split()) == 2  # type: ignore[union-attr]
    assert "87" in lit(page)
    assert "100人" in lit(page)


def test_sorting(folder: Path, show: Callable[..., Page]) -> None:
    page = show(folder / "fenghua-2023.html")
    rows = tab(page, "commitments")
    heading = page.locator("#commitments thead th", has_text="数值")
    column = heading.evaluate("element => element.cellIndex")

    def numbers() -> list[float]:
        found = rows.evaluate_all(f"rows => rows.map(row => row.cells[{column}].dataset.sort)")
        return [float(number) for number in found if number]

    before = numbers()
    heading.locator("button").click()
    assert numbers() == sorted(before) != before
    assert heading.get_attribute("aria-sort") == "ascending"
    heading.locator("button").click()
    assert numbers() == sorted(before, reverse=True)
    names = page.locator("#commitments thead th button").first
    names.click()
    ids = rows.evaluate_all("rows => rows.map(row => row.cells[0].innerText)")
    assert ids == sorted(ids, key=lambda name: [int(part) for part in re.findall(r"\d+", name)])
    assert heading.get_attribute("aria-sort") is None


def test_filters(folder: Path, show: Callable[..., Page]) -> None:
    page = show(folder / "fenghua-2023.html")
    rows = tab(page, "commitments")
    everything = rows.count()
    page.fill("#commitments input", "托位")
    seen = [row.text_content() for row in rows.all() if row.is_visible()]
    assert 0 < len(seen) < everything
    assert all("托位" in row for row in seen if row)
    assert page.text_content("#commitments .shown") == f"{len(seen)} / {everything}"
    page.fill("#commitments input", "")
    choice = page.locator("#commitments select").filter(has=page.locator("option[value='区教育局']"))
    choice.select_option("区教育局")
    seen = [row.text_content() for row in rows.all() if row.is_visible()]
    assert 0 < len(seen) < everything
    assert all("区教育局" in row for row in seen if row)
    choice.select_option("")
    assert page.text_content("#commitments .shown") == str(everything)


def test_marks_can_be_switched_off(folder: Path, show: Callable[..., Page]) -> None:
    page = show(folder / "fenghua-2023.html")
    style = "element => getComputedStyle(element).borderBottomStyle"
    office = page.locator(".text a.office").first
    assert office.evaluate(style) == "solid"
    page.uncheck(".legend input[value=office]")
    assert office.evaluate(style) == "none"
    assert page.locator(".text a.commitment").first.evaluate(style) == "solid"


def test_everything_goes_by_keyboard(folder: Path, show: Callable[..., Page]) -> None:
    page = show(folder / "fenghua-2023.html")
    focused = "document.activeElement"
    page.focus("#tab-overview")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"{focused}.id") == "tab-commitments"
    assert page.locator("#commitments").is_visible()
    page.focus("#commitments .place[tabindex='0'], #commitments .place:not([tabindex])")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(f"{focused}.innerText") == "c2.1.2-2"
    assert page.locator("#commitments .place:not([tabindex='-1'])").count() == 1, "rows are one tab stop"
    page.keyboard.press("Enter")
    assert page.evaluate(f"{focused}.closest('.text') !== null"), "the place has no focus"
    assert lit(page) == "450个"
    assert "450" in page.inner_text("#said")
    page.keyboard.press("Escape")
    assert page.evaluate(f"{focused}.innerText") == "c2.1.2-2"
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"{focused}.innerText") == "270个"
    page.keyboard.press("Enter")
    assert page.evaluate(f"{focused}.innerText") == "c2.1.2-3"


def test_two_languages(folder: Path, show: Callable[..., Page]) -> None:
    page = show(folder / "fenghua-2023.html")
    assert page.inner_text("#tab-indicators").startswith("指标")
    page.click("[data-language=en]")
    assert page.inner_text("#tab-indicators").startswith("Indicators")
    assert page.evaluate("document.documentElement.lang") == "en"
    english = show(folder / "fenghua-2023.html", locale="en-GB")
    assert english.inner_text("#tab-indicators").startswith("Indicators")
    assert not re.search(
        "[\u4e00-\u9fff]", english.inner_text("#tables [role=tablist]") + english.inner_text(".checks h2")
    )


def test_on_a_phone_nothing_is_wider_than_the_window(folder: Path, show: Callable[..., Page]) -> None:
    for name in ("fenghua-2023", "a-to-b"):
        page = show(folder / f"{name}.html", viewport={"width": 390, "height": 844}, has_touch=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        row = tab(page, "commitments").nth(1)
        row.tap()
        assert is_seen(page.locator(".text .lit").first)
        page.tap("#back")
        assert is_seen(row)
        assert page.locator("#back").is_hidden()


def test_paper_has_tables_and_text_and_no_controls(folder: Path, show: Callable[..., Page]) -> None:
    page = show(folder / "fenghua-2023.html")
    page.emulate_media(media="print")
    for selector in ("#overview", "#indicators", "#commitments", "#tasks", ".text", ".chart svg >> nth=0"):
        assert page.locator(selector).is_visible(), selector
    for selector in (".tabs", ".filters >> nth=0", ".languages", "#numerals"):
        assert page.locator(selector).is_hidden(), selector
    assert page.evaluate(
        "document.querySelector('.text').scrollHeight <= document.querySelector('.text').clientHeight + 1"
    )


def test_without_scripts_everything_is_there(folder: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "fenghua-2023.html").as_uri())
    assert page.locator("#numerals tbody tr").last.is_visible()
    assert page.inner_text("#indicators h2") == "指标Indicators"
    context.close()


@pytest.mark.parametrize(("name", "width"), [("fenghua-2023", 390), ("a-to-b", 1440)])
def test_accessibility_rules_are_kept(folder: Path, browser: Browser, name: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto((folder / f"{name}.html").as_uri())
    page.wait_for_selector(".chart svg")
    for view in ("overview", "indicators", "commitments"):
        page.click(f"#tab-{view}")
        found = axe.run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    context.close()


def test_hostile_text_does_nothing_in_a_browser(hostile: Path, show: Callable[..., Page]) -> None:
    page = show(hostile)
    assert page.evaluate("window.hacked") is None
    assert page.locator("h1").text_content() == HOSTILE
    assert page.locator(".text p").last.text_content() == HOSTILE
    tab(page, "responsibilities").first.click()
    assert lit(page) == HOSTILE
    page.fill("#responsibilities input", HOSTILE)
    assert page.evaluate("window.hacked") is None


def test_a_comparison_shows_both_places(folder: Path, show: Callable[..., Page]) -> None:
    page = show(folder / "a-to-b.html")
    row = tab(page, "indicators").filter(has_text="普惠托位占比")
    row.click()
    assert "普惠托位占比" in lit(page, 0)
    assert "80" in lit(page, 0)
    assert "82" in lit(page, 1)
    for text in (0, 1):
        assert is_seen(page.locator(".text").nth(text).locator(".lit").first)
    assert "收紧" in row.inner_text()
    page.locator(".text").nth(1).locator("a.target", has_text="3.8").click()
    assert "城镇登记失业率" in page.inner_text("#indicators tr.lit")
    for printed, component in (("82", "职工"), ("62", "城乡居民")):
        page.locator(".text").nth(0).locator("a.target", has_text=re.compile(f"^{printed}$")).click()
        assert component in page.inner_text("#indicators tr.lit")
    page.locator(".checks [data-rows]").first.click()
    assert "不可比" in page.inner_text("#indicators tr.lit")
    page.click("#tab-overview")
    assert page.locator(".chart svg").count() > 5
    assert "80% → 82%" in page.locator("[data-chart=dumbbells] svg").first.get_attribute("aria-label")  # type: ignore[operator]


def test_a_notice_of_a_hundred_pages_opens_in_under_a_second(tmp_path: Path, show: Callable[..., Page]) -> None:
    text = (ROOT / "samples" / "fenghua-2023.txt").read_text(encoding="utf-8")
    body = text[text.index("一、指标目标") :]
    source = tmp_path / "long.txt"
    source.write_text(text + body * (HUNDRED_PAGES // len(body) + 1), encoding="utf-8")
    package = write(source, tmp_path / "package")
    assert len((package / "texts" / "long.txt").read_text(encoding="utf-8")) > HUNDRED_PAGES
    [path] = write_report(package, tmp_path)
    page = show(path)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    # Seconds of the processor that the page's whole process took: what else the machine does is not the page's.
    assert 0 < metrics["ProcessTime"] < 1
