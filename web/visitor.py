"""Who asks for this page."""

from dataclasses import dataclass

from flask import abort, g

from monitoring.home.sessions import Session
from web.roles import Role


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in: of the staff, or a citizen by their telephone."""

    id: str
    """`store.staff.Staff.id`, or `store.people.Phone.id` of a citizen."""
    name: str
    """To be shown to themselves (of a citizen the number's end); in logs, addresses and the audit stands the id."""
    roles: frozenset[Role]
    language: str | None

    @property
    def actor(self) -> str:
        """Who they are in the audit."""
        return f"{'phone' if self.may(Role.CITIZEN) else 'staff'}:{self.id}"

    def may(self, *roles: Role) -> bool:
        """Whether they have one of these roles."""
        return not self.roles.isdisjoint(roles)


def present() -> Visitor | None:
    """Who is signed in, if anybody is."""
    found: Visitor | None = g.get("visitor")
    return found


def visitor() -> Visitor:
    """Who is signed in; for pages that `web.access` opens to nobody else."""
    return present() or abort(403)


@dataclass(frozen=True, slots=True)
class AtHome:
    """A browser that a patient's link let in; a household may have several cases in one. The first is shown."""

    sessions: tuple[Session, ...]

    @property
    def shown(self) -> Session:
        """Whose page it is now."""
        return self.sessions[0]


def patient() -> AtHome | None:
    """The patient whose browser this is, if it is one's."""
    found: AtHome | None = g.get("at_home")
    return found


def at_home() -> AtHome:
    """The same; for pages that `web.access` opens to nobody else."""
    return patient() or abort(403)
