"""Texts: what became of them, and sending again, once, what never arrived."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from codes.resending import HOPELESS, MOST, Resent, resend
from store import Store
from store.messages import OutboxMessage
from store.people import Phone
from store.retention import FORGET_FAILED, forget
from telephony.delivery import deliver
from tests.clock import Clock
from tests.stories.desk import AgentAtDesk
from tests.telephony.remembering import RememberingGateway
from tests.web.admin.conftest import Lose, Signs
from tests.web.auditing import entries
from tests.web.test_sheets import read_csv

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def owed(store: Store) -> list[Any]:
    """The texts that wait to be sent."""
    with store.reading() as work:
        wanted = select(OutboxMessage.id, OutboxMessage.follows, OutboxMessage.kind)  # type: ignore[call-overload]
        return list(work.rows(wanted.where(col(OutboxMessage.state) == "created")))


class TestList:
    def test_it_says_what_became_of_a_text_and_what_to_do_and_nothing_of_the_person(
        self, operator: AgentAtDesk, lose: Lose, store: Store
    ) -> None:
        lose(30003)

        operator.opens("/admin/texts")

        assert (
            "“Pass … is cancelled but counts as used. Rules: RULES” cancelled_kept to +7…0001" in operator.reads
            and "Undelivered" in operator.reads
        )
        assert "30003: the telephone is off or out of reach. The telephone was off" in operator.reads
        assert not any(told in operator.html for told in ("+79990000001", "THXA", "9546"))
        assert entries(store, "messages.listed")[0][1:] == ("messages", {"since": "2026-05-28", "until": "2026-06-03"})

    def test_it_is_filtered_by_state_template_error_and_day(self, signs: Signs, lose: Lose, clock: Clock) -> None:
        lose(30003)
        lose(30005, template="phone_moved", state="failed")
        lose(None, template="claim_denied", state="delivered")
        clock.pass_by(days=2)
        lose(30006, template="case_ended")
        operator = signs("operator")

        def finds(query: str) -> set[str]:
            page = operator.opens(f"/admin/texts?{query}").html
            every = ("cancelled_kept", "phone_moved", "claim_denied", "case_ended")
            return {name for name in every if f">{name}</code>" in page}

        assert finds("") == {"cancelled_kept", "phone_moved", "claim_denied", "case_ended"}
        assert finds("state=lost") == {"cancelled_kept", "phone_moved", "case_ended"}
        assert finds("state=failed") == {"phone_moved"} and finds("state=delivered") == {"claim_denied"}
        assert finds("template=phone_moved") == {"phone_moved"} and finds("error=30006") == {"case_ended"}
        assert finds("since=2026-06-04&until=2026-06-05") == {"case_ended"}
        assert finds("state=sending") == set() and "No text fits." in operator.reads

    def test_what_is_stuck_stands_above(self, operator: AgentAtDesk, lose: Lose, clock: Clock) -> None:
        lose(None, state="created", due_at=clock.now)
        assert "stuck" not in operator.opens("/admin/texts").reads.split("Show these")[1]
        clock.pass_by(minutes=3)

        assert "1 text is stuck: due for more than 2 minutes." in operator.opens("/admin/texts").reads
        assert "Waits to be sent" in operator.opens("/admin/texts?state=stuck").reads.split("Show these")[1]

    def test_it_goes_on_page_by_page_without_a_gap_and_as_a_sheet(
        self, operator: AgentAtDesk, lose: Lose, clock: Clock
    ) -> None:
        ids = []
        for _ in range(120):
            clock.pass_by(seconds=1)
            ids.append(lose())

        seen: list[str] = []
        url: str | None = "/admin/texts?state=lost"
        while url:
            html = operator.opens(url).html
            seen += [one for one in reversed(ids) if f"/admin/texts/{one}/resend" in html]
            url = html.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0] if 'rel="next"' in html else None
            url = url and url.replace("&amp;", "&")

        assert seen == list(reversed(ids))
        sheet = read_csv(operator.client.get("/admin/texts.csv?state=lost").data)
        assert [line[0] for line in sheet[1:]] == seen
        assert sheet[1][1:5] == ["'+7…0001", "cancelled_kept", "undelivered", "30003"]

    @one_database
    @pytest.mark.parametrize(
        "query",
        ["since=2026-13-01", "since=2026-06-03&until=2026-06-01", "since=2026-01-01", "state=nothing", "error=1"],
    )
    def test_a_filter_that_makes_no_sense_is_said(self, operator: AgentAtDesk, query: str) -> None:
        assert operator.opens(f"/admin/texts?{query}").status == 422
        assert "There is a problem" in operator.reads


class TestSendingAgain:
    def test_one_text_is_owed_once_more_however_often_it_is_pressed(
        self, operator: AgentAtDesk, lose: Lose, store: Store
    ) -> None:
        lost = lose(30003, kind="answer")
        form = operator.opens("/admin/texts").fills("/resend")

        assert "Sent again: it stands at the head of the list." in operator.submits(form).reads
        operator.submits(form)
        with store.work() as work:
            assert resend(work, lost, "tests") is Resent.GONE

        (again,) = owed(store)
        assert (again.follows, again.kind) == (lost, "answer")
        assert entries(store, "message.resent") == [(f"staff:{operator.person.id}", lost, {"as": again.id})]
        assert "sent again" in operator.opens("/admin/texts").reads and operator.html.count("/resend") == 1
        gateway = RememberingGateway()
        deliver(store, gateway, again.id)
        assert "THXA" in gateway.bodies[0]

    def test_two_who_press_at_once_send_one_text(self, lose: Lose, store: Store) -> None:
        lost, start, came = lose(), threading.Barrier(2), list[Resent]()

        def press() -> None:
            start.wait()
            with store.work() as work:
                became = resend(work, lost, "tests")
            came.append(became)

        threads = [threading.Thread(target=press) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(came) == [Resent.GONE, Resent.SENT] and len(owed(store)) == 1

    def test_what_cannot_be_sent_again_is_not(self, lose: Lose, store: Store, clock: Clock) -> None:
        code, delivered = lose(template="proof_code"), lose(None, state="delivered")
        stopped, old = lose(number="+79990000002"), lose()
        with store.work() as work:
            work.run(update(Phone), stopped_at=work.now)
            became = [resend(work, one, "tests") for one in (code, delivered, stopped, "0" * 24)]
        clock.now += FORGET_FAILED + timedelta(seconds=1)
        with store.work() as work:
            forget(work)
            became.append(resend(work, old, "tests"))

        assert became == [Resent.OUTDATED, Resent.NOT_LOST, Resent.STOPPED, Resent.UNKNOWN, Resent.GONE]
        assert owed(store) == []

    def test_what_says_nothing_any_more_is_not_sent_again(self, lose: Lose, store: Store, clock: Clock) -> None:
        lost = lose(template="check_due", not_after=clock.now + timedelta(minutes=5))
        clock.pass_by(minutes=6)

        with store.work() as work:
            assert resend(work, lost, "tests") is Resent.OUTDATED

    def test_many_are_counted_and_priced_before_they_are_sent(
        self, operator: AgentAtDesk, lose: Lose, store: Store, clock: Clock
    ) -> None:
        for _ in range(3):
            lose(30003)
        lose(30005)
        lose(30003, template="proof_code")
        operator.opens("/admin/texts/resend?error=30003")
        assert "3 texts that never arrived are sent again. That costs 0.30 USD, at least." in operator.reads
        assert "Codes that hold no more: 1" in operator.reads
        assert "Would fail again, see what to do beside each: 1" in operator.opens("/admin/texts/resend").reads
        form = operator.opens("/admin/texts/resend?error=30003").fills("error=30003")
        lose(30003)

        operator.submits(form)

        assert "Sent again: 3." in operator.reads and len(owed(store)) == 3
        operator.submits(form)
        assert len(owed(store)) == 3

    def test_one_press_sends_so_many_and_says_that_there_are_more(
        self, operator: AgentAtDesk, lose: Lose, store: Store
    ) -> None:
        for _ in range(MOST + 5):
            lose()

        operator.opens("/admin/texts/resend").sends("until=2026-06-03")

        assert len(owed(store)) == MOST
        assert "5 texts that never arrived are sent again." in operator.opens("/admin/texts/resend").reads

    def test_errors_that_come_again_are_those_with_a_hopeless_advice(self) -> None:
        assert {30003, 30001, 20003, 20429}.isdisjoint(HOPELESS) and {21610, 30005, 30006} <= HOPELESS
