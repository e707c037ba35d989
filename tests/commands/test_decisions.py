"""What people decide at the command line: applications and appeals."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from store import Store
from store.passes import Application
from telephony.simulator.carrier import Handset
from tests.clock import Clock
from tests.commands.conftest import Looks, Phones, Read, Refused

NUMBER = "+919990000001"
REASON = "not enough papers"
Owed = Callable[[], list[tuple[str, str, dict[str, Any]]]]


class TestApplications:
    """In an order where a person decides."""

    @pytest.fixture
    def order(self) -> str:
        return "india-epass"

    @pytest.fixture
    def number(self, read: Read) -> str:
        """Of an application that waits."""
        who = ("--phone", NUMBER, "--name", "Asha Rao", "--document", "234123412346")
        said = ("--field", "reason=wedding", "--field", "destination=Kochi", "--field", "plate=KL01AB1234")
        return str(read("passes", "issue", "--purpose", "6", *who, *said, "--user", "bert")["application"])

    def test_a_waiting_application_shows_what_was_said(self, read: Read, number: str, looks: Looks) -> None:
        (row,) = read("applications", "list")

        assert (row["number"], row["phone"], row["holder_name"]) == (number, NUMBER, "Asha Rao")
        assert row["fields"]["reason"] == "wedding"
        assert [subject for _, subject, _ in looks()] == ["everyone"]

    def test_one_granted_is_a_pass_and_a_text(self, read: Read, number: str, owed: Owed) -> None:
        row = read("applications", "grant", number)

        assert (row["number"], row["outcome"], row["status"]) == (number, "granted", "active")
        assert [(phone, template) for phone, template, _ in owed()] == [(NUMBER, "application_granted")]
        assert read("applications", "list") == []

    def test_one_refused_is_a_text_with_the_reason(
        self, table_of: Callable[..., str], refused: Refused, number: str, owed: Owed
    ) -> None:
        assert number in table_of("applications", "list")

        said = table_of("applications", "refuse", number, "--reason", REASON)

        assert said == f"application {number} is refused\n"
        assert owed() == [(NUMBER, "application_refused", {"application": number, "reason": REASON})]
        assert refused("applications", "grant", number) == f"no application {number} waits for a decision"

    @pytest.mark.parametrize("channel", ["text", "operator"])
    def test_one_refused_is_counted_once(self, read: Read, store: Store, number: str, channel: str) -> None:
        with store.work() as work:
            work.run(update(Application), channel=channel)
        read("applications", "refuse", number, "--reason", REASON)

        assert read("stats")["refused"] == {"review": 1}

    def test_two_decide_where_the_order_says_so(self, read: Read, refused: Refused, owed: Owed) -> None:
        who = ("--phone", NUMBER, "--name", "Asha Rao", "--document", "234123412346")
        issued = read("passes", "issue", "--purpose", "4", *who, "--field", "destination=Kochi", "--user", "bert")
        number = str(issued["application"])

        first = read("applications", "refuse", number, "--reason", REASON)
        again = refused("applications", "confirm", number)
        shown = read("applications", "list")[0]["proposal"]
        back = read("applications", "send-back", number, "--reason", "look again", "--user", "carl")
        read("applications", "grant", number, "--user", "carl")
        last = read("applications", "confirm", number)

        assert (first["outcome"], shown, back["outcome"], last["outcome"]) == (
            *("proposed", "refuse", "returned", "granted"),
        )
        assert again.startswith(f"application {number} is not yours to decide: you proposed it yourself")
        assert [template for _, template, _ in owed()] == ["application_granted"]

    def test_who_asked_does_not_decide(self, refused: Refused, number: str) -> None:
        said = refused("applications", "grant", number, "--user", "bert")

        assert said == f"application {number} is not yours to decide: you asked for it yourself: somebody else decides"

    def test_a_rule_that_came_between_is_told(self, read: Read, refused: Refused, number: str) -> None:
        read("cases", "open", "--phone", NUMBER, "--reason", "x")

        assert refused("applications", "grant", number).startswith(f"application {number} can't be granted now: ")


def test_an_unknown_application_is_told(refused: Refused) -> None:
    assert refused("applications", "refuse", "123", "--reason", "x") == "no application 123 waits for a decision"
    assert refused("applications", "refuse", "123").startswith("Missing option '--reason'.")


@pytest.fixture
def appeal(phone: Handset, read: Read) -> str:
    phone.text("ЖАЛОБА я здоров, тест ошибочный")
    return str(read("appeals", "list")[0]["number"])


@pytest.mark.parametrize(("choice", "state"), [("--uphold", "upheld"), ("--deny", "denied")])
def test_a_decided_appeal_is_answered(read: Read, appeal: str, owed: Owed, choice: str, state: str) -> None:
    assert read("appeals", "decide", appeal, choice, "--text", "разобрались")["state"] == state

    assert [(template, fields["text"]) for _, template, fields in owed()] == [(f"appeal_{state}", "разобрались")]
    assert read("appeals", "list") == []
    assert read("appeals", "list", "--all")[0]["state"] == state


def test_an_appeal_shows_its_words(
    table_of: Callable[..., str], read: Read, appeal: str, clock: Clock, looks: Looks
) -> None:
    (row,) = read("appeals", "list")

    assert (row["phone"], row["state"], row["filed_at"]) == ("+79990000001", "open", "2026-06-03T12:00:00+03:00")
    assert "здоров" in row["text"] and "здоров" in table_of("appeals", "list")
    assert {subject for _, subject, _ in looks()} == {"everyone"}


def test_an_appeal_is_decided_once_and_one_way(refused: Refused, read: Read, appeal: str) -> None:
    decide = ("appeals", "decide", appeal)

    assert refused(*decide, "--text", "x") == "say --uphold or --deny"
    assert refused(*decide, "--uphold").startswith("Missing option '--text'.")
    read(*decide, "--deny", "--text", "x")
    assert refused(*decide, "--uphold", "--text", "x") == f"no open appeal {appeal}"


def test_phones_are_not_mixed_up(phones: Phones, read: Read) -> None:
    phones("2").text("ЖАЛОБА раз")
    phones("3").text("ЖАЛОБА два")

    assert {row["phone"] for row in read("appeals", "list")} == {"+79990000002", "+79990000003"}
