"""Texts out, from the command line."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from language.failures import in_words
from store import Store
from store.messages import OutboxMessage
from telephony.simulator.carrier import Handset
from tests.commands.conftest import Looks, Read, Refused

NUMBER = "+79990000001"


@pytest.fixture
def lost(store: Store, phone: Handset, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notice that never arrived, after one that waits."""
    read("cases", "open", "--phone", NUMBER, "--reason", "x")
    phone.text("ЖАЛОБА нет")
    number = read("appeals", "list")[0]["number"]
    monkeypatch.setenv("PASSLINE_USER", "boris")  # who opened the case does not decide the appeal against it
    read("appeals", "decide", number, "--deny", "--text", "нет")
    monkeypatch.setenv("PASSLINE_USER", "anna")
    with store.work() as work:
        work.run(update(OutboxMessage), state="failed", error_code=30005, settled_at=work.now, due_at=None)
    read("cases", "close", "--phone", NUMBER, "--reason", "x")
    phone.text("цель 3")
    read("cases", "open", "--phone", NUMBER, "--reason", "x")


def test_a_telephone_s_texts_with_what_became_of_them(
    read: Read, lost: None, looks: Looks, table_of: Callable[..., str]
) -> None:
    document = read("messages", "list", "--phone", "8 999 000 00 01")

    assert (document["phone"], document["inbound"]) == (NUMBER, 3)
    found = {row["template"]: (row["state"], row["error_code"], row["error"]) for row in document["outbound"]}
    assert found == {
        "revoked_case": ("created", None, None),
        "case_closed_ended": ("created", None, None),
        "appeal_denied": ("failed", 30005, "nobody has this number"),
    }
    assert "nobody has this number" in table_of("messages", "list", "--phone", NUMBER)
    assert "messages list" in [details["at"] for _, _, details in looks()]


def test_those_that_failed_of_one_telephone_or_of_all(read: Read, lost: None) -> None:
    for words in (("--phone", NUMBER), ()):
        rows = read("messages", "list", "--failed", *words)["outbound"]
        assert [(row["phone"], row["template"]) for row in rows] == [(NUMBER, "appeal_denied")]


def test_a_telephone_that_never_texted_has_none(read: Read, looks: Looks) -> None:
    nobody = read("messages", "list", "--phone", "+79995554433")

    assert nobody == {"phone": "+79995554433", "inbound": 0, "outbound": []}
    assert looks() == []


def test_it_must_be_said_whose(refused: Refused) -> None:
    assert refused("messages", "list") == "say whose: --phone, or --failed for every text that never arrived"
    assert refused("messages", "list", "--phone", "x").startswith("'x' is no telephone number")


def test_an_error_without_words_is_told_by_its_number() -> None:
    assert in_words(63016) == "error 63016"
