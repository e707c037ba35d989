"""The counter as a signed-in citizen comes to it."""

from codes.meeting import Meeting, meet
from store import Work
from store.phones import phone_by_id
from web.visitor import visitor


def at_counter(work: Work) -> Meeting:
    """Everything known of the visitor's telephone; holds its lock to the end of the work."""
    return meet(work, phone_by_id(work, visitor().id).number)
