"""Small pages as the systems of government sites publish them: the notice is read whole, its fields are right."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from extract import read_bytes
from extract.model import Notice, Table
from normalize.attachments import find_attachments
from normalize.documents import find_document
from normalize.layout import find_layout

TITLE = "某某市清江区人民政府办公室关于印发2024年清江区公共服务工作要点的通知"
COVER = [
    "各镇人民政府、街道办事处，区政府各部门：",
    "《2024年清江区公共服务工作要点》已经区政府同意，现印发给你们，请认真贯彻执行。",
    "某某市清江区人民政府办公室",
    "2024年3月8日",
]
ENCLOSED = [
    "2024年清江区公共服务工作要点",
    "为做好今年的公共服务工作，根据《某某省公共服务规划》（某政发〔2023〕7号），制定本要点。",
    "一、指标目标",
    "二、重点任务",
    "（一）扩大普惠托育。全年新增托位120个，其中普惠托位80个。",
    "（二）完善养老服务。新建老年食堂6家。",
    "三、保障措施",
    "加强组织领导，按季度通报进度。",
]
CELLS = [["序号", "指标", "目标值"], ["1", "托位数（个）", "120"], ["2", "养老床位（张）", "≥300"], ["3", "失业率（%）", "≤3.5"]]
FURNITURE = ["首页", "网站地图", "政务公开", "上一篇", "分享到", "打印", "版权所有", "ICP备", "您的位置", "相关链接", "浏览次数", "关闭窗口"]
TOP = '<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li><li><a href="/map">网站地图</a></li></ul></div>'
TRAIL = '<div class="position">您的位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a></div>'
BOTTOM = (
    '<div class="share">分享到：<a>微信</a></div><div class="pager"><p>上一篇：<a href="/1">关于某事的公告</a></p></div>'
    '<div class="footer"><p>主办：区政府办公室 版权所有</p><p>浙ICP备05000001号</p></div>'
)


def paragraphs(lines: list[str], style: str = "") -> str:
    return "".join(f'<p{style}>&nbsp;&nbsp;&nbsp;&nbsp;{line}</p>' for line in lines)


def table(cells: list[list[str]] = CELLS) -> str:
    return "<table border='1'>" + "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in cells) + "</table>"


def body(style: str = "") -> str:
    """Cover letter and enclosed document, with the table below its first heading."""
    return paragraphs(COVER + ENCLOSED[:3], style) + table() + paragraphs(ENCLOSED[3:], style)


def head(title: str = TITLE, date: str = "2024-03-15 10:21") -> str:
    return (
        f'<head><meta charset="utf-8"><title>{title}</title><meta name="SiteName" content="某某市清江区人民政府">'
        f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{date}"><meta name="ContentSource" content="本网"></head>'
    )


@dataclass(frozen=True)
class Family:
    name: str
    page: str
    fields: dict[str, str] = field(default_factory=dict)
    attachment: str = ""


JCMS = Family(
    "jcms",
    f"""<html>{head()}<body>{TOP}{TRAIL}
    <div class="xxgk"><table class="xxgk_table"><tr><td>索引号</td><td>11330200002979996P/2024-1</td><td>组配分类</td><td>区府办文件</td></tr>
    <tr><td>发文字号</td><td>清政办发〔2024〕9号</td><td>发文日期</td><td>2024-03-15</td></tr>
    <tr><td>成文日期</td><td>2024-03-08</td><td>主题分类</td><td></td></tr>
    <tr><td>公开方式</td><td>主动公开</td><td>发布机构</td><td>区政府办公室</td></tr></table></div>
    <h1 class="title">{TITLE}</h1><div class="small-title">字体：【大】 【中】 【小】 浏览次数：<span>12</span> <a>打印</a></div>
    <div id="zoom" class="main-txt"><!--<$[信息内容]>begin--><meta name="ContentStart">{body()}
    <p><a href="/module/download/downfile.jsp?filename=a.doc">清政办发〔2024〕9号.doc</a></p><meta name="ContentEnd"><!--<$[信息内容]>end--></div>
    <p>关闭窗口</p>{BOTTOM}</body></html>""",
    {"index_number": "11330200002979996P/2024-1", "document_number": "清政办发〔2024〕9号", "category": "区府办文件", "topic": "",
     "disclosure": "主动公开", "issuer": "区政府办公室", "issued_on": "2024-03-08", "published_on": "2024-03-15"},
    "清政办发〔2024〕9号.doc",
)  # fmt: skip
GOVCN = Family(
    "gov.cn",
    f"""<html><head><title>{TITLE}</title></head><body><table><tr><td><table class="bd1">
    <tr><td><b>索 引 号：</b></td><td>000014349/2024-00007</td><td><b>主题分类：</b></td><td>民政、扶贫\\其他</td></tr>
    <tr><td><b>发文机关：</b></td><td>清江区人民政府办公室</td><td><b>成文日期：</b></td><td>2024年03月08日</td></tr>
    <tr><td><b>标　　题：</b></td><td colspan="3">{TITLE}</td></tr>
    <tr><td><b>发文字号：</b></td><td>清政办发〔2024〕9号</td><td><b>发布日期：</b></td><td>2024年03月15日</td></tr></table>
    <table><tr><td><b>主 题 词：</b></td><td></td></tr></table></td></tr>
    <tr><td class="b12c" id="UCAP-CONTENT"><div class="trs_editor_view TRS_UEDITOR">
    <p align="center">某某市清江区人民政府办公室</p><p align="center">关于印发2024年清江区公共服务工作要点的通知</p>
    <p align="center">清政办发〔2024〕9号</p>{body()}</div></td></tr></table></body></html>""",
    {"index_number": "000014349/2024-00007", "document_number": "清政办发〔2024〕9号", "topic": "民政、扶贫\\其他", "issuer": "清江区人民政府办公室",
     "issued_on": "2024-03-08", "published_on": "2024-03-15"},
)  # fmt: skip
TRS = Family(
    "trs",
    f"""<html>{head(date="2024年03月15日")}<body>{TOP}{TRAIL}<h2 class="tit">{TITLE}</h2>
    <div class="info"><span>发布时间：2024-03-15</span><span>来源：区府办</span><span>浏览次数：<i>20</i></span></div>
    <div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{line-height:2}}</style><div class="Custom_UnionStyle">{body()}</div></div>
    {BOTTOM}</body></html>""",
    {"index_number": "", "issuer": "", "document_number": "", "issued_on": "2024-03-08", "published_on": "2024-03-15"},
)
GKMLPT = Family(
    "gkmlpt",
    f"""<html>{head()}<body style='visibility: hidden'>{TOP}<div class="classify"><table>
    <tr><td class="first">索引号：</td><td class="second">11440106718120458W/2024-8</td><td class="first">分类：</td><td class="second"></td></tr>
    <tr><td class="first">发布机构：</td><td class="second">清江区人民政府办公室</td><td class="first">成文日期：</td><td class="second">2024-03-08</td></tr>
    <tr><td class="first">名称：</td><td class="second" colspan="3">（转载）{TITLE}</td></tr>
    <tr><td class="first">文号：</td><td class="second">清政办发〔2024〕9号</td><td class="first">发布日期：</td><td class="second">2024-03-15</td></tr>
    <tr><td class="first">主题词：</td><td class="second"></td></tr></table></div>
    <div class="article-content policy-article"></div><h1 class="title">（转载）{TITLE}</h1>
    <div class="article-content">{body(' style="text-align: justify"')}</div>{BOTTOM}</body></html>""",
    {"index_number": "11440106718120458W/2024-8", "document_number": "清政办发〔2024〕9号", "category": "", "issuer": "清江区人民政府办公室",
     "issued_on": "2024-03-08", "published_on": "2024-03-15"},
)  # fmt: skip
NFCMS = Family(
    "nfcms",
    f"""<html>{head()}<body>{TOP}{TRAIL}<div class="xxgkcontop"><ul><li>统一编号： QJ0320240034</li><li>文　　号：清政办发〔2024〕9号</li>
    <li>发布机关：清江区人民政府办公室</li><li>文件状态：</li></ul></div><h1>{TITLE}</h1>
    <div class="content" id="info_cont"><div class="content_article" id="zoomcon">{body()}
    <p><a href="https://www.example.invalid/attachment/9518264.docx">附件：任务清单.docx</a></p></div></div>{BOTTOM}</body></html>""",
    {"document_number": "清政办发〔2024〕9号", "issuer": "清江区人民政府办公室", "index_number": "", "issued_on": "2024-03-08",
     "published_on": "2024-03-15"},
    "任务清单.docx",
)  # fmt: skip
_LONSUN = (
    "<table class='xxgk_{form}'><tr><td>索引号：</td><td>003188000/202403-00012</td><td>组配分类：</td><td>区政府办文件</td></tr>"
    "<tr><td>发布机构：</td><td>清江区人民政府办公室</td><td>主题分类：</td><td>综合政务</td></tr>"
    "<tr><td>名称：</td><td>{title}</td><td>文号：</td><td>清政办发〔2024〕9号</td></tr>"
    "<tr><td>成文日期：</td><td>2024-03-08</td><td>发布日期：</td><td>2024-03-15</td></tr></table>"
)
LONSUN = Family(
    "lonsun",
    f"""<html>{head()}<body>{TOP}{TRAIL}<div class="pc">{_LONSUN.format(form="pc", title=TITLE)}</div><div class="phone">
    {_LONSUN.format(form="phone", title=TITLE)}</div><h1 class="wztit">{TITLE}</h1><div class="j-fontContent newscontnet">{body()}</div>{BOTTOM}</body></html>""",
    {"index_number": "003188000/202403-00012", "category": "区政府办文件", "topic": "综合政务", "document_number": "清政办发〔2024〕9号",
     "issuer": "清江区人民政府办公室", "issued_on": "2024-03-08", "published_on": "2024-03-15"},
)  # fmt: skip
LISTED = Family(
    "label and value on two lines",
    f"""<html>{head()}<body>{TOP}<div class="xxgk-head"><ul><li><span>索 引 号</span><em>420324/2024-00031</em></li><li><span>发文日期</span><em>2024-03-15</em></li>
    <li><span>成文日期</span><em>2024-03-08</em></li><li><span>文件编号</span><em>清政办发〔2024〕9号</em></li><li><span>发文单位</span><em>区政府办公室</em></li>
    <li><span>公开范围</span><em>全部公开</em></li></ul></div><h1>{TITLE}</h1><div class="article">{body()}</div>{BOTTOM}</body></html>""",
    {"index_number": "420324/2024-00031", "document_number": "清政办发〔2024〕9号", "issuer": "区政府办公室", "audience": "全部公开",
     "issued_on": "2024-03-08", "published_on": "2024-03-15"},
)  # fmt: skip
HANDAN = Family(
    "strong labels",
    f"""<html>{head()}<body>{TOP}<div class="top cf"><div class="top-l"><p><strong>索引号</strong>：000215003/2024-00012</p>
    <p><strong>发布机构</strong>：清江区人民政府办公室</p><!-- <p><strong>主题分类</strong>：综合政务</p> --></div>
    <div class="top-r"><p><strong>发文字号</strong>：清政办发〔2024〕9号</p><p><strong>成文日期</strong>：2024年03月08日</p></div></div>
    <h1>{TITLE}</h1><div class="text">{body()}</div>{BOTTOM}</body></html>""",
    {"index_number": "000215003/2024-00012", "document_number": "清政办发〔2024〕9号", "issuer": "清江区人民政府办公室", "topic": "",
     "issued_on": "2024-03-08", "published_on": "2024-03-15"},
)  # fmt: skip
OLD = Family(
    "everything in one table",
    f"""<html><head><title>{TITLE}</title></head><body><table><tr><td>{TOP}</td></tr><tr><td><table id="article"><tr><td class="title">{TITLE}</td></tr>
    <tr><td>发布日期：2024-03-15 浏览次数：20 字体：[ 大 中 小 ]</td></tr><tr><td class="bt_content"><div id="zoom">{body()}</div></td></tr></table></td></tr>
    <tr><td>{BOTTOM}</td></tr></table></body></html>""",
    {"document_number": "", "issued_on": "2024-03-08", "published_on": "2024-03-15"},
)

FAMILIES = [JCMS, GOVCN, TRS, GKMLPT, NFCMS, LONSUN, LISTED, HANDAN, OLD]


@pytest.fixture(params=FAMILIES, ids=lambda family: family.name)
def family(request: pytest.FixtureRequest) -> Family:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def notice(family: Family) -> Notice:
    return read_bytes(family.page.encode(), "a.html")


def test_body_is_whole_and_in_order(notice: Notice) -> None:
    lines = notice.text.split("\n")
    wanted = COVER + ENCLOSED
    first = lines.index(COVER[0])
    assert [line for line in lines[first:] if line in wanted] == wanted
    tables = [block for block in notice.blocks if isinstance(block, Table) and block.hint != "metadata"]
    assert len(tables) == 1
    assert [[cell.text(notice) for cell in row if cell] for row in tables[0].grid()] == CELLS


def test_no_furniture_is_read(notice: Notice) -> None:
    assert [word for word in FURNITURE if word in notice.text] == []


def test_fields_are_right(family: Family, notice: Notice) -> None:
    result = find_document(notice, find_layout(notice))
    row = result.tables["documents"][0]
    assert {name: row[name] for name in family.fields} == family.fields
    assert row["title"] == TITLE
    assert row["enclosed_title"] == "2024年清江区公共服务工作要点"
    assert row["recipients"] == "各镇人民政府、街道办事处，区政府各部门"
    assert row["signatory"] == "某某市清江区人民政府办公室"
    assert (row["target_year"], row["region"], row["region_code"]) == (2024, "某某市清江区", "")
    assert [check["code"] for check in result.checks] == ["region_without_code"]


def test_parts_are_cover_letter_and_document(notice: Notice) -> None:
    layout = find_layout(notice)
    assert [part.title for part in layout.parts] == [TITLE, "2024年清江区公共服务工作要点"]
    assert [notice.text[block.start : block.end] for block in layout.parts[0].blocks] == [COVER[1]]
    inside = [notice.text[block.start : block.end] for block in layout.parts[1].blocks if not isinstance(block, Table)]
    assert inside == ENCLOSED[1:]


def test_files_are_attachments(family: Family, notice: Notice) -> None:
    rows = find_attachments(notice, find_layout(notice)).tables.get("attachments", [])
    assert [(row["name"], row["status"]) for row in rows] == ([(family.attachment, "linked")] if family.attachment else [])


def lines_of(inside: str) -> list[str]:
    return read_bytes(f"<html>{head()}<body>{inside}</body></html>".encode(), "a.html").text.split("\n")


def test_second_copy_of_the_whole_text_is_left_out_and_said() -> None:
    notice = read_bytes(f"<html>{head()}<body><div id='zoom'>{body()}{body()}</div></body></html>".encode(), "a.html")
    assert notice.text.split("\n").count(ENCLOSED[1]) == 1
    assert [remark.code for remark in notice.remarks] == ["text_repeated"]


def test_issuer_above_a_broken_title_is_no_repetition_of_the_signature() -> None:
    title = "<h1>某某市清江区人民政府办公室<br/>关于印发2024年清江区公共服务工作要点的通知</h1>"
    lines = lines_of(f"{TOP}<div class='article'>{title}{body()}</div>")
    assert lines[:2] == ["某某市清江区人民政府办公室", "关于印发2024年清江区公共服务工作要点的通知"]
    assert lines.count(COVER[2]) == 2


def test_titles_that_a_site_repeats_above_the_bodys_own_are_left_out() -> None:
    broken = "<p>某某市清江区人民政府办公室</p><p>关于印发2024年清江区公共服务工作要点的通知</p>"
    lines = lines_of(f"<div id='zoom'><h1>{TITLE}</h1>{broken}{body()}</div>")
    assert lines[:3] == ["某某市清江区人民政府办公室", "关于印发2024年清江区公共服务工作要点的通知", COVER[0]]


def test_list_of_links_with_dates_is_furniture() -> None:
    links = "".join(f'<li><a href="/{n}">关于开展第{n}批某某工作的通知</a><span>2024-01-1{n}</span></li>' for n in range(8))
    lines = lines_of(f"<table><tr><td><ul>{links}</ul></td><td><b>{TITLE}</b>{body()}</td></tr></table>")
    assert lines[:2] == [TITLE, COVER[0]]


def test_text_copy_whose_last_field_is_empty() -> None:
    fields = "索引号：1 发文字号：清政办发〔2024〕9号 成文日期：2024-03-08 公开方式："
    notice = read_bytes("\n\n".join([fields, TITLE, *COVER, *ENCLOSED]).encode(), "a.txt")
    row = find_document(notice, find_layout(notice)).tables["documents"][0]
    assert (row["title"], row["disclosure"], row["document_number"]) == (TITLE, "", "清政办发〔2024〕9号")


def test_text_copy_whose_fields_run_together() -> None:
    fields = "索引号:1133/2024-1主题分类:综合政务发文字号:清政办发〔2024〕9号成文日期:2024-03-08发布日期:2024-03-15"
    notice = read_bytes("\n\n".join([fields, TITLE, *COVER, *ENCLOSED]).encode(), "a.txt")
    row = find_document(notice, find_layout(notice)).tables["documents"][0]
    assert (row["index_number"], row["topic"], row["document_number"]) == ("1133/2024-1", "综合政务", "清政办发〔2024〕9号")
    assert (row["issued_on"], row["published_on"]) == ("2024-03-08", "2024-03-15")


def test_a_heading_that_the_field_block_agrees_with_beats_a_head_with_the_sites_name() -> None:
    title = "清江县人民政府办公室关于印发2026年工作要点的通知"
    fields = f"<table><tr><td>索 引 号</td><td>113412/202604-00012</td></tr><tr><td>名 称</td><td>{title}</td></tr><tr><td>发布日期</td><td>2026-04-10</td></tr></table>"
    text = "<p>现将工作要点印发给你们，请认真贯彻执行，抓好落实，确保完成。</p>" * 3
    for name in (f"清江县人民政府 政策文件 {title}", "清江县关于政务公开工作情况的通知"):
        page = f"<html><head><title>{name}</title></head><body>{fields}<h1>{title}</h1><div id='zoom'><p>各乡镇人民政府：</p>{text}<p>2026年4月8日</p></div></body></html>"
        notice = read_bytes(page.encode(), "page.html")
        assert find_document(notice, find_layout(notice)).tables["documents"][0]["title"] == title
