"""A doubt on the patient's page: what was noticed, until when to answer, the answer; appeals from what comes of it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlmodel import col

from monitoring.alerts import Fact, raise_alert
from monitoring.cases.closing import stop_case
from monitoring.cases.watched import held_case
from monitoring.duty.deciding import Decided, Decision, Given, decide
from monitoring.duty.opening import take_alert
from monitoring.duty.telling import tell_doubts
from store import Store
from store.cases import Appeal
from store.duty import Alert
from store.patients import Departure, PatientWord
from store.phones import phone_by_id
from tests.clock import Clock
from tests.monitoring.checks.ward import PUBLIC_URL, Ward
from tests.web.patient.household import AtHome, a_household
from tests.web.people import Staff, citizen_signed_in, signed_in
from tests.web.reading import words

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SAID = "Телефон лежал в другой комнате"


@pytest.fixture
def doubted(ann: AtHome) -> AtHome:
    """Ann, who missed a check, and was told of it."""
    ann.ward.challenge(ann.case_id)
    ann.ward.work_on()
    ann.ward.wait(minutes=90)
    assert tell_doubts(ann.ward.store, PUBLIC_URL) == 1
    return ann


def alert_of(ann: AtHome) -> str:
    return str(ann.ward.rows(Alert)[-1].id)


def decides(ann: AtHome, decision: Decision, by: str = "staff:dora") -> None:
    with ann.ward.store.work() as work:
        assert isinstance(decide(work, alert_of(ann), Given(decision, "why", "Слова"), by), Decided)


def leaves(ann: AtHome) -> None:
    """Her telephone seems to leave as well; she is told of that, too."""
    with ann.ward.store.work() as work:
        departure_id, case = work.new_id(), held_case(work, ann.case_id)
        assert case is not None
        alert_id = raise_alert(work, case, "departure", [Fact("departure", departure_id)])
        bands = {"distance_band": "200-500", "radius_band": "0-50", "fixes": 4, "span_s": 720, "plain": True}
        given = {"case_id": case.id, "device_id": "phone", "alert_id": alert_id, "parameters": "1", **bands}
        work.insert(Departure, id=departure_id, left_at=work.now, detected_at=work.now, **given)
    assert tell_doubts(ann.ward.store, PUBLIC_URL) == 1


def replies(ann: AtHome, text: str = SAID, shown: str = "") -> str:
    path = f"/at-home/alerts/{alert_of(ann)}"
    answer = ann.sends(path, shown or path, text=text)
    assert answer.status_code == 303
    return words(ann.browser.get(answer.headers["Location"]))


def test_the_link_in_the_text_opens_the_doubt_itself(doubted: AtHome) -> None:
    template, fields = doubted.ward.texts()[-1]

    answer = doubted.opens(fields["link"].rpartition("/")[2])
    said = words(doubted.browser.get(answer.headers["Location"]))

    assert template == "told_missed"
    assert answer.headers["Location"] == f"/at-home/alerts/{alert_of(doubted)}"
    assert "To the check of 12:00 no answer came in time. Tell us what kept you" in said
    assert "Answer by 04.06" in said and "This is a doubt, not a verdict" in said


def test_an_answer_is_kept_sealed_and_read_by_who_decides(doubted: AtHome, app: Flask, staff: Staff) -> None:
    said = replies(doubted)
    dora = staff("duty_officer")
    with doubted.ward.store.work() as work:
        take_alert(work, alert_of(doubted), f"staff:{dora.id}")
    seen = words(signed_in(app, doubted.ward.store, dora).get(f"/duty/alerts/{alert_of(doubted)}"))

    (word,) = doubted.ward.rows(PatientWord)
    assert (word.kind, word.channel, word.alert_id) == ("reply", "page", alert_of(doubted))
    assert SAID not in str(word) and SAID in seen
    assert "Whoever decides reads your answer first" in said and SAID in said
    assert "You answered at 13:30. A person reads it, and decides" in words(doubted.browser.get("/at-home"))


def test_each_thing_that_can_be_answered_still_has_its_own_time(doubted: AtHome, clock: Clock) -> None:
    replies(doubted)
    clock.pass_by(hours=3)
    leaves(doubted)

    home = words(doubted.browser.get("/at-home"))
    page = words(doubted.browser.get(f"/at-home/alerts/{alert_of(doubted)}"))
    held = words(doubted.browser.get("/at-home/held"))
    clock.pass_by(hours=22)
    later = words(doubted.browser.get("/at-home"))

    both = "The check of 12:00: answer by 04.06 13:30 Your telephone at about 16:30: answer by 04.06 16:30"
    assert both in home and both in page, page
    assert "You answered at 13:30." in home and "See it, and answer" in home, "of what came later she said nothing yet"
    for told, until in (("13:30", "04.06 13:30"), ("16:30", "04.06 16:30")):
        assert f"You were told 03.06 {told} To be answered until {until}" in held
    assert "Tell us why by 16:30" in later and "The check of 12:00: answer" not in later


@one_database
def test_an_answer_may_be_added_to_and_come_late(doubted: AtHome, clock: Clock) -> None:
    replies(doubted)
    clock.pass_by(days=2)
    in_time = replies(doubted, "И ещё")
    decides(doubted, Decision.WARN)
    late = replies(doubted, "Поздно", "/at-home/go")

    assert "Whoever decides reads your answer first" in in_time
    assert "it was decided before" in late
    assert len(doubted.ward.rows(PatientWord)) == 3


@one_database
def test_an_empty_answer_is_asked_for_again(doubted: AtHome) -> None:
    path = f"/at-home/alerts/{alert_of(doubted)}"

    empty, long = (doubted.sends(path, path, text=text) for text in (" ", "ы" * 2001))

    assert (empty.status_code, long.status_code) == (422, 422)
    assert "Write your answer" in words(empty) and "at most 2000 signs" in words(long)
    assert doubted.ward.rows(PatientWord) == []


@one_database
def test_a_departure_is_told_in_bands_and_never_as_a_place(ann: AtHome, clock: Clock) -> None:
    with ann.ward.store.work() as work:
        alert_id = work.new_id()
        given = {"fixes": 4, "span_s": 720, "plain": True, "parameters": "2026-1", "device_id": "d"}
        bands = {"distance_band": "200-500", "radius_band": "0-50"}
        moments = {"left_at": work.now - timedelta(minutes=20), "detected_at": work.now}
        departure_id = work.new_id()
        work.insert(Departure, id=departure_id, case_id=ann.case_id, **given, **bands, **moments, alert_id=alert_id)
        facts = f'[{{"what": "departure", "id": "{departure_id}"}}]'
        told = {"told_at": work.now, "answer_by": work.now + timedelta(hours=20), "raised_at": work.now}
        case = {"case_id": ann.case_id, "kind": "departure", "urgency": 1, "opened_by": "staff:c", "facts": facts}
        work.insert(Alert, id=alert_id, **case, **told, false_alarm=False)

    said = words(ann.browser.get(f"/at-home/alerts/{alert_id}"))

    assert "From about 11:40 on your telephone said that it is not at home, but 200–500 m away" in said
    assert "Positions it rests on: 4, within 12 min" in said


@one_database
def test_what_nobody_told_yet_and_what_is_anothers_is_not_there(app: Flask, ward: Ward, doubted: AtHome) -> None:
    other = a_household(app, ward, "+79990000002", enrolled=False).arrives()
    theirs = f"/at-home/alerts/{alert_of(doubted)}"
    shown = other.browser.get(theirs).status_code
    sent = other.sends(theirs, "/at-home/go", text="x").status_code
    with ward.store.work() as work:
        work.run(update(Alert), told_at=None, answer_by=None)

    assert (shown, sent) == (404, 404)
    assert doubted.browser.get(theirs).status_code == 404


def test_a_decision_is_appealed_from_with_its_deadline_and_the_answer_stands_there(
    doubted: AtHome, clock: Clock
) -> None:
    replies(doubted)
    clock.pass_by(hours=1)
    decides(doubted, Decision.WARN)
    alert = words(doubted.browser.get(f"/at-home/alerts/{alert_of(doubted)}"))
    asked = words(doubted.browser.get("/at-home/appeal"))

    sent = doubted.sends("/at-home/appeal", "/at-home/appeal", about=f"alert.{alert_of(doubted)}", text="Это не я")
    said = words(doubted.browser.get(sent.headers["Location"]))

    (appeal,) = doubted.ward.rows(Appeal)
    assert (appeal.about, appeal.about_id) == ("alert", alert_of(doubted))
    assert "a warning. Слова Appeal" in alert
    assert "A check was not answered: a warning, told 03.06 14:30. Appeal by 13.06.2026" in asked
    assert f"Your appeal has the number {appeal.number}" in said
    assert f"Appeal {appeal.number} : waits for an answer, sent 14:30" in said
    assert "Answered by 13.06.2026 at the latest Это не я" in said


def test_what_is_appealed_from_is_one_rule_for_texts_and_pages(doubted: AtHome, app: Flask, clock: Clock) -> None:
    replies(doubted)
    decides(doubted, Decision.VISIT)
    with doubted.ward.store.work() as work:
        number = phone_by_id(work, str(doubted.ward.case(doubted.case_id).phone_id)).number
        stop_case(work, doubted.ward.case(doubted.case_id), "recovered", "well", "tests")
    citizen = citizen_signed_in(app, doubted.ward.store, number)

    while_there = words(citizen.get("/appeals/new"))
    clock.pass_by(days=11)
    citizen = citizen_signed_in(app, doubted.ward.store, number)
    later = words(citizen.get("/appeals/new"))

    assert "A check was not answered: a visit" in while_there and "have to stay at home" not in while_there
    assert "a visit" not in later


@one_database
def test_that_one_has_to_stay_is_appealed_from_too(ann: AtHome) -> None:
    ann.sends("/at-home/appeal", "/at-home/appeal", text="Я не болею", about="alert.somebodys")

    (appeal,) = ann.ward.rows(Appeal)
    assert (appeal.about, appeal.about_id) == ("case", ann.case_id)


@one_database
def test_appeals_are_taken_a_few_times_a_day(ann: AtHome) -> None:
    for _ in range(6):
        sent = ann.sends("/at-home/appeal", "/at-home/appeal", text="Я не болею")

    assert len(ann.ward.rows(Appeal)) == 5
    assert "Several appeals came from you today" in words(ann.browser.get(sent.headers["Location"]))


@one_database
def test_an_appeal_is_not_mixed_up_with_the_households(app: Flask, ward: Ward, ann: AtHome, store: Store) -> None:
    ann.sends("/at-home/appeal", "/at-home/appeal", text="Я не болею")
    with store.work() as work:
        work.run(update(Appeal).where(col(Appeal.about) == "case"), about=None, about_id=None)

    assert "Я не болею" not in ann.browser.get("/at-home").text
