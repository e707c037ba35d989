"""A part of the page: a plot, what it says in words, and a table that stands on the page and in a CSV alike."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from codes.counts.counting import Figure
from web.admin.figures.reading import Bin, Length, Seen
from web.figures.charts import Request, Series, bars, ranks
from web.figures.numbers import number
from web.figures.wording import say
from web.words import _

Cell = int | str | None
Head = tuple[str, str]
"""Of a column: in a CSV, and on the page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its name in a CSV, its words on the page, its numbers."""

    key: str
    label: str
    values: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Told:
    """What a part is called in a CSV and on the page, and what it says in a line or two."""

    name: str
    title: str
    says: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page."""

    told: Told
    first: Head
    columns: Sequence[Head]
    rows: Sequence[Row]
    plot: Request | None
    note: str = ""
    """What to know of these numbers."""

    @property
    def csv_head(self) -> list[str]:
        """The first line of its CSV."""
        return [self.first[0], *(name for name, _ in self.columns)]

    def csv_rows(self) -> Iterator[list[Cell]]:
        """The other lines."""
        return ([row.key, *row.values] for row in self.rows)


def over_time(seen: Seen, figure: Figure, told: Told, words: Mapping[str, str]) -> Section:
    """The parts of a figure, hour by hour or day by day, one upon the other."""
    heads = [(part, say(words, part)) for part in words]
    rows = [row(one, [one.tally.of(figure)[part] if one.tally else None for part in words]) for one in seen.bins]
    plot = stacked(rows, [name for _, name in heads]) if seen.whole.total(figure) else None
    return Section(told, time_head(seen), heads, rows, plot)


def row(one: Bin, values: Sequence[Cell]) -> Row:
    """The line of an hour or a day."""
    return Row(one.key, one.label, values)


def time_head(seen: Seen) -> Head:
    """Of the column of hours or days."""
    return ("hour", _("Hour")) if seen.length is Length.DAY else ("day", _("Day"))


def stacked(rows: Sequence[Row], names: Sequence[str]) -> Request:
    """The columns of a table as bars over its lines."""
    series = [Series(name, [count(one.values[place]) for one in rows]) for place, name in enumerate(names)]
    return bars([one.label for one in rows], series)


def count(value: Cell) -> int:
    """What a cell adds to a bar."""
    return value if isinstance(value, int) else 0


def ranked(told: Told, first: Head, counts: Sequence[tuple[str, str, int]]) -> Section:
    """Numbers by something, in the order given, each with its name in a CSV and its words."""
    rows = [Row(key, label, [times]) for key, label, times in counts]
    says = told.says
    if counts:
        most = max(counts, key=lambda one: one[2])
        says += " " + _("Most: {what}, {count}.", what=most[1], count=number(most[2]))
    plot = ranks([(label, times) for _, label, times in counts]) if counts else None
    return Section(Told(told.name, told.title, says), first, [("count", _("Count"))], rows, plot)
