"""Accounts: adding, roles, new links, closing; by one administrator, by two, and by nobody for themselves."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from store import Store
from tests.clock import Clock
from tests.stories.desk import AgentAtDesk
from tests.web.admin.conftest import Signs
from tests.web.admin.reading import change_url, link_in, page_of, roles_of
from tests.web.auditing import entries
from tests.web.test_sheets import read_csv
from web.admin.staff.wording import OPENS, WHY_NOT
from web.roles import EXCLUSIVE, STAFF_ROLES, TWO_PEOPLE, Role
from web.signin.accounts import account_of, add_account, close_account
from web.signin.governing import Became, give_roles, settle_change

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class TestAdding:
    def test_somebody_is_added_and_their_link_is_shown_once(self, olga: AgentAtDesk, store: Store, app: Flask) -> None:
        form = olga.opens("/admin/staff/add").fills("/add", name="  Anna   Petrova ", roles="agent")

        olga.submits(form)

        link = link_in(olga.html)
        assert link and "It opens for 24 hours" in olga.reads
        assert "Anna Petrova" in app.test_client().get(link).text
        assert link_in(olga.submits(form).html) is None
        assert "Their link was shown once" in olga.reads
        noted = [details for actor, _, details in entries(store, "staff.added") if actor != "tests"]
        assert noted == [{"roles": ["agent"]}]

    def test_the_link_stands_nowhere_in_the_database(self, olga: AgentAtDesk, store: Store) -> None:
        olga.opens("/admin/staff/add").sends("/add", name="Anna", roles="agent")
        link = link_in(olga.html)
        assert link
        token = link.rsplit("/", 1)[-1]

        with store.reading() as work:
            answers = [str(row.answer) for row in work.rows(text("SELECT answer FROM sent_form"))]
            details = [str(row.details) for row in work.rows(text("SELECT details FROM audit_entry"))]

        assert answers and not [text for text in answers + details if token in text]

    @pytest.mark.parametrize(("one", "other", "why"), EXCLUSIVE)
    @one_database
    def test_roles_that_check_each_other_are_refused_in_words(
        self, olga: AgentAtDesk, one: Role, other: Role, why: str
    ) -> None:
        olga.opens("/admin/staff/add")
        assert f"at once: {why}" in olga.reads
        form = olga.fills("/add", name="Anna")

        answer = olga.client.post(form.url, data={**form.fields, "roles": [one, other]})

        assert (answer.status_code, f"at once: {why}" in answer.text.replace("&#39;", "'")) == (422, True)
        assert "There is a problem" in answer.text

    @pytest.mark.parametrize("name", ["", "   ", "a\u200cb", "x" * 81])
    @one_database
    def test_a_name_can_be_seen_and_typed(self, olga: AgentAtDesk, name: str) -> None:
        assert olga.opens("/admin/staff/add").sends("/add", name=name, roles="agent").status == 422

    def test_a_name_that_is_taken_and_no_role_are_refused(self, olga: AgentAtDesk) -> None:
        olga.opens("/admin/staff/add").sends("/add", name="Olga", roles="agent")
        assert "Somebody has this name already." in olga.reads

        assert olga.opens("/admin/staff/add").sends("/add", name="Anna").status == 422
        assert "Choose at least one role" in olga.reads


class TestList:
    def test_it_says_who_is_there_and_can_be_taken_away(self, olga: AgentAtDesk, signs: Signs, store: Store) -> None:
        anna = signs("agent", "supervisor", name="=Anna")
        signs("operator", name="Gone")
        with store.work() as work:
            close_account(work, "Gone", "tests")

        assert "=Anna Enrolled agent, supervisor since 03.06.2026" in olga.opens("/admin/staff").reads
        assert "Gone" not in olga.reads
        assert "Gone Closed" in olga.opens("/admin/staff?state=closed").reads
        assert "Olga" not in olga.opens("/admin/staff?role=agent").html.split("<main")[1]
        assert "Nobody is in this list" in olga.opens("/admin/staff?role=clinician&state=locked").reads
        sheet = read_csv(olga.client.get("/admin/staff.csv?role=agent").data)
        assert sheet == [
            ["Name", "Roles", "State", "Added"],
            ["'=Anna", "agent, supervisor", "Enrolled", "2026-06-03T09:00:00+00:00"],
        ]
        assert [one for one in entries(store, "person.looked_at") if one[1] == "staff"]
        assert anna.person.id in olga.opens("/admin/staff").html


class TestRoles:
    def test_other_roles_hold_at_once_and_end_the_session(self, olga: AgentAtDesk, signs: Signs, store: Store) -> None:
        anna = signs("agent", name="Anna")
        assert anna.client.get("/desk").status_code == 200

        page_of(olga, anna).sends("/roles", roles="supervisor")

        assert "The roles are changed." in olga.reads and roles_of(store, "Anna") == ["supervisor"]
        assert anna.client.get("/desk").status_code == 302

    @pytest.mark.parametrize("role", TWO_PEOPLE)
    def test_what_checks_others_is_given_by_two(
        self, olga: AgentAtDesk, rinat: AgentAtDesk, signs: Signs, store: Store, role: Role
    ) -> None:
        anna = signs("reviewer", name="Anna")

        page_of(olga, anna).sends("/roles", roles=role)
        assert "A second administrator decides within three days" in olga.reads
        assert roles_of(store, "Anna") == ["reviewer"] and anna.client.get("/account").status_code == 200

        assert "Take it back" in olga.opens("/admin/staff").reads and ">Confirm<" not in olga.html
        assert "Olga asked" in rinat.opens("/admin/staff").reads
        change = rinat.fills(change_url(rinat), answer="yes")
        assert "Confirmed: it is done." in rinat.submits(change).reads

        assert roles_of(store, "Anna") == [role] and anna.client.get("/account").status_code == 302
        confirmed = entries(store, "staff.change_confirmed")
        assert [(actor, details["by"]) for actor, _, details in confirmed] == [
            (f"staff:{rinat.person.id}", olga.person.id)
        ]

    def test_who_asked_does_not_confirm_and_may_take_it_back(
        self, olga: AgentAtDesk, rinat: AgentAtDesk, signs: Signs, store: Store
    ) -> None:
        anna = signs("agent", name="Anna")
        page_of(olga, anna).sends("/roles", roles="administrator")
        form = olga.opens("/admin/staff").fills(change_url(olga), answer="yes")

        assert "You asked for it yourself" in olga.submits(form).reads
        olga.opens("/admin/staff").sends(change_url(olga), answer="no")

        assert "Declined: nothing was changed." in olga.reads and roles_of(store, "Anna") == ["agent"]
        assert change_url(rinat.opens("/admin/staff")) == ""

    def test_somebody_new_waits_for_such_a_role_without_it(
        self, olga: AgentAtDesk, rinat: AgentAtDesk, store: Store
    ) -> None:
        olga.opens("/admin/staff/add").sends("/add", name="Vera", roles="auditor")
        assert link_in(olga.html) and "a second administrator decides" in olga.reads
        assert roles_of(store, "Vera") == []

        rinat.opens("/admin/staff").sends(change_url(rinat), answer="yes")

        assert roles_of(store, "Vera") == ["auditor"]

    def test_it_runs_out_after_three_days(
        self, olga: AgentAtDesk, rinat: AgentAtDesk, signs: Signs, store: Store, clock: Clock, app: Flask
    ) -> None:
        anna = signs("agent", name="Anna")
        page_of(olga, anna).sends("/roles", roles="auditor")
        form = rinat.opens("/admin/staff").fills(change_url(rinat), answer="yes")
        clock.now += timedelta(days=3)

        with store.work() as work:
            change_id = form.url.rsplit("/", 1)[-1]
            late = settle_change(work, rinat.person.id, change_id, yes=True)
            again = give_roles(work, olga.person.id, anna.person.id, (Role.AUDITOR,))

        assert (late.became, again.became, roles_of(store, "Anna")) == (Became.OVERTAKEN, Became.ASKED, ["agent"])

    def test_what_an_administrator_asked_for_goes_with_them(
        self, olga: AgentAtDesk, rinat: AgentAtDesk, signs: Signs, store: Store
    ) -> None:
        anna = signs("agent", name="Anna")
        page_of(olga, anna).sends("/roles", roles="administrator")
        change = change_url(rinat.opens("/admin/staff"))
        form = rinat.fills(change, answer="yes")
        page_of(rinat, olga).sends("/close", close_why="misuse")

        assert "fits no longer" in rinat.submits(form).reads
        assert roles_of(store, "Anna") == ["agent"]

    def test_one_thing_waits_at_a_time(self, olga: AgentAtDesk, signs: Signs) -> None:
        anna = signs("agent", name="Anna")
        page_of(olga, anna).sends("/roles", roles="administrator")

        assert "settle that first" in page_of(olga, anna).sends("/roles", roles="supervisor").reads
        assert "settle that first" in page_of(olga, anna).sends("/reset").reads


class TestNewLinks:
    def test_one_administrator_makes_it_for_most(self, olga: AgentAtDesk, signs: Signs) -> None:
        anna = signs("agent", name="Anna")

        page_of(olga, anna).sends("/reset")

        assert link_in(olga.html) and anna.client.get("/desk").status_code == 302

    def test_two_make_it_for_whoever_checks_others(self, olga: AgentAtDesk, rinat: AgentAtDesk, signs: Signs) -> None:
        vera = signs("auditor", name="Vera")
        page_of(olga, vera).sends("/reset")
        assert link_in(olga.html) is None and vera.client.get("/account").status_code == 200

        rinat.opens("/admin/staff").sends(change_url(rinat), answer="yes")

        assert link_in(rinat.html) and vera.client.get("/account").status_code == 302


def test_each_role_and_each_pair_has_its_words() -> None:
    assert set(OPENS) == set(STAFF_ROLES)
    assert {(*pair, why) for pair, why in WHY_NOT.items()} == set(EXCLUSIVE)


def test_an_administrator_says_where_a_clinician_works(olga: AgentAtDesk, store: Store) -> None:
    with store.work() as work:
        vera, _ = add_account(work, "Vera", [Role.CLINICIAN], "tests")
        anna, _ = add_account(work, "Anna", [Role.AGENT], "tests")

    olga.opens(f"/admin/staff/{vera}").sends("/clinic", clinic_clinic=" Clinic  1 ")

    assert "They see that clinic's cases from now on" in olga.reads
    with store.reading() as work:
        found = account_of(work, vera)
    assert found is not None and found.clinic == "Clinic 1"
    assert "Where they work" not in olga.opens(f"/admin/staff/{anna}").reads
