"""What is measured is answered by the service as the measurement believes."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import select
from sqlmodel import col
from werkzeug.test import Client, TestResponse

from bench.calling import LABELS, SHOWS, STEPS, Call
from bench.desk import Place, seat
from bench.gathering import Gathering, write
from bench.requests import PUBLIC_URL, TOKEN, Request
from bench.texts import Text
from bench.town import REGIME, Resident, code_of, settle
from codes.regimes import activate_preset, in_force
from settings import Settings
from store import Store
from store.calls import CallStep
from wsgi import create_app

NUMBER = "+79000000001"
Ask = Callable[[Request], TestResponse]


@pytest.fixture
def app(settings: Settings, store: Store) -> Flask:
    with store.work() as work:
        activate_preset(work, REGIME, "test")
    told: dict[str, Any] = {"public_url": PUBLIC_URL, "twilio_auth_token": SecretStr(TOKEN)}
    return create_app(settings.model_copy(update=told), store)


@pytest.fixture
def ask(app: Flask) -> Ask:
    def asked(one: Request) -> TestResponse:
        client = Client(app, use_cookies=False)
        headers = list(one.headers.items())
        return client.open(one.path, PUBLIC_URL, method=one.method, data=one.body, headers=headers)

    return asked


@pytest.fixture
def resident(app: Flask, store: Store, database_url: str) -> Resident:
    gathering = Gathering(store)
    settled = settle(gathering, NUMBER, "9219632506")
    write(database_url, gathering.take())
    return settled


def test_a_text_is_answered_with_a_pass(resident: Resident, ask: Ask) -> None:
    assert "Пропуск" in ask(Text(f"SM{'0' * 32}", resident.number, "Цель 8").request()).text


def test_a_call_is_answered_with_a_code_in_three_steps(resident: Resident, ask: Ask, store: Store) -> None:
    call = Call(f"CA{'0' * 32}", resident.number, "2506")

    said = [ask(call.step(step)).text for step in range(STEPS)]

    assert all(shows in words for shows, words in zip(SHOWS, said, strict=True))
    with store.reading() as work:
        kept = work.rows(select(col(CallStep.intent)).order_by(col(CallStep.step)))
    assert tuple(row.intent for row in kept) == LABELS


def test_each_step_of_a_call_leads_to_the_address_of_the_next(resident: Resident, ask: Ask) -> None:
    call = Call(f"CA{'0' * 32}", resident.number, "2506")

    for step in range(STEPS - 1):
        following = f"{PUBLIC_URL}{call.step(step + 1).path}".replace("&", "&amp;")
        assert f'action="{following}"' in ask(call.step(step)).text


def test_an_agent_sees_their_caller_and_a_live_part_that_does_not_change(
    resident: Resident, ask: Ask, store: Store
) -> None:
    with store.work() as work:
        code_of(work, in_force(work), resident, 8)
        place = seat(work, resident, with_caller=True)

    assert shows_call(ask(place.screen()), place)
    part = ask(place.state())
    assert part.status_code == 200
    assert ask(place.state(part.headers["ETag"])).status_code == 304


def test_an_agent_without_a_caller_sees_the_line(resident: Resident, ask: Ask, store: Store) -> None:
    with store.work() as work:
        place = seat(work, resident, with_caller=False)

    part = ask(place.line())

    assert part.status_code == 200
    assert ask(place.line(part.headers["ETag"])).status_code == 304


def shows_call(page: TestResponse, place: Place) -> bool:
    return page.status_code == 200 and place.call_sid in page.text
