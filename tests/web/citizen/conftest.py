"""Somebody who is known on the citizen's telephone."""

import pytest
from flask import Flask

from codes.fields import Field
from codes.people import add_person
from store import Store
from store.phones import ensure_phone
from tests.web.citizen.entering import NUMBER
from tests.web.citizen.holding import DOCUMENT, NAME


@pytest.fixture
def ivan(app: Flask, store: Store) -> str:
    """Known on the citizen's telephone; the id."""
    with store.work() as work:
        details = {Field.NAME: NAME, Field.DOCUMENT: DOCUMENT, Field.ADDRESS: "Казань, Баумана 1"}
        return add_person(work, ensure_phone(work, NUMBER), details).id
