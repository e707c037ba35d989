"""The patient's page: where they stand, and what one press tells us."""

from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlmodel import col

from monitoring.home.apps import WhyNot, connect_app
from store import Store
from store.audit import AuditEntry
from store.cases import Consent
from store.checks import PresenceCheck
from store.patients import Device, PatientWord
from store.phones import choose_language
from tests.clock import Clock
from tests.web.patient.household import AtHome
from tests.web.reading import csrf, words
from web.pages import HOME_A_MINUTE


def home(ann: AtHome, language: str = "en") -> str:
    return words(ann.browser.get("/at-home", headers={"Accept-Language": language}))


def asked(ann: AtHome) -> str:
    check_id = ann.ward.challenge(ann.case_id)
    ann.ward.work_on()
    return check_id


def test_it_says_until_when_and_when_nothing_is_asked(ann: AtHome) -> None:
    said = home(ann)

    assert "You stay at home until 17.06 12:00 И.А.И." in said
    assert "Next quiet hours: 22:00 to 04.06 08:00" in said
    assert "Nothing was asked yet" in said
    assert "There is nothing to do now When we ask, a text with a link comes." in said
    assert "Иванова" not in said and "9200" not in said


def test_it_speaks_the_language_of_the_telephone_and_another_where_that_was_chosen(ann: AtHome) -> None:
    with ann.ward.store.work() as work:
        from_row = ann.ward.case(ann.case_id).phone_id
        choose_language(work, str(from_row), "tt")

    first = home(ann)
    ann.browser.set_cookie("language", "ru")
    second = home(ann)

    assert "Сез өйдә, ахыры 17.06 12:00" in first
    assert "Вы дома до 17.06 12:00" in second


def test_i_must_go_pauses_everything_and_goes_to_a_person(ann: AtHome, clock: Clock) -> None:
    asked(ann)

    answer = ann.sends("/at-home/go", "/at-home/go", kind="doctor", words="К врачу на Баумана")
    said = words(ann.browser.get(answer.headers["Location"]))

    assert answer.status_code == 303
    assert "Nothing is asked of you from now on" in said
    assert "because you told us: A doctor told me to come" in said
    assert f"A person answers you by {(clock.now + timedelta(hours=3 + 24)):%d.%m %H:%M}" in said
    assert ann.ward.alerts() == [("pause", None)]
    (word,) = ann.ward.rows(PatientWord)
    assert (word.kind, word.channel) == ("doctor", "page")
    key = ann.ward.case(ann.case_id).key
    assert key and key.open(f"patient_word.words.{word.id}", word.words_sealed) == "К врачу на Баумана"
    ann.ward.work_on()
    assert [one.state for one in ann.ward.rows(PresenceCheck)] == ["excused"]


