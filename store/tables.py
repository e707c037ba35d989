"""Every table there is, for migrations and for tests that look at all of them."""

from sqlmodel import SQLModel

from store import (
    alarms,
    audit,
    calls,
    cases,
    citizens,
    clients,
    desk,
    employers,
    figures,
    layers,
    messages,
    officers,
    papers,
    passes,
    people,
    public_checks,
    regimes,
    reviews,
    sharing,
    staff,
)

MODULES = (
    alarms,
    audit,
    calls,
    cases,
    citizens,
    clients,
    desk,
    figures,
    layers,
    employers,
    messages,
    officers,
    papers,
    passes,
    people,
    public_checks,
    regimes,
    reviews,
    sharing,
    staff,
)
METADATA = SQLModel.metadata
