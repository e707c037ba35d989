"""A case that opens while a text is being answered: whoever comes first, no live pass is left."""

from collections.abc import Callable
from threading import Event, Thread

import pytest

from codes.applications import Asking
from codes.fields import Field
from codes.invariants import broken
from codes.isolation import at_home
from codes.issuing import issue_pass
from codes.meeting import Meeting, meet
from codes.people import add_person
from monitoring.cases.opening import open_case
from store import Store, Work

DOCUMENT = "9219632506"
FIRST, SECOND, NEW = "+79990000001", "+79990000002", "+79990000003"
A_MOMENT_S = 0.4


def known(work: Work, number: str) -> Meeting:
    add_person(work, meet(work, number).phone, {Field.DOCUMENT: DOCUMENT})
    return meet(work, number)


def ask(work: Work, meeting: Meeting) -> None:
    """As a text that names the document does."""
    if not at_home(work, DOCUMENT):
        holder = meeting.holders[0] if meeting.holders else add_person(work, meeting.phone, {Field.DOCUMENT: DOCUMENT})
        purpose = meeting.terms.regime.by_number[8]
        issue_pass(work, meeting.terms, Asking(meeting.phone, holder, purpose, {}, "desk", "tests"))


def ask_without_naming(work: Work, meeting: Meeting) -> None:
    purpose = meeting.terms.regime.by_number[8]
    issue_pass(work, meeting.terms, Asking(meeting.phone, meeting.holders[0], purpose, {}, "desk", "tests"))


@pytest.mark.parametrize(("number", "asked"), [(SECOND, ask_without_naming), (SECOND, ask), (NEW, ask)])
def test_a_pass_issued_while_a_case_opens_is_revoked(
    in_force: Store, number: str, asked: Callable[[Work, Meeting], None]
) -> None:
    with in_force.work() as work:
        person_id = known(work, FIRST).holders[0].id
        known(work, SECOND)
    opened = Event()

    def open_it() -> None:
        with in_force.work() as work:
            open_case(work, person_id, "order 5", "tests")
        opened.set()

    opening = Thread(target=open_it)
    with in_force.work() as work:
        meeting = meet(work, number)
        at_once = number == NEW  # of a new telephone the document is all that can be held
        if at_once:
            asked(work, meeting)
            work.flush()
        opening.start()
        waited = not opened.wait(A_MOMENT_S)
        if not at_once:
            asked(work, meeting)
    opening.join()

    with in_force.reading() as work:
        assert broken(work) == []
    assert waited
