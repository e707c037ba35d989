"""GET /healthz: may this process be given work?"""

from collections.abc import Callable
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from store import Store
from store.migrations import newest, present

_PATIENCE_S = 2
READY = "ready"
_DIRECT = build_opener(ProxyHandler({}))
"""The simulator is on this machine, whatever proxy the environment names."""


def health_blueprint(store: Store, simulator_url: str | None) -> Blueprint:
    """200 once everything is ready, else 503; the JSON names each part's state. `simulator_url` in development."""
    checks: dict[str, Callable[[], str]] = {
        "database": lambda: _database(store),
        "migrations": lambda: _migrations(store),
    }
    if simulator_url:
        checks["simulator"] = lambda: _simulator(simulator_url)
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def healthz() -> ResponseReturnValue:
        parts = {"web": READY} | {name: check() for name, check in checks.items()}
        ready = all(state == READY for state in parts.values())
        return jsonify(status=READY if ready else "waiting", **parts), 200 if ready else 503

    return blueprint


def _database(store: Store) -> str:
    try:
        with store.reading() as work:
            work.row(select(1))
    except SQLAlchemyError:
        return "away"
    return READY


def _migrations(store: Store) -> str:
    try:
        at, wanted = present(store.engine), newest()
    except SQLAlchemyError:
        return "unknown"
    return READY if at == wanted else f"at {at or 'nothing'}, wants {wanted}"


def _simulator(url: str) -> str:
    try:
        with _DIRECT.open(f"{url}/healthz", timeout=_PATIENCE_S):
            return READY
    except (URLError, OSError):
        return "away"
