"""Sentences for organisations, and for the workers that they name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

LONG: Final[Mapping[str, str]] = MappingProxyType(
    {
        "work_granted": "{organisation} asked for your pass {code} until {valid_until}\n{purpose}\n{holder}\nNot you? "
        "Send NOT ME",
        "work_refused": "{organisation} asked for a work pass for you. {words}",
        "work_ended": "{organisation} says that you left. Pass {code} is revoked. To appeal, send APPEAL and why",
        "organisation_confirmed": "{organisation} is confirmed. Sign in on our page to upload your list of workers.",
        "organisation_refused": "{organisation} is not confirmed: {reason}. To appeal, send APPEAL and why",
        "organisation_closed": "{organisation}: the account is closed: {reason}. To appeal, send APPEAL and why",
        "organisation_invited": "{organisation} asks you to manage its account. Sign in on our page to agree.",
    }
)
"""Two segments: they carry the name of the organisation, besides the pass or why there is none."""
