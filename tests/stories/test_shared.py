"""Several people on one telephone, one document on several telephones."""

from codes.claiming import pending_claim
from codes.meeting import meet
from monitoring.cases.opening import open_case
from store import Store
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.proofs.races import unsound
from tests.stories.conftest import Phones
from tests.stories.reading import code_in, has_code

FIRST, SECOND = "9219632506", "9211111111"


def consent(store: Store, phone: Handset) -> str:
    """The number in the question about its document that this telephone was sent."""
    with store.work() as work:
        claim = pending_claim(work, meet(work, phone.number).phone)
    assert claim is not None
    return claim.consent


def test_a_new_document_adds_a_person_and_a_text_may_name_either(registered: Handset, clock: Clock) -> None:
    clock.pass_by(minutes=1)
    registered.text(f"РЕГИСТРАЦИЯ#Петрова Анна Сергеевна#{SECOND}")

    assert "П.А.С. *1111" in registered.text("цель 8 Петрова")
    assert "И.И.И. *2506" in registered.text(f"цель 3 {FIRST}")


def test_where_nobody_is_named_one_question_is_asked(registered: Handset, clock: Clock) -> None:
    clock.pass_by(minutes=1)
    registered.text(f"РЕГИСТРАЦИЯ#Петрова Анна Сергеевна#{SECOND}")

    asked = registered.text("цель 8")

    assert "И.И.И. *2506" in asked and "П.А.С. *1111" in asked
    assert "П.А.С. *1111" in registered.text("2")


def test_a_child_needs_no_document_and_a_bare_one_is_somebody_else_s(registered: Handset, clock: Clock) -> None:
    clock.pass_by(minutes=1)
    registered.text("РЕБЕНОК Маша")

    somebody = registered.text(f"цель 8 {SECOND}")
    offered = registered.text("цель 8")
    child = registered.text("2" if "2 М." in offered else "3")

    assert has_code(somebody) and "М. " not in somebody
    assert has_code(child) and "М." in child


def test_each_document_has_limits_of_its_own(registered: Handset, clock: Clock) -> None:
    clock.pass_by(minutes=1)
    registered.text(f"РЕГИСТРАЦИЯ#Петрова Анна Сергеевна#{SECOND}")
    for purpose in (8, 3):
        registered.text(f"цель {purpose} {FIRST}")

    assert not has_code(registered.text(f"цель 7 {FIRST}"))
    assert has_code(registered.text(f"цель 7 {SECOND}"))


def test_two_telephones_with_one_document_share_its_limits(registered: Handset, phones: Phones) -> None:
    other = phones("2")
    other.text(f"РЕГИСТРАЦИЯ {FIRST}")
    registered.text("цель 8")
    other.text("цель 3")

    assert not has_code(registered.text("цель 7")) and not has_code(other.text("цель 7"))


def test_two_telephones_are_joined_only_after_both_agree(registered: Handset, phones: Phones, store: Store) -> None:
    other = phones("2")
    other.text(f"РЕГИСТРАЦИЯ {FIRST}")
    code = code_in(registered.text("цель 8"))
    registered.text(consent(store, registered))
    before = other.text("СТАТУС")
    other.text(consent(store, other))

    assert code not in before and code in other.text("СТАТУС")


def test_what_the_second_telephone_had_before_they_were_joined_is_handled_on_both(
    registered: Handset, phones: Phones, store: Store
) -> None:
    other = phones("2")
    other.text(f"РЕГИСТРАЦИЯ {FIRST}")
    code = code_in(other.text("цель 3"))
    other.text("РЕБЕНОК Маша")
    registered.text(consent(store, registered))
    other.text(consent(store, other))

    seen = registered.text("СТАТУС"), other.text("СТАТУС")
    longer = other.text("ПРОДЛИТЬ")
    cancelled = registered.text("ОТМЕНИТЬ ПРОПУСК")

    assert all(code in text for text in (*seen, longer, cancelled))
    assert not has_code(other.text("СТАТУС"))
    with store.work() as work:
        people = meet(work, other.number).holders
    adult, child = sorted(people, key=lambda one: one.guardian_id or "")
    assert child.guardian_id == adult.id
    assert unsound(store) == []


def test_whoever_named_a_document_first_does_not_see_the_passes_of_its_owner(
    registered: Handset, phones: Phones, store: Store
) -> None:
    owner = phones("2")
    owner.text(f"РЕГИСТРАЦИЯ {FIRST}")
    registered.text(consent(store, registered))
    code = code_in(owner.text("цель 8"))

    assert code not in registered.text("СТАТУС")


def test_a_yes_without_the_number_that_only_the_telephone_was_sent_joins_nothing(
    registered: Handset, phones: Phones, store: Store
) -> None:
    other = phones("2")
    other.text(f"РЕГИСТРАЦИЯ {FIRST}")
    wrong = f"{(int(consent(store, registered)) + 1) % 1_000_000:06}"

    told, guessed = registered.text("да"), registered.text(wrong)

    assert told == "Чтобы разрешить, пришлите число из нашего сообщения о документе."
    assert not guessed.startswith("Спасибо") and not guessed.startswith("Готово")
    assert consent(store, registered) != wrong


def test_a_second_telephone_is_not_joined_when_the_first_says_no(registered: Handset, phones: Phones) -> None:
    other = phones("2")
    other.text(f"РЕГИСТРАЦИЯ {FIRST}")
    code = code_in(registered.text("цель 8"))
    registered.text("нет")

    assert code not in other.text("СТАТУС")


def test_a_case_binds_every_telephone_that_names_the_document(
    registered: Handset, phones: Phones, store: Store
) -> None:
    other = phones("2")
    with store.work() as work:
        open_case(work, meet(work, registered.number).holders[0].id, "confirmed", "clinic")
    other.text(f"РЕГИСТРАЦИЯ {FIRST}")

    refused = other.text("цель 8")

    assert not has_code(refused) and "ЖАЛОБА" in refused


def test_somebody_in_isolation_gets_no_pass_on_a_new_telephone(
    registered: Handset, phones: Phones, store: Store
) -> None:
    with store.work() as work:
        open_case(work, meet(work, registered.number).holders[0].id, "order 5", "tests")

    at_once = phones("2").text(f"цель 3 {FIRST}")
    phones("3").text("цель 3")
    after_a_question = phones("3").text(FIRST)

    assert not has_code(at_once) and at_once == after_a_question


def test_a_telephone_is_shared_by_a_family_not_by_a_crowd(phone: Handset) -> None:
    for number in range(8):
        phone.text(f"РЕГИСТРАЦИЯ 921111111{number}")

    refused = phone.text("РЕГИСТРАЦИЯ 9222222222")

    assert "ЖАЛОБА" in refused and "2222" not in phone.text("цель 8")
