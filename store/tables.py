"""Every table there is, for migrations and for tests that look at all of them."""

from sqlmodel import SQLModel

from store import audit, cases, messages, officers, passes, people, regimes

MODULES = (audit, cases, messages, officers, passes, people, regimes)
METADATA = SQLModel.metadata
