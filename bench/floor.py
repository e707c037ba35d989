"""The floor: the least a Flask application can do with a signed text. Everything we do more is measured against it.

Twilio's own validator over the parsed form, one durable insert by the plain driver, an answer that is a constant. No
pool, no ORM, no transaction of several statements; under SQLite the same writer lock as ours.
"""

import os
import threading
from collections.abc import Callable

import psycopg
import pysqlite3.dbapi2 as sqlite
from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator

from store.engine import open_engine

Insert = Callable[[tuple[str, str, str]], None]
PATH = "/telephony/sms"
TABLE = "CREATE TABLE floor_text (sid TEXT PRIMARY KEY, sender TEXT NOT NULL, body TEXT NOT NULL)"
_ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response><Message>Thank you.</Message></Response>'


def create_app() -> Flask:
    """The floor, from the environment that the service itself reads."""
    app = Flask(__name__)
    validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
    address = os.environ["PUBLIC_URL"] + PATH
    url = os.environ["DATABASE_URL"]
    insert = _into_sqlite(url) if url.startswith("sqlite") else _into_postgresql(url)

    @app.post(PATH)
    def sms() -> Response:
        form = request.form
        if not validator.validate(address, form, request.headers.get("X-Twilio-Signature", "")):
            abort(403)
        insert((form["MessageSid"], form["From"], form["Body"]))
        return Response(_ANSWER, mimetype="text/xml")

    return app


def _into_postgresql(url: str) -> Insert:
    """One statement, committed by itself: a single round trip. psycopg prepares it after the fifth time."""
    own = threading.local()

    def insert(row: tuple[str, str, str]) -> None:
        if not hasattr(own, "connection"):
            own.connection = psycopg.connect(url, autocommit=True)
        own.connection.execute("INSERT INTO floor_text (sid, sender, body) VALUES (%s, %s, %s)", row)

    return insert


def _into_sqlite(url: str) -> Insert:
    """One statement, committed by itself, under the writer lock."""
    own = threading.local()
    _, writer_lock = open_engine(url, 1)

    def insert(row: tuple[str, str, str]) -> None:
        if not hasattr(own, "connection"):
            own.connection = sqlite.connect(url.removeprefix("sqlite:///"), isolation_level=None)
            own.connection.execute("PRAGMA journal_mode=WAL")
            own.connection.execute("PRAGMA synchronous=FULL")
        with writer_lock():
            own.connection.execute("INSERT INTO floor_text (sid, sender, body) VALUES (?, ?, ?)", row)

    return insert
