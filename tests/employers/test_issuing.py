"""Passes for a list of workers: row by row, once each, by the rules that hold for everybody."""

import threading
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col

from codes.employers.confirming import limit
from codes.employers.uploads import LEASE, drop
from codes.fields import Field
from codes.meeting import meet
from codes.people import add_person
from employers.keeping import MOST_WAITING, SLICE
from monitoring.cases.opening import open_case
from store import Store
from store.people import Phone
from store.phones import ensure_phone
from tests.clock import Clock
from tests.employers.office import REVIEWER, Office, line, listed, number, office


def test_each_worker_gets_the_pass_by_text_with_who_asked_for_it(firm: Office) -> None:
    upload_id = firm.issue(listed(range(1, 31)))

    upload = firm.upload(upload_id)
    assert (upload.state, upload.issued, upload.not_issued) == ("done", 30, 0)
    assert len(firm.passes()) == 30
    ((template, fields),) = firm.texts(number(7))
    assert (template, fields["organisation"], fields["tail"]) == ("work_granted", "ООО Ромашка", "0007")


def test_nothing_is_issued_before_it_is_pressed_and_pressing_twice_does_it_once(firm: Office) -> None:
    upload_id = firm.read(listed([1]))
    before = firm.passes()

    pressed = [firm.press(upload_id), firm.press(upload_id)]
    firm.go_on(upload_id)
    firm.keeper.keep(upload_id)

    assert (before, pressed, len(firm.passes())) == ([], [True, False], 1)


def test_the_purpose_days_and_bound_plate_are_the_orders(firm: Office) -> None:
    firm.issue(line(1, plate="Т111МО777", card="1234567890"))

    (one,) = firm.passes()
    assert one.purpose == 1 and one.channel == "employer"
    assert timedelta(days=13) < one.valid_until - one.valid_from <= timedelta(days=14)
    assert one.plate_index is not None and one.card_index is not None


def test_who_must_stay_at_home_or_is_blocked_gets_none_and_the_reason_goes_to_them_alone(firm: Office) -> None:
    with firm.store.work() as work:
        person = add_person(work, ensure_phone(work, number(1)), {Field.DOCUMENT: "4500000001"})
        work.run(update(Phone).where(col(Phone.id) == ensure_phone(work, number(2)).id), blocked_at=work.now)
    with firm.store.work() as work:
        open_case(work, person.id, "told to stay at home", "tests")

    upload_id = firm.issue(listed([1, 2, 3]))

    assert [one.result for one in firm.rows(upload_id)] == ["not_issued", "not_issued", "issued"]
    assert [one.state for one in firm.workers()] == ["none", "none", "live"]
    told = [firm.texts(number(place))[-1] for place in (1, 2)]
    assert [template for template, _ in told] == ["work_refused", "work_refused"]
    assert "дома" in told[0][1]["words"] and "дома" not in told[1][1]["words"]


def test_a_case_that_opens_while_the_list_is_issued_stops_that_pass(firm: Office) -> None:
    with firm.store.work() as work:
        person = add_person(work, ensure_phone(work, number(2)), {Field.DOCUMENT: "4500000002"})
    upload_id = firm.read(listed([1, 2]))
    firm.press(upload_id)

    with firm.store.work() as work:
        open_case(work, person.id, "told to stay at home", "tests")
    firm.go_on(upload_id)

    assert [one.result for one in firm.rows(upload_id)] == ["issued", "not_issued"]


def test_a_person_who_is_known_stays_as_they_are(firm: Office) -> None:
    with firm.store.work() as work:
        known = {Field.NAME: "Настоящее Имя", Field.DOCUMENT: "4500000001"}
        person = add_person(work, ensure_phone(work, number(1)), known)

    firm.issue(line(1))

    with firm.store.work() as work:
        (holder,) = meet(work, number(1)).holders
    assert (holder.id, holder.details[Field.NAME]) == (person.id, "Настоящее Имя")


def test_in_india_the_reviewer_who_confirmed_the_organisation_stands_for_letter_and_approval(
    store: Store, clock: Clock
) -> None:
    firm = office(store, clock, "india-epass").confirmed()

    upload_id = firm.read("Sharma Anita;+919812345678;234123412346", purpose=5)
    firm.press(upload_id)
    firm.go_on(upload_id)

    assert [one.purpose for one in firm.passes()] == [5]


def test_a_days_limit_leaves_the_rest_for_the_next_day(firm: Office) -> None:
    with firm.store.work() as work:
        limit(work, firm.organisation_id, 3, REVIEWER)
    upload_id = firm.issue(listed(range(1, 6)))
    first_day = len(firm.passes())

    waiting = firm.upload(upload_id)
    firm.clock.pass_by(days=1)
    firm.go_on(upload_id)

    assert (first_day, waiting.state, len(firm.passes())) == (3, "issuing", 5)
    assert waiting.due_at is not None and waiting.due_at > waiting.changed_at
    assert firm.upload(upload_id).state == "done"


def test_a_list_waits_while_many_texts_wait_to_go_out(firm: Office) -> None:
    upload_id = firm.read(listed(range(1, 100)))
    firm.press(upload_id)

    for _ in range(10):
        firm.keeper.keep(upload_id)

    assert MOST_WAITING <= len(firm.passes()) < MOST_WAITING + SLICE
    assert firm.upload(upload_id).state == "issuing"


def test_a_list_that_is_given_up_stops(firm: Office) -> None:
    upload_id = firm.read(listed(range(1, 60)))
    firm.press(upload_id)
    firm.keeper.keep(upload_id)

    with firm.store.work() as work:
        drop(work, firm.found_in(work), upload_id, "phone:tests")
    firm.go_on(upload_id)

    assert (firm.upload(upload_id).state, len(firm.passes())) == ("dropped", SLICE)


def test_two_workers_at_one_list_issue_each_pass_once(firm: Office) -> None:
    upload_id = firm.read(listed(range(1, SLICE + 1)))
    firm.press(upload_id)
    hands = [threading.Thread(target=firm.keeper.keep, args=(upload_id,)) for _ in range(4)]

    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    assert (len(firm.passes()), firm.upload(upload_id).issued) == (SLICE, SLICE)


def test_whoever_is_overtaken_after_their_lease_does_no_more(firm: Office) -> None:
    upload_id = firm.read(listed(range(1, 6)))
    firm.press(upload_id)
    slow = firm.keeper
    overtaken: list[int] = []

    def overtake(_seconds: float) -> None:
        if not overtaken:
            overtaken.append(1)
            firm.clock.pass_by(seconds=LEASE.total_seconds() + 1)
            firm.keeper.keep(upload_id)

    type(slow)(firm.store, rest=overtake).keep(upload_id)

    assert (len(firm.passes()), firm.upload(upload_id).state) == (5, "done")


def test_a_telephone_that_never_heard_of_us_gets_one_text_a_day(firm: Office) -> None:
    firm.issue(line(1))
    firm.issue(line(2, phone=number(1)))
    same_day = len(firm.texts(number(1)))

    firm.clock.pass_by(days=1, minutes=1)
    firm.issue(line(2, phone=number(1)))

    assert (same_day, len(firm.texts(number(1))), len(firm.passes())) == (1, 2, 2)
