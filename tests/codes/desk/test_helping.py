"""Somebody new by telephone, and somebody known on another number."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from codes.desk.attending import NotAttended, attend
from codes.desk.helping import Registered, issue, move, register
from codes.fields import Field
from codes.moving import Move
from codes.outcomes import Grant, Refusal, RefusalReason
from monitoring.cases.opening import Plan, open_case
from monitoring.cases.watched import watched_case
from monitoring.home.links import Entry, find_link
from monitoring.patients.links import new_link
from store.checks import PresenceCheck
from store.columns import table
from tests.codes.counter import ANN, BOB
from tests.codes.line import Line

NEW = "+79990000044"
DOCUMENT = {Field.DOCUMENT: "9219639999"}
SHOP = 8


def test_somebody_new_is_registered_and_proved_as_such(line: Line) -> None:
    sid = line.talk(NEW)

    made = line.hears(sid, lambda work, one: register(work, one, DOCUMENT))

    assert isinstance(made, Registered) and not made.before
    assert (line.call(sid).proof, line.call(sid).person_id) == ("registered", made.person.id)
    assert isinstance(line.attends(sid, lambda work, one: issue(work, one, made.person.id, SHOP, {})), Grant)
    assert line.audited("person.registered")[-1] == ("staff:anna", made.person.id)


def test_sent_twice_they_are_one_person(line: Line) -> None:
    sid = line.talk(NEW)

    first, again = (line.hears(sid, lambda work, one: register(work, one, DOCUMENT)) for _ in range(2))

    assert isinstance(first, Registered) and isinstance(again, Registered)
    assert first.person.id == again.person.id and again.before


def test_being_registered_opens_nobody_else_on_the_telephone(line: Line) -> None:
    sid, ann = line.talk(ANN), line.person(ANN)

    made = line.hears(sid, lambda work, one: register(work, one, DOCUMENT))

    assert isinstance(made, Registered)
    with line.counter.store.work() as work:
        attended = attend(work, "anna", sid)
    assert [one.id for one in attended.people] == [made.person.id]
    with pytest.raises(NotAttended):
        line.attends(sid, lambda work, one: issue(work, one, ann, SHOP, {}))


def test_whoever_says_the_whole_document_on_file_is_proved_by_it(line: Line) -> None:
    sid = line.talk(ANN)

    made = line.hears(sid, lambda work, one: register(work, one, {Field.DOCUMENT: "9219632506"}))

    assert isinstance(made, Registered) and made.before
    assert line.call(sid).proof == "document"


def test_a_hidden_number_registers_where_nobody_is_known(line: Line) -> None:
    sid = line.talk(None)

    assert line.hears(sid, lambda work, one: register(work, one, DOCUMENT)) is None
    assert line.hears(sid, lambda work, one: register(work, one, DOCUMENT, BOB)) is None
    made = line.hears(sid, lambda work, one: register(work, one, DOCUMENT, NEW))

    assert isinstance(made, Registered)
    assert line.attends(sid, lambda work, one: one.phone.number) == NEW


def test_a_child_comes_into_the_care_of_whoever_is_proved(line: Line) -> None:
    sid, ann = line.proved(), line.person(ANN)

    made = line.hears(sid, lambda work, one: register(work, one, {Field.NAME: "Иванова Маша"}, guardian_id=ann))

    assert isinstance(made, Registered) and made.person.guardian_id == ann
    assert line.call(sid).proof == "document"
    assert line.attends(sid, lambda work, one: len(one.people)) == 2


def test_nobody_gets_a_child_of_somebody_else(line: Line) -> None:
    sid, bob = line.proved(), line.person(BOB)

    with pytest.raises(NotAttended):
        line.hears(sid, lambda work, one: register(work, one, {Field.NAME: "Маша"}, guardian_id=bob))


def test_a_telephone_has_room_for_a_family(line: Line) -> None:
    for number in range(7):
        line.counter.introduce(ANN, name="Иванов", document=f"921963260{number}")
    sid = line.talk(ANN)

    crowded = line.hears(sid, lambda work, one: register(work, one, DOCUMENT))

    assert crowded == Refusal(RefusalReason.CROWDED)


def test_a_document_that_is_known_elsewhere_is_asked_for_there(line: Line) -> None:
    sid = line.talk(NEW)

    line.hears(sid, lambda work, one: register(work, one, {Field.DOCUMENT: "9219632507"}))

    assert [(number, template) for number, template, _ in line.counter.owed()][-1] == (BOB, "document_claimed")


def test_moved_to_another_number_with_passes_and_children_and_the_old_number_told(line: Line) -> None:
    sid, ann = line.proved(), line.person(ANN)
    line.hears(sid, lambda work, one: register(work, one, {Field.NAME: "Иванова Маша"}, guardian_id=ann))
    line.attends(sid, lambda work, one: issue(work, one, ann, SHOP, {}))

    assert line.attends(sid, lambda work, one: move(work, one, ann, NEW)) is Move.MOVED

    there = line.counter.who(NEW)
    assert line.counter.who(ANN).holders == () and [one.id for one in there.holders if not one.guardian_id] == [ann]
    assert len(there.holders) == 2 and there.holders[0].live[0].phone_id == there.phone.id
    assert {(number, template) for number, template, _ in line.counter.owed()[-2:]} == {
        (ANN, "phone_moved"),
        (NEW, "registered"),
    }
    assert line.audited("person.moved") == [("staff:anna", ann)]
    assert isinstance(line.attends(sid, lambda work, one: issue(work, one, ann, 3, {})), Grant)
    assert line.attends(sid, lambda work, one: move(work, one, ann, NEW)) is Move.SAME


def test_who_stays_at_home_is_asked_on_the_new_number_and_the_old_one_opens_nothing(line: Line) -> None:
    sid, ann, phone = line.proved(), line.person(ANN), line.counter.who(ANN).phone
    with line.counter.store.work() as work:
        case_id = open_case(work, ann, "order", "tests", Plan(phone_id=phone.id)).case_id
        case = watched_case(work, case_id)
        assert case is not None
        token = new_link(work, case, "page", work.now + timedelta(days=14))
        asked = {"state": "asked", "means": "link", "planned_at": work.now, "asked_at": work.now, "origin": "schedule"}
        work.insert(PresenceCheck, id="check", case_id=case_id, step=1, attempts=0, **asked)

    assert line.attends(sid, lambda work, one: move(work, one, ann, NEW)) is Move.MOVED

    there = line.counter.who(NEW).phone
    with line.counter.store.reading() as work:
        moved = watched_case(work, case_id)
        assert moved is not None and moved.phone_id == there.id
        assert find_link(work, token).entry is Entry.ENDED
        assert work.row(select(table(PresenceCheck))).outcome == "no_phone"


def test_nobody_is_moved_onto_whoever_has_their_document(line: Line) -> None:
    line.counter.introduce(NEW, document="9219632506")
    sid, ann = line.proved(), line.person(ANN)

    assert line.attends(sid, lambda work, one: move(work, one, ann, NEW)) is Move.KNOWN
    assert line.counter.who(ANN).holders


def test_nobody_is_moved_into_a_crowd(line: Line) -> None:
    for number in range(8):
        line.counter.introduce(NEW, name="Иванов", document=f"921963260{number}")
    sid, ann = line.proved(), line.person(ANN)

    assert line.attends(sid, lambda work, one: move(work, one, ann, NEW)) is Move.CROWDED
