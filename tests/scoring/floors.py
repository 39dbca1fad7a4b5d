"""Scores that have been reached, kept in ``tests/scores.json``: a later one may not fall below without its being meant."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).parents[1] / "scores.json"

#: What is scored: ``fenghua-2023/html``, ``cases``.
Subject = str
Scores = dict[Subject, dict[str, float]]

_DIGITS = 4


@dataclass
class Floors:
    """The scores reached, and the fingerprint of the files that each was reached on."""

    scores: Scores = field(default_factory=dict)
    fingerprints: dict[Subject, str] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path = FILE) -> Floors:
        if not path.exists():
            return cls()
        content = json.loads(path.read_text(encoding="utf-8"))
        return cls(content["scores"], content["fingerprints"])

    def save(self, path: Path = FILE) -> None:
        content = {"fingerprints": self.fingerprints, "scores": self.scores}
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


@dataclass
class Comparison:
    """Scores against their floors: what rose, what fell, and what is measured on other files than the floor was."""

    gains: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    unmeasured: list[str] = field(default_factory=list)


def compare(scores: Scores, fingerprints: dict[Subject, str], floors: Floors) -> Comparison:
    """Every score against its floor.

    >>> compare({"a/html": {"tasks": 0.9}}, {"a/html": "f"}, Floors({"a/html": {"tasks": 1.0}}, {"a/html": "f"})).losses
    ['a/html tasks 1.0000 → 0.9000']
    """
    result = Comparison()
    for subject, tables in scores.items():
        if subject not in floors.scores:
            result.unmeasured.append(f"{subject}: new")
            continue
        if fingerprints[subject] != floors.fingerprints.get(subject):
            result.unmeasured.append(f"{subject}: its files have changed")
        for table, value in tables.items():
            floor, value = floors.scores[subject].get(table, 0.0), round(value, _DIGITS)
            line = f"{subject} {table} {floor:.4f} → {value:.4f}"
            if value > floor:
                result.gains.append(line)
            elif value < floor:
                result.losses.append(line)
        gone = floors.scores[subject].keys() - tables.keys()
        result.losses += [f"{subject} {table} is no longer measured" for table in sorted(gone)]
    result.losses += [f"{subject} is no longer measured" for subject in floors.scores if subject not in scores]
    return result


def raised(scores: Scores, fingerprints: dict[Subject, str], floors: Floors, lower: bool = False) -> Floors:
    """New floors: each the higher of score and floor, or the score as it is where ``lower`` says so."""
    if lower:
        new = {
            subject: {table: round(value, _DIGITS) for table, value in tables.items()}
            for subject, tables in scores.items()
        }
        return Floors(new, dict(fingerprints))
    merged = {subject: dict(tables) for subject, tables in floors.scores.items()}
    for subject, tables in scores.items():
        own = merged.setdefault(subject, {})
        for table, value in tables.items():
            own[table] = max(own.get(table, 0.0), round(value, _DIGITS))
    return Floors(merged, {**floors.fingerprints, **fingerprints})
