"""Pages of a PDF whose drawing ends where it is too much: what a small file draws again and again has no end else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pdfminer.layout import LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent
from pdfplumber.pdf import PDF

_MOST_DRAWN = 100_000  # characters, lines and pictures of one page; each takes the library some kilobytes
_FORM_COSTS = 10  # a form that is drawn takes the time of so many of them


class TooMuchDrawn(Exception):
    """A page draws more than a page of a notice does."""


def bounded_pages(document: PDF) -> Iterator[Page]:
    """The pages of a document, none of them drawn yet. Asked for what is on it, a page may raise ``TooMuchDrawn``."""
    for number, page in enumerate(PDFPage.create_pages(document.doc), 1):
        yield _BoundedPage(document, page, number)


class _BoundedPage(Page):
    @property
    def layout(self) -> LTPage:
        if not hasattr(self, "_layout"):
            device = _Device(self.pdf.rsrcmgr, pageno=self.page_number, laparams=self.pdf.laparams)
            PDFPageInterpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            self._layout = device.get_result()
        return self._layout


class _Device(PDFPageAggregatorWithMarkedContent):
    """What is drawn, counted."""

    _drawn = 0

    def _count(self, cost: int = 1) -> None:
        self._drawn += cost
        if self._drawn > _MOST_DRAWN:
            raise TooMuchDrawn

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        self._count()
        return super().render_char(*args, **kwargs)

    def paint_path(self, *args: Any, **kwargs: Any) -> None:
        self._count()
        super().paint_path(*args, **kwargs)

    def begin_figure(self, *args: Any, **kwargs: Any) -> None:
        self._count(_FORM_COSTS)
        super().begin_figure(*args, **kwargs)
