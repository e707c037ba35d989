"""An order is put in force by two administrators, and withdrawn."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from codes.regimes import in_force
from store import Store
from store.columns import table
from store.regimes import RegimeProposal, RegimeVersion
from tests.clock import Clock
from tests.stories.desk import AgentAtDesk, Filled
from tests.web.admin.conftest import Signs
from tests.web.admin.orders import begin, proposal_in, saves
from tests.web.auditing import entries

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def raised(desk: AgentAtDesk) -> str:
    """A draft in which three passes a day are allowed; its address."""
    draft = begin(desk)
    saves(desk, f"{draft}/parts/limits", quota__day="3")
    return draft


def proposed(desk: AgentAtDesk, when: str = "once", day: str = "", clock: str = "") -> str:
    """A proposal of such a draft; its address."""
    draft = raised(desk)
    desk.opens(f"{draft}/propose").sends("/propose", when=when, day=day, clock=clock)
    assert "Proposed. Another administrator decides." in desk.reads
    return proposal_in(desk)


def quota_of_the_day(store: Store) -> int | None:
    """By the order in force."""
    with store.reading() as work:
        return in_force(work).regime.quota.day


def test_one_proposes_another_approves_and_it_is_in_force_at_its_start(
    olga: AgentAtDesk, rinat: AgentAtDesk, store: Store, clock: Clock
) -> None:
    proposal = proposed(olga, "at", "2026-06-04", "07:00")

    rinat.opens(proposal)
    assert "Passes a day, for all purposes together: 2 → becomes 3" in rinat.reads
    assert "04.06.2026 07:00 (Europe/Moscow)" in rinat.reads
    rinat.sends("/approve")

    assert "Approved." in rinat.reads and "from 04.06.2026 07:00 Proposed by Olga, approved by Rinat" in rinat.reads
    assert quota_of_the_day(store) == 2
    clock.now += timedelta(days=1)
    assert quota_of_the_day(store) == 3
    assert [actor for actor, version, _ in entries(store, "regime.activated") if version == "2"] == [
        f"staff:{rinat.person.id}"
    ]
    assert [actor for actor, _, _ in entries(store, "regime.proposed")] == [f"staff:{olga.person.id}"]


def test_whoever_proposed_does_not_approve(olga: AgentAtDesk, rinat: AgentAtDesk, store: Store) -> None:
    proposal = proposed(olga)
    approval = rinat.opens(proposal).fills("/approve")
    assert "You proposed this, so that another administrator decides." in olga.opens(proposal).reads
    assert "/approve" not in olga.html

    olga.submits(Filled(approval.url, olga.fills("/send-back").fields))

    assert "Whoever proposed does not approve" in olga.reads
    assert quota_of_the_day(store) == 2
    assert entries(store, "regime.approval_refused")[0][0] == f"staff:{olga.person.id}"


def test_the_database_refuses_an_approval_by_whoever_proposed(olga: AgentAtDesk, store: Store) -> None:
    proposed(olga)
    rows = table(RegimeProposal)

    with pytest.raises(IntegrityError), store.work() as work:
        work.run(update(rows).values(decided_at=work.now, decided_by=rows.c.proposed_by, decision="approved"))


def test_what_is_sent_back_says_why_and_can_be_proposed_again(olga: AgentAtDesk, rinat: AgentAtDesk) -> None:
    proposal = proposed(olga)

    assert "Write the reason" in rinat.opens(proposal).sends("/send-back").reads and rinat.status == 422
    assert "Sent back with your reason." in rinat.opens(proposal).sends("/send-back", reason="Not before May").reads

    olga.opens(proposal)
    assert "Sent back: Rinat" in olga.reads and "Not before May" in olga.reads
    draft = proposal_draft(olga)
    olga.opens(f"{draft}/propose").sends("/propose", when="once")
    assert "Proposed." in olga.reads


def proposal_draft(desk: AgentAtDesk) -> str:
    """The address of the draft that the page of a proposal leads to."""
    return desk.html.split('href="/admin/regimes/drafts/')[1].split('"')[0].join(["/admin/regimes/drafts/", ""])


def test_a_change_of_the_draft_withdraws_what_was_proposed(olga: AgentAtDesk, rinat: AgentAtDesk, store: Store) -> None:
    proposal = proposed(olga)
    approval = rinat.opens(proposal).fills("/approve")
    draft = proposal_draft(olga.opens(proposal))

    saves(olga, f"{draft}/parts/limits", quota__day="9")

    assert "Somebody decided before you." in rinat.submits(approval).reads
    assert "Withdrawn, since the draft was changed" in rinat.opens(proposal).reads
    assert quota_of_the_day(store) == 2


def test_two_approvals_put_one_version_in_force(
    olga: AgentAtDesk, rinat: AgentAtDesk, signs: Signs, store: Store
) -> None:
    proposal, third = proposed(olga), signs("administrator", name="Timur")
    one, other = rinat.opens(proposal).fills("/approve"), third.opens(proposal).fills("/approve")

    assert "Approved." in rinat.submits(one).reads
    assert "Somebody decided before you." in third.submits(other).reads

    with store.reading() as work:
        assert len(work.rows(select(table(RegimeVersion).c.id))) == 2


@pytest.mark.parametrize(
    ("day", "time", "said"),
    [
        ("2026-06-03", "11:59", "That is past."),
        ("2026-06-03", "noon", "Enter a time such as 07:30"),
        ("tomorrow", "07:00", "Enter a day such as 2027-03-01"),
    ],
)
@one_database
def test_a_start_that_is_none_is_told_beside_the_field(olga: AgentAtDesk, day: str, time: str, said: str) -> None:
    draft = raised(olga)

    olga.opens(f"{draft}/propose").sends("/propose", when="at", day=day, clock=time)

    assert olga.status == 422 and said in olga.reads


@one_database
def test_a_start_in_the_hour_that_is_left_out_is_refused_in_words(olga: AgentAtDesk) -> None:
    draft = raised(olga)
    saves(olga, f"{draft}/parts/order", time_zone="Europe/London")

    olga.opens(f"{draft}/propose").sends("/propose", when="at", day="2027-03-28", clock="01:30")

    assert olga.status == 422 and "clocks are put forward over it" in olga.reads


@one_database
def test_an_order_with_something_to_put_right_is_not_proposed(olga: AgentAtDesk, store: Store) -> None:
    draft = raised(olga)
    form = olga.opens(f"{draft}/propose").fills("/propose", when="once")
    saves(olga, f"{draft}/parts/limits", quota__day="0")

    assert "a limit of zero lets nobody go" in olga.reads.lower()
    assert "can't be proposed" in olga.submits(form).reads and olga.status == 422
    assert entries(store, "regime.proposed") == []


def test_a_planned_order_is_withdrawn_by_two(olga: AgentAtDesk, rinat: AgentAtDesk, store: Store, clock: Clock) -> None:
    rinat.opens(proposed(olga, "at", "2026-06-04", "07:00")).sends("/approve")

    rinat.opens("/admin/regimes/versions/2/withdraw").sends("/withdraw", who="two", reason="The law was changed")
    assert "Another administrator is asked" in rinat.reads
    olga.opens(proposal_in(rinat)).sends("/approve")

    assert "Withdrawn. It does not come into force." in olga.reads and "By two people" in olga.reads
    clock.now += timedelta(days=2)
    assert quota_of_the_day(store) == 2
    assert entries(store, "regime.withdrawn") == [(f"staff:{olga.person.id}", "2", {"alone": False})]


def test_in_an_emergency_one_alone_withdraws_and_everybody_sees_why(
    olga: AgentAtDesk, rinat: AgentAtDesk, store: Store, clock: Clock
) -> None:
    rinat.opens(proposed(olga, "at", "2026-06-04", "07:00")).sends("/approve")

    olga.opens("/admin/regimes/versions/2/withdraw").sends("/withdraw", who="alone", reason="Wrong number printed")

    rinat.opens("/admin/regimes")
    assert "Olga withdrew tatarstan-2020, version 2, alone" in rinat.reads and "Wrong number printed" in rinat.reads
    clock.now += timedelta(days=2)
    assert quota_of_the_day(store) == 2
    assert entries(store, "regime.withdrawn") == [(f"staff:{olga.person.id}", "2", {"alone": True})]


def test_what_began_is_not_withdrawn(olga: AgentAtDesk, rinat: AgentAtDesk, store: Store, clock: Clock) -> None:
    rinat.opens(proposed(olga, "at", "2026-06-03", "12:10")).sends("/approve")
    alone = olga.opens("/admin/regimes/versions/2/withdraw").fills("/withdraw", who="alone", reason="Too late")
    by_two = rinat.opens("/admin/regimes/versions/2/withdraw").fills("/withdraw", who="two", reason="Too late")
    clock.pass_by(minutes=11)

    assert "It has ended, or come into force, meanwhile." in olga.submits(alone).reads
    assert "It has ended, or come into force, meanwhile." in rinat.submits(by_two).reads
    assert quota_of_the_day(store) == 3 and entries(store, "regime.withdrawn") == []


def test_a_start_that_passed_before_the_approval_is_told(
    olga: AgentAtDesk, rinat: AgentAtDesk, store: Store, clock: Clock
) -> None:
    proposal = proposed(olga, "at", "2026-06-03", "12:10")
    form = rinat.opens(proposal).fills("/approve")
    clock.pass_by(minutes=12)

    assert "Its start is past." in rinat.submits(form).reads
    assert quota_of_the_day(store) == 2
