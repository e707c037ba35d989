"""Two reviewers decide where the order says so: the first one proposes, another confirms or sends it back."""

from tests.codes.counter import ANN
from tests.web.reading import words
from tests.web.review.office import HOME, Office, Reviewer, sent_by


def test_two_decide_where_the_order_says_so(office: Office, rosa: Reviewer, sven: Reviewer) -> None:
    applicant = office.applies(HOME)
    rosa.takes(applicant.number)
    rosa.decides(applicant.number, "grant")
    proposed = office.counter.owed()
    again = words(rosa.takes(applicant.number))
    rosa.presses(f"/review/applications/{applicant.number}", "/give-back")
    sven.takes(applicant.number)

    said = words(sven.decides(applicant.number, "confirm"))

    assert proposed == [] and "You proposed to grant it" in again and "Granted" in said
    assert [template for _, template, _ in office.counter.owed()] == ["application_granted"]


def test_who_proposed_cannot_confirm_even_with_a_form_of_their_own(office: Office, rosa: Reviewer) -> None:
    applicant = office.applies(HOME)
    rosa.takes(applicant.number)
    page = rosa.presses(f"/review/applications/{applicant.number}", "/decide", act="grant")
    form = sent_by(page, "/decide")
    rosa.decides(applicant.number, "grant")
    rosa.takes(applicant.number)

    url = f"/review/applications/{applicant.number}/decide"
    answer = rosa.client.post(url, data={**form, "act": "confirm", "sure": "1"}, follow_redirects=True)

    assert "You proposed this yourself." in words(answer) and office.counter.owed() == []


def test_a_proposal_that_is_sent_back_waits_again_with_the_reason(
    office: Office, rosa: Reviewer, sven: Reviewer
) -> None:
    applicant = office.applies(HOME)
    rosa.takes(applicant.number)
    rosa.decides(applicant.number, "refuse", "no address")
    sven.takes(applicant.number)

    sven.decides(applicant.number, "return", "it stands in the paper")

    said = words(rosa.takes(applicant.number))
    assert "Sven sent a proposal back: it stands in the paper" in said and office.counter.owed() == []


def test_a_refusal_that_two_decide_goes_out_in_the_words_of_the_first(
    office: Office, rosa: Reviewer, sven: Reviewer
) -> None:
    applicant = office.applies(HOME)
    rosa.takes(applicant.number)
    rosa.decides(applicant.number, "refuse", "no address")
    sven.takes(applicant.number)

    sven.decides(applicant.number, "confirm")

    fields = {"application": applicant.number, "reason": "no address"}
    assert office.counter.owed() == [(ANN, "application_refused", fields)]
