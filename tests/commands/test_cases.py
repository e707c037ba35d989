"""Cases and people from the command line."""

from collections.abc import Callable
from typing import Any

import pytest

from monitoring.retention.running import destroy_due
from store import Store
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.commands.conftest import Looks, Phones, Read, Refused, Run
from tests.stories.reading import code_in, has_code

NUMBER = "+79990000001"
OPEN = ("cases", "open", "--phone", NUMBER, "--reason", "order 5")


def test_a_case_revokes_and_tells_and_keeps_from_new_passes(
    read: Read, phone: Handset, owed: Callable[[], list[Any]]
) -> None:
    code_in(phone.text("цель 3"))

    row = read(*OPEN)

    assert (row["phone"], row["passes_revoked"]) == (NUMBER, 1)
    assert [template for _, template, _ in owed()] == ["revoked_case"]
    assert not has_code(phone.text("цель 8"))
    assert read("passes", "list")[0]["revoked_reason"] == "isolation"


def test_a_closed_case_lets_people_out_again(read: Read, phone: Handset, table_of: Callable[..., str]) -> None:
    case = read(*OPEN)["case"]
    assert [row["case"] for row in read("cases", "list")] == [case]

    assert case in table_of("cases", "close", "--phone", NUMBER, "--reason", "well")

    assert read("cases", "list") == []
    closed = read("cases", "list", "--all")[0]
    assert (closed["closed_by"], closed["closed_reason"]) == ("operator:anna", "well")
    assert closed["phones"] == [NUMBER]
    assert has_code(phone.text("цель 8"))


def test_somebody_who_never_texted_can_have_a_case(read: Read, phones: Phones) -> None:
    read(
        "cases", "open", "--phone", "+79990000002", "--reason", "x", "--name", "Петров Пётр", "--document", "9219111111"
    )

    phones("2").text("РЕГИСТРАЦИЯ#Петров Пётр#9219111111#Казань")

    assert not has_code(phones("2").text("цель 8"))


def test_a_document_of_somebody_at_home_gets_no_pass_on_another_telephone(
    read: Read, refused: Refused, phone: Handset
) -> None:
    read(*OPEN)
    elsewhere = ("--phone", "+79990000002", "--name", "Иванов Иван", "--document", "9219632506")

    assert refused("passes", "issue", "--purpose", "3", *elsewhere).startswith("refused: ")


@pytest.fixture
def family(phone: Handset) -> Handset:
    phone.text("РЕБЕНОК Иванова Мария Ивановна")
    return phone


def test_of_several_people_one_must_be_meant(refused: Refused, read: Read, family: Handset) -> None:
    which = refused(*OPEN)

    assert which.startswith(f"2 people are on {NUMBER}: say which by --person")
    assert "И.И.И. 2506" in which and "И.М.И." in which
    assert refused(*OPEN, "--person", "Сидоров").startswith(f"'Сидоров' is no one person on {NUMBER}")
    people = {row["name"]: row["id"] for row in read("persons", "show", "--phone", NUMBER)["persons"]}
    assert read(*OPEN, "--person", "Мария")["person"] == people["Иванова Мария Ивановна"]
    assert read(*OPEN, "--person", "2506")["person"] == people["Иванов Иван Иванович"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("open", "--phone", "+79990000002", "--reason", "x"), "nobody is registered on +79990000002"),
        (("open", "--phone", "99", "--reason", "x"), "'99' is no telephone number"),
        (("open", "--phone", NUMBER), "Missing option '--reason'."),
        (("close", "--phone", NUMBER, "--reason", "x"), f"this person has no open case: {NUMBER}"),
        (("close", "--phone", "+79990000002", "--reason", "x"), "+79990000002 is not known"),
    ],
)
def test_an_error_is_one_line(refused: Refused, phone: Handset, words: tuple[str, ...], said: str) -> None:
    assert refused("cases", *words).startswith(said)


def test_a_case_is_opened_once(refused: Refused, read: Read, phone: Handset) -> None:
    read(*OPEN)

    assert refused(*OPEN) == f"this person has an open case already: {NUMBER}"


def test_a_case_is_handled_from_either_telephone_with_the_document(
    refused: Refused, read: Read, phone: Handset, phones: Phones
) -> None:
    elsewhere = "+79990000002"
    phones("2").text("РЕГИСТРАЦИЯ 9219632506")
    case = read(*OPEN)["case"]

    again = refused("cases", "open", "--phone", elsewhere, "--reason", "order 6")
    (shown,) = read("persons", "show", "--phone", elsewhere)["persons"]
    closed = read("cases", "close", "--phone", elsewhere, "--reason", "well")["case"]

    assert again == f"this person has an open case already: {elsewhere}"
    assert (shown["isolation"], closed) == (True, case)
    assert has_code(phone.text("цель 8")) and has_code(phones("2").text("цель 3"))


