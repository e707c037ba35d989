"""An organisation in Moscow that a reviewer confirmed."""

import pytest

from store import Store
from tests.clock import Clock
from tests.employers.office import Office, office


@pytest.fixture
def firm(store: Store, clock: Clock) -> Office:
    return office(store, clock).confirmed()
