"""A shift's beginning and end: what lets an officer in, what does not, and how long it lasts."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from codes.police.officers import SHIFT, WRONG_PINS, UnlockReason, unlock
from store import Store
from store.officers import Officer
from tests.clock import Clock
from tests.web.auditing import entries
from tests.web.device import Device
from tests.web.people import AsRole
from tests.web.police.conftest import NUMBER, Duty, start
from tests.web.reading import csrf, send, words
from web.signin.checking import WRONG_TRIES

WRONG = "Number, PIN or code is not right, or you are locked."


def shift_until(store: Store) -> object:
    with store.reading() as work:
        return work.row(select(Officer.__table__.c.shift_until)).shift_until  # type: ignore[attr-defined]


def test_number_pin_and_code_open_a_shift_of_twelve_hours(
    client: FlaskClient, duty: Duty, store: Store, clock: Clock
) -> None:
    answer = start(client, duty)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/police")
    assert f"Max-Age={int(SHIFT.total_seconds())}" in ";".join(answer.headers.getlist("Set-Cookie"))
    assert shift_until(store) == clock.now + SHIFT
    assert "Check passes" in words(client.get("/police"))
    assert entries(store, "officer.shift_opened") == [(f"staff:{duty.staff_id}", duty.id, {"zone": None})]


def test_the_session_lasts_the_shift_used_or_not(on_shift: FlaskClient, clock: Clock) -> None:
    clock.pass_by(hours=11, minutes=58)
    assert "Scan QR codes" in words(on_shift.get("/police"))

    clock.pass_by(minutes=1)

    answer = on_shift.get("/police")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/police/sign-in?ended=1")


def test_the_way_in_leads_whoever_is_on_shift_to_the_page(on_shift: FlaskClient) -> None:
    assert on_shift.get("/police/sign-in").headers["Location"] == "/police"


def test_signing_out_ends_the_shift_in_every_browser(
    app: Flask, on_shift: FlaskClient, duty: Duty, store: Store, clock: Clock
) -> None:
    other = app.test_client()
    start(other, duty)

    answer = send(on_shift, "/police/sign-out", shown="/police")

    assert "nothing of the shift is kept" in words(answer)
    assert shift_until(store) == clock.now
    assert other.get("/police").status_code == on_shift.get("/police").status_code == 302
    assert entries(store, "officer.shift_closed") == [(f"staff:{duty.staff_id}", duty.id, {})]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "other", [{"pin": "1111"}, {"code": "000000"}, {"number": "+79990000008"}, {"number": "nobody"}, {"pin": "п" * 40}]
)
def test_whatever_is_wrong_the_answer_is_one(
    client: FlaskClient, duty: Duty, store: Store, other: dict[str, str]
) -> None:
    answer = start(client, duty, **other)

    assert (answer.status_code, WRONG in words(answer)) == (422, True)
    assert shift_until(store) is None
    assert NUMBER not in str([*entries(store, "staff.sign_in_refused"), *entries(store, "officer.wrong_pin")])


def test_every_wrong_try_is_counted(client: FlaskClient, duty: Duty, store: Store, clock: Clock) -> None:
    start(client, duty, code="000000")
    start(client, duty, number="+79990000008")
    start(client, duty, pin="1111")

    refused = entries(store, "staff.sign_in_refused")
    assert {subject for _, subject, _ in refused} == {duty.staff_id, "staff:unknown"}
    assert len(refused) == 2
    assert entries(store, "officer.wrong_pin") == [(f"staff:{duty.staff_id}", duty.id, {"wrong": 1})]


def test_a_stranger_who_knows_the_number_locks_this_way_in_for_a_while_and_no_shift(
    app: Flask, client: FlaskClient, on_shift: FlaskClient, duty: Duty, clock: Clock
) -> None:
    stranger = app.test_client()
    for _ in range(WRONG_TRIES):
        start(stranger, duty, code="000000", pin="1111")

    assert start(stranger, duty).status_code == 422
    assert "Scan QR codes" in words(on_shift.get("/police"))
    clock.pass_by(minutes=16)
    assert start(stranger, duty).status_code == 302


def test_five_wrong_pins_beside_right_codes_lock_until_a_supervisor_unlocks(
    client: FlaskClient, duty: Duty, store: Store, clock: Clock
) -> None:
    for _ in range(WRONG_PINS):
        start(client, duty, pin="1111")
        clock.pass_by(minutes=1)

    locked = start(client, duty)
    clock.pass_by(hours=1)
    later = start(client, duty)
    with store.work() as work:
        unlock(work, duty.id, "tests", UnlockReason.SPOKEN_WITH)
    clock.pass_by(minutes=1)

    assert (locked.status_code, later.status_code) == (422, 422)
    assert WRONG in words(locked)
    assert start(client, duty).status_code == 302


def test_a_code_works_once(app: Flask, on_shift: FlaskClient, client: FlaskClient, duty: Duty, clock: Clock) -> None:
    code = duty.code()
    assert start(app.test_client(), duty, code=code).status_code == 302

    assert start(app.test_client(), duty, code=code).status_code == 422


def test_a_passkey_opens_a_shift(on_shift: FlaskClient, app: Flask, duty: Duty, clock: Clock) -> None:
    device, browser = Device(), app.test_client()
    key = {"X-CSRFToken": csrf(on_shift, "/account")}
    made = device.make(on_shift.post("/account/passkey/options", json={}, headers=key).get_json())
    assert on_shift.post("/account/passkey", json=made, headers=key).status_code == 200
    send(on_shift, "/police/sign-out", shown="/police")
    clock.pass_by(minutes=1)

    token = {"X-CSRFToken": csrf(browser, "/police/sign-in")}
    asked = browser.post("/police/sign-in/passkey/options", json={}, headers=token).get_json()
    answer = browser.post("/police/sign-in/passkey", json=device.sign(asked), headers=token)

    assert answer.get_json() == {"fine": True, "to": "/police"}
    assert "Scan QR codes" in words(browser.get("/police"))


def test_a_passkey_opens_no_shift_for_who_is_locked_or_no_officer(
    on_shift: FlaskClient, app: Flask, duty: Duty, as_role: AsRole, store: Store, clock: Clock
) -> None:
    clock.pass_by(minutes=1)
    for client in (on_shift, as_role("agent")):
        device, browser = Device(id=str(id(client)).encode()), app.test_client()
        key = {"X-CSRFToken": csrf(client, "/account")}
        made = device.make(client.post("/account/passkey/options", json={}, headers=key).get_json())
        assert client.post("/account/passkey", json=made, headers=key).status_code == 200
        with store.work() as work:
            work.run(Officer.__table__.update(), locked_at=clock.now)  # type: ignore[attr-defined]

        token = {"X-CSRFToken": csrf(browser, "/police/sign-in")}
        asked = browser.post("/police/sign-in/passkey/options", json={}, headers=token).get_json()
        answer = browser.post("/police/sign-in/passkey", json=device.sign(asked), headers=token)

        assert (answer.status_code, answer.get_json()) == (422, {"fine": False})


def test_an_officer_who_is_no_more_in_service_sees_nothing(
    app: Flask, on_shift: FlaskClient, duty: Duty, clock: Clock
) -> None:
    ended = app.test_cli_runner().invoke(args=["officers", "leave", "--phone", NUMBER])

    assert ended.exit_code == 0, ended.output
    assert on_shift.get("/police").headers["Location"].startswith("/police/sign-in")
    assert start(app.test_client(), duty).status_code == 422


def test_the_command_prints_a_link_that_sets_up_codes_without_a_password(
    app: Flask, client: FlaskClient, duty: Duty, clock: Clock, store: Store
) -> None:
    printed = app.test_cli_runner().invoke(args=["officers", "web", "--phone", NUMBER, "--json"])
    assert printed.exit_code == 0, printed.output
    path = str(printed.output.partition("https://pass.example")[2].split('"')[0])

    assert start(client, duty).status_code == 422  # what was set up before is gone
    general = client.get(path.replace("/police/enrol", "/enrol"))
    assert general.headers["Location"] == path
    page = client.get(path)
    secret = page.text.partition('app-secret">')[2].partition("<")[0].replace(" ", "")
    anew = Duty(duty.id, duty.staff_id, secret, store)
    answer = send(client, path, shown=path, code=anew.code())

    assert answer.headers["Location"] == "/account?new=1"
    assert "Add a passkey" in words(client.get("/account?new=1"))
    assert "Your shift is over" in words(client.get("/police"))
    assert client.get(path).status_code == 404
    clock.pass_by(minutes=1)
    assert start(client, anew).status_code == 302


def test_a_number_nobody_is_enrolled_with_gets_no_link(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["officers", "web", "--phone", "+79990000008"])

    assert printed.exit_code == 2


def test_an_account_that_was_not_set_up_lets_nobody_in(app: Flask, client: FlaskClient, duty: Duty) -> None:
    app.test_cli_runner().invoke(args=["officers", "web", "--phone", NUMBER])

    assert start(client, duty).status_code == 422
