"""A ward where the order of Tatarstan is in force; it is noon in Kazan."""

import pytest

from store import Store
from tests.clock import Clock
from tests.monitoring.checks.ward import Ward


@pytest.fixture
def ward(store: Store, clock: Clock) -> Ward:
    found = Ward(store, clock)
    found.put_in_force(days_ago=1)
    return found
