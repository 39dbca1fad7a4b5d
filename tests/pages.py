"""Small pages made by tests: lines of a notice, set as paragraphs."""

from __future__ import annotations

from html import escape

from extract import read_bytes
from extract.model import Notice
from normalize import normalize
from normalize.schema import Tables

TITLE = "某区人民政府办公室关于印发2026年某区重点工作任务的通知"
HEAD = (TITLE, "某政办发〔2026〕7号", "各镇人民政府、街道办事处：", "现将重点工作任务印发给你们，请认真贯彻执行。", "某区人民政府办公室", "2026年1月20日")


def page(lines: list[str], head: tuple[str, ...] = HEAD) -> Notice:
    """A notice of these lines below a usual head; a line that begins with < is taken as markup."""
    body = "".join(line if line.startswith("<") else f"<p>{escape(line)}</p>" for line in (*head, *lines))
    return read_bytes(f"<html><head><meta charset='utf-8'></head><body><div id='zoom'>{body}</div></body></html>".encode(), "page.html")


def tables(lines: list[str], head: tuple[str, ...] = HEAD) -> Tables:
    """The tables of such a notice."""
    return normalize(page(lines, head), "page")
