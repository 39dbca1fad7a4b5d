"""What a line of front or back matter is by itself: a signature, recipients, a list of attachments, a note …

All take folded text (``extract.folding.fold``). Where a line stands is for ``normalize.layout``.
"""

from __future__ import annotations

import re
from functools import cache

from extract.outline import match_label
from normalize import vocabulary
from normalize.dates import find_dates, is_date_line
from normalize.document_numbers import is_damaged_number, is_number

_SENTENCE = re.compile(r"[。;!?]|,.*,")
_BRACKETED = re.compile(r"\([^()]*\)|〔[^〔〕]*〕|《[^《》]*(?:《[^《》]*》[^《》]*)*》|“[^“”]*”")
_REMARK = re.compile(r"\((?:[^()]|\([^()]*\)){1,40}\)|〔[^〔〕]{1,40}〕")
_STATEMENT = re.compile(
    r"^(?:责任|牵头|配合|主办|承办|协办|主管|实施|申[领报请]|填报|联系)"
    r"|(?:如下|事项|包括|以下|下列|要求|通知|汇报|情况|内容|为|是)\s*:$"
)
_LIST_MARKS = re.compile(r"[、,\s]+")
_SEAL = re.compile(r"\s*\((?:代章|印章|公章|盖章|章|印|代)\)$")
_NOTE = re.compile(r"\(?(?:注|备注|附注|说明|注释)\s*[0-9]{0,2}\s*[:.、](?!\s*$)|\*?\s*注\s*[0-9]")
_MARK = "[★▲☆△※*◆●]"
_MARKED_NOTE = re.compile(
    rf"(?:[标带加打注有“\"(]|其中|表中|以上|指标){{0,4}}{_MARK}[”\"]?[^。,]{{0,4}}?(?:为|是|表示|指标)"
    r"|[表上]中(?:空格|“?[—-]”?|标)"
)
_MARKED_ITEM = re.compile(rf"\W?{_MARK}\s*[0-9一二三四五六七八九十(]")
_PUBLIC = re.compile(
    r"\(?\s*(?:(?:此件|本文|此文|本件)[^()。,]{0,4}(?:公开|删减|删节|发布|依申请)[^()。,]{0,10}|此页无正文|以下无正文)\s*\)?"
)
_ANNEX = r"附\s*[件表]|附\s*录"
_LIST_HEAD = re.compile(
    rf"(?:相关|有关)?(?:{_ANNEX}|附\s*图|附)\s*(?P<number>[0-9一二三四五六七八九十]{{0,3}})\s*(?P<colon>:)?\s*"
)
_MARKER = re.compile(
    rf"\(?(?:{_ANNEX})\s*(?P<number>[0-9一二三四五六七八九十]{{0,3}}(?:\s*-\s*[0-9]{{1,2}})?)\s*(?P<colon>:)?\)?"
)
_COPIES = re.compile(r"(?:主|抄|分|发|报)\s*送\s*:|[抄呈]\s*报\s*:|\(?(?:此件)?(?:共印|印)\s*[0-9]+\s*份\)?")
_PRINTED_ON = re.compile(r"[^。;:,]{0,40}印\s*发\s*$")
_MASTHEAD = re.compile(r"(?P<name>[\u4e00-\u9fff、 \u3000()]{2,60})(?:文\s*件|公\s*报|明\s*电|函\s*件)")
_SERIAL = re.compile(r"(?:№|No\.?|份号\s*:?)?\s*0{2,}[0-9]{1,6}")
_SECRECY = re.compile(r"(?:绝密|机密|秘密|内部)(?:\s*★.{0,8})?|特\s*急|加\s*急|平\s*急|特提|急\s*件")
_SUBTITLE = re.compile(
    r"(?:—{1,2}|-{1,2}|–)\s*.{4,60}"
    r"|\(?[0-9〇零○一二三四五六七八九]{4}年[^()。]{2,60}(?:通过|批准|公布|发布|修订|修正|会议上).{0,60}\)?"
)
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|rtf|zip|rar|pptx?|ofd|ceb|7z|jpe?g|png)\s*\)?$", re.IGNORECASE)
_SPACED = re.compile(r"(?:[\u4e00-\u9fff0-9《》“”〈〉]\s+){2,}[\u4e00-\u9fff0-9《》“”〈〉]")
_EXTENT = re.compile(
    r"""\((?:
        [^()]{0,6}(?:19|20)[0-9]{2}[^()]{0,14} | [〇零○一二三四五六七八九]{4}[^()]{0,14}
      | [^()]{0,8}(?:稿|试行|暂行|修订|修正|摘要|节选|版|草案|送审)[^()]{0,6}
    )\)""",
    re.VERBOSE,
)


