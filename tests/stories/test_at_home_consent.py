"""Patients take their consent back by text and on a call, and ask what is held of them, in every language."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from language.segments import count_segments
from monitoring.cases.consent import Agreed, keep_consent
from monitoring.cases.opening import Plan, open_case
from monitoring.cases.watched import held_case
from store import Store
from store.cases import Case, Consent
from store.columns import table
from store.people import PersonPhone
from store.phones import ensure_phone
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.stories.reading import has_code
from tests.stories.test_at_home import alerts, kept, told_to_stay
from tests.stories.test_at_home_calls import to_page


@pytest.fixture
def patient(registered: Handset, store: Store) -> Handset:
    """At home, and agreed to be asked."""
    agrees(store, told_to_stay(store, registered))
    return registered


def agrees(store: Store, case_id: str) -> None:
    with store.work() as work:
        case = held_case(work, case_id)
        assert case is not None
        keep_consent(work, case, Agreed("ru", "0" * 64, "signed", "Иванов Иван"), "staff:clinician")


def agreed(store: Store) -> list[bool]:
    with store.reading() as work:
        return [row.withdrawn_at is None for row in work.rows(select(table(Consent)))]


@pytest.mark.parametrize("yes", ["1", "да", "ДА", "1.", "отзываю согласие"])
def test_consent_is_taken_back_once_they_are_sure(patient: Handset, store: Store, yes: str) -> None:
    assert patient.text("Отзываю согласие") == "Отозвать согласие? Проверок не будет, вам позвонят. 1 да, 2 нет"
    assert agreed(store) == [True]

    assert patient.text(yes) == "Согласие отозвано: больше ничего не спросим. Вам позвонят."
    assert agreed(store) == [False] and alerts(store) == ["consent_withdrawn"]
    assert [(kind, channel) for kind, channel, _ in kept(store, patient)] == [("consent_withdrawn", "text")]


@pytest.mark.parametrize("no", ["2", "нет", "не надо"])
def test_whoever_is_not_sure_keeps_it(patient: Handset, store: Store, no: str) -> None:
    patient.text("отозвать согласие")

    assert patient.text(no) == "Хорошо, согласие остаётся."
    assert agreed(store) == [True] and patient.text("1") != "Согласие отозвано: больше ничего не спросим. Вам позвонят."


def test_something_else_leaves_the_question(patient: Handset, store: Store) -> None:
    patient.text("отозвать согласие")

    assert patient.text("БОЛЬНИЦА").startswith("Записали.")
    assert agreed(store) == [True]


@pytest.mark.parametrize(
    ("text", "question", "yes", "done"),
    [
        ("ризалыкны кире алам", "Ризалыкны кире аласызмы?", "әйе", "Ризалык кире алынды"),
        ("withdraw my consent", "Take your consent back?", "1", "Your consent is taken back"),
    ],
)
def test_it_is_asked_and_done_in_their_language(
    patient: Handset, store: Store, text: str, question: str, yes: str, done: str
) -> None:
    assert patient.text(text).startswith(question)
    assert patient.text(yes).startswith(done)
    assert agreed(store) == [False]


def test_a_second_time_there_is_nothing_to_take_back(patient: Handset) -> None:
    patient.text("отозвать согласие")
    patient.text("1")
    patient.text("отозвать согласие")

    assert patient.text("1") == "Вашего согласия у нас нет, отзывать нечего."


def test_on_a_call_it_has_a_key_for_who_proves_who_they_are(patient: Handset, store: Store) -> None:
    call = to_page(patient.calls(), 5).hears("Отозвать согласие: четыре").presses("4")
    call.presses("2506").hears("Вы отзываете согласие?").presses("1").hears("Согласие отозвано")

    assert agreed(store) == [False]


def test_it_can_be_said_on_a_call(patient: Handset, store: Store) -> None:
    call = patient.calls().says("отзываю согласие").presses("2506").hears("Вы отзываете согласие?")
    call.says("нет").hears("согласие остаётся")

    assert agreed(store) == [True]


def test_who_proves_nothing_speaks_with_a_person_patient_or_not(patient: Handset, store: Store) -> None:
    call = to_page(patient.calls(), 5).presses("4").presses("#").stays_silent()

    call.hears("перезвоним")
    assert agreed(store) == [True]


def test_to_others_the_words_mean_nothing(registered: Handset) -> None:
    assert registered.text("отзываю согласие").startswith("Не поняли вас.")


def test_my_data_tells_of_the_time_at_home_and_where_all_of_it_stands(
    patient: Handset, phones: Callable[[str], Handset]
) -> None:
    told = patient.text("МОИ ДАННЫЕ")

    assert "Дома: проверки 0, фото 0, сомнения 0. Всё: " in told and "/i/" in told
    to_page(patient.calls(), 3).presses("1").presses("2506").hears("О времени дома храним")


def test_who_has_no_smartphone_is_told_of_the_page_where_one_signs_in(registered: Handset, store: Store) -> None:
    told_to_stay(store, registered, means="visit")

    assert registered.text("МОИ ДАННЫЕ").endswith("/mine")


@pytest.fixture
def child(patient: Handset, store: Store, clock: Clock) -> str:
    """The case of Masha, on her father's telephone, opened after his; she agreed too."""
    clock.pass_by(minutes=1)
    patient.text("РЕБЁНОК Иванова Маша")
    with store.work() as work:
        phone = ensure_phone(work, patient.number)
        people = {row.person_id for row in work.rows(select(table(PersonPhone))) if row.phone_id == phone.id}
        (known,) = [row.person_id for row in work.rows(select(table(Case)))]
        child = open_case(work, (people - {known}).pop(), "order 5", "staff:clinician", Plan("contact")).case_id
    agrees(store, child)
    return child


