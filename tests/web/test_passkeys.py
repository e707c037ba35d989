"""Passkeys: bound to our address, their owner verified, each challenge good once and for minutes."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from store import Store
from store.staff import Staff as StaffRow
from tests.clock import Clock
from tests.web.auditing import entries
from tests.web.device import Device
from tests.web.people import Staff, signed_in
from tests.web.reading import csrf, send, words
from web.signin.accounts import reset_account


def post(client: FlaskClient, url: str, body: object) -> TestResponse:
    """What the script sends."""
    return client.post(url, json=body, headers={"X-CSRFToken": csrf(client)})


def asked(client: FlaskClient, url: str) -> dict[str, Any]:
    """The options of the server, with a challenge."""
    found: dict[str, Any] = post(client, url, {}).get_json()
    return found


def add(client: FlaskClient, device: Device) -> int:
    """Adds the device's passkey; the status."""
    return post(client, "/account/passkey", device.make(asked(client, "/account/passkey/options"))).status_code


def enter(client: FlaskClient, device: Device) -> TestResponse:
    """Signs in with it."""
    return post(client, "/sign-in/passkey", device.sign(asked(client, "/sign-in/passkey/options")))


@pytest.fixture
def device(desk_client: FlaskClient, clock: Clock) -> Device:
    """Of the agent Anna."""
    device = Device()
    assert add(desk_client, device) == 200
    clock.pass_by(minutes=1)
    return device


def test_a_passkey_signs_in_without_a_name(client: FlaskClient, store: Store, device: Device) -> None:
    answer = enter(client, device)

    assert answer.get_json() == {"fine": True, "to": "/"}
    assert "Anna" in words(client.get("/desk"))
    assert entries(store, "staff.signed_in")[-1][2] == {"by": "passkey"}


def test_what_is_asked_for_is_kept_on_a_device_that_knows_its_owner(
    client: FlaskClient, desk_client: FlaskClient
) -> None:
    making, signing = asked(desk_client, "/account/passkey/options"), asked(client, "/sign-in/passkey/options")

    assert making["authenticatorSelection"]["residentKey"] == "required"
    assert making["authenticatorSelection"]["userVerification"] == signing["userVerification"] == "required"
    assert making["rp"]["id"] == signing["rpId"] == "pass.example"
    assert not signing["allowCredentials"]


def test_an_answer_is_good_once(client: FlaskClient, app: Flask, clock: Clock, device: Device) -> None:
    options = asked(client, "/sign-in/passkey/options")
    signed, token = device.sign(options), csrf(client)
    kept = client.get_cookie("__Host-passline-forms")
    assert kept is not None
    headers = {"X-CSRFToken": token}
    assert client.post("/sign-in/passkey", json=signed, headers=headers).status_code == 200

    thief = app.test_client()
    thief.set_cookie("__Host-passline-forms", kept.value)
    clock.pass_by(seconds=1)

    assert thief.post("/sign-in/passkey", json=device.sign(options), headers=headers).status_code == 422


def test_a_challenge_lasts_five_minutes(client: FlaskClient, clock: Clock, device: Device) -> None:
    options = asked(client, "/sign-in/passkey/options")
    clock.pass_by(minutes=5)

    assert post(client, "/sign-in/passkey", device.sign(options)).status_code == 422


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "spoil",
    [
        lambda device: setattr(device, "origin", "https://pass.example.evil"),
        lambda device: setattr(device, "host", "evil.example"),
        lambda device: setattr(device, "verified", False),
        lambda device: setattr(device, "key", Device().key),
        lambda device: setattr(device, "id", b"somebody else's."),
        lambda device: setattr(device, "counter", -1),
    ],
)
def test_what_does_not_hold_is_refused_and_noted(
    client: FlaskClient, store: Store, device: Device, spoil: Callable[[Device], None]
) -> None:
    device.counter = 5
    assert enter(client, device).status_code == 200
    client.delete_cookie("__Host-passline")
    spoil(device)

    assert enter(client, device).status_code == 422
    assert client.get("/desk").status_code == 302
    assert entries(store, "staff.sign_in_refused")[-1][2] == {"by": "passkey"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("change", [{"verified": False}, {"origin": "https://evil.example"}, {"host": "evil.example"}])
def test_a_passkey_that_does_not_hold_is_not_kept(desk_client: FlaskClient, change: dict[str, Any]) -> None:
    assert add(desk_client, Device(**change)) == 422
    assert "You have 0 passkeys" in words(desk_client.get("/account"))


def test_one_passkey_is_one_persons(app: Flask, store: Store, staff: Staff, device: Device) -> None:
    assert add(signed_in(app, store, staff("auditor")), device) == 422


def test_a_reset_takes_passkeys_away(client: FlaskClient, store: Store, device: Device) -> None:
    with store.work() as work:
        reset_account(work, "Anna", "tests")

    assert enter(client, device).status_code == 422


def test_a_closed_account_is_not_opened_by_one(client: FlaskClient, store: Store, device: Device) -> None:
    with store.work() as work:
        work.run(update(StaffRow), closed_at=work.now)

    assert enter(client, device).status_code == 422


def test_removed_passkeys_open_nothing(client: FlaskClient, desk_client: FlaskClient, device: Device) -> None:
    send(desk_client, "/account/passkeys/remove", shown="/account")

    assert enter(client, device).status_code == 422


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("body", [{}, [], "x", None, {"rawId": 1}, {"rawId": "é"}, {"rawId": "AAAA", "id": {}}])
def test_nonsense_is_refused(client: FlaskClient, desk_client: FlaskClient, body: object) -> None:
    for who, options, url in (
        (client, "/sign-in/passkey/options", "/sign-in/passkey"),
        (desk_client, "/account/passkey/options", "/account/passkey"),
    ):
        asked(who, options)
        assert post(who, url, body).status_code == 422
        assert post(who, url, body).status_code == 422
