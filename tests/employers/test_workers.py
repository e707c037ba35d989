"""Whom an organisation has: who leaves, comes back, is found again; what is left of a closed account."""

import pytest
from sqlalchemy import update
from sqlmodel import col

from codes.employers.confirming import close
from codes.employers.destroying_accounts import close_refused, destroy_some, note_astray
from codes.employers.employments import employments_of, end, search, workers
from codes.holding import Withdrawal, cancel_pass
from codes.meeting import meet
from store.messages import OutboxMessage
from tests.employers.office import REVIEWER, Office, line, listed, number
from tests.web.auditing import entries


def test_who_leaves_is_told_and_their_pass_is_withdrawn_with_its_place_in_the_limit(firm: Office) -> None:
    firm.issue(listed([1, 2]))
    left, stays = firm.workers()

    with firm.store.work() as work:
        ended = end(work, firm.found_in(work), [left.id, left.id, "another"], "phone:tests")

    assert ended == 1
    assert {one.revoked_reason for one in firm.passes()} == {None, "left"}
    assert not any(one.quota_back for one in firm.passes())
    assert [template for template, _ in firm.texts(number(1))] == ["work_granted", "work_ended"]
    assert [worker.id for worker in firm.workers()] == [stays.id]


def test_a_worker_who_left_may_come_back(firm: Office) -> None:
    firm.issue(listed([1]))
    (left,) = firm.workers()
    with firm.store.work() as work:
        end(work, firm.found_in(work), [left.id], "phone:tests")
    firm.clock.pass_by(days=1, minutes=1)

    firm.issue(listed([1]))

    assert [one.state for one in firm.workers()] == ["live"]


def test_whose_pass_ends_soon_gets_another_but_not_who_said_that_it_was_not_them(firm: Office) -> None:
    firm.issue(listed([1, 2, 3]))
    with firm.store.work() as work:
        met = meet(work, number(2))
        cancel_pass(work, met.terms, met.holders[0].live[0], Withdrawal.NOT_ME, "phone:tests")
    firm.clock.pass_by(days=12)

    soon = [one.named.phone for one in firm.workers() if one.ends_soon(firm.clock.now)]

    assert soon == [number(1), number(3)]


def test_workers_are_found_by_a_part_of_the_name_or_the_documents_end(firm: Office) -> None:
    firm.issue("\n".join([line(1, name="Иванов Пётр"), line(2, name="Петров Иван"), line(3, name="Сидоров Семён")]))

    def found(wanted: str) -> list[str]:
        with firm.store.reading() as work:
            return [one.named.phone for one in search(work, firm.found_in(work), wanted)]

    assert sorted(found("петр")) == [number(1), number(2)]
    assert (found("семен"), found("0003"), found("nobody"), found(" ")) == ([number(3)], [number(3)], [], [])


def test_the_list_of_workers_is_read_a_page_at_a_time(firm: Office) -> None:
    firm.issue(listed(range(1, 8)))

    with firm.store.reading() as work:
        first = workers(work, firm.found_in(work), most=5)
        rest = workers(work, firm.found_in(work), after=first[-1].id, most=5)

    assert (len(first), len(rest)) == (5, 2)
    assert {one.named.phone for one in (*first, *rest)} == {number(place) for place in range(1, 8)}


def test_a_worker_sees_who_asked_for_them(firm: Office) -> None:
    firm.issue(listed([1]))

    with firm.store.work() as work:
        (holder,) = meet(work, number(1)).holders
        (one,) = employments_of(work, holder.id)
    assert (one.name, one.ended_at) == ("ООО Ромашка", None)


@pytest.mark.parametrize(("revoking", "reason"), [(False, None), (True, "left")])
def test_a_closed_account_leaves_nothing_that_can_be_read(firm: Office, revoking: bool, reason: str | None) -> None:
    firm.issue(listed(range(1, 31)))

    with firm.store.work() as work:
        close(work, firm.found_in(work), REVIEWER, revoking=revoking)
    with firm.store.work() as work:
        while destroy_some(work):
            work.flush()
        (holder,) = meet(work, number(1)).holders
        seen = employments_of(work, holder.id)

    assert {one.revoked_reason for one in firm.passes()} == {reason}
    assert seen == []
    assert [subject for _, subject, _ in entries(firm.store, "organisation.destroyed")] == [firm.organisation_id]


def test_many_texts_that_never_arrive_are_noted_once_a_day(firm: Office) -> None:
    firm.issue(listed(range(1, 21)))
    with firm.store.work() as work:
        lost = update(OutboxMessage).where(col(OutboxMessage.template) == "work_granted")
        work.run(lost.values(state="undelivered", settled_at=work.now))

    for _ in range(2):
        with firm.store.work() as work:
            note_astray(work)
            close_refused(work)

    noted = entries(firm.store, "organisation.astray")
    assert [details for _, _, details in noted] == [{"astray": 20, "of": 20}]
