"""One alert: seen by who took it, all of it in words, and decided with the text shown first."""

from collections.abc import Callable
from dataclasses import replace

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlmodel import col

from codes.looking import looks_at
from codes.review.appealed import About
from codes.review.appeals import file_appeal
from codes.review.taking import take
from monitoring.cases.watched import telephone_of
from monitoring.duty.deciding import ALERT, WhyNot
from store.audit import AuditEntry
from store.case_details import CIRCUMSTANCES, seal_details
from tests.monitoring.duty.desk import Desk
from tests.web.duty.office import Officer
from tests.web.reading import csrf, words


def test_who_did_not_take_it_sees_nobody(desk: Desk, dora: Officer) -> None:
    alert_id = desk.doubt()
    dora.comes_back()

    said = dora.sees(f"/duty/alerts/{alert_id}")

    assert "Take it" in said
    assert "Иванова" not in said


def test_to_take_it_is_a_look_that_is_noted(desk: Desk, dora: Officer) -> None:
    alert_id = desk.doubt()
    dora.comes_back()

    said = dora.takes(alert_id)

    with desk.store.reading() as work:
        looks = work.count(looks_at(desk.case(desk.alert(alert_id).case_id).person_id))
    assert "Иванова Анна Ивановна" in said
    assert looks == 1


def test_the_page_says_the_plain_rule_in_numbers(desk: Desk, dora: Officer) -> None:
    alert_id = desk.doubt()
    dora.comes_back()

    said = dora.takes(alert_id)

    assert "200–500 m from the house; by the telephone accurate to 0–50 m." in said
    assert "Positions outside, one after the other: 4, over 12 min." in said
    assert "The plain rule says so too" in said


def test_the_page_says_every_circumstance_of_the_patient(desk: Desk, dora: Officer) -> None:
    alert_id = desk.doubt()
    case = desk.case(desk.alert(alert_id).case_id)
    assert case.key is not None
    details = replace(case.details, circumstances=CIRCUMSTANCES)
    desk.change_case(case.id, details_sealed=seal_details(case.key, case.id, details))
    dora.comes_back()

    said = dora.takes(alert_id)

    assert "No smartphone, Poor sight, Bedridden, A child, Shares the telephone, Can't hear calls" in said


def test_the_page_says_how_often_photos_were_asked_for_again(desk: Desk, dora: Officer) -> None:
    case_id = desk.admit()
    desk.clock.pass_by(hours=4)
    desk.check_of(case_id, "unclear", outcome="quality", tries=2)
    dora.comes_back()

    said = dora.takes(str(desk.alert_of(case_id).id))

    assert "Photos were asked for again 2 times" in said


def test_what_is_not_possible_is_said_before_anybody_tries(desk: Desk, dora: Officer) -> None:
    alert_id = desk.doubt()
    dora.comes_back()

    said = dora.takes(alert_id)

    assert "Not possible now: A violation, for the other authority. The patient was not told yet." in said
    assert 'value="violation"' not in dora.client.get(f"/duty/alerts/{alert_id}").text


def test_the_text_is_shown_before_it_goes(desk: Desk, dora: Officer) -> None:
    alert_id = desk.ripe()
    dora.comes_back()
    dora.takes(alert_id)

    shown = dora.previews(alert_id)

    assert "Записано нарушение. Вас видели" in words(shown) or "Recorded as a violation. Вас видели" in words(shown)
    assert desk.alert(alert_id).decision is None


def test_a_violation_is_decided_and_told(desk: Desk, dora: Officer) -> None:
    alert_id = desk.ripe()
    dora.comes_back()
    dora.takes(alert_id)

    said = dora.decides(alert_id)

    assert "Decided. The patient is told by text." in said
    assert (desk.alert(alert_id).decision, desk.alert(alert_id).decided_by) == ("violation", dora.actor)
    assert desk.templates()[-1] == "alert_violation"


def test_a_decision_that_became_impossible_is_not_taken(desk: Desk, dora: Officer) -> None:
    alert_id = desk.doubt()
    dora.comes_back()
    dora.takes(alert_id)

    sent = dora.previews(alert_id, sure="1")

    assert sent.status_code == 422
    assert desk.alert(alert_id).decision is None


def test_what_the_patient_says_after_it_was_looked_at_is_read_before_it_is_decided(desk: Desk, dora: Officer) -> None:
    alert_id = desk.ripe()
    dora.comes_back()
    dora.takes(alert_id)
    seen = dora.seen(dora.previews(alert_id))
    desk.says(desk.alert(alert_id).case_id, "reply")

    said = dora.decides(alert_id, seen=seen)

    assert "something changed meanwhile" in said and desk.alert(alert_id).decision is None
    assert "Decided" in dora.decides(alert_id)


