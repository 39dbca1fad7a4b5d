"""Numbers that are no quantities: dates, names, ages, grades, document numbers, by what stands around them.

Each frame is a pattern over folded text. What it spans is claimed for one class of the ledger of numerals, and the
grammar of quantities leaves it alone. Frames are tried in the order given; an earlier claim keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from normalize.numbers import CHINESE, DIGITS
from normalize.sparse import SparsePattern

_HAN = r"[\u4e00-\u9fff]"
_CN = "[一二两三四五六七八九十]"
_CN_YEAR = "[〇零○OoО0一二三四五六七八九]{4}"
# What may follow a year of the calendar; 3年 and 十年 are spans of time, not dates.
_MONTH = rf"(?:[0-9]{{1,2}}|{_CN}{{1,3}})\s*月(?!龄)(?:份|底|末|初|中旬|上旬|下旬)?"
_DAY = rf"(?:\s*(?:[0-9]{{1,2}}|{_CN}{{1,3}})\s*[日号](?:\s*(?:-{{1,2}}|[—–~至到]{{1,2}})\s*[0-9]{{1,2}}\s*[日号])?)?"
_TIME = r"(?:\s*[0-9]{1,2}[:时点][0-9]{1,2}分?(?::[0-9]{2})?)?"


@dataclass(frozen=True, slots=True)
class Claim:
    """``text[start:end]`` belongs to one class of the ledger; its numerals are no promise of their own."""

    start: int
    end: int
    kind: str


def _frame(kind: str, near: str, pattern: str) -> tuple[str, SparsePattern]:
    return kind, SparsePattern(near, pattern, re.VERBOSE)


_FRAMES: tuple[tuple[str, SparsePattern], ...] = (
    _frame("document_number", "号", r"[〔\[【(][0-9]{4}[〕\]】)]\s*(?:第\s*)?[0-9]+\s*号"),
    _frame("citation", "《", r"《[^《》]*(?:《[^《》]*》[^《》]*)?》"),
    # dates
    _frame(
        "date", "年", r"(?:19|20)[0-9]{2}\s*年?\s*(?:-{1,2}|[—–~至到]{1,2})\s*(?:19|20)[0-9]{2}\s*(?:年度?|学年|财年)"
    ),
    _frame("date", "年", rf"(?:19|20)[0-9]{{2}}\s*(?:年度?|学年|财年)(?:[底末]|初(?!步)|\s*{_MONTH}{_DAY}{_TIME})?"),
    _frame(
        "date",
        "(?:19|20)[0-9]{2}[-/.]",
        r"(?<![0-9])(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:\s+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?(?![0-9])",
    ),
    _frame("date", r"[〇零○OoО0一二三四五六七八九]\s*年", rf"{_CN_YEAR}\s*年(?:[底末]|初(?!步)|\s*{_MONTH}{_DAY})?"),
    _frame("date", "月", r"(?<![0-9个每])(?:[0-9]{1,2})\s*[-—–~至到、]\s*(?:[0-9]{1,2})\s*月(?!龄)份?"),
    _frame("date", "月", rf"(?<![0-9个])[0-9]{{1,2}}\s*月(?!龄)(?:份|底|末|初|中旬|上旬|下旬)?{_DAY}{_TIME}"),
    _frame(
        "date", "月", rf"(?<![个每])(?:十[一二]?|[一二三四五六七八九])月(?:份|底|末|初|中旬|上旬|下旬|(?=前)){_DAY}"
    ),
    # 每月5日、15日、25日
    _frame("date", "日[、和及至]", r"(?<=月)\s*[0-9]{1,2}[日号](?:[、和及至][0-9]{1,2}[日号])+"),
    _frame("date", "每月|日前", r"(?<=每月)\s*[0-9]{1,2}\s*[日号]|(?<![0-9])[0-9]{1,2}\s*日前"),
    _frame(
        "date",
        "[0-9]:[0-9]",
        r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9]\s*(?:-{1,2}|[—–~至到])\s*(?:次日)?\s*(?:[01]?[0-9]|2[0-4]):[0-5][0-9]",
    ),
    # 师生比达到1:15: a ratio of two numbers is no row; it is told as not understood.
    _frame(
        "other",
        r"[0-9]\s*[:∶]\s*[0-9]",
        r"(?<=[比例按到至于为])\s*[0-9]+(?:\.[0-9]+)?\s*[:∶]\s*[0-9]+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?\s*[:∶]\s*[0-9]+(?:\.[0-9]+)?(?=的?(?:比例|标准|配比|要求|以内|以下|以上|左右))",
    ),
    _frame("date", "[0-9]:[0-9]", r"(?<![0-9:])(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?![0-9])"),
    _frame("other", r"[0-9]\s*[:∶]\s*[0-9]", r"[0-9]+(?:\.[0-9]+)?\s*[:∶]\s*[0-9]+(?:\.[0-9]+)?"),
    _frame("date", "季度", r"(?:第|前)?\s*(?:[1-4]|[一二三四])(?:、[一二三四1-4])?\s*季度(?:末|底|初)?"),
    _frame(
        "date",
        rf"[近前过未][来去]?\s*(?:[0-9]|{_CN})|年来",
        rf"[近前过未]{{1,2}}[来去]?\s*(?:[0-9]{{1,2}}|{_CN}{{1,2}})\s*年[来内]?|(?:[0-9]{{1,2}}|{_CN}{{1,2}})\s*年来",
    ),
    # names: what is quoted, letters and digits grown together, versions, lines and roads, hot lines, codes
    _frame(
        "name",
        '[“「"]',
        r"“[^“”。；;]{0,30}[0-9][^“”。；;]{0,30}”|「[^「」。]{0,30}[0-9][^「」。]{0,30}」|\"[^\"。；;]{0,30}[0-9][^\"。；;]{0,30}\"",
    ),
    _frame("name", "“", r"“[^“”。；;0-9]{0,30}”"),
    _frame("name", r"\+", r"[0-9]+(?:\+(?:[0-9]+|[A-Za-z]))+|[A-Za-z](?:\+[0-9A-Za-z]+)+"),
    _frame(
        "name",
        "年产",
        r"年产(?:值)?\s*[0-9.]+\s*[万亿]?[\u4e00-\u9fff]{1,4}?(?=[^,，。;；、0-9]{0,24}(?:项目|生产线|基地|工程|产业园))",
    ),
    _frame("name", r"24\s*小时", r"(?<![0-9.])24\s*小时(?!之?内|以内|以上|以下|前|[,，。;；、]|$)"),
    _frame("name", r"365\s*天", r"(?<![0-9.])365\s*天"),
    _frame("name", "[0-9][×xX*]", r"[0-9]+[×xX*][0-9]+(?:小时|h)?"),
    _frame(
        "name",
        r"https?:|www\.|@",
        r"(?:https?://|www\.)[\x21-\x7e]+|[A-Za-z0-9_.-]{1,64}@[A-Za-z0-9.-]{1,64}\.[a-z]{2,8}",
    ),
    _frame(
        "name",
        "[0-9]{7}|电话|传真|邮编|邮政编码|账号|卡号",
        r"(?<![0-9])0[0-9]{2,3}\s?[-—–]{1,2}\s?[0-9]{7,8}(?:-[0-9]+)?|(?<![0-9])1[3-9][0-9]{9}(?![0-9])|(?:电话|传真|邮编|邮政编码|账号|卡号)\s*:?\s*[0-9][0-9—–-]{4,}",
    ),
    _frame("name", "[A-Za-z]", r"(?<![0-9A-Za-z])[A-Za-z][A-Za-z.]*[-_]?[0-9]+(?:\.[0-9]+)?(?![0-9.]|\s*[万亿%元])"),
    _frame(
        "name", r"版|\.0", r"[0-9]+(?:\.[0-9]+)?\s*版|[0-9]+\.0(?=时代|模式|行动|工程|计划|改革|平台|系统|架构|[”\"])"
    ),
    _frame("name", "[0-9][A-Z]", r"[0-9]{1,3}(?:[GDAK](?![A-Za-z])|[A-Z]级)"),
    _frame(
        "name",
        "1[0-9]{2}|9[5-9][0-9]{3}",
        r"(?<![0-9])(?:1[02][0-9]{3}|9[5-9][0-9]{3,4}|1[1-2][0-9])(?=热线|平台|便民|政务|服务|举报|电话|专线|咨询|报警|急救|消防|\s*[(\"“”])",
    ),
    _frame(
        "name",
        "[国省县乡]道|号|路公交",
        r"[0-9]{1,3}\s*(?:国道|省道|县道|乡道|号线|路公交|号(?=楼|地块|线|泊位|井|库|令|公告|院|码头))|(?<=[路街巷道村])[0-9]+号",
    ),
    _frame(
        "name",
        "分钟|小时|公里",
        r"[0-9]+\s*(?:(?:分钟|小时)(?=[^,，。;；、0-9以达]{0,8}(?:圈|网|图|通勤|可达|到达))|公里(?=[^,，。;；、0-9以达]{0,8}圈))",
    ),
    _frame(
        "name",
        "小时",
        r"[0-9]+\s*小时(?=自助|不打烊|值班|在线|开放|服务|营业|热线|值守|监测|无人|便民|智能|书房|书吧|图书|药房|响应|动态|巡|政务|办)",
    ),
    _frame(
        "name",
        rf"(?:[0-9]|{_CN})年",
        rf"(?:[0-9]|{_CN})年(?:一贯)?(?:长学)?制|(?:[0-9]{{1,2}}|{_CN})年(?=行动|计划|规划|攻坚|提升行动|倍增|滚动|专项|禁渔|大变样|大庆|方案)",
    ),
    _frame(
        "name", rf"(?:[0-9]|{_CN})期", rf"第?(?:[0-9]{{1,2}}|{_CN}{{1,2}})期(?=工程|项目|建设|地块|改造|扩建|标段|搬迁)"
    ),
    _frame("name", "千伏|[kK]V", r"[0-9]+\s*(?:千伏|kV|KV)(?=[^,。;、]{0,10}(?:变|线|输|电网|工程))"),
    _frame("name", rf"一{_HAN}[、,，]", rf"{_HAN}{{2}}一(?P<each>{_HAN})[、,，]{_HAN}{{2}}一(?P=each)"),
    _frame("name", "[二三]次", r"[二三]次(?=供水|油气|污染|能源|装修|创业|分配|开发|利用|加压|消费|产业|元|回收)"),
    _frame("name", "亿(?:元)?级", rf"(?:[0-9]+|{_CN}|[百千]){{1,3}}亿(?:元)?级"),
    _frame("date", r"[至到于]\s*[0-9]{1,2}\s*时", r"(?<=[至到于])\s*(?:[01]?[0-9]|2[0-4])\s*时(?:[0-9]{1,2}分)?(?![间段长效])"),
    # ages; a life expectancy or a rising retirement age is told by the words before it
    _frame(
        "age",
        "岁|月龄",
        rf"""(?<![0-9.])(?<![0-9],)(?<!达到)(?<!提高到)(?<!提升到)(?<!提高)(?<!增加)(?<!延长)(?<!超过)(?<!达)(?<!至)(?<!寿命)(?<!不低于)
        (?:(?:{DIGITS}|{CHINESE})\s*(?:周?岁)?\s*(?:\([^()]{{1,4}}\))?\s*(?:-{{1,2}}|[—–~至到]{{1,2}})\s*)?
        (?<!降低)(?<!下降)(?<!提高)(?<!延长)(?<!增加)(?<!年轻)(?:{DIGITS}|{CHINESE})\s*(?:周岁|岁|月龄)(?:\s*\([^()]{{1,4}}\))?(?:及?以[上下]|及?之?[上下]|以内)?""",
    ),
    _frame("age", "月龄", r"(?<![0-9])[0-9]{1,2}\s*[-—–~]\s*[0-9]{1,2}\s*月龄"),
    # grades, ranks and ordinals
    _frame("grade", "[0-9]强", r"(?<![0-9.])[0-9]{1,4}强(?![化度度制])"),
    _frame("name", "[0-9]号", r"(?<![0-9.])[0-9]{1,2}号(?=[、,和]|[标厂楼井库线地门泊车馆栋])"),
    _frame(
        "grade",
        "届|次(?:全体)?(?:会议|全会|大会|代表大会|党代会|人代会)",
        rf"(?:[0-9]{{1,2}}|{_CN}{{1,3}})届(?=[^,，。;；、]{{0,6}}[一二三四五六七八九十0-9]次|中央|人大|政协|党代)|(?<=[届大协会])(?:[0-9]{{1,2}}|{_CN}{{1,3}})次(?:全体)?(?:会议|全会|大会|代表大会|党代会|人代会)",
    ),
    _frame("grade", "第", rf"第\s*(?:[0-9]+|[零〇一二三四五六七八九十百]+)\s*{_HAN}?"),
    _frame(
        "grade",
        rf"[前后]\s*(?:[0-9]|{_CN})|排名",
        rf"(?:(?:前|后)\s*(?:[0-9]+|{_CN}+)\s*(?:名|位|强|列|%)|排名(?:前|第)?\s*(?:[0-9]+|{_CN}+))",
    ),
    _frame(
        "grade",
        r"[0-9一二三四五六七八九]\s*[级星类等甲]",
        r"[0-9一二三四五六七八九]\s*[级星](?:级|甲等|乙等|丙等|及?以[上下])?(?!分类)|[一二三四五0-9]\s*(?:类(?=标准|水|以上|及以上)|等(?=奖)|甲(?=医|及|综|等))",
    ),
    # numbers that the document gives to its own parts; a number with two points counts nothing
    _frame("ordinal", r"\.[0-9]{1,2}\.", r"(?<![0-9.])[0-9]{1,2}(?:\.[0-9]{1,2}){2,4}(?![0-9.])"),
    _frame(
        "ordinal",
        r"附[件表录图]|序号|编号|专栏|[表图]\s*:?\s*[0-9]",
        r"(?:附件|附表|附录|附图|序号|编号|(?<![\u4e00-\u9fff])(?:专栏|表|图))\s*:?\s*[0-9]+(?:[-—][0-9]+|\.[0-9]{1,2}(?![0-9年]))*(?![0-9.]*\s*[%个万亿年月])",
    ),
    _frame(
        "ordinal",
        r"[。;；:：,，]\s*\(?[0-9]",
        rf"(?<=[。;；:：,，])\s*\(?[0-9]{{1,2}}\)\s*(?={_HAN}|“)|(?<=[。;；:：])\s*[0-9]{{1,2}}[.、．]\s*(?={_HAN}|“)",
    ),
)


_ENDLESS = re.compile(r"[0-9]{21,}")


def find_claims(folded: str) -> Iterator[Claim]:
    """Every frame's spans over the whole folded text, in the order of the frames; they may overlap."""
    for match in _ENDLESS.finditer(folded):
        yield Claim(match.start(), match.end(), "other")
    # What no number is so long as must not be gone over once for each of its digits.
    folded = _ENDLESS.sub(lambda match: "□" * len(match[0]), folded)
    for kind, pattern in _FRAMES:
        for match in pattern.finditer(folded):
            yield Claim(match.start(), match.end(), kind)
