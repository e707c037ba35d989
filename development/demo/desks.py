"""Beside streets: agents take calls, a clerk decides appeals, the line has its troubles; the day is told in lines."""

from collections import Counter
from functools import partial
from threading import Event, Thread

from development.demo.accounts import PLAYED, code_at
from development.demo.agents import AgentAtDesk
from development.demo.browser import Browser
from development.demo.chance import Chance
from development.demo.police import Verdicts
from development.demo.stage import OPENS, Stage, Step, Story
from development.demo.streets import Streets
from store.work import system_clock

_TROUBLES = (
    (8.5, "duplicate", 60, None),
    (10.0, "lost_response", 60, 12),
    (11.5, "receipts_delayed", 90, None),
    (12.8, "unreachable", 30, 6),
    (13.5, "429", 60, 3),
    (15.0, "receipts_reordered", 60, None),
    (16.5, "created_then_reset", 60, 2),
    (18.0, "5xx", 60, 2),
    (19.5, "receipts_doubled", 60, None),
)
"""Hour, fault, minutes, strikes at most."""
_LINE_EVERY_S = 5


def open_call_centre(streets: Streets, address: str) -> list[Thread]:
    """Sits the agents down at their desks; `address` is where the pages are. They work until the lines are over."""
    working = []
    for name, number in PLAYED:
        dice = Chance(streets.chance.getrandbits(32))
        agent = AgentAtDesk(
            name, number, Browser(address), streets.carrier, dice, streets.office.is_yours, streets.lines
        )
        working.append(Thread(target=agent.works, name=name, daemon=True))
        working[-1].start()
    return working


def clerks_day(streets: Streets) -> Story:
    """Decides appeals every two hours."""
    for _ in range(6):
        yield streets.does(135, streets.office.decide_appeals)


def troubled_line(streets: Streets) -> Story:
    """Troubles of the carrier, switched on and off."""
    minute = OPENS
    for hour, fault, lasts, times in _TROUBLES:
        yield Step(hour * 60 - minute, partial(streets.carrier.trouble, fault, times))
        yield Step(lasts, partial(streets.carrier.no_trouble, fault))
        minute = hour * 60 + lasts


class Bulletin:
    """The day in lines: the service's own figures since the start, and what officers saw."""

    def __init__(self, streets: Streets, stage: Stage, verdicts: Verdicts) -> None:
        self._streets = streets
        self._stage = stage
        self._verdicts = verdicts
        self._day = streets.office.today()
        self._before = streets.office.counted(self._day)

    def tell_until(self, over: Event) -> None:
        """Prints a line each few seconds of real time."""
        while not over.wait(_LINE_EVERY_S):
            troubles = self._streets.carrier.troubles()
            print(self.line() + (f"  trouble: {', '.join(troubles)}" if troubles else ""), flush=True)

    def line(self) -> str:
        """How things stand."""
        now = self._streets.office.counted(self._day)
        passes, refused, asked = (new - old for new, old in zip(now, self._before, strict=True))
        seen: Counter[str] = self._verdicts
        marks = ", ".join(f"{seen[mark]} {mark}" for mark in ("green", "amber", "red"))
        told = self._streets.carrier.told
        clock = f"{int(self._stage.minute) // 60:02}:{int(self._stage.minute) % 60:02}"
        calls = f"calls {told['calls']:3}, agents {told['attended']:2}"
        return (
            f"{clock}  texts {told['texts']:4}  {calls}  passes {passes:3}  refused {refused:3}  asked back {asked:3}"
            f"  checks {marks}  code {code_at(system_clock())}"
        )
