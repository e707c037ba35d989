"""Reviewers take, look, and decide; what goes out is shown first."""

from collections.abc import Callable

import pytest

from monitoring.cases.opening import open_case
from tests.codes.counter import ANN, BOB
from tests.web.auditing import entries
from tests.web.reading import words
from tests.web.review.office import WEDDING, Office, Reviewer, sent_by


def test_the_queue_tells_who_waits_and_names_nobody(office: Office, reviewer: Callable[[str], Reviewer]) -> None:
    first = office.applies_with_paper(WEDDING)
    office.counter.clock.pass_by(hours=3)
    second = office.applies(phone=BOB)

    said = words(reviewer("Rosa").client.get("/review"))

    assert said.index(first.number) < said.index(second.number)
    assert "3 Wedding waits 3 hours 1 paper" in said and "no papers" in said
    assert not any(name in said for name in ("Sharma", "Rao", "2346", "0001"))


def test_the_queue_can_be_narrowed(office: Office, rosa: Reviewer, sven: Reviewer) -> None:
    wedding, other = office.applies_with_paper(WEDDING), office.applies()
    sven.takes(other.number)

    def shown(query: str) -> list[str]:
        said = words(rosa.client.get(f"/review?{query}"))
        return [one.number for one in (wedding, other) if one.number in said]

    assert shown("") == [wedding.number, other.number]
    assert shown("purpose=6") == [other.number]
    assert shown("papers=1") == shown("show=free") == [wedding.number]
    assert shown("show=mine") == shown("show=confirm") == shown("show=papers") == []
    assert shown("show=nonsense&purpose=99999") == [wedding.number, other.number]


def test_the_live_part_is_sent_once_and_then_only_if_something_changed(office: Office, rosa: Reviewer) -> None:
    office.applies()
    part = rosa.client.get("/review/queue")

    again = rosa.client.get("/review/queue", headers={"If-None-Match": part.headers["ETag"]})
    office.applies(phone=BOB)
    changed = rosa.client.get("/review/queue", headers={"If-None-Match": part.headers["ETag"]})

    assert (part.status_code, again.status_code, changed.status_code) == (200, 304, 200)


def test_nothing_of_an_applicant_is_shown_before_it_is_taken(office: Office, rosa: Reviewer) -> None:
    applicant = office.applies_with_paper(WEDDING)

    before, after = words(rosa.opens(applicant.number)), words(rosa.takes(applicant.number))

    assert "Sharma" not in before and "Take it" in before
    assert "Sharma Anita" in after and "2346" in after and "Kochi" in after and "+7…0001" in after
    assert "234123412346" not in after and ANN not in after


def test_to_take_one_is_a_look_with_the_application_as_its_reason(office: Office, rosa: Reviewer) -> None:
    applicant = office.applies()
    rosa.takes(applicant.number)

    ((actor, person, details),) = entries(office.counter.store, "person.looked_at")

    assert person == office.counter.who(ANN).holders[0].id and actor.startswith("staff:")
    assert details == {"why": f"application {applicant.number}", "at": "review"}


def test_of_two_one_gets_it_and_after_a_while_without_use_the_other(
    office: Office, rosa: Reviewer, sven: Reviewer
) -> None:
    number = office.applies().number
    both = sven.client.get(f"/review/applications/{number}")
    rosa.takes(number)
    late = sven.client.post(f"/review/applications/{number}/take", data=sent_by(both, "/take"), follow_redirects=True)
    shown = words(sven.opens(number))
    office.counter.clock.pass_by(minutes=14)
    for one in (rosa, sven):  # who asks for no page for a quarter of an hour is signed out
        one.opens(number)
    office.counter.clock.pass_by(minutes=14)
    kept = words(sven.opens(number))
    office.counter.clock.pass_by(minutes=2)

    assert "Somebody else took it" in words(late) and "Rosa is at it" in shown and "Rosa is at it" in kept
    assert "Sharma" in words(sven.takes(number))


