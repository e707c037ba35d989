"""What a person decides: referred applications and appeals; the answer is owed as a text."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from codes.blocking import block_phone
from codes.outcomes import Grant, Referral, Refusal, RefusalReason
from codes.regimes import preset
from codes.review.appeals import NotOpen, appeals, decide_appeal, file_appeal
from codes.review.reviewing import NotWaiting, grant_application, refuse_application
from monitoring.cases.opening import open_case
from store.passes import Application
from store.phones import ensure_phone
from tests.codes.counter import ANN, Counter
from tests.proofs.races import unsound

ORDER = preset("tatarstan-2020").replace("number = 8\n", 'number = 8\napproval = "review"\n', 1)


@pytest.fixture
def order() -> str:
    return ORDER


@pytest.fixture
def referral(counter: Counter) -> Referral:
    answer = counter.ask(ANN, 8)
    assert isinstance(answer, Referral)
    return answer


def granted(counter: Counter, number: str) -> Grant | Refusal:
    with counter.store.work() as work:
        answer = grant_application(work, number, "reviewer")
    assert isinstance(answer, Grant | Refusal)
    return answer


def test_asking_again_while_it_waits_is_the_same_application(counter: Counter, referral: Referral) -> None:
    counter.clock.pass_by(hours=1)

    assert counter.ask(ANN, 8) == referral and set(referral.application) <= set("123456789")


def test_a_granted_application_is_a_pass_from_now_and_its_code_is_owed(counter: Counter, referral: Referral) -> None:
    begin = counter.clock.pass_by(hours=2)

    grant = granted(counter, referral.application)

    assert isinstance(grant, Grant) and grant.valid_from == begin
    ((phone, template, fields),) = counter.owed()
    assert (phone, template, fields["code"]) == (ANN, "application_granted", grant.code)
    assert unsound(counter.store) == []


def test_a_refused_application_is_told_with_the_reviewers_words(counter: Counter, referral: Referral) -> None:
    with counter.store.work() as work:
        refuse_application(work, referral.application, "not urgent", "reviewer")

    fields = {"application": referral.application, "reason": "not urgent"}
    assert counter.owed() == [(ANN, "application_refused", fields)]
    assert counter.who(ANN).holders[0].live == ()
    with counter.store.reading() as work:
        assert RefusalReason(work.row(select(col(Application.refusal))).refusal) is RefusalReason.REVIEW


@pytest.mark.parametrize("number", ["00000000", ""])
def test_what_does_not_wait_is_not_decided(counter: Counter, number: str) -> None:
    with pytest.raises(NotWaiting):
        granted(counter, number)


def test_nothing_is_decided_twice(counter: Counter, referral: Referral) -> None:
    granted(counter, referral.application)

    with pytest.raises(NotWaiting):
        granted(counter, referral.application)

    assert len(counter.who(ANN).holders[0].live) == len(counter.owed()) == 1


def test_a_case_that_came_between_refuses_and_leaves_the_application_waiting(
    counter: Counter, referral: Referral
) -> None:
    person = counter.who(ANN).holders[0].id
    with counter.store.work() as work:
        open_case(work, person, "contact", "clinician")

    answer = granted(counter, referral.application)

    assert isinstance(answer, Refusal) and answer.reason is RefusalReason.ISOLATION
    assert counter.ask(ANN, 8) != referral and counter.owed() == []


def test_a_telephone_that_was_blocked_meanwhile_is_refused(counter: Counter, referral: Referral) -> None:
    phone = counter.who(ANN).phone.id
    with counter.store.work() as work:
        block_phone(work, phone, "sells passes", "tests")

    answer = granted(counter, referral.application)

    assert isinstance(answer, Refusal) and answer.reason is RefusalReason.BLOCKED and counter.owed() == []


def test_a_quota_used_up_meanwhile_refuses(counter: Counter, referral: Referral) -> None:
    for purpose in (3, 7):
        counter.grant(ANN, purpose)

    answer = granted(counter, referral.application)

    assert isinstance(answer, Refusal) and answer.reason is RefusalReason.QUOTA
    assert unsound(counter.store) == []


def appeal(counter: Counter, text: str) -> str:
    with counter.store.work() as work:
        return file_appeal(work, ensure_phone(work, ANN), text)


@pytest.mark.parametrize(("upheld", "state"), [(True, "upheld"), (False, "denied")])
def test_an_appeal_is_kept_word_for_word_and_its_answer_is_owed(counter: Counter, upheld: bool, state: str) -> None:
    number = appeal(counter, "почему отказ?\nЯ здорова")
    with counter.store.work() as work:
        waiting = appeals(work, "open")
        decide_appeal(work, number, upheld=upheld, words="посмотрели", language="ru", by="reviewer")
        decided = appeals(work)

    assert [(one.text, one.state) for one in waiting] == [("почему отказ?\nЯ здорова", "open")]
    assert [one.state for one in decided] == [state]
    assert counter.owed() == [(ANN, f"appeal_{state}", {"number": number, "text": "посмотрели"})]


def test_an_appeal_is_decided_once(counter: Counter) -> None:
    number = appeal(counter, "почему отказ?")
    with counter.store.work() as work:
        decide_appeal(work, number, upheld=True, words="да", language="ru", by="reviewer")
        with pytest.raises(NotOpen):
            decide_appeal(work, number, upheld=False, words="нет", language="ru", by="reviewer")
        with pytest.raises(NotOpen):
            decide_appeal(work, "00000000", upheld=False, words="нет", language="ru", by="reviewer")

    assert len(counter.owed()) == 1
