"""Many at once: callers who wait between their keys as people do, and agents whose open pages ask again and again.

Texts come at the usual rate meanwhile, and nobody may notice.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from bench.calling import LABELS, STEPS, Call, calls_of
from bench.desk import places, tag_of
from bench.floor import PATH
from bench.measuring import Ground, new_prefix
from bench.overload import PEAK, issue_requests
from bench.pacing import Fate, Sent, Timed, paced, percentile, send
from bench.requests import Request
from bench.wrk import Trouble

CALLS = 100
PAGES = 200
PAUSE_S = (1.0, 3.0)
"""Between an answer and the next key; also after the code, until somebody else calls in their place. Callers who listen
to the end take longer, so that this is more than a hundred calls of theirs."""
POLL_S = 1.0
_LATEST_S = 2.0


@dataclass(frozen=True, slots=True)
class AtOnce:
    """How `many` at a time were answered, and the texts meanwhile."""

    many: int
    rate: float
    p50_ms: float
    p99_ms: float
    slowest_ms: float
    texts_p99_ms: float
    texts_slowest_ms: float


def calls_at_once(ground: Ground, seconds: int) -> AtOnce:
    """`CALLS` calls in progress all the time. Raises Trouble where one went otherwise than it was meant to."""
    prefix, chance = new_prefix("CA"), Random(2590)
    many = int(CALLS * (seconds + PAUSE_S[1]) / (STEPS * PAUSE_S[0]))
    waiting = iter(calls_of(ground.town, many, prefix))
    lines = [_line(waiting, chance, seconds) for _ in range(CALLS)]
    timed = [one for line in lines for one in line]
    found = _with_texts(ground, timed, seconds, CALLS)
    kept = ground.town.steps(prefix)
    if kept != Counter({(step, label): len(timed) // STEPS for step, label in enumerate(LABELS)}):
        raise Trouble(f"of {len(timed)} steps: {kept}")
    return found


def pages_at_once(ground: Ground, seconds: int) -> AtOnce:
    """`PAGES` open pages, half of them in a call and half waiting for one, each asking once a second."""
    chance = Random(2590)
    talking = [one.state for one in places(ground, PAGES // 2)]
    waiting = [one.line for one in places(ground, PAGES // 2, with_caller=False)]
    requests = [look(tag_of(ground, look())) for look in (*talking, *waiting)]
    timed = [one for request in requests for one in _every(request, POLL_S, chance.uniform(0, POLL_S), seconds)]
    return _with_texts(ground, timed, seconds, PAGES)


def _line(waiting: Iterator[Call], chance: Random, seconds: int) -> list[Timed]:
    """One line's calls, one after the other, each step after a pause."""
    at, timed = chance.uniform(0, PAUSE_S[1]), list[Timed]()
    while at < seconds:
        call = next(waiting)
        for step in range(STEPS):
            timed.append((at, call.step(step)))
            at += chance.uniform(*PAUSE_S)
    return timed


def _every(request: Request, period: float, first: float, seconds: int) -> list[Timed]:
    return [(first + turn * period, request) for turn in range(int(seconds / period))]


def _with_texts(ground: Ground, timed: Sequence[Timed], seconds: int, many: int) -> AtOnce:
    texts = paced(issue_requests(ground.town, int(PEAK * seconds)), PEAK)
    ground.databases.settle(ground.town.url)
    sent = send(ground.service.port, [*timed, *texts])
    if lost := [one for one in sent if one.fate is not Fate.ANSWERED or one.since_due > _LATEST_S]:
        raise Trouble(f"{len(lost)} of {len(sent)} were not answered in time, the first {lost[0]}")
    ours, theirs = ([one for one in sent if (one.request.path == PATH) is is_text] for is_text in (False, True))
    mine, other = _times_ms(ours), _times_ms(theirs)
    return AtOnce(
        many=many,
        rate=len(ours) / max(at for at, _ in timed),
        p50_ms=percentile(mine, 0.5),
        p99_ms=percentile(mine, 0.99),
        slowest_ms=max(mine),
        texts_p99_ms=percentile(other, 0.99),
        texts_slowest_ms=max(other),
    )


def _times_ms(sent: Sequence[Sent]) -> list[float]:
    """From when each was due."""
    return [one.since_due * 1000 for one in sent]
