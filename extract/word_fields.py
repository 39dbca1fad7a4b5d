"""Fields of Word files: what a field prints that keeps no result of its own, and where one leads."""

from __future__ import annotations

import re

from extract.symbols import from_symbol_font

_KIND = re.compile(r"\s*([A-Za-z]+)")
_LINK = re.compile(r'\s*HYPERLINK\s+(?!\\)(?:"([^"]{1,2000})"|(\S{1,2000}))', re.IGNORECASE)
_SYMBOL = re.compile(r'\s*SYMBOL\s+(0x[0-9A-Fa-f]{1,4}|\d{1,5})(?:.*?\\f\s*"?([^"\\]{1,60}))?', re.IGNORECASE)
#: What an EQ field lays over its other argument to make ①: \o\ac(○,1).
_RINGS = "○〇◯О"
_CIRCLED = {
    str(number): sign
    for number, sign in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿", 1)
}
_CIRCLED |= dict(zip("一二三四五六七八九十", "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉", strict=True))
_EQ_TOKEN = re.compile(r"\\([a-z]+)\s*\d*|([(),;])|((?:[^\\(),;]|\\[^a-z])+)", re.IGNORECASE)
#: Fields that print nothing, or only what the pages, headers and dialogs of Word need.
_SILENT = {
    "TC",
    "XE",
    "RD",
    "TA",
    "PAGE",
    "NUMPAGES",
    "SECTIONPAGES",
    "SECTION",
    "SET",
    "ASK",
    "FILLIN",
    "NEXT",
    "PRIVATE",
    "ADVANCE",
    "GOTOBUTTON",
    "MACROBUTTON",
}


def link_of(code: str) -> str:
    """Where a HYPERLINK field leads; empty for another field and for a place in the document itself.

    >>> link_of(' HYPERLINK "http://www.example.gov.cn/a.doc" '), link_of(' HYPERLINK \\\\l "_Toc1" '), link_of(" PAGE ")
    ('http://www.example.gov.cn/a.doc', '', '')
    """
    match = _LINK.match(code)
    return (match[1] or match[2]) if match else ""


def text_of(code: str) -> str | None:
    """What a field without a result prints; ``None`` where that is not known.

    >>> text_of(" eq \\\\o\\\\ac(○,21) "), text_of(" EQ \\\\f(1,2)"), text_of(" SYMBOL 254 \\\\f Wingdings "), text_of(" PAGE "), text_of(" AUTONUM ")
    ('㉑', '1/2', '☑', '', None)
    """
    kind = match[1].upper() if (match := _KIND.match(code)) else ""
    if kind == "EQ":
        return _equation(code[len(match[0]) if match else 0 :])
    if kind == "SYMBOL" and (symbol := _SYMBOL.match(code)):
        number = int(symbol[1], 0) if symbol[1].lower().startswith("0x") else int(symbol[1])
        return from_symbol_font(chr(number), (symbol[2] or "").strip()) if 0x20 <= number < 0xD800 else None
    return "" if not kind or kind in _SILENT else None


def _equation(code: str) -> str:
    """The arguments of an EQ field in their order: a fraction with its stroke, a ringed number as one sign."""
    stack: list[tuple[str, list[str]]] = [("", [""])]
    switch = ""
    for token in _EQ_TOKEN.finditer(code[:2000]):
        name, sign, text = token[1], token[2], token[3]
        if name:
            switch = switch or name.lower()
        elif sign == "(":
            stack.append((switch, [""]))
            switch = ""
        elif sign == ")" and len(stack) > 1:
            kind, arguments = stack.pop()
            stack[-1][1][-1] += _joined(kind, [argument.strip() for argument in arguments])
            switch = ""
        elif sign in (",", ";") and len(stack) > 1:
            stack[-1][1].append("")
        elif text and len(stack) > 1:
            stack[-1][1][-1] += text
    return "".join("".join(arguments) for _, arguments in stack).strip()


def _joined(kind: str, arguments: list[str]) -> str:
    if kind == "o" and len(arguments) == 2 and arguments[0] in _RINGS:
        return _CIRCLED.get(arguments[1], arguments[1])
    return ("/" if kind == "f" else "").join(arguments)
