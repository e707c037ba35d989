"""kill -9 at random points, while texts flow; and what must be true afterwards."""

import os
import signal
from collections.abc import Callable, Iterable
from random import Random
from threading import Event

from sqlalchemy import func, select, update
from sqlmodel import col

from codes.code import fold
from codes.meeting import meet
from codes.passes import CODE
from monitoring.cases.opening import open_case
from store import Store
from store.messages import OutboxMessage
from store.passes import Pass
from telephony.delivery import LEASE
from tests.proofs.posting import Poster
from tests.proofs.running import Running
from tests.proofs.traffic import Traffic
from tests.worker.process import until

MOST_TEXTS_BETWEEN, MOST_SECONDS_BETWEEN = 12, 0.03
_SENDING = col(OutboxMessage.state) == "sending"


def kill_web_workers(
    service: Running, traffic: Traffic, times: int, chance: Random, tell: Callable[[int], None]
) -> None:
    """Kills a web worker, whichever, after a few more texts and a moment; so often."""
    for number in range(times):
        goal = len(traffic.answered) + chance.randrange(1, MOST_TEXTS_BETWEEN)
        until(lambda goal=goal: len(traffic.answered) >= goal and service.web.workers, 60)  # type: ignore[misc]
        Event().wait(chance.uniform(0, MOST_SECONDS_BETWEEN))
        os.kill(chance.choice(service.web.workers), signal.SIGKILL)
        tell(number + 1)


def kill_horses(service: Running, phones: list[str], times: int, chance: Random, tell: Callable[[int], None]) -> int:
    """Opens cases, one telephone after the other, and kills the jobs that deliver the notices; how many were opened."""
    killed = 0
    for opened, phone in enumerate(phones, 1):
        isolate(service.store, phone)
        for _ in range(40):
            horses = service.worker.horses
            if horses:
                Event().wait(chance.uniform(0, MOST_SECONDS_BETWEEN))
                killed += _kill(horses[0])
                tell(killed)
                break
            Event().wait(0.005)
        if killed >= times:
            return opened
    raise AssertionError(f"{killed} jobs killed, not {times}: more telephones are needed")


def _kill(process: int) -> int:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return 0
    return 1


def isolate(store: Store, phone: str) -> None:
    """Opens a case for whoever is on this telephone."""
    with store.work() as work:
        holder, *_ = meet(work, phone).holders
        open_case(work, holder.id, "told to stay at home", "proofs")


def leases_end(store: Store) -> None:
    """Time passes for the texts that somebody died over."""
    with store.work() as work:
        rows = work.rows(select(col(OutboxMessage.id), col(OutboxMessage.due_at)).where(_SENDING))
        for row in rows:
            if row.due_at is not None:
                back = update(OutboxMessage).where(col(OutboxMessage.id) == row.id, _SENDING)
                work.run(back, due_at=row.due_at - LEASE)


def unsettled(store: Store) -> int:
    """Texts out that are not at their end."""
    with store.reading() as work:
        row = work.row(select(func.count()).where(col(OutboxMessage.settled_at).is_(None)))
    return int(row[0]) if row else 0


def lost_or_doubled(store: Store, codes: Iterable[str]) -> tuple[int, int]:
    """How many of the codes that were told have no pass; and how many passes have a code that nobody was told."""
    told = {store.keys.blind(CODE, fold(code)) for code in codes}
    with store.reading() as work:
        kept = [row.code_index for row in work.rows(select(col(Pass.code_index)))]
    return len(told - set(kept)), len(kept) - len(told & set(kept))


def answered_otherwise(poster: Poster, traffic: Traffic) -> list[str]:
    """Messages that, delivered again, are not answered byte for byte as before."""
    return [form["MessageSid"] for form, body in traffic.answered if poster.post(form).body != body]
