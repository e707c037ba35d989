"""What a telephone saw without network: handed in, judged as of then, each look once."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from codes.signed.signing import Signing
from store import Store
from store.columns import table
from store.officers import Inspection
from tests.clock import Clock
from tests.codes.counter import ANN, Counter
from tests.web.police.conftest import Duty, token_for
from tests.web.reading import csrf

NONCE = "0b1e6c3a-0000-4000-8000-00000000000"


def looks(store: Store) -> list[Any]:
    kept = table(Inspection)
    with store.reading() as work:
        return list(work.rows(select(kept).order_by(kept.c.nonce)))


def hand_in(client: FlaskClient, *looks: object) -> list[str]:
    key = {"X-CSRFToken": csrf(client, "/police")}
    answer = client.post("/police/looks", json={"looks": list(looks)}, headers=key)
    assert answer.status_code == 200
    return list(answer.get_json()["settled"])


def seen(clock: Clock, place: int, kind: str, typed: str, told: str = "green") -> dict[str, str]:
    """A look of now, to be handed in later."""
    return {"nonce": f"{NONCE}{place}", "kind": kind, "typed": typed, "seen_at": clock.now.isoformat(), "told": told}


def test_a_look_is_judged_as_of_then_and_stored_once(
    on_shift: FlaskClient, counter: Counter, signing: Signing, store: Store, clock: Clock, duty: Duty
) -> None:
    counter.grant(ANN, 8)
    look, moment = seen(clock, 1, "token", token_for(counter, signing)), clock.now
    clock.pass_by(hours=2)

    first, second = hand_in(on_shift, look), hand_in(on_shift, look, look)

    assert first == second == [look["nonce"]]
    (kept,) = looks(store)
    assert (kept.verdict, kept.told, kept.officer_id, kept.channel) == ("valid", "green", duty.id, "page")
    assert (kept.seen_at, kept.stored_at) == (moment, clock.now)


def test_looks_of_every_kind_are_taken_and_those_that_can_be_none_are_dropped(
    on_shift: FlaskClient, counter: Counter, store: Store, clock: Clock
) -> None:
    code = counter.grant(ANN, 8).code

    settled = hand_in(
        on_shift,
        seen(clock, 1, "code", code, "amber"),
        seen(clock, 2, "token", "https://pass.example/q#forged.token", "red"),
        seen(clock, 3, "plate", "Т111МО777", "amber"),  # the order binds none
    )

    assert settled == [f"{NONCE}{place}" for place in (1, 2, 3)]
    assert [(one.verdict, one.told) for one in looks(store)] == [("valid", "amber"), ("mistyped", "red")]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "odd",
    [
        {"nonce": "short"},
        {"nonce": None},
        {"seen_at": "yesterday"},
        {"seen_at": "2026-06-03T12:00:00"},
        {"told": "purple"},
        {"typed": ""},
        {"typed": "x" * 501},
        {"kind": 7},
    ],
)
def test_what_is_no_look_is_left_out(
    on_shift: FlaskClient, counter: Counter, store: Store, clock: Clock, odd: dict[str, Any]
) -> None:
    code = counter.grant(ANN, 8).code
    good = seen(clock, 1, "code", code)

    assert hand_in(on_shift, {**seen(clock, 2, "code", code), **odd}, good, "no look") == [good["nonce"]]
    assert len(looks(store)) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("said", [{}, [], {"looks": 1}, {"looks": [1] * 101}])
def test_what_hands_nothing_in_is_refused(on_shift: FlaskClient, said: object) -> None:
    key = {"X-CSRFToken": csrf(on_shift, "/police")}

    assert on_shift.post("/police/looks", json=said, headers=key).status_code == 400


def test_what_the_telephone_knows_of_a_shift_names_nobody(on_shift: FlaskClient, duty: Duty, clock: Clock) -> None:
    state = on_shift.get("/police/state").get_json()

    assert state["shift"]["id"].startswith(duty.staff_id)
    assert state["keys"] and state["orders"]["1"]["purposes"]["8"]
    assert duty.number not in str(state)
    clock.pass_by(hours=12)
    assert on_shift.get("/police/state").status_code == 302


def test_the_list_comes_whole_and_then_only_what_is_new(on_shift: FlaskClient, counter: Counter, clock: Clock) -> None:
    whole = on_shift.get("/police/revocations")
    mark = whole.headers["X-List-Mark"]

    assert whole.data[:4] == b"PLRV"
    assert on_shift.get(f"/police/revocations?since={mark}").status_code == 204
    counter.grant(ANN, 8)
    clock.pass_by(seconds=1)
    counter.cancel(ANN)
    clock.pass_by(seconds=10)
    assert on_shift.get(f"/police/revocations?since={mark}").status_code == 200
