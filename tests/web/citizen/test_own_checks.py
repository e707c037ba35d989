"""Own checks: a code, car or card of one's own, in any spelling; nobody else's, and not without end."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from codes.police.public_checks import MOST_CHECKS
from codes.regimes import activate, preset
from settings import Settings
from store import Store
from store.public_checks import PublicChecks
from tests.clock import Clock
from tests.web.auditing import entries
from tests.web.citizen.entering import answers, submit
from tests.web.people import citizen_signed_in
from tests.web.reading import words
from wsgi import create_app

WORK: tuple[dict[str, str], ...] = (
    {"document": "4411123456"},
    {"organisation": "ООО Ромашка"},
    {"plate": "т111мо777", "card": "0123456789"},
    {},
)


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock) -> Flask:
    """In Moscow, where passes have cars and cards."""
    with store.work() as work:
        activate(work, preset("moscow-2020"), clock.now, "tests")
    return create_app(settings, store)


@pytest.fixture
def code(citizen: FlaskClient) -> str:
    outcome = answers(citizen, "1", *WORK).headers["Location"]
    page = words(citizen.get(citizen.get(outcome).headers["Location"]))
    found = re.search(r"\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert found
    return found[0]


def asks(client: FlaskClient, what: str) -> str:
    return words(submit(client, "/own-check", what=what))


def test_a_code_is_found_in_any_spelling(citizen: FlaskClient, code: str) -> None:
    spellings = (
        code,
        code.lower(),
        code.replace("-", " "),
        code[5:],
        code.translate(str.maketrans("ABCEHKMOPTX", "АВСЕНКМОРТХ")),
    )

    assert ["Valid until" in asks(citizen, spelling) for spelling in spellings] == [True] * 5


@pytest.mark.parametrize("typed", ["Т111МО777", "t 111 mo 777", "0123456789", "0123 456 789"])
def test_a_car_and_a_card_are_found(citizen: FlaskClient, code: str, typed: str) -> None:
    assert "Valid until" in asks(citizen, typed)


@pytest.mark.parametrize("typed", ["т112мо777", "0123456780", "Ромашка", "4411123456", "3456", "-", "Ж" * 60])
def test_what_is_not_ones_own_is_not_found(citizen: FlaskClient, code: str, typed: str) -> None:
    assert "No pass of yours has this now." in asks(citizen, typed)


def test_another_telephone_learns_nothing(app: Flask, store: Store, code: str) -> None:
    other = citizen_signed_in(app, store, "+79170000002")

    assert ["No pass of yours" in asks(other, what) for what in (code, "т111мо777", "0123456789")] == [True] * 3


def test_nothing_typed_is_told(citizen: FlaskClient) -> None:
    answer = submit(citizen, "/own-check", what="")

    assert answer.status_code == 422 and "Enter a code, plate or card" in words(answer)


def test_who_asks_too_often_waits_until_tomorrow(citizen: FlaskClient, store: Store, code: str, clock: Clock) -> None:
    asks(citizen, code)
    with store.work() as work:
        work.run(PublicChecks.__table__.update(), checks=MOST_CHECKS)  # type: ignore[attr-defined]

    refused = submit(citizen, "/own-check", what=code)
    clock.pass_by(days=1)

    assert refused.status_code == 429 and "You asked too often today." in words(refused)
    assert "asked too often" not in asks(citizen_signed_in(citizen.application, store), code)


def test_it_is_audited_without_what_was_typed(citizen: FlaskClient, store: Store, code: str) -> None:
    asks(citizen, code)

    ((actor, subject, details),) = entries(store, "own.checked")
    assert actor == f"phone:{subject}" and details == {}
