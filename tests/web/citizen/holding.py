"""Who is on the citizen's telephone, for tests of what is held."""

import json
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from codes.applications import Asking
from codes.issuing import issue_pass
from codes.meeting import meet
from store import Store
from store.passes import Pass
from tests.web.citizen.entering import NUMBER

NAME, DOCUMENT = "Иванов Иван Иванович", "9219632506"


def told(client: FlaskClient) -> dict[str, Any]:
    """The file of what is held."""
    found: dict[str, Any] = json.loads(client.get("/mine.json").data)
    return found


def grants(store: Store) -> str:
    """A pass to the chemist's for the first person on the telephone; its id."""
    with store.work() as work:
        met = meet(work, NUMBER)
        asking = Asking(met.phone, met.holders[0], met.terms.regime.by_number[8], {}, "web", met.phone.actor)
        issue_pass(work, met.terms, asking)
        return str(work.row(select(Pass)).id)
