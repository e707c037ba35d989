"""A town of patients with an order in force; it is noon in Kazan."""

import pytest

from store import Store
from tests.clock import Clock
from tests.monitoring.figures.town import Town


@pytest.fixture
def town(store: Store, clock: Clock) -> Town:
    found = Town(store, clock)
    found.put_in_force(days_ago=1)
    return found
