"""Many notices from one: a page whose places, names, years and numbers differ by a seeded draw, a few of them broken.

The same seed gives the same files. The page keeps its shape and length, so that a corpus of them takes what so many such pages take.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Sequence
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "samples" / "fenghua-2023.html"
#: One in so many is broken.
BROKEN = 100
_FOLDER = 500
# Numbers of the body that are no year, no date and no label: after a word, before a word.
_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff])[1-9][0-9]{1,4}(?=[\u4e00-\u9fff%])(?![年月日号])")
_NAME = re.compile("奉化")
_YEAR = re.compile("2023(?=年)")
_SYLLABLES = "安宁和平永福庆昌兴泰清江海山林川原州阳城"


def make(folder: Path, count: int, seed: int, page: str) -> None:
    """Write ``count`` files to sub-folders of ``folder``."""
    for number in range(count):
        # A draw for each file: a corpus of twice as many begins with the same files.
        draw = random.Random(f"{seed}-{number}")
        path = folder / f"{number // _FOLDER:04}" / f"notice-{number:07}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if draw.randrange(BROKEN) == 0:
            suffix, data = _broken(draw, page)
        else:
            suffix, data = ".html", vary(page, draw).encode("utf-8")
        path.with_suffix(suffix).write_bytes(data)


def vary(page: str, draw: random.Random) -> str:
    """The page with another place and year, and other numbers of as many digits."""
    name = draw.choice(_SYLLABLES) + draw.choice(_SYLLABLES)
    year = str(draw.randint(2015, 2026))
    page = _YEAR.sub(year, _NAME.sub(name, page))
    return _NUMBER.sub(lambda match: str(draw.randint(10 ** (len(match[0]) - 1), 10 ** len(match[0]) - 1)), page)


def _broken(draw: random.Random, page: str) -> tuple[str, bytes]:
    """A file as downloads leave them: empty, cut off, a picture under the name of a page, a page of links."""
    return draw.choice(
        [
            (".html", b""),
            (".doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + draw.randbytes(2000)),
            (".docx", b"PK\x03\x04" + draw.randbytes(500)),
            (".html", b"\x89PNG\r\n\x1a\n" + draw.randbytes(500)),
            (".html", "<html><body><ul><li><a href=a>首页</a></li></ul></body></html>".encode()),
        ]
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.make_corpus", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    make(options.folder, options.count, options.seed, SAMPLE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
