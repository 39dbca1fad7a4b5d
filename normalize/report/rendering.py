"""Templates and files under ``page/`` to one HTML file that needs no other: styles, scripts and data stand in it.

Jinja escapes whatever a notice says. A content security policy lets only our own scripts run, told by their hashes, and lets
nothing be fetched.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from extract.version import VERSION
from normalize.package import GENERATOR
from normalize.report.labels import label

_FOLDER = Path(__file__).parent / "page"
_SCRIPTS = ("vendor/d3.min.js", "vendor/plot.umd.min.js", "charts.js", "page.js")
_EARLY_SCRIPT = "early.js"

#: What tells a page of ours from any other file.
MARK_OF_OURS = f'<meta name="generator" content="{GENERATOR} '


def render(template: str, **content: Any) -> str:
    """The page that a template makes of its content."""
    return _environment().get_template(template).render(
        content,
        label=label,
        style=Markup(_asset("page.css")),
        early=Markup(_asset(_EARLY_SCRIPT)),
        scripts=[Markup(_asset(name)) for name in _SCRIPTS],
        policy=_policy(),
        mark_of_ours=Markup(f'{MARK_OF_OURS}{VERSION}">'),
    )  # fmt: skip


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER, encoding="utf-8"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip


@cache
def _asset(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def _policy() -> str:
    hashes = (hashlib.sha256(_asset(name).encode("utf-8")).digest() for name in (_EARLY_SCRIPT, *_SCRIPTS))
    allowed = " ".join(f"'sha256-{base64.b64encode(one).decode('ascii')}'" for one in hashes)
    # The chart library sets styles on what it draws.
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
