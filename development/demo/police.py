"""An officer's day: opens the shift, checks what people show, as people show it; and the supervisor's."""

from collections import Counter
from collections.abc import Mapping
from functools import partial

from development.demo.phrases import aloud
from development.demo.stage import CLOSES, OPENS, Story
from development.demo.streets import Streets
from development.demo.telephones import TownCall

PIN = "4821"
_MARKS: Mapping[str, str] = {"🟢": "green", "🟡": "amber", "🔴": "red"}
_LOOKS: Mapping[str, float] = {"valid": 62, "several": 12, "miscopied": 12, "over": 8, "sloppy": 6}
_BREAK, _ROUND = 12.0, 38.0
"""Minutes between two looks, at least and at most."""
_CALLS = 0.12
"""Of the looks; two codes are spelled in one call."""
_GOES_HOME = CLOSES - 60


class Verdicts(Counter[str]):
    """The marks that officers were shown."""

    def note(self, answer: str) -> None:
        """Counts the marks in an answer."""
        self.update({name: answer.count(mark) for mark, name in _MARKS.items()})


def officers_day(streets: Streets, number: str, verdicts: Verdicts) -> Story:
    """Checks codes until the evening."""
    minute = OPENS + streets.chance.uniform(20, 90)
    if streets.chance.once(0.4):
        yield streets.says(minute - OPENS, number, "СМЕНА 1111")
        minute += 3
        yield streets.says(3, number, f"СМЕНА {PIN}")
    else:
        yield streets.says(minute - OPENS, number, f"смена {PIN}")
    while minute < _GOES_HOME:
        pause = streets.chance.uniform(_BREAK, _ROUND)
        minute += pause
        yield from _looks(streets, number, pause, verdicts)


def guessing_day(streets: Streets, number: str, verdicts: Verdicts) -> Story:
    """Shown made-up codes all morning: three lock the telephone, a supervisor unlocks it, then it goes on."""
    yield streets.says(streets.chance.uniform(60, 120), number, f"SHIFT {PIN}")
    for _ in range(4):
        verdicts.note((yield streets.says(streets.chance.uniform(20, 50), number, streets.unknown_code())))
    yield streets.does(30, lambda: streets.office.unlock(number))
    for _ in range(12):
        yield from _looks(streets, number, streets.chance.uniform(_BREAK, _ROUND), verdicts)


def shown(streets: Streets, kind: str) -> str:
    """What an officer is shown and types, one of `_LOOKS` or ``unknown``; before there are passes, nothing to check."""
    codes = list(streets.passes)
    if not codes:
        return "статус"
    code = streets.chance.choice(codes)
    match kind:
        case "several":
            return " ".join(streets.chance.sample(codes, min(3, len(codes))))
        case "miscopied":
            return streets.miscopied(code)
        case "over" if streets.over:
            return streets.chance.choice(streets.over)
        case "sloppy":
            return code.replace("-", " ").lower()
        case "unknown":
            return streets.unknown_code()
        case _:
            return code


def spells(streets: Streets, number: str, codes: list[str]) -> None:
    """Rings the officers' line, keys the PIN, spells one code after the other."""
    call = TownCall(streets.carrier, streets.carrier.call(number), streets.lines).waits(2).presses(f"{PIN}#")
    for code in codes:
        call.waits(3).says(" ".join(aloud(code, "ru")).lower())
    call.waits(7).hangs_up()


def _looks(streets: Streets, number: str, after: float, verdicts: Verdicts) -> Story:
    codes = streets.chance.sample(list(streets.passes), min(2, len(streets.passes)))
    if codes and streets.chance.once(_CALLS):
        talk = partial(spells, streets, number, codes)
        if (yield streets.does(after, lambda: streets.lines.begin(talk))):
            return
        after = 1
    body = shown(streets, streets.chance.weighed(_LOOKS))
    verdicts.note((yield streets.says(after, number, body)))