@cache
def _units() -> tuple[str, ...]:
    return (*vocabulary.words("office_endings"), *vocabulary.words("signatory_endings"))


@cache
def _addressees() -> tuple[str, ...]:
    return (*_units(), *vocabulary.words("addressees"))


@cache
def _person() -> re.Pattern[str]:
    """A person who signs or speaks: 县长:张某某."""
    titles = vocabulary.alternation("official_titles")
    return re.compile(
        rf"[\u4e00-\u9fff]{{0,12}}(?:{titles})\s*[: \u3000]\s*[\u4e00-\u9fff·](?:\s*[\u4e00-\u9fff·]){{1,5}}"
    )


@cache
def _source() -> re.Pattern[str]:
    return re.compile(rf"\(?(?:{vocabulary.alternation('byline_labels')})\s*:.{{0,60}}")


@cache
def _types() -> tuple[str, ...]:
    """The words for kinds of documents, longest first."""
    return tuple(sorted(vocabulary.words("document_types"), key=lambda word: (-len(word), word)))


def document_type(title: str) -> str:
    """The kind of document that a folded title names at its end: 通知, 实施方案, 工作要点; empty where it names none.

    >>> document_type("关于印发某县工作要点的通知"), document_type("某县养老服务实施方案(2023—2027年)"), document_type("某县见闻")
    ('通知', '实施方案', '')
    """
    bare = without_remarks(title)
    return next((word for word in _types() if bare.endswith(word)), "") if bare.endswith(_types()) else ""


def without_remarks(title: str) -> str:
    """A folded title without the brackets at its end: (试行), (2023—2027年)."""
    text = title.strip().rstrip("》")
    while match := re.search(rf"(?:{_REMARK.pattern})\s*$", text):
        if not match.start():
            break
        text = text[: match.start()].rstrip().rstrip("》")
    return text


def is_spaced(text: str) -> bool:
    """Whether a line is set with a blank between its characters, as titles are: 实 施 方 案."""
    blanks = sum(char in " \u3000" for char in text)
    return bool(_SPACED.search(text)) and blanks >= 0.35 * (len(text) - blanks)


def unspaced(text: str) -> str:
    """A line without the blanks between its characters, where it is set with them; any other as it is.

    >>> unspaced("实 施 方 案"), unspaced("某市民政局 某市财政局")
    ('实施方案', '某市民政局 某市财政局')
    """
    return (
        re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef“”])[ \u3000]+(?=[\u3000-\u9fff\uff00-\uffef“”])", "", text)
        if is_spaced(text)
        else text
    )


def is_titlelike(folded: str) -> bool:
    """Whether a line may be a title or a part of one: short, no sentence, no label, no date.

    >>> [is_titlelike(line) for line in ("某县养老服务实施方案", "一、总体要求", "现印发给你们,请认真执行。", "2023年4月24日")]
    [True, False, False, False]
    """
    if not 2 <= len(folded) <= 90 or folded.endswith((":", ",", "、")) or _SENTENCE.search(_BRACKETED.sub("", folded)):
        return False
    others = (is_date_line, is_number, is_marker, is_note, is_public, is_imprint, names_file)
    return match_label(folded, 0, len(folded)) is None and not any(is_other(folded) for is_other in others)


def is_extent(folded: str) -> bool:
    """Whether a line is the bracket below a title: (2023—2027年), (试行), (征求意见稿)."""
    return bool(_EXTENT.fullmatch(folded)) and not is_date_line(folded)


def is_unit(folded: str) -> bool:
    """Whether a line is the name of one unit or of several, as they sign: 某市民政局 某市财政局.

    >>> [is_unit(line) for line in ("某县人民政府办公室", "某市民政局 某市财政局", "国 务 院", "县长:张 三", "扎实推进")]
    [True, True, True, True, False]
    """
    text = _SEAL.sub("", folded.strip())
    if not 2 <= len(text) <= 120 or re.search(r"[。;,!?0-9《》“”]", text):
        return False
    if _person().fullmatch(text):
        return True
    if is_spaced(text):
        text = re.sub(r"\s+", "", text)
    pieces = [re.sub(r"\([^()]*\)$", "", piece) for piece in re.split(r"[ \u3000、]+", text) if piece]
    return ":" not in text and all(
        len(piece) >= 2 and piece.endswith(_units()) and piece not in vocabulary.words("roles") for piece in pieces
    )


