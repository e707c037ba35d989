"""Many browsers at one moment, on the pages: what is counted stays counted."""

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlmodel import col

from codes.invariants import broken
from codes.meeting import meet
from codes.police.officers import WRONG_PINS, open_shift
from codes.regimes import activate, preset
from codes.sharing import LINKS, MAILS_A_DAY, TEXTS_A_DAY
from codes.signing_in import CODES_A_DAY, TRIES
from settings import Settings
from store import Store
from store.audit import AuditEntry
from store.citizens import SignInCode
from store.messages import OutboxMessage
from store.officers import Officer
from store.passes import Pass
from store.sharing import Mail, ShareLink
from store.tokens import new_token
from tests.clock import Clock
from tests.proofs.posting import at_once
from tests.web.citizen.entering import NUMBER, answers, asks_for_code, last_code, submit
from tests.web.people import citizen_signed_in
from tests.web.police.conftest import enrolled_officer
from tests.web.reading import csrf
from wsgi import create_app

CROWD = 16


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock) -> Flask:
    """In Moscow, with e-mail."""
    with store.work() as work:
        activate(work, preset("moscow-2020"), clock.now, "tests")
    return create_app(settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:9", "mail_from": "a@b.example"}), store)


@pytest.fixture
def mine(app: Flask, store: Store) -> str:
    """The page of a pass to work, for a car."""
    citizen = citizen_signed_in(app, store)
    told: tuple[dict[str, str], ...] = (
        {"document": "4411123456"},
        {"organisation": "ООО Ромашка"},
        {"plate": "т111мо777"},
        {},
    )
    outcome = answers(citizen, "1", *told).headers["Location"]
    return str(citizen.get(outcome).headers["Location"]).partition("?")[0]


def kept(store: Store, table: type, *which: object) -> int:
    """How many rows there are."""
    with store.reading() as work:
        return work.count(select(func.count()).select_from(table).where(*which))  # type: ignore[arg-type]


def presses(app: Flask, store: Store, times: int, url: str, shown: str, **fields: str) -> Counter[int]:
    """The same wish in so many browsers of one telephone at once, each with a form of its own; the statuses."""
    clients = [citizen_signed_in(app, store) for _ in range(times)]
    tokens = [csrf(one, shown) for one in clients]

    def press(index: int) -> int:
        form = {"csrf_token": tokens[index], "once": new_token(), **fields}
        return clients[index].post(url, data=form).status_code

    return Counter(at_once(times, press))


def test_a_telephone_is_texted_four_codes_however_many_ask_at_once(app: Flask, store: Store) -> None:
    clients = [app.test_client() for _ in range(CROWD)]
    tokens = [csrf(one, "/enter") for one in clients]

    def ask(index: int) -> int:
        return clients[index].post("/enter", data={"csrf_token": tokens[index], "number": NUMBER}).status_code

    told = Counter(at_once(CROWD, ask))

    assert told == {303: CODES_A_DAY, 422: CROWD - CODES_A_DAY}
    assert kept(store, SignInCode) == kept(store, OutboxMessage) == CODES_A_DAY


def test_a_code_is_tried_three_times_however_many_try_at_once(app: Flask, store: Store) -> None:
    """The cookie of one browser, copied into many."""
    first = app.test_client()
    asks_for_code(first)
    right = last_code(store)
    token, cookie = csrf(first, "/enter/code"), first.get_cookie("__Host-passline-forms")
    assert cookie is not None
    clients = [app.test_client() for _ in range(CROWD)]
    for one in clients:
        one.set_cookie(cookie.key, cookie.decoded_value)

    def guess(index: int) -> int:
        wrong = f"{(int(right) + 1 + index) % 10**8:08}"
        return clients[index].post("/enter/code", data={"csrf_token": token, "code": wrong}).status_code

    assert Counter(at_once(CROWD, guess)) == {422: CROWD}
    with store.reading() as work:
        assert work.row(select(SignInCode)).wrong == TRIES
    assert kept(store, AuditEntry, col(AuditEntry.action) == "citizen.code_wrong") == TRIES
    assert submit(first, "/enter/code", code=right).status_code == 422


def test_a_right_code_opens_one_session(app: Flask, store: Store) -> None:
    first = app.test_client()
    asks_for_code(first)
    right = last_code(store)
    token, cookie = csrf(first, "/enter/code"), first.get_cookie("__Host-passline-forms")
    assert cookie is not None
    clients = [app.test_client() for _ in range(CROWD)]
    for one in clients:
        one.set_cookie(cookie.key, cookie.decoded_value)

    def enter(index: int) -> int:
        return clients[index].post("/enter/code", data={"csrf_token": token, "code": right}).status_code

    assert Counter(at_once(CROWD, enter)) == {303: 1, 422: CROWD - 1}


def test_one_pass_has_so_many_links(app: Flask, store: Store, mine: str) -> None:
    presses(app, store, CROWD, f"{mine}/share", f"{mine}/share", lasting="day")

    assert kept(store, ShareLink) == LINKS


def test_one_telephone_sends_so_many_mails_and_texts(app: Flask, store: Store, mine: str) -> None:
    presses(app, store, CROWD, f"{mine}/mail", f"{mine}/mail", address="a@b.example")
    presses(app, store, CROWD, f"{mine}/text", mine)

    assert kept(store, Mail) == MAILS_A_DAY
    assert kept(store, OutboxMessage, col(OutboxMessage.template) == "status_live") == TEXTS_A_DAY


def test_a_pass_is_bound_anew_so_often(app: Flask, store: Store, mine: str) -> None:
    statuses = presses(app, store, 8, f"{mine}/bound", f"{mine}/bound", plate="х777ам77", card="")

    with store.reading() as work:
        assert work.row(select(Pass)).bound_anew == 3
    assert statuses == {303: 8}


def test_a_pass_is_given_back_or_extended_and_never_both_ways(app: Flask, store: Store, mine: str) -> None:
    """Half of the browsers give it back, half want it longer; the last word is a pass that is over."""
    clients = [citizen_signed_in(app, store) for _ in range(CROWD)]
    tokens = [csrf(one, f"{mine}/cancel") for one in clients]

    def press(index: int) -> int:
        url = f"{mine}/{'cancel' if index % 2 else 'extend'}"
        return clients[index].post(url, data={"csrf_token": tokens[index], "once": new_token()}).status_code

    assert Counter(at_once(CROWD, press)) == {303: CROWD}

    assert kept(store, AuditEntry, col(AuditEntry.action) == "pass.cancelled") == 1
    with store.reading() as work:
        assert work.row(select(Pass)).revoked_at is not None
        assert broken(work) == []


def test_two_sessions_of_one_telephone_press_apply_at_once(app: Flask, store: Store) -> None:
    """Each with an application of its own for the one pass a day that the order gives."""
    clients = [citizen_signed_in(app, store) for _ in range(6)]
    told: tuple[dict[str, str], ...] = ({"document": "4411123456"}, {"reason": "в аптеку"}, {"destination": "Арбат 1"})
    pages = [answers(one, "3", *told, {}).headers["Location"] for one in clients]
    tokens = [csrf(one, page) for one, page in zip(clients, pages, strict=True)]

    def press(index: int) -> int:
        return clients[index].post(pages[index], data={"csrf_token": tokens[index]}).status_code

    statuses = Counter(at_once(len(clients), press))

    assert statuses == {303: len(clients)}
    assert 1 <= kept(store, Pass) <= 2
    with store.reading() as work:
        assert broken(work) == []


def test_wrong_pins_of_an_officer_count_together_by_text_and_page(app: Flask, store: Store) -> None:
    """Half of the tries are texts, half are sent by the page with a right code of the app."""
    duty = enrolled_officer(store)
    clients = [app.test_client() for _ in range(CROWD)]
    tokens = [csrf(one, "/police/sign-in") for one in clients]
    right = duty.code()

    def guess(index: int) -> None:
        if index % 2:
            typed = {"csrf_token": tokens[index], "number": duty.number, "pin": "0000", "code": right}
            assert clients[index].post("/police/sign-in", data=typed).status_code == 422
            return
        with store.work() as work:
            met = meet(work, duty.number)
            assert met.officer is not None
            open_shift(work, met.officer, "0000", None, "tests")

    at_once(CROWD, guess)

    with store.reading() as work:
        row = work.row(select(Officer))
    assert row.wrong_pins == WRONG_PINS and row.locked_at is not None
    assert kept(store, AuditEntry, col(AuditEntry.action) == "officer.wrong_pin") == WRONG_PINS
