"""What stands on the pages of accounts, and in their rows."""

import re

from store import Store
from tests.stories.desk import AgentAtDesk
from web.signin.accounts import account_row

_LINK = re.compile(r"https?://[^/\s]+(/enrol/[A-Za-z0-9_-]+)")


def page_of(desk: AgentAtDesk, person: AgentAtDesk) -> AgentAtDesk:
    """Opens the page of somebody's account."""
    return desk.opens(f"/admin/staff/{person.person.id}")


def roles_of(store: Store, name: str) -> list[str]:
    """The roles somebody has."""
    with store.reading() as work:
        return str(account_row(work, name).roles).split()


def change_url(desk: AgentAtDesk) -> str:
    """Where the form of a change that waits goes; empty where none is on the page."""
    found = re.search(r'action="(/admin/staff/changes/[^"]+)"', desk.html)
    return found[1] if found else ""


def link_in(html: str) -> str | None:
    """The path of the link to enrol on a page."""
    found = _LINK.search(html)
    return found[1] if found else None