def test_nobody_is_sent_to_whose_case_is_over(desk: Desk, dora: Officer) -> None:
    alert_id = desk.doubt()
    desk.change_case(desk.alert(alert_id).case_id, ends_at=desk.clock.now)

    assert desk.decides(alert_id, "visit") == (WhyNot.ENDED,)


def test_a_visit_is_noted_by_saying_whether_they_were_met(desk: Desk, dora: Officer) -> None:
    case_id = desk.admit()
    desk.clock.pass_by(hours=5)
    desk.departure_of(case_id)
    desk.decides(desk.alert_of(case_id).id, "visit")
    visit = desk.alert_of(case_id).id
    dora.comes_back()
    dora.takes(visit)

    assert dora.sends(f"/duty/alerts/{visit}/visited").status_code == 400
    assert desk.alert(visit).decided_at is None


def test_without_a_reason_the_page_says_what_is_missing(desk: Desk, dora: Officer) -> None:
    alert_id = desk.doubt()
    dora.comes_back()
    dora.takes(alert_id)

    sent = dora.previews(alert_id, **{"decide-decision": "nothing", "decide-reason": ""})

    assert sent.status_code == 422
    assert "Write why you decide so" in words(sent)


def test_nobody_decides_what_another_officer_took(desk: Desk, dora: Officer) -> None:
    alert_id = desk.ripe()
    with desk.store.work() as work:
        take(work, ALERT, alert_id, "staff:emil")
    dora.comes_back()

    dora.previews(alert_id, sure="1", **{"decide-decision": "nothing"})

    assert desk.alert(alert_id).decision is None


def test_who_was_told_by_telephone_has_their_time_from_then_on(desk: Desk, dora: Officer) -> None:
    alert_id = desk.doubt()
    dora.comes_back()
    dora.takes(alert_id)

    said = dora.does(f"/duty/alerts/{alert_id}/told")

    assert "Noted. The patient's time to answer begins now." in said
    assert desk.alert(alert_id).told_at == desk.clock.now


def test_a_visit_that_met_nobody_becomes_a_doubt(desk: Desk, dora: Officer) -> None:
    case_id = desk.admit()
    desk.says(case_id, "ill")
    desk.decides(desk.alert_of(case_id).id, "visit")
    visit = desk.alert_of(case_id).id
    dora.takes(visit)

    said = dora.does(f"/duty/alerts/{visit}/visited", met="no")

    assert "Noted. The visit is over." in said
    assert desk.alert_of(case_id).kind == "missed"
    assert desk.case(case_id).paused_at is None


def test_every_step_is_in_the_audit(desk: Desk, dora: Officer) -> None:
    alert_id = desk.ripe()
    dora.comes_back()
    dora.takes(alert_id)
    dora.decides(alert_id)

    with desk.store.reading() as work:
        mine = select(col(AuditEntry.action)).where(col(AuditEntry.subject) == alert_id)
        actions = {row.action for row in work.rows(mine)}
    assert {"alert.raised", "alert.told", "alert.taken", "alert.decided"} <= actions


def test_a_photo_of_another_alert_is_not_shown(desk: Desk, dora: Officer) -> None:
    alert_id = desk.doubt()
    dora.comes_back()

    before = dora.client.get(f"/duty/alerts/{alert_id}/photos/x").status_code
    dora.takes(alert_id)

    assert (before, dora.client.get(f"/duty/alerts/{alert_id}/photos/x").status_code) == (404, 404)


def test_who_answers_an_appeal_reads_which_decision_it_may_be_about(
    desk: Desk, as_role: Callable[[str], FlaskClient]
) -> None:
    alert_id = desk.ripe()
    desk.decides(alert_id)
    with desk.store.work() as work:
        phone = telephone_of(work, desk.case(desk.alert(alert_id).case_id))
        assert phone is not None
        number = file_appeal(work, phone, "Я была дома", About("alert", alert_id))
    rosa = as_role("reviewer")
    token = csrf(rosa, "/review/appeals")
    rosa.post(f"/review/appeals/{number}/take", data={"once": "o" * 22, "csrf_token": token})

    said = words(rosa.get(f"/review/appeals/{number}"))

    assert said.count("An alert about them was decided: a violation, ") == 2
