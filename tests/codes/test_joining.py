"""One person who was known twice is one from then on: passes, applications, dependants, blocks and cases."""

import pytest
from sqlalchemy import update

from codes.blocking import block_person
from codes.fields import Field
from codes.joining import join_people
from codes.outcomes import Grant, Referral, Refusal, RefusalReason, VerdictKind
from codes.people import add_person
from codes.regimes import preset
from codes.review.reviewing import grant_application
from monitoring.cases.opening import open_case
from store.people import PersonPhone
from store.phones import find_phone
from tests.codes.counter import ANN, Counter
from tests.proofs.races import unsound

OTHER = "+79990000003"


@pytest.fixture
def order() -> str:
    return preset("tatarstan-2020").replace("number = 6\n", 'number = 6\napproval = "review"\n', 1)


@pytest.fixture
def twice(counter: Counter) -> Counter:
    """Ann is known on another telephone too."""
    counter.introduce(OTHER, name="Иванова Анна", document="9219632506")
    return counter


def join(counter: Counter) -> None:
    stays = person(counter, ANN)
    gone = next(one for one in counter.who(OTHER).holders if not one.guardian_id)
    with counter.store.work() as work:
        join_people(work, gone, stays, "tests")


def person(counter: Counter, phone: str) -> str:
    return counter.who(phone).holders[0].id


def live(counter: Counter, phone: str) -> list[str]:
    return [one.id for one in counter.who(phone).holders[0].live]


def test_live_passes_of_both_are_seen_from_both(twice: Counter) -> None:
    first, second = twice.grant(ANN, 8), twice.grant(OTHER, 3, plate="T111MO716")

    join(twice)

    assert sorted(live(twice, ANN)) == sorted(live(twice, OTHER)) == sorted([first.pass_id, second.pass_id])
    assert unsound(twice.store) == []


def test_a_pass_that_moved_is_still_found_by_its_code(on_shift: Counter) -> None:
    on_shift.introduce(OTHER, name="Иванова Анна", document="9219632506")
    code = on_shift.grant(OTHER, 3).code

    join(on_shift)

    assert on_shift.look(code).verdicts[0].kind is VerdictKind.VALID


def test_an_application_that_waits_is_granted_to_the_one_who_stays(twice: Counter) -> None:
    referral = twice.ask(OTHER, 6, reason="мама болеет")
    assert isinstance(referral, Referral)
    join(twice)

    with twice.store.work() as work:
        answer = grant_application(work, referral.application, "reviewer")

    assert isinstance(answer, Grant) and live(twice, ANN) == live(twice, OTHER) == [answer.pass_id]
    assert unsound(twice.store) == []


def test_a_dependant_has_the_one_who_stays_as_guardian(twice: Counter) -> None:
    guardian, stays = person(twice, OTHER), person(twice, ANN)
    with twice.store.work() as work:
        phone = find_phone(work, OTHER)
        assert phone is not None
        add_person(work, phone, {Field.NAME: "Маша"}, guardian)

    join(twice)

    assert sorted(one.guardian_id or "" for one in twice.who(OTHER).holders) == ["", stays]


def test_every_telephone_of_the_one_who_goes_asks_for_the_one_who_stays(twice: Counter) -> None:
    third, stays, gone = "+79990000004", person(twice, ANN), person(twice, OTHER)
    twice.introduce(third, name="Иванова Анна", document="9219632506")
    with twice.store.work() as work:
        link = find_phone(work, third)
        assert link is not None
        same = update(PersonPhone).where(PersonPhone.__table__.c.phone_id == link.id)  # type: ignore[attr-defined]
        work.run(same, person_id=gone)

    join(twice)

    assert [one.id for phone in (OTHER, third) for one in twice.who(phone).holders] == [stays, stays]


def test_nobody_gets_rid_of_a_block_by_it(twice: Counter) -> None:
    gone = person(twice, OTHER)
    with twice.store.work() as work:
        block_person(work, gone, "sells passes", "tests")

    join(twice)

    answer = twice.ask(ANN, 8)
    assert isinstance(answer, Refusal) and answer.reason is RefusalReason.BLOCKED


@pytest.mark.parametrize("phones", [(OTHER,), (ANN, OTHER)])
def test_a_case_binds_whoever_stays(counter: Counter, phones: tuple[str, ...]) -> None:
    counter.introduce(OTHER, name="Иванова Анна", document="9219632599")
    for ill in [person(counter, phone) for phone in phones]:
        with counter.store.work() as work:
            open_case(work, ill, "contact", "clinician")

    join(counter)

    answers = [counter.ask(phone, 8) for phone in (ANN, OTHER)]
    assert [isinstance(one, Refusal) and one.reason for one in answers] == [RefusalReason.ISOLATION] * 2
