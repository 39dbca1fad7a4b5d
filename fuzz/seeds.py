"""The files that are changed: one small document in every form, the samples, and tables and lists made at random."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

from fuzz.generate import FORMS, random_list, random_table, write_table

ROOT = Path(__file__).parents[1]
_LARGE_SHARE = 0.1  # of the draws: a notice as long as they are takes ten times as long as the small document
_RANDOM_SHARE = 0.1


class Seeds:
    """Draws files: small ones mostly. A file is given with the other files that it may be spliced with."""

    def __init__(self) -> None:
        self._small = _read(sorted((ROOT / "fuzz" / "seeds").iterdir()))
        self._small.append("\n".join(_TEXT).encode("gb18030"))
        samples = [
            *sorted((ROOT / "samples").glob("fenghua-*")),
            *sorted((ROOT / "tests" / "notices" / "synthetic").glob("*/*.*")),
        ]
        self._large = _read(path for path in samples if path.suffix != ".md")

    def draw(self, rng: random.Random) -> bytes:
        """One file."""
        if rng.random() < _RANDOM_SHARE:
            return write_table(random_table(rng), rng.choice(FORMS)) if rng.random() < 0.7 else random_list(rng)
        return rng.choice(self._large if rng.random() < _LARGE_SHARE else self._small)


def _read(paths: Iterable[Path]) -> list[bytes]:
    return [path.read_bytes() for path in paths]


_TEXT = (
    "索引号 1133/2026 发文字号 青政办发〔2026〕1号 成文日期 2026-03-01", "关于做好2026年公共服务工作的通知", "各镇人民政府，区政府各部门：", "一、主要指标",
    "序号\t指标\t目标值\t责任单位", "1\t新增托位数（个）\t450\t区教育局", "2\t普惠托位占比（%）\t≥80\t区卫生健康局", "二、重点任务", "（一）幼有善育",
    "1.扩大托育服务。全年新增托位450个，其中普惠托位270个，达到85%以上。（责任单位：区教育局、区卫生健康局）", "附件：任务清单.doc", "青禾区人民政府办公室", "2026年3月1日",
)  # fmt: skip
