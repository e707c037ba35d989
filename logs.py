"""Logs: one JSON line an event on stderr, with none but listed fields, so that nothing personal can slip in."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset(
    "event level timestamp logger sid message_id status error error_code cause waiting attempt job host pid count "
    "state version seconds part".split()
)
"""Fields an event may carry. Ids only: never a number, a name, a code, a text or a coordinate."""


def _listed_only(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {name: value for name, value in event.items() if name in ALLOWED}


_STEPS: list[Any] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _listed_only,
    structlog.processors.JSONRenderer(),
]
"""One list for all: loggers keep theirs from their first event on."""


def log_to_stderr(level: str) -> None:
    """Sends structlog's events, from `level` on, to stderr; quiets libraries that print numbers and bodies."""
    structlog.configure(
        processors=_STEPS,
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    for name in ("twilio", "twilio.http_client", "sqlalchemy", "alembic", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)


def frames(error: Exception) -> list[str]:
    """Where an error happened, without values: an exception's text may hold personal data."""
    found, trace = [], error.__traceback__
    while trace:
        found.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return found
