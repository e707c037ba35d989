"""The floor: the least a Flask application can do with a signed text. Everything we do more is measured against it.

Twilio's own validator over the parsed form, one durable insert by the plain driver, an answer that is a constant. No
pool, no ORM, no transaction of several statements; under SQLite the same writer lock as ours. And the least it can do
with an inspection by JSON: one indexed read, one durable insert, a short answer.
"""

import os
import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pysqlite3.dbapi2 as sqlite
from flask import Flask, Response, abort, jsonify, request
from twilio.request_validator import RequestValidator

from store.engine import open_engine

Insert = Callable[[tuple[str, str, str]], None]
Find = Callable[[str], tuple[str, ...] | None]
PATH = "/telephony/sms"
TABLE = "CREATE TABLE floor_text (sid TEXT PRIMARY KEY, sender TEXT NOT NULL, body TEXT NOT NULL)"
INSPECT = "/inspect"
PASSES = "CREATE TABLE floor_pass (code TEXT PRIMARY KEY, until TEXT NOT NULL)"
CODES = tuple(f"CODE-{number:06d}" for number in range(2000))
FILL = "INSERT INTO floor_pass (code, until) VALUES " + ", ".join(f"('{code}', '2026-06-03 10:00')" for code in CODES)
_ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response><Message>Thank you.</Message></Response>'


def create_app() -> Flask:
    """The floor, from the environment that the service itself reads."""
    app = Flask(__name__)
    validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
    address = os.environ["PUBLIC_URL"] + PATH
    url = os.environ["DATABASE_URL"]
    insert, find = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)

    @app.post(PATH)
    def sms() -> Response:
        form = request.form
        if not validator.validate(address, form, request.headers.get("X-Twilio-Signature", "")):
            abort(403)
        insert((form["MessageSid"], form["From"], form["Body"]))
        return Response(_ANSWER, mimetype="text/xml")

    @app.post(INSPECT)
    def inspect() -> Response:
        asked = request.get_json()
        found = find(asked["code"])
        insert((asked["id"], "floor", asked["code"]))
        return jsonify(verdict="valid" if found else "unknown", until=found and found[0])

    return app


def _postgresql(url: str) -> tuple[Insert, Find]:
    """One statement, committed by itself: a single round trip. psycopg prepares it after the fifth time."""
    own = threading.local()

    def connection() -> psycopg.Connection[tuple[str, ...]]:
        if not hasattr(own, "connection"):
            own.connection = psycopg.connect(url, autocommit=True)
        found: psycopg.Connection[tuple[str, ...]] = own.connection
        return found

    def insert(row: tuple[str, str, str]) -> None:
        connection().execute("INSERT INTO floor_text (sid, sender, body) VALUES (%s, %s, %s)", row)

    def find(code: str) -> tuple[str, ...] | None:
        return connection().execute("SELECT until FROM floor_pass WHERE code = %s", (code,)).fetchone()

    return insert, find


def _sqlite(url: str) -> tuple[Insert, Find]:
    """One statement, committed by itself, under the writer lock."""
    own = threading.local()
    _, writer_lock = open_engine(url, 1)

    def connection() -> Any:
        if not hasattr(own, "connection"):
            own.connection = sqlite.connect(url.removeprefix("sqlite:///"), isolation_level=None)
            own.connection.execute("PRAGMA journal_mode=WAL")
            own.connection.execute("PRAGMA synchronous=FULL")
        return own.connection

    def insert(row: tuple[str, str, str]) -> None:
        with writer_lock():
            connection().execute("INSERT INTO floor_text (sid, sender, body) VALUES (?, ?, ?)", row)

    def find(code: str) -> tuple[str, ...] | None:
        found: tuple[str, ...] | None = (
            connection().execute("SELECT until FROM floor_pass WHERE code = ?", (code,)).fetchone()
        )
        return found

    return insert, find
