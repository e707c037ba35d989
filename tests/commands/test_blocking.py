"""Blocking a telephone or a person from the command line."""

from sqlalchemy import select
from sqlmodel import col

from store import Store
from store.passes import Application
from telephony.simulator.carrier import Handset
from tests.commands.conftest import Read, Refused
from tests.stories.reading import has_code

NUMBER = "+79990000001"
WHY = ("--phone", NUMBER, "--reason", "sells passes")


def test_a_blocked_telephone_gets_no_pass_until_it_is_unblocked(read: Read, phone: Handset) -> None:
    assert read("persons", "block", *WHY)["blocked"] is True
    refused = phone.text("цель 8")
    assert read("persons", "unblock", *WHY)["blocked"] is False

    assert "ЖАЛОБА" in refused and has_code(phone.text("цель 8"))


def test_a_blocked_telephone_does_not_extend_the_pass_it_has(read: Read, phone: Handset) -> None:
    phone.text("цель 8")
    read("persons", "block", *WHY)

    assert "ЖАЛОБА" in phone.text("ПРОДЛИТЬ")


def test_a_refusal_of_a_blocked_telephone_is_kept_as_any_other(
    read: Read, refused: Refused, phone: Handset, store: Store
) -> None:
    read("persons", "block", *WHY)
    phone.text("цель 8")
    refused("passes", "issue", "--phone", NUMBER, "--purpose", "8")

    with store.reading() as work:
        kept = work.rows(select(Application).order_by(col(Application.channel)))

    assert [(row.channel, row.refusal) for row in kept] == [("operator", "blocked"), ("text", "blocked")]


def test_one_person_is_blocked_and_the_others_of_the_telephone_are_not(read: Read, phone: Handset) -> None:
    phone.text("РЕГИСТРАЦИЯ#Петров Пётр Петрович#9219111111")
    people = {row["name"]: row["id"] for row in read("persons", "show", "--phone", NUMBER)["persons"]}
    read("persons", "block", *WHY, "--person", people["Петров Пётр Петрович"])

    assert not has_code(phone.text("цель 8 9219111111")) and has_code(phone.text("цель 8 9219632506"))


def test_a_person_of_another_telephone_is_refused_in_one_line(refused: Refused, phone: Handset) -> None:
    phone.text("СТАТУС")

    assert "nobody on" in refused("persons", "block", *WHY, "--person", "none")


def test_a_reason_is_more_than_blanks(refused: Refused) -> None:
    assert "say something" in refused("persons", "block", "--phone", "+79990000001", "--reason", "  ")