def test_pressed_twice_it_is_told_once(ann: AtHome) -> None:
    page = ann.browser.get("/at-home/go").text
    once = page.partition('name="once" value="')[2].partition('"')[0]

    answers = [ann.sends("/at-home/go", "/at-home/go", kind="hospital", once=once) for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert len(ann.ward.rows(PatientWord)) == 1


def test_being_back_ends_no_pause_since_a_person_does(ann: AtHome) -> None:
    ann.sends("/at-home/go", "/at-home/go", kind="hospital")

    answer = ann.sends("/at-home/say", kind="home")
    said = words(ann.browser.get(answer.headers["Location"]))

    assert "you are at home. A person still answers what you told us before" in said
    assert ann.ward.case(ann.case_id).paused_at is not None


def test_sos_reaches_the_duty_queue_at_once_and_shows_the_number(ann: AtHome) -> None:
    answer = ann.sends("/at-home/sos")
    page = ann.browser.get(answer.headers["Location"])

    assert ann.ward.alerts() == [("sos", None)]
    assert "Call 112 now" in words(page) and 'href="tel:112"' in page.text


def test_sos_that_is_pressed_again_and_again_is_one_call_and_never_refused(ann: AtHome, clock: Clock) -> None:
    answers = {ann.sends("/at-home/sos").status_code for _ in range(5)}
    clock.pass_by(seconds=11)
    ann.sends("/at-home/sos")

    assert answers == {303} and len(ann.ward.rows(PatientWord)) == 2 and ann.ward.alerts() == [("sos", None)]


def test_a_browser_that_sends_all_the_time_is_stopped_but_not_its_sos(ann: AtHome) -> None:
    token = csrf(ann.browser, "/at-home")

    def sent(to: str) -> int:
        return ann.browser.post(f"/at-home/{to}", data={"csrf_token": token}).status_code

    assert any(sent("switch") == 429 for _ in range(2 * HOME_A_MINUTE + 1))  # a minute may end in between
    assert sent("sos") == 303


def test_what_was_answered_stands_there_with_what_came_of_it(ann: AtHome, clock: Clock) -> None:
    check_id = asked(ann)
    waits = home(ann)
    received = {"state": "unclear", "outcome": "quality", "answered_at": clock.now + timedelta(minutes=2)}
    with ann.ward.store.work() as work:
        work.run(update(PresenceCheck).where(col(PresenceCheck.id) == check_id), **received)

    assert "Answer by 13:00" in waits
    assert "A person looks at it: the photo could not be judged" in home(ann)
    assert "received at 12:02" in home(ann)


def test_what_nobody_may_tell_is_not_taken(ann: AtHome) -> None:
    for path, kind in (
        ("/at-home/say", "hospital"),
        ("/at-home/say", "sos"),
        ("/at-home/go", "visit"),
        ("/at-home/go", ""),
    ):
        assert ann.sends(path, kind=kind).status_code == 400
    assert ann.ward.rows(PatientWord) == []


def test_whose_consent_was_never_given_is_not_enrolled(newcomer: AtHome) -> None:
    with newcomer.ward.store.work() as work:
        work.run(delete(Consent))

    newcomer.arrives()
    said = words(newcomer.browser.get("/at-home"))

    assert newcomer.ward.case(newcomer.case_id).enrolled_at is None
    assert "You did not agree to be asked" in said


def test_whatever_is_told_stands_in_the_audit_without_names(ann: AtHome, store: Store) -> None:
    ann.sends("/at-home/go", "/at-home/go", kind="doctor", words="К врачу")

    with store.reading() as work:
        mine = select(func.count()).select_from(AuditEntry).where(col(AuditEntry.actor) == f"patient:{ann.case_id}")
        rows = work.rows(select(col(AuditEntry.details)).where(col(AuditEntry.actor) == f"patient:{ann.case_id}"))
        assert work.count(mine) == 3
    assert "врач" not in str(rows)


def test_an_app_that_reports_is_shown_and_disconnected_by_one_press(ann: AtHome) -> None:
    assert "An app reports for you" not in home(ann)
    with ann.ward.store.work() as work:
        assert not isinstance(connect_app(work, ann.ward.case(ann.case_id), "Android 14", "staff:vera"), WhyNot)
    (app,) = (row for row in ann.ward.rows(Device) if row.kind == "app")
    (browser,) = (row for row in ann.ward.rows(Device) if row.kind == "browser")

    assert "An app reports for you Android 14" in home(ann)
    bob = ann.ward.admit("+79990000009")
    with ann.ward.store.work() as work:
        assert not isinstance(connect_app(work, ann.ward.case(bob), "iOS 17", "staff:vera"), WhyNot)
    (bobs,) = (row for row in ann.ward.rows(Device) if row.case_id == bob)
    for device in (bobs, browser, app):  # not hers; left in another way; hers
        answer = ann.sends(f"/at-home/apps/{device.id}/end")

    assert "The app is disconnected" in words(ann.browser.get(answer.headers["Location"]))
    assert "An app reports for you" not in home(ann)
    assert {row.id for row in ann.ward.rows(Device) if row.ended_at is None} == {browser.id, bobs.id}
    ended = [row for row in ann.ward.rows(AuditEntry) if row.action == "device.ended"]
    assert [(row.actor, row.subject) for row in ended] == [(f"patient:{ann.case_id}", app.id)]
