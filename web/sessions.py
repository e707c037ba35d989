"""Who is signed in: one cookie, whoever it is."""

from store import Store, Work
from web.citizen.sessions import end_citizen_session, find_citizen, is_citizens
from web.signin.sessions import end_session, find_visitor
from web.visitor import Visitor


def visitor_with(store: Store, token: str) -> Visitor | None:
    """Whose session a cookie's value opens, while it lasts."""
    return find_citizen(store, token) if is_citizens(token) else find_visitor(store, token)


def sign_out(work: Work, token: str, visitor: Visitor) -> None:
    """Ends this browser's session."""
    end = end_citizen_session if is_citizens(token) else end_session
    end(work, token, visitor)
