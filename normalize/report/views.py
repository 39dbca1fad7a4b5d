"""Tables as a page shows them: few columns, each cell with what it is sorted by, each row with its places in the text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from normalize.report.labels import Label, label

#: A filter with more choices than this is no help.
_MOST_CHOICES = 60


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one of the page's texts; ``text`` counts them from 0."""

    text: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says. ``label`` stands for it where it is a word of ours; ``sort`` is a number to sort by, ``note`` a tooltip."""

    text: str
    label: Label | None = None
    sort: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its CSS classes (``extra``: not printed), and whether rows can be chosen by its values.

    A list of values (A、B) is chosen by each.
    """

    heading: Label
    style: str = ""
    is_choice: bool = False


@dataclass(slots=True)
class Line:
    """One row of a view. ``number`` is its own on the whole page; ``style`` a CSS class; ``leads_to`` another row that it is about."""

    number: int
    cells: list[Cell]
    places: tuple[Place, ...] = ()
    style: str = ""
    leads_to: int = 0


@dataclass(slots=True)
class View:
    """A table of the page; the first cell of a line is its name."""

    name: str
    columns: list[Column]
    lines: list[Line] = field(default_factory=list)

    @property
    def label(self) -> Label:
        return label("view", self.name)

    def without_empty_columns(self) -> View:
        """The view without the columns in which no line says anything; the first stays."""
        kept = [
            place
            for place in range(len(self.columns))
            if not place or any(line.cells[place].text for line in self.lines)
        ]
        lines = [replace(line, cells=[line.cells[place] for place in kept]) for line in self.lines]
        return View(self.name, [self.columns[place] for place in kept], lines)

    def choices(self, place: int) -> list[Cell]:
        """The different values of a column, in order of appearance; none where choosing is no help."""
        found: dict[str, Cell] = {}
        for line in self.lines:
            cell = line.cells[place]
            for part in cell.text.split("、"):
                if part:
                    found.setdefault(part, Cell(part, cell.label))
        return list(found.values()) if 1 < len(found) <= _MOST_CHOICES else []


class Numbering:
    """Gives every row of a page its number, and tells it again by table and key."""

    def __init__(self) -> None:
        self.by_key: dict[tuple[str, str], int] = {}
        self._next = 0

    def number(self, table: str, key: str) -> int:
        self._next += 1
        self.add(table, key, self._next)
        return self._next

    def add(self, table: str, key: str, line: int) -> None:
        """Let another key lead to a line that has its number."""
        self.by_key[table, key] = line


def word(column: str, value: str) -> Cell:
    """A cell whose value is a word of ours: ``binding``."""
    return Cell(value, label(column, value)) if value else Cell("")


def number(text: str, sort: str, note: str = "") -> Cell:
    """A cell with a number in it."""
    return Cell(text, sort=sort, note=note)


def join_parts(*parts: str) -> str:
    """Parts that say something, with a blank between them."""
    return " ".join(part for part in parts if part)
