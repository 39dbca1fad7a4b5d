"""The test notices: where they are, in which forms, and what the tool makes of them."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract import read_bytes, read_notice
from extract.model import Notice
from normalize import normalize
from normalize.package import to_cell
from normalize.validation import validate
from tests.scoring.cases import read_cases, score_cases, to_notice
from tests.scoring.commitments import score_commitments
from tests.scoring.folding import Row
from tests.scoring.tables import Score, score_documents, score_keyed, score_ledger, score_spans

ROOT = Path(__file__).parents[2]
NOTICES = ROOT / "tests" / "notices"
#: Each group of the scores, and the folders of ``tests/notices`` whose notices are in it.
GROUPS = {"real": ("real",), "developed": ("real", "synthetic"), "unseen": ("unseen",)}

_FORMS = (".html", ".htm", ".docx", ".doc", ".txt")


@dataclass(frozen=True)
class TestNotice:
    """A notice with its gold tables, and its files: one a form."""

    __test__ = False  # not a test, whatever its name

    name: str
    folder: Path

    @property
    def origin(self) -> str:
        """``real``, ``synthetic`` or ``unseen``."""
        return self.folder.parent.name

    def files(self) -> dict[str, Path]:
        """The notice's files by form: ``html``, ``docx``, ``doc``, ``txt``."""
        folder = ROOT / "samples" if self.origin == "real" else self.folder
        found = {suffix.lstrip("."): folder / f"{self.name}{suffix}" for suffix in _FORMS}
        return {"html" if form == "htm" else form: path for form, path in found.items() if path.exists()}

    def gold(self) -> dict[str, list[Row]]:
        """The gold tables by name."""
        return {path.stem: _read_csv(path) for path in sorted((self.folder / "gold").glob("*.csv"))}

    def fingerprint(self) -> str:
        """Changes when a file or a gold table changes."""
        digest = hashlib.sha256()
        for path in [*self.files().values(), *sorted((self.folder / "gold").glob("*.csv"))]:
            digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()[:16]


def notices() -> Iterator[TestNotice]:
    """Every test notice, the real one first."""
    for origin in ("real", "synthetic", "unseen"):
        for folder in sorted((NOTICES / origin).glob("*/gold")):
            yield TestNotice(folder.parent.name, folder.parent)


def score_file(notice: TestNotice, path: Path) -> dict[str, Score]:
    """What the tool makes of one form of a notice, by table. A failing run scores nothing and says why."""
    gold = notice.gold()
    wanted = [table for table in ("documents", "sections", "tasks", "indicators", "commitments") if table in gold]
    try:
        text, found = _tables(read_notice(path))
    except Exception as error:  # whatever went wrong is a score of nothing, and the other notices are scored
        mistake = f"{type(error).__name__}: {error}"
        return {table: Score(0.0, {}, [mistake]) for table in (*wanted, "ledger", "spans")}
    scores: dict[str, Score] = {}
    for table in wanted:
        if table == "documents":
            scores[table] = score_documents(gold[table][0], found[table][0])
        elif table == "commitments":
            scores[table] = score_commitments(gold[table], found[table])
        else:
            scores[table] = score_keyed(table, gold[table], found[table])
    return scores | {"ledger": score_ledger(text, found["numerals"]), "spans": score_spans(text, found)}


def score_hard_cases() -> dict[str, Score]:
    """The score of the hard cases of quantities, by aspect."""
    cases = read_cases()
    _, found = _tables(read_bytes(to_notice(cases).encode("utf-8"), "cases.txt"))
    return score_cases(cases, found["commitments"])


def cases_fingerprint() -> str:
    return hashlib.sha256(to_notice(read_cases()).encode("utf-8")).hexdigest()[:16]


def _tables(notice: Notice) -> tuple[str, dict[str, list[Row]]]:
    """The text of a notice, and its tables with the cells as they stand in CSV."""
    tables = normalize(notice, "notice")
    validate(tables, {"notice": notice.text})
    found = {
        name: [{column: to_cell(value) for column, value in row.items()} for row in rows]
        for name, rows in tables.items()
    }
    return notice.text, found


def _read_csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