def is_recipients(folded: str) -> bool:
    """Whether a line is whom the notice addresses: 各镇人民政府、街道办事处,区政府各部门:

    >>> [is_recipients(line) for line in ("各镇人民政府,县政府各部门:", "现将有关事项通知如下:", "各位代表:", "安岭乡人民政府:")]
    [True, False, True, True]
    """
    text = folded.strip()
    if not text.endswith(":") or len(text) > 500 or _STATEMENT.search(text) or match_label(text, 0, len(text)):
        return False
    body = _BRACKETED.sub("", text.rstrip(": "))
    pieces = [piece for piece in _LIST_MARKS.split(body) if piece]
    if not pieces or re.search("[。;!?]", body):
        return False
    named = sum(piece.endswith(_addressees()) for piece in pieces)
    return named >= 0.6 * len(pieces) and (pieces[-1].endswith(_addressees()) or pieces[-1].startswith("各"))


def opens_recipients(folded: str) -> bool:
    """Whether a line may begin a list of recipients that goes on below, or that lost its colon."""
    if len(folded) > 300:
        return False
    text = folded.rstrip("、, ")
    pieces = [piece for piece in _LIST_MARKS.split(_BRACKETED.sub("", text)) if piece]
    if re.search(r"[。;:!?]", text) or len(pieces) < (1 if text != folded.rstrip() else 2):
        return False
    named = sum(piece.endswith(_addressees()) for piece in pieces)
    return text.startswith(("各", "省", "市", "县", "区")) and named >= 0.7 * len(pieces) and "关于" not in text


def is_note(folded: str) -> bool:
    """Whether a line is a note to a table or text by how it begins: 注:…, ★为核心指标….

    >>> [is_note(line) for line in ("注:标★的为核心指标。", "★为核心指标,其余为重点指标", "★2.推进项目建设", "注重实效")]
    [True, True, False, False]
    """
    is_marked = len(folded) <= 120 and bool(_MARKED_NOTE.match(folded)) and not _MARKED_ITEM.match(folded)
    return is_marked or bool(_NOTE.match(folded))


def is_public(folded: str) -> bool:
    """Whether a line says how far the notice is public: (此件公开发布), (本文有删减)."""
    return bool(_PUBLIC.fullmatch(folded))


def is_marker(folded: str) -> bool:
    """Whether a line stands alone above an enclosed document: 附件1, 附表, (附件)."""
    match = _MARKER.fullmatch(folded.strip()) if len(folded) <= 20 else None
    return match is not None and (not match["colon"] or bool(match["number"]))


def list_head(folded: str) -> re.Match[str] | None:
    """The beginning of a list of attachments, or of the title of one: 附件:, 附件1:, 附:; ``None`` for other lines.

    >>> [bool(list_head(line)) for line in ("附件:1.任务清单", "附件2 任务清单", "附件3", "附属医院", "附近学校")]
    [True, True, True, False, False]
    """
    match = _LIST_HEAD.match(folded)
    if match is None or match[0].strip() == "附":
        return None
    has_gap = match["colon"] or match["number"] or match.end() == len(folded) or match[0] != match[0].rstrip()
    return match if has_gap and not re.match(r"[的中所和、]", folded[match.end() :]) else None


def is_imprint(folded: str) -> bool:
    """Whether a line belongs to the foot that names copies and printing: 抄送:…, 某县政府办 2023年4月24日印发.

    >>> [is_imprint(line) for line in ("抄送:县委各部门。", "某县政府办公室 2023年4月24日印发", "现予印发")]
    [True, True, False]
    """
    if _COPIES.match(folded):
        return True
    return bool(_PRINTED_ON.fullmatch(folded)) and any(True for _ in find_dates(folded))


def is_masthead(folded: str) -> bool:
    """Whether a line is part of the red head of a paper: 某县人民政府办公室文件, a serial, 特急, 签发人."""
    text = folded.strip()
    if _SERIAL.fullmatch(text) or _SECRECY.fullmatch(text) or text.startswith("签发人"):
        return True
    match = _MASTHEAD.fullmatch(text)
    return match is not None and re.sub(r"\s+|\([^()]*\)$", "", match["name"]).endswith(_units())


def is_number_line(folded: str) -> bool:
    """Whether a line is the document number, in good order or damaged, perhaps with who signed the draft."""
    text = re.sub(r"\s+签发人.*$", "", folded.strip()) if len(folded) <= 90 else folded
    return len(text) <= 60 and (is_number(text) or is_damaged_number(text))


def is_byline(folded: str) -> bool:
    """Whether a line below a title tells source, date, author or occasion: 来源:某报, ——2026年1月28日在…会议上."""
    text = folded.strip()
    patterns = (_source(), _SUBTITLE, _person())
    return len(text) <= 160 and any(pattern.fullmatch(text) for pattern in patterns)


def names_file(folded: str) -> bool:
    """Whether a line ends as the name of a file does."""
    return bool(_FILE.search(folded[-20:]))
