"""``make score``: the test notices and the hard cases against their tables made by hand, and against the scores reached before.

python -m tests.score                              scores, gains and losses; fails where one has fallen
python -m tests.score --show fenghua-2024/html     every mistake of one (or: of all forms, of cases)
python -m tests.score --raise                      write higher floors to tests/scores.json
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from statistics import fmean

from tests.scoring.commitments import ATTRIBUTES
from tests.scoring.comparison import score_comparison_of
from tests.scoring.corpus import GROUPS, cases_fingerprint, notices, score_file, score_hard_cases
from tests.scoring.floors import Floors, Scores, compare, raised
from tests.scoring.tables import Score

_TABLES = ("documents", "sections", "tasks", "indicators", "commitments", "ledger", "spans", "comparison")


def main(arguments: Sequence[str] | None = None) -> int:
    """Score everything, print it; 0 where no score is under its floor."""
    parser = argparse.ArgumentParser(prog="python -m tests.score", description="Score the test notices.")
    parser.add_argument(
        "--show", metavar="NAME", default="", help="print the mistakes of what begins so: a notice, notice/form, cases"
    )
    parser.add_argument(
        "--raise", action="store_true", dest="raise_floors", help="write the scores that rose as floors"
    )
    parser.add_argument(
        "--lower-floors-on-purpose", action="store_true", help="write all scores as floors, lower ones too"
    )
    options = parser.parse_args(arguments)

    results: dict[str, dict[str, Score]] = {}
    fingerprints: dict[str, str] = {}
    groups: dict[str, list[dict[str, Score]]] = {group: [] for group in GROUPS}
    print(f"{'':34}" + "".join(f"{table:>12}" for table in _TABLES))
    for notice in notices():
        for form, path in notice.files().items():
            subject = f"{notice.name}/{form}"
            results[subject] = score_file(notice, path) | score_comparison_of(notice, path)
            fingerprints[subject] = notice.fingerprint()
            print(_line(subject, {table: score.value for table, score in results[subject].items()}))
            for group, origins in GROUPS.items():
                if notice.origin in origins:
                    groups[group].append(results[subject])
    for group, members in groups.items():
        if members:
            print(_line(f"mean of {group}", _means(members)))
            print(
                f"{'':4}{group}, of commitments: "
                + ", ".join(f"{name} {value:.3f}" for name, value in _attributes(members).items())
            )
    try:
        cases = score_hard_cases()
    except Exception as error:  # said here, and a loss below where there are floors
        print(f"hard cases: {type(error).__name__}: {error}")
    else:
        results["cases"] = cases
        fingerprints["cases"] = cases_fingerprint()
        counts = (f"{name} {score.counts['right']}/{score.counts['cases']}" for name, score in sorted(cases.items()))
        print("hard cases understood: " + ", ".join(counts))

    if options.show:
        for subject, tables in results.items():
            if subject.startswith(options.show):
                for table, score in tables.items():
                    for mistake in score.mistakes:
                        print(f"{subject} {table}: {mistake}")

    scores: Scores = {
        subject: {table: score.value for table, score in tables.items()} for subject, tables in results.items()
    }
    floors = Floors.load()
    comparison = compare(scores, fingerprints, floors)
    for sign, lines in (("+", comparison.gains), ("-", comparison.losses), ("?", comparison.unmeasured)):
        for line in lines:
            print(sign, line)
    if options.raise_floors or options.lower_floors_on_purpose:
        raised(scores, fingerprints, floors, lower=options.lower_floors_on_purpose).save()
    if comparison.losses and not options.lower_floors_on_purpose:
        print(f"{len(comparison.losses)} under their floor", file=sys.stderr)
        return 1
    return 0


def _line(name: str, values: dict[str, float]) -> str:
    return f"{name:34}" + "".join(f"{values[table]:12.4f}" if table in values else f"{'':12}" for table in _TABLES)


def _means(members: Sequence[dict[str, Score]]) -> dict[str, float]:
    """The mean of each table over the notices that have gold for it."""
    return {
        table: fmean(scores[table].value for scores in members if table in scores)
        for table in _TABLES
        if any(table in scores for scores in members)
    }


def _attributes(members: Sequence[dict[str, Score]]) -> dict[str, float]:
    """The mean of each attribute of commitments over the notices where it was asked."""
    counted = [scores["commitments"].counts for scores in members if "commitments" in scores]
    return {
        name: fmean(counts[name] for counts in counted if name in counts)
        for name in ("precision", "recall", *ATTRIBUTES)
        if any(name in counts for counts in counted)
    }


if __name__ == "__main__":
    sys.exit(main())
