"""Renews the picture of the README: ``python -m tests.report_picture``. It needs playwright and Chromium."""

from __future__ import annotations

import tempfile
from pathlib import Path

from normalize.report import write_report
from tests.test_report import CHROMIUM, FLAGS, ROOT, SAMPLE, write

PICTURE = ROOT / "docs" / "report.png"


def main() -> None:
    """Open the sample's page, click on a commitment, and take the picture."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as place, sync_playwright() as driver:
        folder = Path(place)
        [path] = write_report(write(SAMPLE, folder / "package"), folder)
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = chromium.new_page(viewport={"width": 1360, "height": 800}, locale="en")
        page.goto(path.as_uri())
        page.click("#tab-commitments")
        page.click("#commitments tbody tr >> nth=2")
        page.mouse.move(0, 0)
        page.evaluate("scrollTo(0, 0)")
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)
        chromium.close()


if __name__ == "__main__":
    main()
