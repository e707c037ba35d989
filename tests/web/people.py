"""Staff for tests: enrolled in no time, and a way in without the pages of signing in."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pyotp
from flask import Flask
from flask.testing import FlaskClient

from codes.fields import Field
from codes.people import add_person
from monitoring.cases.opening import Plan, open_case
from monitoring.cases.watched import watched_case
from monitoring.patients.devices import add_device
from store import Store
from store.phones import ensure_phone
from web.citizen.sessions import open_citizen_session
from web.cookies import Cookies
from web.roles import Role, read_roles
from web.signin.accounts import add_account, change_account, data_key, row_by_id
from web.signin.codes import place
from web.signin.passwords import Passwords
from web.signin.sessions import open_session

PASSWORD = "several words of mine"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody enrolled, with all that they know."""

    id: str
    name: str
    secret: str
    password: str = PASSWORD

    def code(self, store: Store) -> str:
        """What their app shows now, by the clock of the store."""
        return pyotp.TOTP(self.secret).at(store.clock())


Staff = Callable[..., Person]
"""``staff("agent", name="Anna")``: somebody with these roles."""

AsRole = Callable[..., FlaskClient]
"""``as_role("auditor")``: a client that is signed in."""


@cache
def _hashed() -> str:
    return Passwords().hash(PASSWORD)


def enrolled(store: Store, name: str, *roles: str) -> Person:
    """A new account that is set up already."""
    with store.work() as work:
        staff_id, _ = add_account(work, name, read_roles([Role(role) for role in roles]), "tests")
        change_account(work, staff_id, password_hash=_hashed(), enrol_hash=None, enrol_until=None)
        row = row_by_id(work, staff_id)
        return Person(staff_id, name, data_key(work, row).open(place(staff_id), row.totp_sealed))


def session_cookie(app: Flask, store: Store, person: Person) -> tuple[str, str]:
    """Name and value of the cookie of a session opened for this person."""
    with store.work() as work:
        token = open_session(work, person.id, "tests")
    settings = app.extensions["passline.settings"]
    return Cookies(https=settings.public_url.startswith("https://")).session_name, token


CITIZEN = "+79170000001"


def citizen_cookie(app: Flask, store: Store, number: str) -> tuple[str, str]:
    """Name and value of the cookie of a session opened for the owner of this telephone."""
    with store.work() as work:
        token = open_citizen_session(work, ensure_phone(work, number))
    settings = app.extensions["passline.settings"]
    return Cookies(https=settings.public_url.startswith("https://")).session_name, token


def citizen_signed_in(app: Flask, store: Store, number: str = CITIZEN) -> FlaskClient:
    """A client that is signed in as the owner of this telephone."""
    client = app.test_client()
    name, token = citizen_cookie(app, store, number)
    client.set_cookie(name, token)
    return client


def signed_in(app: Flask, store: Store, person: Person) -> FlaskClient:
    """A client that is signed in as this person."""
    client = app.test_client()
    name, token = session_cookie(app, store, person)
    client.set_cookie(name, token)
    return client


def patient_cookie(app: Flask, store: Store, number: str = CITIZEN, name: str = "Иванова Анна") -> tuple[str, str]:
    """Name and value of the cookie of the browser of a new patient, whose telephone this is."""
    with store.work() as work:
        phone = ensure_phone(work, number)
        person = add_person(work, phone, {Field.NAME: name, Field.DOCUMENT: f"92{number[-8:]}"})
        opened = open_case(work, person.id, "№ 5", "tests", Plan(means="link", phone_id=phone.id))
        case = watched_case(work, opened.case_id)
        assert case is not None
        token = add_device(work, case, "browser", "Android 6", "tests")
    settings = app.extensions["passline.settings"]
    return Cookies(https=settings.public_url.startswith("https://")).home_name, token


def patient_arrived(app: Flask, store: Store) -> FlaskClient:
    """A client that a patient's link let in."""
    client = app.test_client()
    name, token = patient_cookie(app, store)
    client.set_cookie(name, token)
    return client
