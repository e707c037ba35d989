"""Who may be what: the roles, and which of them nobody holds together."""

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """What somebody is here; decides which pages open."""

    CITIZEN = "citizen"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    OFFICER = "officer"
    CLINICIAN = "clinician"
    DUTY_OFFICER = "duty_officer"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"
    KEY_CUSTODIAN = "key_custodian"


STAFF_ROLES = tuple(role for role in Role if role is not Role.CITIZEN)
"""Those that are given; a citizen is whoever comes with a telephone."""

EXCLUSIVE = (
    (Role.AGENT, Role.AUDITOR, "an auditor checks what agents did"),
    (Role.SUPERVISOR, Role.AUDITOR, "an auditor checks what supervisors did"),
    (Role.CLINICIAN, Role.REVIEWER, "who orders isolation must not decide the appeal against it"),
    (Role.DUTY_OFFICER, Role.REVIEWER, "who decides on an alert must not decide the appeal against it"),
    (Role.OPERATOR, Role.KEY_CUSTODIAN, "the machine and its keys are in two people's hands"),
)
"""Two roles that one person must not hold, and why."""

TWO_PEOPLE = (Role.AUDITOR, Role.ADMINISTRATOR, Role.KEY_CUSTODIAN)
"""Roles that two administrators give together: with one of them alone somebody could make themselves a second self
that checks, confirms or opens what they do."""


class RolesRefused(Exception):
    """These roles can't be given; the text says why."""


def read_roles(written: Collection[str]) -> tuple[Role, ...]:
    """The roles that were named, each once, in the order of the table; raises RolesRefused."""
    unknown = [name for name in written if name not in STAFF_ROLES]
    if unknown or not written:
        said = f"{unknown[0]!r} is no role of staff" if unknown else "name at least one role"
        raise RolesRefused(f"{said}: there are {', '.join(STAFF_ROLES)}")
    for one, other, why in EXCLUSIVE:
        if one in written and other in written:
            raise RolesRefused(f"nobody is {one} and {other} at once: {why}")
    return tuple(role for role in STAFF_ROLES if role in written)
