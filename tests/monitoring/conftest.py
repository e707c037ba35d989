"""A patient for every test that wants one."""

import pytest

from store import Store
from tests.clock import Clock
from tests.monitoring.patient import Patient, a_patient


@pytest.fixture
def patient(store: Store, clock: Clock) -> Patient:
    return a_patient(store, clock)
