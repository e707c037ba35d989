"""Officers with accounts, clients on shift, and passes to look at."""

from collections.abc import Callable
from dataclasses import dataclass

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from codes.duty import officer_of_number
from codes.officers import enroll
from codes.regimes import in_force
from store import Store
from tests.clock import Clock
from tests.codes.counter import ANN, BOB, Counter
from tests.web.reading import send
from web.police.accounts import invite
from web.signin.accounts import change_account, data_key, row_by_id
from web.signin.codes import place

NUMBER = "+79990000009"
PIN = "4821"


@dataclass(frozen=True, slots=True)
class Duty:
    """An officer who is set up, with all that they know."""

    id: str
    staff_id: str
    secret: str
    store: Store
    number: str = NUMBER

    def code(self) -> str:
        """What their app shows now."""
        return pyotp.TOTP(self.secret).at(self.store.clock())


Enrolled = Callable[..., Duty]


def enrolled_officer(store: Store, number: str = NUMBER, zone: str | None = None) -> Duty:
    """An officer with an account that is set up."""
    with store.work() as work:
        officer_id = enroll(work, number, "Unit 1", PIN, zone, "tests")
    with store.work() as work:
        invite(work, in_force(work), number, "tests")
        serving = officer_of_number(work, in_force(work), number)
        assert serving is not None and serving.staff_id is not None
        row = row_by_id(work, serving.staff_id)
        change_account(work, row.id, enrol_hash=None, enrol_until=None)
        secret = data_key(work, row).open(place(row.id), row.totp_sealed)
    return Duty(officer_id, serving.staff_id, secret, store, number)


@pytest.fixture
def duty(app: Flask, store: Store) -> Duty:
    """An officer who is set up."""
    return enrolled_officer(store)


def start(client: FlaskClient, duty: Duty, **other: str) -> TestResponse:
    """Starts a shift through the form."""
    typed = {"number": duty.number, "pin": PIN, "code": duty.code(), **other}
    return send(client, "/police/sign-in", shown="/police/sign-in", **typed)


@pytest.fixture
def on_shift(client: FlaskClient, duty: Duty, clock: Clock) -> FlaskClient:
    """The officer's browser, signed in."""
    assert start(client, duty).status_code == 302
    clock.pass_by(minutes=1)
    return client


@pytest.fixture
def counter(app: Flask, store: Store, clock: Clock) -> Counter:
    """A counter where Anna and Boris are known; Tatarstan's order is in force."""
    found = Counter(store, clock)
    found.introduce(ANN, name="Иванова Анна Ивановна", document="9219632506")
    found.introduce(BOB, name="Петров Борис", document="9219632507")
    return found
