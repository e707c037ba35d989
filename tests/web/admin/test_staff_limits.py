"""What no administrator does: close the last one, change themselves, act after the role is gone."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask

from store import Store
from tests.stories.desk import AgentAtDesk
from tests.web.admin.conftest import Signs
from tests.web.admin.reading import change_url, page_of, roles_of
from tests.web.auditing import entries
from tests.web.people import Staff
from web.roles import STAFF_ROLES, Role, read_roles
from web.signin.accounts import AccountRefused, close_account, set_roles
from web.signin.governing import Became, CloseReason, dismiss, give_roles, hire, renew, settle_change


class TestClosing:
    def test_it_ends_the_account_for_good(self, olga: AgentAtDesk, signs: Signs, store: Store) -> None:
        anna = signs("agent", name="Anna")

        page_of(olga, anna).sends("/close", close_why="left")

        assert "The account is closed" in olga.reads and anna.client.get("/desk").status_code == 302
        assert entries(store, "staff.closed")[0][2] == {"why": "left"}
        assert "A closed account stays closed" in page_of(olga, anna).reads

    def test_two_administrators_who_close_each_other_at_once_leave_one(
        self, app: Flask, staff: Staff, store: Store
    ) -> None:
        people = [staff("administrator", name=name) for name in ("Olga", "Rinat")]
        start, became = threading.Barrier(2), list[Became]()

        def close(mine: int) -> None:
            start.wait()
            with store.work() as work:
                answer = dismiss(work, people[mine].id, people[1 - mine].id, CloseReason.MISUSE)
            became.append(answer.became)

        threads = [threading.Thread(target=close, args=(mine,)) for mine in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(became) == [Became.DONE, Became.NOT_YOURS]

    def test_the_last_administrator_stays_whoever_asks(self, olga: AgentAtDesk, store: Store) -> None:
        with pytest.raises(AccountRefused, match="last administrator"), store.work() as work:
            close_account(work, "Olga", "tests")
        with pytest.raises(AccountRefused, match="last administrator"), store.work() as work:
            set_roles(work, "Olga", (Role.AGENT,), "tests")

        assert roles_of(store, "Olga") == ["administrator"]


class TestNobodyAlone:
    def test_nobody_changes_their_own_account(self, olga: AgentAtDesk, rinat: AgentAtDesk, store: Store) -> None:
        assert "This is your own account" in page_of(olga, olga).reads
        me = olga.person.id
        with store.work() as work:
            became = [
                give_roles(work, me, me, read_roles(STAFF_ROLES[:1])).became,
                renew(work, me, me).became,
                dismiss(work, me, me, CloseReason.LEFT).became,
            ]
            give_roles(work, rinat.person.id, me, (Role.ADMINISTRATOR, Role.AUDITOR))

        change = change_url(rinat.opens("/admin/staff"))
        with store.work() as work:
            became.append(settle_change(work, me, change.rsplit("/", 1)[-1], yes=True).became)

        assert became == [Became.SELF] * 4 and "This is about you" in olga.opens("/admin/staff").reads
        assert len(entries(store, "staff.refused")) == 3

    @pytest.mark.parametrize("act", ["hire", "give", "renew", "dismiss", "settle"])
    def test_who_lost_the_role_meanwhile_changes_nothing(
        self, olga: AgentAtDesk, rinat: AgentAtDesk, signs: Signs, store: Store, act: str
    ) -> None:
        anna, me = signs("agent", name="Anna").person.id, olga.person.id
        verbs: dict[str, Callable[..., object]] = {
            "hire": lambda work: hire(work, me, "Boris", (Role.AGENT,)).became,
            "give": lambda work: give_roles(work, me, anna, (Role.SUPERVISOR,)).became,
            "renew": lambda work: renew(work, me, anna).became,
            "dismiss": lambda work: dismiss(work, me, anna, CloseReason.LEFT).became,
            "settle": lambda work: settle_change(work, me, "some", yes=False).became,
        }
        with store.work() as work:
            give_roles(work, rinat.person.id, me, (Role.OPERATOR,))

            assert verbs[act](work) == Became.NOT_YOURS

    def test_what_is_not_there_is_said(self, olga: AgentAtDesk) -> None:
        assert olga.opens("/admin/staff/nobody").status == 404
        with_form = olga.opens("/admin/staff/add").fills("/add")
        answer = olga.client.post("/admin/staff/nobody/reset", data=dict(with_form.fields), follow_redirects=True)
        assert (answer.status_code, "The account is closed." in answer.text) == (200, True)