def left(store: Store, child: str) -> tuple[bool, bool]:
    """Whether the consent of the child, and of the father, stands."""
    with store.reading() as work:
        stands = {row.case_id: row.withdrawn_at is None for row in work.rows(select(table(Consent)))}
    return stands.pop(child), all(stands.values())


def test_in_a_household_one_alone_takes_theirs_back(patient: Handset, store: Store, child: str) -> None:
    patient.text("отозвать согласие за Машу")
    patient.text("1")

    assert left(store, child) == (False, True)


@pytest.mark.parametrize("whose", ["2", "Маша"])
def test_in_a_household_it_is_asked_whose(patient: Handset, store: Store, child: str, whose: str) -> None:
    assert patient.text("отозвать согласие") == "Чьё согласие? Ответьте номером:\n1 И.И.И. *2506\n2 И.М."

    assert patient.text(whose).startswith("Отозвать согласие?")
    assert patient.text("1").startswith("Согласие отозвано")
    assert left(store, child) == (False, True)


def test_who_does_not_say_whose_takes_nothing_back(patient: Handset, store: Store, child: str) -> None:
    patient.text("отозвать согласие")
    assert patient.text("нет") == "Хорошо, согласие остаётся."
    patient.text("отозвать согласие")
    patient.text("СТАТУС")
    patient.text("1")

    assert left(store, child) == (True, True)


def test_on_a_call_it_is_asked_whose_too(patient: Handset, store: Store, child: str) -> None:
    call = to_page(patient.calls(), 5).presses("4").presses("2506").hears("Чьё согласие отзывается?", "2: ")
    call.presses("2").stays_silent().hears("Вы отзываете согласие?").presses("1").hears("Согласие отозвано")

    assert left(store, child) == (False, True)


def test_help_has_the_same_key_on_every_page_and_is_offered_first(patient: Handset, store: Store) -> None:
    for page in (1, 2, 3, 4, 5):
        call = to_page(patient.calls(), page)
        heard = call.heard[-2:]
        assert heard[0] == "Срочная помощь: девять."
        call.presses("9").hears("1 1 2").hangs_up()
    assert alerts(store) == ["sos"]


def test_a_patient_with_a_pass_for_the_doctor_hears_of_both(registered: Handset, store: Store) -> None:
    assert has_code(registered.text("цель 3"))
    told_to_stay(store, registered)

    status = registered.text("СТАТУС")
    assert status.startswith("Оставайтесь дома")
    to_page(registered.calls(), 1).presses("1").presses("2506").hears("Вам нужно оставаться дома")


def test_a_household_hears_of_each_where_they_stand_otherwise_and_once_where_not(
    patient: Handset, store: Store
) -> None:
    patient.text("РЕБЁНОК Иванова Маша")
    with store.work() as work:
        phone = ensure_phone(work, patient.number)
        people = {row.person_id for row in work.rows(select(table(PersonPhone))) if row.phone_id == phone.id}
        (known,) = [row.person_id for row in work.rows(select(table(Case)))]
        open_case(work, (people - {known}).pop(), "order 5", "staff:clinician", Plan("contact", "visit"))

    assert patient.text("СТАТУС") == "Оставайтесь дома, пока мы не напишем. Сейчас делать ничего не нужно."
    patient.text("Машу увезли в больницу")
    status = patient.text("СТАТУС")

    assert status.startswith("И.М.: Оставайтесь дома") and "И.И.И. *2506: Оставайтесь дома" in status
    assert count_segments(status).segments <= 3
