"""Passes from the command line: list, issue, revoke."""

from collections.abc import Callable
from typing import Any

import pytest

from codes import listing
from store import Store
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.commands.conftest import Looks, Phones, Read, Refused, Run
from tests.stories.reading import code_in

NUMBER = "+79990000001"


def test_a_list_has_every_pass_the_newest_first(read: Read, phone: Handset, clock: Clock) -> None:
    first = code_in(phone.text("цель 3"))
    clock.pass_by(hours=2)
    second = code_in(phone.text("цель 8"))

    newest, oldest = read("passes", "list")

    assert newest == {
        "code": second,
        "phone": NUMBER,
        "purpose": 8,
        "status": "active",
        "valid_from": "2026-06-03T14:00:00+03:00",
        "valid_until": "2026-06-03T15:00:00+03:00",
        "channel": "text",
        "regime": "tatarstan-2020",
        "holder_name": "Иванов Иван Иванович",
        "document_tail": "2506",
        "revoked_reason": None,
    }
    assert (oldest["code"], oldest["status"]) == (first, "expired")


def test_a_list_for_people_has_a_line_a_pass(table_of: Callable[..., str], phone: Handset) -> None:
    assert table_of("passes", "list") == "Nothing to show.\n"
    code = code_in(phone.text("цель 3"))

    head, line = table_of("passes", "list").splitlines()

    assert head.startswith("code ") and line.startswith(f"{code}  {NUMBER}  3        active")


@pytest.mark.parametrize("spelling", ["+79990000001", "8 999 000-00-01", "+7 (999) 000 00 01", "79990000001"])
def test_a_list_by_phone_takes_any_national_form(read: Read, phone: Handset, phones: Phones, spelling: str) -> None:
    phone.text("цель 3")
    phones("2").text("РЕГИСТРАЦИЯ#Петров Пётр#9219111111#Казань")
    phones("2").text("цель 3")

    assert [row["phone"] for row in read("passes", "list", "--phone", spelling)] == [NUMBER]


def test_a_list_by_code_takes_any_spelling(read: Read, phone: Handset) -> None:
    code = code_in(phone.text("цель 3"))
    phone.text("цель 8")

    assert [row["code"] for row in read("passes", "list", "--code", code.lower().replace("-", " "))] == [code]


def test_a_list_since_a_time_leaves_out_what_was_before(read: Read, phone: Handset, clock: Clock) -> None:
    phone.text("цель 3")
    clock.pass_by(hours=1)
    code = code_in(phone.text("цель 8"))

    for since in ("12:30", "today 12:30", "2026-06-03 12:30", "2026-06-03T09:30:00+00:00"):
        assert [row["code"] for row in read("passes", "list", "--since", since)] == [code]
    assert read("passes", "list", "--since", "tomorrow 10:00") == []
    assert len(read("passes", "list", "--since", "yesterday 10:00")) == 2


def test_nobody_s_list_is_empty(read: Read, phone: Handset) -> None:
    assert read("passes", "list", "--phone", "+79995554433") == []
    assert read("passes", "list", "--code", "THXA-9546-C61A") == []


def test_a_long_list_comes_in_pages(read: Read, phones: Phones, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    codes = []
    for digits in "12345":
        phones(digits).text(f"РЕГИСТРАЦИЯ#Иванов Иван#92196325{digits}6#Казань")
        codes.append(code_in(phones(digits).text("цель 3")))
        clock.pass_by(seconds=1)

    assert [row["code"] for row in read("passes", "list")] == codes[::-1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--phone", "2590"), "'2590' is no telephone number: write it as +79991234567, or as in RU"),
        (("--phone", "granny"), "'granny' is no telephone number"),
        (("--since", "soon"), "'soon' is no time: write it as 2027-03-01T10:00+03:00"),
        (("--since", "0001-01-01"), "'0001-01-01' is no time"),
        (("--code", "THXA-9546-C61C"), "THXA-9546-C61C is mistyped"),
        (("--foo",), "No such option '--foo'. See `"),
    ],
)
def test_a_list_says_in_one_line_what_it_can_t_read(refused: Refused, words: tuple[str, ...], said: str) -> None:
    assert refused("passes", "list", *words, "--json").startswith(said)


def test_a_look_is_noted_with_who_and_why(run: Run, read: Read, phone: Handset, looks: Looks, clock: Clock) -> None:
    phone.text("цель 3")
    run("passes", "list", "--why", "inquiry 7")
    clock.pass_by(seconds=1)
    run("passes", "list", "--phone", NUMBER, "--user", "boris")
    clock.pass_by(seconds=1)
    person = read("persons", "show", "--phone", NUMBER)["persons"][0]["id"]

    everyone, one, shown = looks()

    assert everyone == ("operator:anna", "everyone", {"why": "inquiry 7", "at": "passes list"})
    assert one == ("operator:boris", person, {"why": "command line", "at": "passes list"})
    assert shown[2]["at"] == "persons show"


def test_a_look_at_nobody_is_no_look(read: Read, looks: Looks) -> None:
    read("passes", "list", "--phone", "+79995554433")

    assert looks() == []


def test_an_issued_pass_is_like_one_asked_for(read: Read, phone: Handset) -> None:
    row = read("passes", "issue", "--phone", NUMBER, "--purpose", "3")

    assert (row["outcome"], row["channel"], row["holder_name"]) == ("granted", "operator", "Иванов Иван Иванович")
    assert row["code"] in phone.text("повтор")
    assert read("passes", "issue", "--phone", NUMBER, "--purpose", "3")["outcome"] == "repeated"


