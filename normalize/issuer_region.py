"""The region that issues a notice, by the names of who issues it; the site's only where the notice is of its level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from extract.folding import fold
from normalize.handed_on import handing_verbs
from normalize.regions import Code, Region, find_code, read_region

_PREFIX = re.compile(r"^[(〔\[【][^()〔〕\[\]【】]{1,8}[)〕\]】]")
_YEAR_FIRST = re.compile(r"^(?:[0-9〇零○一二三四五六七八九]{4}年(?:度)?)?")
_UNKNOWN_FIRST = re.compile(r"[\u4e00-\u9fff]{1,6}?[县市区旗州省](?=[\u4e00-\u9fff])")
_CONGRESS = re.compile(r"在(?P<name>[\u4e00-\u9fff]{2,12}?)第.{1,6}届人民代表大会")
_LEVEL = re.compile(r"(?:^|[,、:])([省市县区州旗])(?=政府|人民政府|委|级|直|教育|民政|财政|各|府办)")
_SITE = re.compile(r"(?:门户)?(?:网站|网)$")


@dataclass(frozen=True, slots=True)
class Names:
    """What a notice prints of who issues it, and what the site is called."""

    titles: Sequence[str]
    signatories: Sequence[str] = ()
    masthead: Sequence[str] = ()
    issuer: str = ""
    bylines: Sequence[str] = ()
    recipients: Sequence[str] = ()
    site: str = ""
    others: Sequence[str] = field(default=())

    def issuers(self) -> Iterator[str]:
        """The names of who issues, most telling first: of the title, the signature, the masthead, the field block."""
        for title in self.titles:
            bare = _PREFIX.sub("", fold(title))
            if match := _about().search(bare):
                yield bare[: match.start()]
        yield from map(fold, self.signatories)
        yield from (re.sub(r"\s+", "", fold(line)) for line in self.masthead)
        yield fold(self.issuer)
        for line in self.bylines:
            if match := _CONGRESS.search(line):
                yield match["name"]


@cache
def _about() -> re.Pattern[str]:
    """What ends the issuer's name in a title."""
    return re.compile(f"关于|{handing_verbs().pattern}")


def find_region(names: Names, text: str) -> Region | None:
    """The region in the fullest form that an issuer's name gives it; ``text`` is the notice's.

    >>> names = Names(["奉化区人民政府办公室关于某事的通知"], ["宁波市奉化区人民政府办公室"])
    >>> find_region(names, "").name
    '宁波市奉化区'
    """
    regions = [region for name in names.issuers() if (region := read_region(name)) is not None]
    if not regions:
        return _of_title(names, text) or _of_site(names)
    same = [region for region in regions if region.parts[-1] == regions[0].parts[-1]]
    return max(same, key=lambda region: len(region.parts))


def code_of(region: Region, year: int | None, names: Names) -> Code:
    """The code of the region; where its name is that of several, what else is printed of the issuer may tell which."""
    printed = [*names.titles, *names.issuers(), *names.recipients, *names.others, names.site]
    return find_code(region, year, "\n".join(fold(name) for name in printed))


def _of_title(names: Names, text: str) -> Region | None:
    """Of a title that names no issuer: 2026年某县工作要点. A place no table holds must have a government in the text."""
    for title in names.titles:
        bare = _YEAR_FIRST.sub("", fold(title))
        if _about().search(bare):
            continue
        if (region := read_region(bare)) is not None:
            return region
        match = _UNKNOWN_FIRST.match(bare)
        if match and f"{match[0]}人民政府" in text:
            return read_region(match[0] + "人民政府")
    return None


def _of_site(names: Names) -> Region | None:
    """The site's, where the notice speaks of its own level and names no place: 区政府办公室 on the site of 某市某区."""
    region = read_region(_SITE.sub("", fold(names.site)))
    levels = {match[1] for name in (*names.issuers(), *map(fold, names.recipients)) for match in _LEVEL.finditer(name)}
    return region if region is not None and not region.is_below_county and levels == {region.name[-1]} else None
