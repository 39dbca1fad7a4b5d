"""What a person sees of a run: a bar with rate and time left on a terminal, a line a file elsewhere, on stderr."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from extract.batch.work import Outcome
from extract.errors import on_one_line
from extract.names import to_text
from normalize.package import Failure


class Progress:
    """Told of every file when it is done; says nothing of a single file that went well."""

    def __init__(self, total: int, verbose: bool = False) -> None:
        self._total, self._verbose, self._done = total, verbose, 0
        self._ending = ExitStack()
        self._bar = None
        if total > 1 and sys.stderr.isatty():
            # Worth its import only where there is something to wait for.
            from tqdm import tqdm

            self._bar = self._ending.enter_context(tqdm(total=total, unit=" notices", smoothing=0.05, dynamic_ncols=True))

    def done(self, file: Path, outcome: Outcome) -> None:
        """Count a file, and say what became of it."""
        self._done += 1
        if self._bar is not None:
            self._bar.update()
        if outcome.failure is not None:
            if self._verbose:
                self.say(outcome.trace.rstrip("\n"))
            self.say(to_line(outcome.failure))
        elif self._total > 1 and self._bar is None:
            self.say(f"{on_one_line(to_text(str(file)))}: read ({self._done} of {self._total})")

    def say(self, line: str) -> None:
        """A line on stderr, above the bar."""
        if self._bar is not None:
            self._bar.clear()
        print(line, file=sys.stderr, flush=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ending.close()


def to_line(failure: Failure) -> str:
    """A failure as one line: file, place, cause, remedy."""
    where = f"{failure.file}: {failure.place}" if failure.place else failure.file
    return on_one_line(f"{where}: {failure.cause}; {failure.remedy}")