def test_somebody_new_is_registered_with_the_pass(read: Read, phones: Phones) -> None:
    new = ("--phone", "8 999 000 0002", "--name", "Петров Пётр", "--document", "92 19 № 111111")

    row = read("passes", "issue", "--purpose", "3", *new)

    assert (row["phone"], row["document_tail"]) == ("+79990000002", "1111")
    assert row["code"] in phones("2").text("статус")


def test_somebody_known_is_found_and_completed_by_what_is_said(read: Read, phones: Phones) -> None:
    read("cases", "open", "--phone", "+79990000002", "--reason", "x", "--name", "Петров Пётр")
    read("cases", "close", "--phone", "+79990000002", "--reason", "x")

    said = ("--name", "Петров", "--document", "9219111111", "--from", "now")
    read("passes", "issue", "--purpose", "3", "--phone", "+79990000002", *said)

    (person,) = read("persons", "show", "--phone", "+79990000002")["persons"]
    assert (person["name"], person["document"]) == ("Петров Пётр", "9219111111")


def test_a_child_is_asked_for_no_document(read: Read, phone: Handset) -> None:
    phone.text("РЕБЕНОК Иванова Мария")

    row = read("passes", "issue", "--phone", NUMBER, "--purpose", "3", "--person", "Мария")

    assert (row["outcome"], row["document_tail"]) == ("granted", "")


def test_a_document_told_of_somebody_chosen_is_theirs(read: Read, phones: Phones) -> None:
    read("cases", "open", "--phone", "+79990000002", "--reason", "x", "--name", "Петров Пётр")
    read("cases", "close", "--phone", "+79990000002", "--reason", "x")

    chosen = ("--phone", "+79990000002", "--person", "Петров", "--document", "9219111111")

    assert read("passes", "issue", "--purpose", "3", *chosen)["document_tail"] == "1111"


def test_no_ninth_person_goes_onto_a_telephone(read: Read, refused: Refused, phone: Handset) -> None:
    for number in range(7):
        phone.text(f"РЕГИСТРАЦИЯ 921111111{number}")
    another = ("--phone", NUMBER, "--purpose", "3", "--document", "9222222222")

    said = refused("passes", "issue", *another)

    assert said == "refused: No pass: too many people use this number. To appeal: APPEAL and why"
    assert len(read("persons", "show", "--phone", NUMBER)["persons"]) == 8
    assert read("passes", "issue", *another[:-1], "9219632506")["outcome"] == "granted"


def test_a_telephone_that_named_the_document_before_is_asked(
    read: Read, phone: Handset, owed: Callable[[], Any]
) -> None:
    read("passes", "issue", "--phone", "+79990000002", "--purpose", "3", "--document", "9219632506")

    ((number, template, fields),) = owed()
    assert (number, template, fields["tail"]) == (NUMBER, "document_claimed", "2506")


def test_issuing_obeys_the_order(refused: Refused, run: Run, phone: Handset) -> None:
    phone.text("цель 3")
    phone.text("цель 8")
    phone.text("цель 5")

    again = refused("passes", "issue", "--phone", NUMBER, "--purpose", "6", "--json")

    assert again.startswith("refused: ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--purpose", "3"), "nobody is registered on +79990000002: --name and --document register somebody"),
        (("--purpose", "88"), "tatarstan-2020 has no purpose 88: there are 1, 2,"),
        (("--purpose", "shop"), "Invalid value for '--purpose': 'shop' is not a valid integer."),
        (("--name", "Петров"), "Missing option '--purpose'."),
        (("--purpose", "3", "--name", "Петров Пётр"), "for purpose 3 document must be known too: give --document"),
        (("--purpose", "3", "--document", "12345"), "'12345' is no document: write it as"),
        (("--purpose", "3", "--field", "plate"), "'plate' is no field: write it as NAME=VALUE"),
        (("--purpose", "3", "--field", "shoe=44"), "there is no field 'shoe': the fields are name, document"),
        (("--purpose", "3", "--from", "11:00"), "11:00 is past: leave out --from to begin now"),
    ],
)
def test_issuing_says_what_is_missing_and_keeps_nothing(
    refused: Refused, read: Read, words: tuple[str, ...], said: str
) -> None:
    assert refused("passes", "issue", "--phone", "+79990000002", *words).startswith(said)
    assert refused("persons", "show", "--phone", "+79990000002").startswith("+79990000002 is not known")


def test_a_blocked_telephone_gets_none(refused: Refused, phone: Handset, block: Callable[[], None]) -> None:
    block()

    assert refused("passes", "issue", "--phone", NUMBER, "--purpose", "3") == f"{NUMBER} is blocked"


def test_revoking_tells_the_holder(read: Read, phone: Handset, store: Store, owed: Callable[[], Any]) -> None:
    code = code_in(phone.text("цель 3"))

    row = read("passes", "revoke", "--code", code, "--reason", "ошибка")

    assert (row["status"], row["revoked_reason"]) == ("revoked", "ошибка")
    assert owed() == [(NUMBER, "revoked", {"code": code, "reason": "ошибка"})]


def test_what_is_not_live_is_not_revoked(refused: Refused, run: Run, phone: Handset, clock: Clock) -> None:
    revoke = ("passes", "revoke", "--reason", "x", "--code")
    first = code_in(phone.text("цель 3"))
    run(*revoke, first)
    second = code_in(phone.text("цель 8"))
    clock.pass_by(hours=3)

    assert refused(*revoke, first) == f"the pass {first} was revoked before: x"
    assert refused(*revoke, second) == f"the pass {second} is over already"
    assert refused(*revoke, "THXA-9546-C61A") == "no pass has the code THXA-9546-C61A"
