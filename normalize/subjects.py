"""What a number is about, in a form that two wordings of one thing share: 新增托位数 and 全年新增托位.

The name is brought to a core (no quotes, brackets, denominators, verbs at its ends, counting words), and what sets
subjects apart is kept beside it: denominators, the word before 率, and the words of ``vocab/contrast_words.csv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from extract.folding import fold_key
from normalize import vocabulary
from normalize.indicator_names import denominator

#: Names are read this far; what is longer is a sentence.
LONGEST = 120

_ASIDE = re.compile(r"[(\[〔【](?:不?含|包括|其中|以下|下同)[^()\[\]〔〕【】]*[)\]〕】]")
_MARKS = re.compile(r"[“”‘’\"'「」『』《》〈〉()\[\]〔〕【】、,·★*:;]")
_EACH = re.compile(r"每[名个位]?[人户](?:每?[年月日天])?(?![次均])")
_MEAN = re.compile(r"[年月日]?[人户亩]均(?:[年月日](?![龄期]))?")
_COUNTED = re.compile(r"(?:累计|总)?(?:(?:项|场|户|件)?次数?|人次数?|人数|[套件场]数|数量?|总量|规模)$")
_CHANGE = re.compile(r"(?<=..)(?:增长|下降|降低)$")
_RATE = re.compile(r"(?:.{2}率|比例|满意度|.{2}度)$")


@dataclass(frozen=True, slots=True)
class Side:
    """What a word says of a name; ``is_alone`` where a name without any such word is another thing."""

    name: str
    is_alone: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """A name made comparable.

    ``key`` is the whole name, ``core`` what is left of it when the words that both wordings may lack are gone,
    ``letters`` the core's characters sorted, ``rate`` the words that end the name of a rate (覆盖率), ``per`` the
    characters of its denominators, ``sides`` the sides that it takes in groups of contrasts, ``alone`` the words that set
    it apart from a name without them, ``natures`` whether it counts what is ``new`` or ``held``, ``has_verb`` whether an
    action was cut off.
    """

    key: str
    core: str
    letters: str
    rate: str
    per: frozenset[str]
    sides: dict[str, frozenset[Side]]
    alone: frozenset[Side]
    natures: frozenset[str]
    has_verb: bool

    def is_apart_from(self, other: Subject) -> bool:
        """Whether the two take different sides: 登记失业率 and 调查失业率."""
        return any(not sides & other.sides.get(group, sides) for group, sides in self.sides.items())

    def after(self, words: str) -> Subject:
        """The same name with words before its core: 新增绿色工厂 after 省级 is about 省级绿色工厂."""
        core = words + self.core
        return replace(self, key=words + self.key, core=core, letters="".join(sorted(core)))


def make_key(text: str) -> str:
    """A name without asides, quotes, brackets and blanks, in one width: ``“助联体” 覆盖率（含村）`` → ``助联体覆盖率``.

    >>> make_key("住院报销比例（含大病保险）"), make_key("“残疾人之家”覆盖率"), make_key("餐村（社区）覆盖率")
    ('住院报销比例', '残疾人之家覆盖率', '餐村社区覆盖率')
    """
    return _MARKS.sub("", _ASIDE.sub("", fold_key(text[:LONGEST])))


@lru_cache(maxsize=1024)
def make_denominator(text: str) -> frozenset[str]:
    """A denominator as the set of its characters, without those that say nothing: 每人每月 and 人·月 are one.

    >>> make_denominator("每人每月") == make_denominator("人·月"), make_denominator("千人口") == make_denominator("万人")
    (True, False)
    """
    plain = re.sub(r"[每名个位·/均]|常住|户籍", "", fold_key(text[:LONGEST])).replace("人口", "人").replace("天", "日")
    # A standard of so much a month is one for each person: 元/月 and 每人每月.
    return frozenset(plain) - {"人"} if re.search("[年月日]", plain) else frozenset(plain)


def read_subject(name: str, per: str = "", context: str = "", *, is_rate: bool = False) -> Subject:
    """The subject of a name. ``per`` is a denominator known from elsewhere, ``context`` the words around the name.

    >>> read_subject("年度新增托位数").core, read_subject("新增托位").core
    ('托位', '托位')
    >>> read_subject("最低生活保障年人均标准").per == read_subject("低保标准", "每人每年").per
    True
    >>> read_subject("职工医保参保人数").is_apart_from(read_subject("城乡居民医保参保人数"))
    True
    """
    key = make_key(name)
    bare, denominators = _take_denominators(key, per)
    # The words around a name tell of what it leaves open: 国家级、省级绿色工厂 stand around 省级绿色工厂.
    sides = _contrasts(make_key(context)) | _contrasts(key)
    alone = frozenset(side for group in sides.values() for side in group if side.is_alone)
    natures = frozenset(side.name for side in sides.pop("nature", ()))
    if is_rate:
        bare = _CHANGE.sub(r"\g<0>率", bare)
    core = _same().sub(lambda match: _standards()[match[0]], bare)
    has_verb = False
    rate = match[0] if (match := _RATE.search(core)) and is_rate else ""
    if not is_rate:
        core, has_verb = _cut_verbs(_COUNTED.sub("", core) or core)
    return Subject(key, core, "".join(sorted(core)), rate, denominators, sides, alone, natures, has_verb)


def _take_denominators(key: str, per: str) -> tuple[str, frozenset[str]]:
    """The key without its denominators, and these with the one known from elsewhere."""
    known = make_key(per) or denominator(key)
    found = [known]
    for printed in (known, "每" + known):
        if known and key.startswith(printed):
            key = key.removeprefix(printed)
    for pattern in (_EACH, _MEAN):
        found += [match[0] for match in pattern.finditer(key)]
        key = pattern.sub("", key)
    return key, make_denominator("".join(found))


def _contrasts(text: str) -> dict[str, frozenset[Side]]:
    """The sides that a text takes, by group."""
    sides: dict[str, frozenset[Side]] = {}
    pattern, words = _contrast_words()
    for match in pattern.finditer(text):
        group, side = words[match[0]]
        sides[group] = sides.get(group, frozenset()) | {side}
    return sides


def _cut_verbs(core: str) -> tuple[str, bool]:
    """The core without the actions at its ends: 保障性租赁住房建设筹集 → 保障性租赁住房."""
    start, end = _verbs()
    has_verb = False
    for pattern in (start, end):
        cut = pattern.sub("", core)
        if len(cut) > 1 and cut != core:
            core, has_verb = cut, True
    return core, has_verb


@cache
def _contrast_words() -> tuple[re.Pattern[str], dict[str, tuple[str, Side]]]:
    rows = vocabulary.entries("contrast_words")
    words = {row["word"]: (row["group"], Side(row["side"], row["alone"] == "yes")) for row in rows}
    return re.compile(vocabulary.alternation("contrast_words")), words


@cache
def _standards() -> dict[str, str]:
    return {row["word"]: row["standard"] for row in vocabulary.entries("same_words")}


@cache
def _same() -> re.Pattern[str]:
    return re.compile(vocabulary.alternation("same_words"))


@cache
def _verbs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    strong = vocabulary.alternation("actions", lambda row: row["strength"] == "strong")
    return re.compile(f"^(?:{strong})+"), re.compile(f"(?:建设)?(?:{strong})$")
