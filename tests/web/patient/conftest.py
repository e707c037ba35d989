"""Patients with browsers."""

import pytest
from flask import Flask

from store import Store
from tests.clock import Clock
from tests.monitoring.checks.ward import Ward
from tests.web.patient.household import AtHome, a_household


@pytest.fixture
def ward(store: Store, clock: Clock) -> Ward:
    return Ward(store, clock)


@pytest.fixture
def newcomer(app: Flask, ward: Ward) -> AtHome:
    """Ann, who has not opened her page yet."""
    return a_household(app, ward, enrolled=False)


@pytest.fixture
def ann(newcomer: AtHome) -> AtHome:
    """Ann, who has."""
    return newcomer.arrives()
