"""The counter as a signed-in citizen comes to it."""

from codes.meeting import Meeting, glance, meet
from store import Work
from store.phones import phone_by_id
from web.visitor import visitor


def at_counter(work: Work) -> Meeting:
    """Everything known of the visitor's telephone; holds its lock to the end of the work."""
    return meet(work, phone_by_id(work, visitor().id).number)


def at_a_glance(work: Work) -> Meeting:
    """The same for a page that only shows something: no lock is held, and texts do not wait for it."""
    return glance(work, phone_by_id(work, visitor().id))
