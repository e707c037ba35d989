"""An appeal that is upheld undoes what was decided, and is answered by somebody who had no hand in it."""

from datetime import timedelta

from codes.review.answering_appeals import listed_appeals
from codes.review.appealed import About
from codes.review.appeals import decide_appeal, file_appeal
from codes.review.barring import Barred
from monitoring.cases.watched import telephone_of
from monitoring.duty.opening import take_alert
from store.messages import OutboxMessage
from tests.monitoring.duty.desk import DORA, Desk

ROSA = "staff:rosa"


def appealed(desk: Desk, what: str, subject: str, case_id: str) -> str:
    with desk.store.work() as work:
        phone = telephone_of(work, desk.case(case_id))
        assert phone is not None
        return file_appeal(work, phone, "Я была дома", About(what, subject))


def answered(desk: Desk, number: str, by: str = ROSA, *, upheld: bool = True) -> Barred | None:
    with desk.store.work() as work:
        return decide_appeal(work, number, upheld=upheld, words="Верно", language="ru", by=by)


def test_an_upheld_appeal_withdraws_the_violation_and_tells_so(desk: Desk) -> None:
    alert_id = desk.ripe()
    desk.decides(alert_id)
    number = appealed(desk, "alert", alert_id, desk.alert(alert_id).case_id)

    assert answered(desk, number) is None

    assert desk.alert(alert_id).overturned_at == desk.clock.now
    assert sorted(desk.templates())[:2] == ["alert_violation", "alert_withdrawn"]
    assert "appeal_upheld" in desk.templates()


def test_what_is_answered_at_night_is_told_in_the_morning(desk: Desk) -> None:
    alert_id = desk.ripe()
    desk.decides(alert_id)
    number = appealed(desk, "alert", alert_id, desk.alert(alert_id).case_id)
    desk.at(23)

    answered(desk, number)

    told = [one.due_at for one in desk.rows(OutboxMessage) if one.template in ("appeal_upheld", "alert_withdrawn")]
    assert told == [desk.at(8)] * 2


def test_a_denied_appeal_leaves_it_as_it_is(desk: Desk) -> None:
    alert_id = desk.ripe()
    desk.decides(alert_id)
    number = appealed(desk, "alert", alert_id, desk.alert(alert_id).case_id)

    answered(desk, number, upheld=False)

    assert desk.alert(alert_id).overturned_at is None


def test_nobody_who_had_a_hand_in_it_answers(desk: Desk) -> None:
    alert_id = desk.ripe()
    with desk.store.work() as work:
        take_alert(work, alert_id, "staff:emil")
    desk.clock.pass_by(minutes=20)
    desk.decides(alert_id)
    number = appealed(desk, "alert", alert_id, desk.alert(alert_id).case_id)

    refused = [answered(desk, number, by) for by in (DORA, "staff:emil", "staff:clinician")]

    assert refused == [Barred.CONCERNED] * 3


def test_a_case_opened_in_error_goes_to_people_who_close_it(desk: Desk) -> None:
    case_id = desk.admit()
    number = appealed(desk, "case", case_id, case_id)

    answered(desk, number)

    assert desk.alert_of(case_id).kind == "appeal_upheld"


def test_appeals_about_people_at_home_have_a_deadline_and_come_first(desk: Desk) -> None:
    case_id = desk.admit()
    with desk.store.work() as work:
        phone = telephone_of(work, desk.case(case_id))
        assert phone is not None
        file_appeal(work, phone, "что-то другое")
    desk.clock.pass_by(hours=1)
    number = appealed(desk, "case", case_id, case_id)

    with desk.store.reading() as work:
        waiting, _ = listed_appeals(work)

    assert waiting[0].number == number
    assert waiting[0].answer_by == desk.clock.now + timedelta(days=10)
