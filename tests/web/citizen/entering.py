"""The browser of somebody who signs in by a code, as the tests drive it."""

import re
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlmodel import col
from werkzeug.test import TestResponse

from store import Store
from store.messages import OutboxMessage
from store.outbox import message_fields
from store.phones import phone_by_id
from tests.web.reading import csrf

NUMBER = "+79170000001"
_ONCE = re.compile(r'name="once" value="([^"]+)"')


def texts(store: Store, template: str) -> list[dict[str, Any]]:
    """The fields of the texts with this sentence that are owed, oldest first."""
    with store.reading() as work:
        rows = work.rows(select(OutboxMessage).where(col(OutboxMessage.template) == template).order_by("id"))
        return [message_fields(row, phone_by_id(work, row.phone_id).key) for row in rows]


def last_code(store: Store) -> str:
    """The newest code to sign in."""
    return str(texts(store, "sign_in_code")[-1]["code"])


def submit(client: FlaskClient, url: str, *, shown: str = "", **fields: str) -> TestResponse:
    """Sends the form of a page (`shown`, or the one at `url`) as a browser would."""
    page = client.get(shown or url)
    once = _ONCE.search(page.text)
    sealed = {"csrf_token": csrf(client, shown or url), **({"once": once[1]} if once else {})}
    return client.post(url, data={**sealed, **fields})


def asks_for_code(client: FlaskClient, number: str = NUMBER, back: str = "") -> TestResponse:
    """Types a number on the first page."""
    return submit(client, f"/enter?back={back}" if back else "/enter", number=number)


def signs_in(client: FlaskClient, store: Store, number: str = NUMBER, back: str = "") -> TestResponse:
    """Types a number, then the code that came."""
    asks_for_code(client, number, back)
    return submit(client, "/enter/code", code=last_code(store))


def answers(client: FlaskClient, first: str, *said: dict[str, str]) -> TestResponse:
    """Answers the questions of an application from `/apply` on, one a page; the answer to the last."""
    answer = submit(client, "/apply", choice=first)
    for fields in said:
        answer = submit(client, answer.headers["Location"], **fields)
    return answer
