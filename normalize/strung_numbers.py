"""Numbers that stand together: what ends a number's phrase, what parts two, which of them only says how large the other's are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize import units
from normalize.quantities import Quantity

AFTER_FINAL = re.compile(
    r"\s*(?:$|[、,;:。)\]〕”》(（]|用作|改建为|改造为|改为|担任|(?:和|及|以及|与|或|并|且)(?![谐平睦美善谈约校党的])|的(?:预期|年度|控制|规划|既定|总体|上级|保护|下达)?(?:目标|标准|要求|水平|任务|速度|规模|制度|机制|频次)|用于|用来|来(?=支持|开展)|左右|同比|计算|计$|[至到](?=\s*[0-9]+(?:\.[0-9]+)?\s*%)|大关|台阶|门槛|红线|关(?=[,，。;；]|$))"
)
SEPARATOR = re.compile(r"、|和(?!谐|平|睦|美)|及|以及|与|并|,")
PART = re.compile(r"[(（]?\s*(?:其中|含|包括|包含|内含)\s*[:,]?")
# 扩建小学(新增学位810个): a promise of its own.
DELIVERY = re.compile(r"\((?:新增|新建|改建|扩建|改造|建成|完成|培训|发放|引进|力争|争取|确保)")
#: What becomes of things in the end.
FINISHED = "完成|实现|启动|建成|创成|开工|竣工|投用|投产|达标|完工|通过"
# 12个项目6月底前全部开工: what, by when, and what becomes of it.
DATED = re.compile(
    r"(?P<noun>[\u4e00-\u9fff“”()]{0,14}?)(?:于|在)?(?P<date>(?:20[0-9]{2}年)?(?:[0-9]{1,2}月(?:[0-9]{1,2}日|底|上旬|中旬|下旬)?前|年底前|年内|底前)|明年(?:年?底前)?)"
    rf"(?:全部|全面|均|如期)?(?P<verb>{FINISHED}|通车|签约|投入使用|交付)"
)
# 将12个部门的386项事项下放到乡镇
MOVED_FROM = re.compile(r"(?:将|把)(?:[^,，。;；]{2,16}的)?")
MOVED = re.compile(r"(?P<noun>[\u4e00-\u9fff()]{1,14}?)(?P<verb>下放|移交|划转|委托|赋予|迁移|搬迁|转移)")
NEXT_IN_LIST = re.compile(r"[\u4e00-\u9fff()“”]{1,14}(?:、|和|及)")
_LONGEST_LIST = 9


def end_of_list(folded: str, quantities: Sequence[Quantity], index: int) -> int:
    """The last of the numbers strung together by 、 from ``index`` on, each with a noun behind it and no verb before it."""
    last = index
    for following in range(index + 1, min(len(quantities), index + _LONGEST_LIST)):
        if not NEXT_IN_LIST.fullmatch(folded, quantities[last].end, quantities[following].start):
            break
        last = following
    return last


def is_in_brackets(folded: str, start: int, number: Quantity) -> bool:
    """Whether a number ends what stands in brackets that open behind ``start``: 小(1)型水库."""
    return folded.startswith(")", number.end) and folded.find("(", start, number.start) >= 0


# 1家年产值2000万元以上的企业
_SIZE_OF = re.compile(r"(?:年?(?:总?产值|营业?收入|营收|销售额)|总?投资额?|(?:总?建筑)?面积|床位|规模)?")


def tells_size(folded: str, this: Quantity, following: Quantity) -> bool:
    """Whether a number only says how large those are that ``this`` counts: 5台65蒸吨/小时以上锅炉, 1个2万平方米的广场."""
    if not _SIZE_OF.fullmatch(folded, this.end, following.start) or this.comparator or units.dimension(this.unit) != "count":
        return False
    is_measure = following.comparator or units.dimension(following.unit) in ("mass", "length", "area", "volume", "energy", "power")
    if is_measure and AFTER_FINAL.match(folded, following.end):
        return False
    return bool(re.match(r"[\u4e00-\u9fff]{2}" if is_measure else r"的[\u4e00-\u9fff]", folded[following.end : following.end + 3]))


def later_number_without_break(folded: str, quantities: Sequence[Quantity], index: int, end: int) -> bool:
    """带动10个以上村增收20万元: the first number only says whom the second is about."""
    if index + 1 >= len(quantities):
        return False
    this, following = quantities[index], quantities[index + 1]
    between = folded[this.end : following.start]
    if between in ("", "/") and AFTER_FINAL.match(folded, following.end, end) and units.dimension(this.unit) not in ("time", "money"):
        # 城市道路32条78公里: of the same, counted and measured.
        return False
    if tells_size(folded, this, following):
        return False
    return not SEPARATOR.search(between) and "(" not in between
