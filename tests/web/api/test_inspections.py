"""Machines inspect by JSON: what they are told, what is kept, what is refused."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from codes.code import draw_code
from codes.holding import Withdrawal
from codes.meeting import meet
from codes.police.clients import revoke_client, unlock_client
from codes.regimes import activate, preset
from codes.signed.signing import Signing
from store.officers import Inspection
from tests.codes.counter import ANN, BOB, Counter
from tests.web.api.conftest import Machine, inspected
from web.api.guard import MOST_BYTES

INSPECTIONS = "/api/v1/inspections"


def unknown(counter: Counter) -> str:
    shape = counter.who(ANN).terms.regime.code
    return draw_code(shape, counter.clock.now.date(), counter.store.random)


def token(counter: Counter, signing: Signing) -> str:
    with counter.store.work() as work:
        holder = meet(work, ANN).holders[0]
        return signing.sign(work, holder.live[-1], holder)


def kept(counter: Counter) -> list[str]:
    with counter.store.work() as work:
        return sorted(row.verdict for row in work.rows(select(Inspection)))


def test_a_code_in_any_spelling_is_answered_as_to_an_officer(turnstile: FlaskClient, counter: Counter) -> None:
    grant = counter.grant(ANN, 8)

    (one, two) = inspected(turnstile, {"code": grant.code.lower().replace("-", " "), "id": "a"}, {"code": "THXA"})

    assert one == {
        "id": "a",
        "verdict": "valid",
        "mark": "green",
        "shown": grant.code,
        "purpose": "Аптека, продукты",
        "valid_from": "2026-06-03T09:00:00Z",
        "valid_until": "2026-06-03T10:00:00Z",
        "initials": "И.А.И.",
        "document_tail": "2506",
        "grace": False,
        "why_not": None,
    }
    assert (two["verdict"], two["mark"], two["id"], two["initials"]) == ("mistyped", "amber", None, "")
    assert kept(counter) == ["mistyped", "valid"]


def test_a_qr_code_is_inspected_with_its_address_or_without(
    turnstile: FlaskClient, counter: Counter, signing: Signing
) -> None:
    counter.grant(ANN, 8)
    text = token(counter, signing)

    found = inspected(turnstile, *({"token": one} for one in (text, signing.address(text), text[:-1], "https://x.y")))

    assert [one["verdict"] for one in found] == ["valid", "valid", "mistyped", "mistyped"]
    assert found[0]["document_tail"] == "2506"


def test_a_taxi_is_told_valid_or_not_and_nothing_else(machine: Machine, counter: Counter, signing: Signing) -> None:
    taxi, grant = machine("taxi"), counter.grant(ANN, 8)
    asked: list[dict[str, Any]] = [{"code": grant.code, "id": "x"}, {"code": unknown(counter)}, {"token": "x"}]
    asked.append({"token": token(counter, signing)})

    answer = taxi.post(INSPECTIONS, json={"inspections": asked})

    assert answer.get_json() == {
        "results": [
            {"id": "x", "valid": True},
            {"id": None, "valid": False},
            {"id": None, "valid": False},
            {"id": None, "valid": True},
        ]
    }


def test_what_was_seen_before_is_judged_as_of_then_and_stored_once(turnstile: FlaskClient, counter: Counter) -> None:
    grant, noon = counter.grant(ANN, 8), counter.clock.now
    counter.clock.pass_by(minutes=5)
    counter.cancel(ANN, Withdrawal.NOT_ME)
    then = (noon + timedelta(minutes=1)).isoformat()
    old = (noon - timedelta(days=8)).isoformat()
    asked = [
        {"code": grant.code, "id": "1", "seen_at": then, "told": "green"},
        {"code": grant.code, "seen_at": then},
        {"code": grant.code},
        {"code": grant.code, "id": "2", "seen_at": old},
    ]

    first, again = inspected(turnstile, *asked), inspected(turnstile, asked[0])

    assert [one["verdict"] for one in first] == ["valid", "valid", "revoked", None]
    assert first[3]["why_not"] == "too_old" and again[0]["verdict"] == "valid"
    assert kept(counter) == ["revoked", "valid", "valid"]


def test_a_key_is_locked_after_its_guesses_in_the_middle_of_a_batch(machine: Machine, counter: Counter) -> None:
    gate, taxi = machine("inspect", name="Gate"), machine("taxi", name="Taxi")
    grant = counter.grant(ANN, 8)
    asked = [*({"code": unknown(counter)} for _ in range(4)), {"code": grant.code}]

    found, ridden = inspected(gate, *asked), inspected(taxi, *asked)
    after = gate.post(INSPECTIONS, json={"inspections": asked[4:]})
    with counter.store.work() as work:
        unlock_client(work, "Gate", "tests")

    assert [one["verdict"] for one in found] == ["unknown"] * 3 + [None] * 2 and found[4]["why_not"] == "locked"
    assert [one["valid"] for one in ridden] == [False] * 3 + [None] * 2
    assert after.status_code == 403 and after.get_json()["type"].endswith("#locked")
    assert inspected(gate, asked[4])[0]["verdict"] == "valid"


def test_a_revoked_key_opens_nothing_at_once(turnstile: FlaskClient, counter: Counter) -> None:
    grant = counter.grant(ANN, 8)
    assert inspected(turnstile, {"code": grant.code})
    with counter.store.work() as work:
        revoke_client(work, "Turnstile", "tests")

    answers = [turnstile.post(INSPECTIONS, json={"inspections": [{"code": "X"}]}).status_code]
    counter.clock.pass_by(seconds=2)
    answers.append(turnstile.get("/api/v1/revocations").status_code)

    assert answers == [401, 401]


def test_a_hundred_are_inspected_at_once(turnstile: FlaskClient, counter: Counter, signing: Signing) -> None:
    grant, other = counter.grant(ANN, 8), counter.grant(BOB, 8)
    text = token(counter, signing)
    asked = [{"code": grant.code, "id": "a"}, {"code": other.code}, {"token": text}, {"code": "X"}] * 25

    found = inspected(turnstile, *asked)

    assert [one["verdict"] for one in found] == ["valid", "valid", "valid", "mistyped"] * 25


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/inspections"),
        ({"inspections": []}, "/inspections"),
        ({"inspections": [{"code": "X"}] * 101}, "/inspections"),
        ({"inspections": [{}]}, "/inspections/0"),
        ({"inspections": [{"code": "X", "plate": "Y"}]}, "/inspections/0"),
        ({"inspections": [{"code": "X", "name": "Анна"}]}, "/inspections/0/name"),
        ({"inspections": [{"code": ""}]}, "/inspections/0/code"),
        ({"inspections": [{"code": "X", "id": "я"}]}, "/inspections/0/id"),
        ({"inspections": [{"code": "X", "seen_at": "2026-06-03T09:00:00"}]}, "/inspections/0/seen_at"),
        ({"inspections": [{"code": "X"}], "more": 1}, "/more"),
        ([], ""),
    ],
)
def test_a_body_that_is_not_as_described_is_refused_with_the_place(
    turnstile: FlaskClient, body: Any, pointer: str
) -> None:
    answer = turnstile.post(INSPECTIONS, json=body)

    assert answer.status_code == 422 and pointer in {one["pointer"] for one in answer.get_json()["errors"]}
    assert "Анна" not in answer.get_data(as_text=True)


def test_no_json_is_told_from_wrong_json(turnstile: FlaskClient) -> None:
    kinds = [
        turnstile.post(INSPECTIONS, data=b'{"inspections": [', content_type="application/json"),
        turnstile.post(INSPECTIONS, data=b"\xff", content_type="application/json"),
        turnstile.post(INSPECTIONS, data={"code": "X"}),
        turnstile.post(INSPECTIONS, data=b" " * (MOST_BYTES + 1), content_type="application/json"),
    ]

    assert [one.status_code for one in kinds] == [400, 400, 415, 413]


def test_what_is_not_bound_is_not_looked_up(turnstile: FlaskClient, counter: Counter) -> None:
    found = inspected(turnstile, {"plate": "A111AA77"}, {"card": "1111111111"})

    assert [one["why_not"] for one in found] == ["not_bound"] * 2 and kept(counter) == []


def test_plates_and_cards_where_the_order_binds_them(turnstile: FlaskClient, counter: Counter) -> None:
    with counter.store.work() as work:
        activate(work, preset("moscow-2020"), work.now, "tests")
    counter.grant(ANN, 3, plate="T111MO777", card="1111111111", reason="магазин", destination="дом")

    found = inspected(
        turnstile, {"plate": "т 111 мо 777"}, {"card": "1111 111 111"}, {"plate": "A000AA77"}, {"plate": "!"}
    )

    assert [one["verdict"] for one in found] == ["valid", "valid", "unknown", "mistyped"]


def test_times_are_said_with_their_offset(turnstile: FlaskClient, counter: Counter) -> None:
    grant = counter.grant(ANN, 8)

    text = json.dumps(inspected(turnstile, {"code": grant.code, "seen_at": "2026-06-03T12:00:00+03:00"}))

    assert '"valid_until": "2026-06-03T10:00:00Z"' in text