def test_two_cases_of_one_person_are_closed_together(read: Read, phone: Handset, phones: Phones) -> None:
    """Opened on two telephones before the second named the document."""
    read(*OPEN)
    read("cases", "open", "--phone", "+79990000002", "--reason", "order 5", "--name", "Иванов Иван")
    phones("2").text("РЕГИСТРАЦИЯ#Иванов Иван#9219632506")

    read("cases", "close", "--phone", NUMBER, "--reason", "well")

    assert read("cases", "list") == []


def test_a_list_of_cases_is_a_look_at_everyone(run: Run, looks: Looks, phone: Handset) -> None:
    run("cases", "list", "--reason", "audit 3")

    assert looks() == [("operator:anna", "everyone", {"why": "audit 3", "at": "cases list"})]


def test_persons_show_has_everything_held(
    read: Read, table_of: Callable[..., str], phone: Handset, looks: Looks, clock: Clock
) -> None:
    code = code_in(phone.text("цель 3"))

    shown = read("persons", "show", "--phone", "89990000001")

    (person,) = shown.pop("persons")
    assert shown == {"phone": NUMBER, "language": "ru", "notices": True, "flagged": False, "blocked": False}
    assert (person["name"], person["document"], person["isolation"]) == ("Иванов Иван Иванович", "9219632506", False)
    assert person["passes"] == [{"code": code, "purpose": 3, "valid_until": "2026-06-03T13:00:00+03:00"}]
    assert [subject for _, subject, _ in looks()] == [person["id"]]
    assert code in table_of("persons", "show", "--phone", NUMBER)


@pytest.mark.parametrize("look", [("persons", "show", "--phone", NUMBER), ("passes", "list"), ("cases", "list")])
def test_people_are_told_how_often_they_were_looked_at(
    run: Run, phone: Handset, clock: Clock, look: tuple[str, ...]
) -> None:
    before = phone.text("МОИ ДАННЫЕ")
    clock.pass_by(minutes=1)
    run(*look)

    assert before != phone.text("МОИ ДАННЫЕ")


def test_a_telephone_without_people_is_shown_too(read: Read, phones: Phones, looks: Looks) -> None:
    phones("2").text("привет")

    assert read("persons", "show", "--phone", "+79990000002")["persons"] == []
    assert len(looks()) == 1


def test_a_case_with_a_last_day_is_told_with_a_link(read: Read, phone: Handset, owed: Callable[[], list[Any]]) -> None:
    read(*OPEN, "--kind", "contact", "--until", "2026-06-16", "--clinic", "Clinic 1")

    (row,) = read("cases", "list")
    assert (row["kind"], row["means"], row["clinic"]) == ("contact", "link", "Clinic 1")
    assert row["ends_at"] == "2026-06-17T00:00:00+03:00"
    assert [template for _, template, _ in owed()] == ["case_opened"]


def test_how_a_case_ends_is_said_and_told(read: Read, phone: Handset, owed: Callable[[], list[Any]]) -> None:
    read(*OPEN, "--until", "2026-06-16")

    read("cases", "close", "--phone", NUMBER, "--reason", "well", "--how", "recovered")

    assert read("cases", "list", "--all")[0]["closing"] == "recovered"
    assert [template for _, template, _ in owed()] == ["case_opened", "case_closed_recovered"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--until", "2026-06-01"), "the end of the case is past"),
        (("--until", "soon"), "'soon' is no day"),
        (("--kind", "zombie"), "Invalid value for '--kind'"),
    ],
)
def test_a_plan_that_can_not_be_is_one_line(refused: Refused, phone: Handset, more: tuple[str, str], said: str) -> None:
    assert refused(*OPEN, *more).startswith(said)


def test_what_is_left_of_a_case_is_proved_and_what_was_destroyed_is_reported(
    read: Read, phone: Handset, clock: Clock, store: Store
) -> None:
    case = read(*OPEN)["case"]
    shown = read("cases", "show", case)
    assert (shown["reason"], shown["keys"]["case"], shown["anything_personal"]) == ("order 5", 1, True)
    read("cases", "close", "--phone", NUMBER, "--reason", "well")
    assert read("cases", "show", case)["destroyed_on"]
    clock.pass_by(days=40, minutes=1)

    destroy_due(store)
    gone = read("cases", "show", case)

    assert (gone["is_nobodys"], gone["anything_personal"], set(gone["keys"].values())) == (True, False, {0})
    assert gone["destroyed_at"] and gone["emptied_at"] and gone["reason"] == ""
    assert read("cases", "destroyed")["total"]["cases"] == 1
