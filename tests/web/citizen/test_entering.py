"""Citizens sign in by a code that is texted to them."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from settings import Settings
from store import Store
from store.citizens import SignInCode
from tests.clock import Clock
from tests.web.citizen.entering import NUMBER, asks_for_code, last_code, signs_in, submit, texts
from tests.web.reading import words
from wsgi import create_app


def test_a_texted_code_signs_in_and_leads_back(client: FlaskClient, store: Store) -> None:
    answer = signs_in(client, store, back="/apply")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/apply")
    assert "What is the pass for?" in words(client.get("/apply"))


def test_the_code_has_eight_digits_and_may_be_typed_with_spaces(client: FlaskClient, store: Store) -> None:
    asks_for_code(client)
    code = last_code(store)

    answer = submit(client, "/enter/code", code=f" {code[:4]} {code[4:]} ")

    assert re.fullmatch(r"\d{8}", code)
    assert answer.status_code == 303


def test_a_wrong_code_is_told_and_the_third_is_the_last(client: FlaskClient, store: Store) -> None:
    asks_for_code(client)
    right = last_code(store)
    wrong = f"{(int(right) + 1) % 10**8:08}"

    said = [words(submit(client, "/enter/code", code=wrong)) for _ in range(3)]
    late = submit(client, "/enter/code", code=right)

    assert ["That is not the code" in text for text in said] == [True, True, False]
    assert (late.status_code, "Ask for a new one" in words(late)) == (422, True)


def test_a_code_works_for_ten_minutes_and_once(client: FlaskClient, store: Store, clock: Clock) -> None:
    asks_for_code(client)
    clock.pass_by(minutes=10, seconds=1)
    late = submit(client, "/enter/code", code=last_code(store))
    signs_in(client, store)
    code = last_code(store)
    submit(client, "/sign-out", shown="/passes")

    asked = client.get("/enter/code")

    assert late.status_code == 422
    assert asked.headers["Location"] == "/enter"
    assert code


def test_a_code_opens_nothing_in_another_browser(app: Flask, client: FlaskClient, store: Store) -> None:
    asks_for_code(client)
    code = last_code(store)
    other = app.test_client()
    asks_for_code(other, "+79170000002")

    answer = submit(other, "/enter/code", code=code)

    assert answer.status_code == 422


def test_four_codes_a_day_go_to_one_number(client: FlaskClient, store: Store, clock: Clock) -> None:
    asked = [asks_for_code(client).status_code for _ in range(5)]
    clock.pass_by(hours=24, seconds=1)
    tomorrow = asks_for_code(client).status_code

    assert asked == [303, 303, 303, 303, 422]
    assert tomorrow == 303
    assert len(texts(store, "sign_in_code")) == 5


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("number", ["+7 843 200-00-00", "+1 202 555 0100", "+375 29 000-00-00", "12", "+79170000"])
def test_only_mobile_numbers_of_the_orders_country_are_texted(client: FlaskClient, store: Store, number: str) -> None:
    answer = asks_for_code(client, number)

    assert answer.status_code == 422
    assert not texts(store, "sign_in_code")


def test_further_countries_can_be_set(settings: Settings, store: Store, app: Flask) -> None:
    client = create_app(settings.model_copy(update={"sign_in_regions": "KZ,BY"}), store).test_client()

    assert asks_for_code(client, "+375 29 123-45-67").status_code == 303


def test_the_days_money_is_an_end(settings: Settings, store: Store, app: Flask) -> None:
    client = create_app(settings.model_copy(update={"sign_in_codes_a_day": 2}), store).test_client()

    asked = [asks_for_code(client, f"+7917000000{place}") for place in range(3)]

    assert [answer.status_code for answer in asked] == [303, 303, 422]
    assert "We can't send codes just now" in words(asked[-1])


def test_a_block_of_numbers_whose_codes_nobody_enters_gets_no_more(client: FlaskClient, store: Store) -> None:
    pumped = [asks_for_code(client, f"+79171234{place:03}").status_code for place in range(11)]
    elsewhere = asks_for_code(client, "+79175550001").status_code

    assert (pumped, elsewhere) == ([303] * 10 + [422], 303)


def test_known_and_unknown_numbers_are_answered_alike(app: Flask, store: Store, client: FlaskClient) -> None:
    signs_in(client, store)
    submit(client, "/sign-out", shown="/passes")

    known, unknown = (words(_after(app, number)) for number in (NUMBER, "+79170000009"))

    assert known.replace("0001", "####") == unknown.replace("0009", "####")


def _after(app: Flask, number: str):  # type: ignore[no-untyped-def]
    browser = app.test_client()
    asks_for_code(browser, number)
    return browser.get("/enter/code")


def test_half_an_hour_without_use_signs_out(client: FlaskClient, store: Store, clock: Clock) -> None:
    signs_in(client, store)
    clock.pass_by(minutes=20)
    used = client.get("/passes").status_code
    clock.pass_by(minutes=31)

    answer = client.get("/passes")

    assert (used, answer.headers["Location"]) == (200, "/enter?back=/passes&ended=1")


def test_nothing_of_it_stands_in_clear_in_the_database(client: FlaskClient, store: Store) -> None:
    signs_in(client, store)

    with store.reading() as work:
        rows = [tuple(row) for row in work.rows(select(SignInCode))]
        kept = work.count(select(func.count()).select_from(SignInCode))

    assert kept == 1
    assert "9170000001" not in repr(rows)
    assert last_code(store) not in repr(rows)
