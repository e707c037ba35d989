"""Texts at a given rate: Greece's peak, and twice what the service carries."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import col

from bench.measuring import Ground, new_prefix
from bench.pacing import Fate, Sent, paced, percentile, send
from bench.requests import Request, write_requests
from bench.texts import numbered
from bench.town import Town
from bench.wrk import Trouble, press
from codes.code import read_code, unprefixed
from codes.invariants import broken
from codes.passes import CODE
from codes.regimes import in_force
from language.wording import say
from store.passes import Pass

PEAK = 125
"""Texts a second: Greece, spring 2020, at its busiest."""
LATEST_S = 4.0
_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
_UNDER_BUSY = 60
"""Connections at once: fewer than 64 in flight are never told to come again."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What became of texts that came at a rate: percentiles from when each was due, `slowest_s` from its connection."""

    rate: float
    sent: int
    passes: int
    busy: int
    apologies: int
    refused: int
    broken: int
    p50_ms: float
    p99_ms: float
    slowest_s: float


def warm(ground: Ground) -> None:
    """A few texts, so that each process has read the order and built its vocabulary."""
    send(ground.service.port, paced(issue_requests(ground.town, 100), 25))


def issue_requests(town: Town, many: int) -> list[Request]:
    """Requests for a pass, each from somebody else."""
    return [text.request() for text in numbered(new_prefix(), town.issue_texts(many))]


def offer(ground: Ground, rate: float, seconds: int) -> Offered:
    """Requests for a pass, each from somebody else, at `rate` a second. Raises Trouble where something is half done."""
    requests = issue_requests(ground.town, int(rate * seconds))
    ground.databases.settle(ground.town.url)
    sent = send(ground.service.port, paced(requests, rate))
    answered = [one for one in sent if one.fate is Fate.ANSWERED]
    fates, said = Counter(one.fate for one in sent), Counter(map(_Kinds(ground.town), answered))
    _want_sound(ground.town, answered)
    times = [one.since_due for one in answered] or [0.0]
    return Offered(
        rate=rate,
        sent=len(sent),
        passes=said["pass"],
        busy=said["busy"],
        apologies=said["apology"],
        refused=fates[Fate.REFUSED],
        broken=fates[Fate.BROKEN],
        p50_ms=percentile(times, 0.5) * 1000,
        p99_ms=percentile(times, 0.99) * 1000,
        slowest_s=max(one.since_connected for one in answered),
    )


def busy_below_64(ground: Ground, seconds: int) -> int:
    """How many were told "busy" while sixty were in flight: a busy answer is not kept, all others are."""
    prefix = new_prefix()
    texts = numbered(prefix, ground.town.issue_texts(2500 * seconds))
    file = write_requests((text.request() for text in texts), ground.folder / "sixty.texts")
    answered = press(ground.service.url, file, seconds, _UNDER_BUSY).answered
    return max(0, answered - ground.town.answers(prefix, "granted").kept)


class _Kinds:
    """Tells a pass from "busy" and from an apology."""

    def __init__(self, town: Town) -> None:
        with town.store.reading() as work:
            regime = in_force(work).regime
        self._said = {name: say(name, regime.default_language, regime) for name in ("busy", "apology")}

    def __call__(self, one: Sent) -> str:
        if _CODE.search(one.answer):
            return "pass"
        return next((name for name, words in self._said.items() if words in one.answer), "other")


def _want_sound(town: Town, answered: Sequence[Sent]) -> None:
    """Every pass that somebody was told of is there, once; and no row is without its others."""
    codes = [found.group() for one in answered if (found := _CODE.search(one.answer))]
    with town.store.reading() as work:
        shape = in_force(work).regime.code
        indexes = [work.keys.blind(CODE, unprefixed(read_code(code, shape).text, shape)) for code in codes]
        kept = 0
        for start in range(0, len(indexes), 500):
            among = select(func.count()).where(col(Pass.code_index).in_(indexes[start : start + 500]))
            kept += work.row(among)[0]
        faults = broken(work)
    if kept != len(codes) or len(set(codes)) != len(codes) or faults:
        raise Trouble(f"{len(codes)} passes were told, {kept} are kept; {faults}")
