"""Pages for people: one HTML file a notice and one a comparison, which need no network and no other file.

They are made from what was written, not from what is in memory: whoever has a package can make its pages.
"""

from __future__ import annotations

from normalize.report.pages import write_comparison_report, write_report

__all__ = ["write_comparison_report", "write_report"]
