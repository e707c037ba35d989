"""Ready accounts of the demo's staff. Everybody knows their password and secret: they exist in development alone."""

from dataclasses import dataclass
from datetime import datetime

import pyotp

PASSWORD = "three telephones"  # noqa: S105 - known to everybody, and refused in production
SECRET = "PASSLINEDEMOPASSLINEDEMOPASSLINE"  # noqa: S105 - the same
YOUR_AGENT, YOUR_SUPERVISOR = "You", "Vera"
YOUR_TELEPHONE = "+79990000003"
"""Beside you at the desk; it is filled in there."""
PLAYED = (("Anna", "+79990000011"), ("Rinat", "+79990000012"))
"""Agents whom the demo plays, with the telephones beside them."""


CLINICIANS = ("Clara", "Klim")
"""Two, at one clinic: lists and opening again are confirmed by a second."""
CLINIC = "Поликлиника № 4"
YOUR_DUTY_OFFICER, PLAYED_DUTY_OFFICER = "Darya", "Dinar"


@dataclass(frozen=True, slots=True)
class Ready:
    """An account that is set up already."""

    name: str
    role: str


ADMINISTRATORS = ("Adam", "Eva")
"""Two, since an order is put in force by two."""
READY = (
    Ready(YOUR_AGENT, "agent"),
    Ready(YOUR_SUPERVISOR, "supervisor"),
    *(Ready(name, "clinician") for name in CLINICIANS),
    Ready(YOUR_DUTY_OFFICER, "duty_officer"),
    Ready(PLAYED_DUTY_OFFICER, "duty_officer"),
    Ready("Rosa", "reviewer"),
    Ready("Rustam", "reviewer"),
    *(Ready(name, "administrator") for name in ADMINISTRATORS),
    Ready("Oleg", "operator"),
    Ready("Alla", "auditor"),
    *(Ready(name, "agent") for name, _ in PLAYED),
)


def code_at(moment: datetime) -> str:
    """What everybody's authenticator app shows."""
    return pyotp.TOTP(SECRET).at(moment)
