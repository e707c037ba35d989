"""All parts of the page, and the few big numbers above them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from codes.counts.counting import Figure
from codes.counts.tallies import Tally
from web.admin.figures.moving import answers, line, passes, review, texts
from web.admin.figures.reading import Seen
from web.admin.figures.standing import channels, districts, inspections, refused, texts_out
from web.admin.figures.tables import Section
from web.figures.numbers import milliseconds, number, percent
from web.words import _

_PARTS: Sequence[Callable[[Seen], Section | None]] = (
    *(passes, channels, texts, answers, refused, review, line, inspections, districts, texts_out),
)


@dataclass(frozen=True, slots=True)
class Big:
    """A number to see at once, and what it was before."""

    title: str
    now: str
    before: str


def sections(seen: Seen) -> list[Section]:
    """The parts that there is something to say of, in the order of the page."""
    return [one for one in (part(seen) for part in _PARTS) if one is not None]


def big_numbers(seen: Seen) -> list[Big]:
    """The whole in a few numbers, each with that of the day or week before."""
    return [Big(title, told(seen.whole), told(seen.before)) for title, told in _bigs()]


def _bigs() -> list[tuple[str, Callable[[Tally], str]]]:
    return [
        (_("Passes"), lambda one: number(one.total(Figure.PASSES))),
        (_("Texts in"), lambda one: number(one.total(Figure.TEXTS_IN))),
        (_("Understood"), _understood),
        (_("95 of 100 answered within"), lambda one: milliseconds(one.time(Figure.ANSWERED, 0.95))),
        (_("Refused"), lambda one: number(one.total(Figure.REFUSED))),
        (_("Inspections"), lambda one: number(one.total(Figure.INSPECTED))),
        (_("Callers for an agent"), lambda one: number(one.total(Figure.CALLS))),
    ]


def _understood(one: Tally) -> str:
    kinds = one.of(Figure.TEXTS_IN)
    return percent(kinds.total() - kinds["not_understood"], kinds.total())
