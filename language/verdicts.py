"""What an officer's text is answered with: a line a code, within the segments that many codes may take."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from types import MappingProxyType
from typing import Final

from codes.outcomes import Mark, Verdict
from codes.regime import Regime
from language.saying import say
from language.segments import count_segments

MARKS: Final[Mapping[Mark, str]] = MappingProxyType({Mark.GREEN: "🟢", Mark.AMBER: "🟡", Mark.RED: "🔴"})
_LAST_SIGNS: Final = 4
_PURPOSE_WIDTHS: Final = (12, 8, 5, 3, 2, 0)


def verdicts(outcomes: Sequence[Verdict], language: str, regime: Regime) -> str:
    """The lines in the order asked. One code takes one segment, two take two, each two more one more.

    The fullest form that fits is taken: the code as understood and the whole purpose; with the purpose cut; the code's
    last signs only. Times are always with their date, so that equal verdicts are equal texts whenever they are read.
    """
    budget = segments_for(len(outcomes))
    mercy = [say("verdict_grace", language, regime)] if any(verdict.grace for verdict in outcomes) else []
    text = ""
    for lines in _forms(outcomes, language, regime):
        text = ("\n" if len(lines) > 1 else " ").join(lines + mercy)
        if count_segments(text).segments <= budget:
            break
    return text


def segments_for(codes: int) -> int:
    """How many segments the answer about so many codes may take."""
    return codes if codes <= 2 else 2 + ceil((codes - 2) / 2)


def _forms(outcomes: Sequence[Verdict], language: str, regime: Regime) -> Iterator[list[str]]:
    yield [_line(verdict, language, regime, "verdict") for verdict in outcomes]
    if len(outcomes) <= 2:
        for width in _PURPOSE_WIDTHS:
            yield [_line(verdict, language, regime, "verdict", width) for verdict in outcomes]
    for width in _PURPOSE_WIDTHS:
        yield [_line(verdict, language, regime, "brief", width) for verdict in outcomes]


def _line(verdict: Verdict, language: str, regime: Regime, form: str, width: int | None = None) -> str:
    brief = form == "brief"
    line = say(
        f"{form}_{verdict.kind}",
        language,
        regime,
        mark=MARKS[verdict.mark],
        shown=verdict.shown[-_LAST_SIGNS:] if brief else verdict.shown,
        purpose=verdict.purpose[:width].rstrip(" ,"),
        valid_from=verdict.valid_from,
        valid_until=verdict.valid_until,
        initials=verdict.initials.replace(".", "") if brief else verdict.initials,
        tail=verdict.document_tail,
    )
    return " ".join(line.split())