def test_what_is_given_back_is_free(office: Office, rosa: Reviewer, sven: Reviewer) -> None:
    number = office.applies().number
    rosa.takes(number)

    rosa.presses(f"/review/applications/{number}", "/give-back")

    assert "Sharma" in words(sven.takes(number))


def test_one_with_its_paper_is_granted_and_the_code_is_owed(office: Office, rosa: Reviewer) -> None:
    applicant = office.applies_with_paper(WEDDING)
    rosa.takes(applicant.number)

    said = words(rosa.decides(applicant.number, "grant"))

    assert f"{applicant.number}: Granted. The code goes out by text." in said
    assert [template for _, template, _ in office.counter.owed()] == ["application_granted"]
    assert len(office.counter.who(ANN).holders[0].live) == 1


def test_one_without_the_paper_it_needs_is_not_granted(office: Office, rosa: Reviewer) -> None:
    applicant = office.applies(WEDDING)
    rosa.takes(applicant.number)

    said = words(rosa.decides(applicant.number, "grant"))

    assert "there is none yet that can be read" in said and office.counter.owed() == []


def test_a_refusal_is_shown_with_its_price_before_it_goes(office: Office, rosa: Reviewer) -> None:
    applicant = office.applies()
    rosa.takes(applicant.number)
    page = rosa.presses(
        f"/review/applications/{applicant.number}", "/decide", **{"act": "refuse", "refuse-words": "no exam then"}
    )
    meanwhile = office.counter.owed()

    rosa.decides(applicant.number, "refuse", "no exam then")

    assert f"Application {applicant.number} refused: no exam then." in words(page)
    assert "1 segment is billed" in words(page) and meanwhile == []
    fields = {"application": applicant.number, "reason": "no exam then"}
    assert office.counter.owed() == [(ANN, "application_refused", fields)]


@pytest.mark.parametrize(("written", "error"), [("", "Write why it is refused"), ("x" * 161, "That is too long")])
def test_a_refusal_needs_words_that_fit(office: Office, rosa: Reviewer, written: str, error: str) -> None:
    number = office.applies().number
    rosa.takes(number)

    page = rosa.presses(f"/review/applications/{number}", "/decide", **{"act": "refuse", "refuse-words": written})

    assert page.status_code == 422 and error in words(page) and "There is a problem" in words(page)


def test_what_was_written_can_be_changed_before_it_goes(office: Office, rosa: Reviewer) -> None:
    number = office.applies().number
    rosa.takes(number)
    url = f"/review/applications/{number}/decide"
    page = rosa.presses(f"/review/applications/{number}", "/decide", **{"act": "refuse", "refuse-words": "no exam"})

    back = rosa.client.post(url, data={**sent_by(page, "/decide"), "change": "1"})

    assert "no exam" in words(back) and back.status_code == 200


def test_another_paper_is_asked_for_and_its_coming_is_seen(office: Office, rosa: Reviewer) -> None:
    applicant = office.applies()
    rosa.takes(applicant.number)

    rosa.decides(applicant.number, "ask", "the hall ticket")
    waits = words(rosa.client.get("/review?show=papers"))
    office.keeper.keep(str(applicant.adds()))

    fields = {"application": applicant.number, "reason": "the hall ticket"}
    assert office.counter.owed() == [(ANN, "paper_wanted", fields)]
    assert applicant.number in waits and applicant.number not in words(rosa.client.get("/review?show=papers"))


def test_a_rule_that_came_between_is_told_before_anything_goes(office: Office, rosa: Reviewer) -> None:
    number = office.applies().number
    rosa.takes(number)
    person = office.counter.who(ANN).holders[0].id
    with office.counter.store.work() as work:
        open_case(work, person, "contact", "tests")

    page = rosa.presses(f"/review/applications/{number}", "/decide", act="grant")

    assert "A rule of the order refuses it now: must stay at home" in words(page)


def test_what_was_decided_elsewhere_is_told(office: Office, rosa: Reviewer) -> None:
    applicant = office.applies()
    rosa.takes(applicant.number)
    rosa.decides(applicant.number, "refuse", "no exam")

    page = rosa.opens(applicant.number)

    assert page.status_code == 404 and "It waits no more" in words(page)
