"""Appeals are read and answered by somebody who did not decide what they are about."""

import pytest

from codes.review.appeals import file_appeal
from codes.revoking import revoke_passes
from store.phones import ensure_phone
from tests.codes.counter import ANN
from tests.web.auditing import entries
from tests.web.reading import words
from tests.web.review.office import Office, Reviewer, sent_by


@pytest.fixture
def appeal(office: Office) -> str:
    with office.counter.store.work() as work:
        return file_appeal(work, ensure_phone(work, ANN), "I have an exam. It is all true.")


def takes(who: Reviewer, number: str) -> str:
    return words(who.presses(f"/review/appeals/{number}", "/take"))


def answers(who: Reviewer, number: str, verdict: str, text: str) -> str:
    fields = {"appeal-verdict": verdict, "appeal-words": text}
    page = who.presses(f"/review/appeals/{number}", "/decide", **fields)
    if page.status_code != 200:
        return words(page)
    data = {**sent_by(page, "/decide"), "sure": "1"}
    return words(who.client.post(f"/review/appeals/{number}/decide", data=data, follow_redirects=True))


def test_an_appeal_is_in_the_list_without_its_words_and_read_once_it_is_taken(appeal: str, rosa: Reviewer) -> None:
    listed, closed = words(rosa.client.get("/review/appeals")), words(rosa.client.get(f"/review/appeals/{appeal}"))

    taken = takes(rosa, appeal)

    assert appeal in listed and "exam" not in listed + closed
    assert "I have an exam. It is all true." in taken and "+7…0001" in taken


def test_to_read_one_is_a_look(office: Office, appeal: str, rosa: Reviewer) -> None:
    takes(rosa, appeal)

    ((_, person, details),) = entries(office.counter.store, "person.looked_at")

    assert person == office.counter.who(ANN).holders[0].id and details["why"] == f"appeal {appeal}"


@pytest.mark.parametrize(("verdict", "template"), [("upheld", "appeal_upheld"), ("denied", "appeal_denied")])
def test_the_answer_goes_out_in_the_words_that_were_shown(
    office: Office, appeal: str, rosa: Reviewer, verdict: str, template: str
) -> None:
    takes(rosa, appeal)

    said = answers(rosa, appeal, verdict, "we looked again")

    assert office.counter.owed() == [(ANN, template, {"number": appeal, "text": "we looked again"})]
    assert f"{appeal}: Answered." in said and "No appeal waits." in said and "Rosa" in said


def test_the_answer_is_shown_with_its_price_first(office: Office, appeal: str, rosa: Reviewer) -> None:
    takes(rosa, appeal)
    fields = {"appeal-verdict": "denied", "appeal-words": "we looked again"}

    page = words(rosa.presses(f"/review/appeals/{appeal}", "/decide", **fields))

    assert f"Appeal {appeal} is denied. we looked again" in page and "1 segment is billed" in page
    assert office.counter.owed() == []


def test_an_answer_needs_a_verdict_and_words(appeal: str, rosa: Reviewer) -> None:
    takes(rosa, appeal)

    said = answers(rosa, appeal, "", "")

    assert "Choose whether they were right" in said and "Write what you answer" in said


def test_who_refused_the_application_does_not_answer(office: Office, rosa: Reviewer, sven: Reviewer) -> None:
    number = office.applies().number
    rosa.takes(number)
    rosa.decides(number, "refuse", "no exam then")
    with office.counter.store.work() as work:
        appeal = file_appeal(work, ensure_phone(work, ANN), "there is one")

    told = takes(rosa, appeal)
    rosa.presses(f"/review/appeals/{appeal}", "/give-back")

    assert "This is about what you decided yourself." in told
    assert "An application was refused: 6 Other reason" in takes(sven, appeal)
    assert "Answered" in answers(sven, appeal, "upheld", "you may go")


def test_who_refused_it_cannot_answer_with_a_form_of_their_own(office: Office, rosa: Reviewer) -> None:
    number = office.applies().number
    rosa.takes(number)
    rosa.decides(number, "refuse", "no exam then")
    with office.counter.store.work() as work:
        appeal = file_appeal(work, ensure_phone(work, ANN), "there is one")
    page = rosa.presses(f"/review/appeals/{appeal}", "/take")
    form = {**sent_by(page, "/give-back"), "appeal-verdict": "denied", "appeal-words": "no", "sure": "1"}

    said = words(rosa.client.post(f"/review/appeals/{appeal}/decide", data=form, follow_redirects=True))

    assert "This is about what you decided yourself." in said
    assert [template for _, template, _ in office.counter.owed()] == ["application_refused"]


def test_what_was_revoked_is_named_too(office: Office, rosa: Reviewer) -> None:
    counter = office.counter
    counter.grant(ANN, 1)
    person = counter.who(ANN).holders[0].id
    with counter.store.work() as work:
        revoke_passes(work, person, "isolation", "operator:bert", "revoked_case")
    counter.clock.pass_by(minutes=1)
    with counter.store.work() as work:
        appeal = file_appeal(work, ensure_phone(work, ANN), "why?")

    assert "A pass was withdrawn: 1 Medical emergency" in takes(rosa, appeal)


def test_an_unknown_one_is_not_there(app: object, rosa: Reviewer) -> None:
    assert rosa.client.get("/review/appeals/00000000").status_code == 404


def test_of_two_one_reads_it(appeal: str, rosa: Reviewer, sven: Reviewer) -> None:
    both = sven.client.get(f"/review/appeals/{appeal}")
    takes(rosa, appeal)

    late = sven.client.post(f"/review/appeals/{appeal}/take", data=sent_by(both, "/take"), follow_redirects=True)

    assert "Somebody else took it" in words(late) and "Rosa is at it" in words(late) and "exam" not in words(late)
