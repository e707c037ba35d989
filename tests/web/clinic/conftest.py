"""Clinicians, each with a browser."""

from collections.abc import Callable

import pytest
from flask import Flask

from store import Store
from tests.clock import Clock
from tests.web.clinic.ward import Ward
from tests.web.people import Staff, signed_in

Clinician = Callable[..., Ward]


@pytest.fixture
def clinician(app: Flask, store: Store, staff: Staff, clock: Clock) -> Clinician:
    """``clinician("Vera", "Clinic 1")``: somebody who opens cases, at a clinic or none."""

    def made(name: str = "", clinic: str = "") -> Ward:
        person = staff("clinician", name=name)
        ward = Ward(store, clock, person, signed_in(app, store, person))
        return ward.works_at(clinic) if clinic else ward

    return made


@pytest.fixture
def ward(clinician: Clinician) -> Ward:
    return clinician("Vera", "Клиника 1")
