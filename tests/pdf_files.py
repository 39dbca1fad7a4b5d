"""PDF files made for tests: pages of text and lines, with a font that every reader knows the characters of."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

WIDTH, HEIGHT = 595, 842
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
    "/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>]>>"
)


def text_at(left: float, top: float, text: str, size: float = 12) -> bytes:
    """The drawing of a line of text: every character as wide as high; ``top`` is its upper edge from the top of the
    page.
    """
    coded = text.encode("utf-16-be").hex()
    return f"BT /F {size} Tf {left} {HEIGHT - top - size:.2f} Td <{coded}> Tj ET\n".encode()


def line(left: float, top: float, right: float, bottom: float) -> bytes:
    """The drawing of a ruled line."""
    return f"{left} {HEIGHT - top:.2f} m {right} {HEIGHT - bottom:.2f} l S\n".encode()


def table(
    left: float,
    top: float,
    widths: Sequence[float],
    heights: Sequence[float],
    cells: Sequence[tuple[int, int, int, int, str]],
    size: float = 12,
) -> bytes:
    """The drawing of a ruled table: cells as (row, column, row span, column span, text), the lines of a text one below
    the other.
    """
    xs = [left + sum(widths[:index]) for index in range(len(widths) + 1)]
    ys = [top + sum(heights[:index]) for index in range(len(heights) + 1)]
    drawn = b""
    for row, column, row_span, column_span, text in cells:
        x, y, right, bottom = xs[column], ys[row], xs[column + column_span], ys[row + row_span]
        drawn += (
            line(x, y, right, y)
            + line(x, bottom, right, bottom)
            + line(x, y, x, bottom)
            + line(right, y, right, bottom)
        )
        for number, part in enumerate(text.split("\n") if text else []):
            drawn += text_at(x + 5.4, y + 2 + number * (size + 2), part, size)
    return drawn


def make_pdf(
    pages: Sequence[bytes],
    packed: str = "",
    *,
    links: Sequence[tuple[float, float, float, float, str]] = (),
    form: bytes = b"",
    password: bool = False,
) -> bytes:
    """A PDF whose pages are these drawings; ``packed`` tells how the drawings are packed already, else zlib packs them.

    ``links`` are (left, top, right, bottom, address) on every page. ``form`` is a drawing /X that holds itself.
    """
    annotations = "".join(
        f"<</Type/Annot/Subtype/Link/Rect[{left} {HEIGHT - bottom} {right} {HEIGHT - top}]/A<</S/URI/URI({address})>>>>"
        for left, top, right, bottom, address in links
    )
    resources = f"/Resources<</Font<</F 3 0 R>>/XObject<</X 4 0 R>>>>/Annots[{annotations}]"
    first = 5
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        _FONT.encode(),
        _stream(form, "/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 4 0 R>>>>"),
    ]
    for number, drawn in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {first + 2 * number + 1} 0 R{resources}>>".encode()
        )
        objects.append(_stream(drawn if packed else zlib.compress(drawn), f"/Filter {packed or '/FlateDecode'}"))
    locked = (
        f"/ID[<{'00' * 16}><{'00' * 16}>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>"
        if password
        else ""
    )
    return _file(objects, locked)


def nested_forms(levels: int, times: int) -> bytes:
    """A PDF of one page and forms, each of which draws the next so many times; the last draws a word."""
    first = 6

    def drawn(at: int) -> str:
        return f"/Resources<</Font<</F 3 0 R>>/XObject<</X {first + at} 0 R>>>>"

    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
        _FONT.encode(),
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents 5 0 R{drawn(0)}>>".encode(),
        _stream(b"/X Do", ""),
    ]
    for level in range(levels):
        content = b"/X Do " * times if level < levels - 1 else text_at(72, 72, "托位")
        objects.append(_stream(content, f"/Type/XObject/Subtype/Form/BBox[0 0 {WIDTH} {HEIGHT}]{drawn(level + 1)}"))
    return _file(objects, "")


def _stream(data: bytes, dictionary: str) -> bytes:
    return f"<</Length {len(data)}{dictionary}>>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    written = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + end.encode()
