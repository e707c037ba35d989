"""Machines that look, by the API or handing in later."""

from datetime import datetime

from sqlalchemy import select

from codes.code import draw_code
from codes.meeting import meet
from codes.outcomes import VerdictKind
from codes.police.clients import Client, Scope, add_client, client_with
from codes.police.handing_in import HandedIn, hand_in
from codes.police.inspecting import Inspected, inspect
from codes.police.sought import Seen, Sought, sought_code
from codes.regimes import in_force
from codes.signed.signing import Signing
from store import Work
from store.officers import Inspection
from tests.codes.counter import ANN, Counter

KINDS = VerdictKind


def hired(counter: Counter, *, guesses: int = 3, name: str = "Turnstile 1", zone: str | None = None) -> Client:
    with counter.store.work() as work:
        key = add_client(work, name, frozenset({Scope.INSPECT}), "tests", zone, 600, guesses)
    return known(counter, key)


def known(counter: Counter, key: str) -> Client:
    with counter.store.reading() as work:
        found = client_with(work, key)
    assert found is not None
    return found


def token(counter: Counter, signing: Signing, phone: str = ANN) -> str:
    with counter.store.work() as work:
        holder = meet(work, phone).holders[0]
        return signing.sign(work, holder.live[-1], holder)


def look(counter: Counter, who: Client, *sought: Sought) -> Inspected:
    with counter.store.work() as work:
        return inspect(work, in_force(work), who, sought, "en", "api")


def seen_code(counter: Counter, code: str, nonce: str, at: datetime, told: str | None = None) -> Sought:
    with counter.store.reading() as work:
        return sought_code(code, in_force(work), Seen(nonce, at, told))


def handed(counter: Counter, who: Client, *sought: Sought) -> HandedIn:
    with counter.store.work() as work:
        return hand_in(work, in_force(work), who, sought, "en", "offline")


def unknown(counter: Counter) -> str:
    shape = counter.who(ANN).terms.regime.code
    return draw_code(shape, counter.clock.now.date(), counter.store.random)


def kept(work: Work) -> list[tuple[str, str | None, str | None]]:
    return sorted((row.verdict, row.nonce, row.told) for row in work.rows(select(Inspection)))
