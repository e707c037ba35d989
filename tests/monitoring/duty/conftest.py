"""A ward with an order in force, and a duty desk; it is noon in Kazan."""

import pytest

from store import Store
from tests.clock import Clock
from tests.monitoring.duty.desk import Desk


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    found = Desk(store, clock)
    found.put_in_force(days_ago=1)
    return found
