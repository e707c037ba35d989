"""Roles as people call them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from web.roles import Role
from web.words import _, later

_TITLES: Mapping[Role, str] = MappingProxyType(
    {
        Role.CITIZEN: later("citizen"),
        Role.AGENT: later("agent"),
        Role.SUPERVISOR: later("supervisor"),
        Role.OFFICER: later("police officer"),
        Role.CLINICIAN: later("clinician"),
        Role.DUTY_OFFICER: later("duty officer"),
        Role.REVIEWER: later("reviewer"),
        Role.AUDITOR: later("auditor"),
        Role.ADMINISTRATOR: later("administrator"),
        Role.OPERATOR: later("operator"),
        Role.KEY_CUSTODIAN: later("key custodian"),
    }
)


def role_titles(roles: Iterable[str]) -> str:
    """Roles, by name, in the language of the request, in the order of the table."""
    return ", ".join(_(title) for role, title in _TITLES.items() if role in set(roles))
