"""Every table there is, for migrations and for tests that look at all of them."""

from sqlmodel import SQLModel

from store import alarms, audit, calls, cases, desk, messages, officers, passes, people, regimes, staff

MODULES = (alarms, audit, calls, cases, desk, messages, officers, passes, people, regimes, staff)
METADATA = SQLModel.metadata
