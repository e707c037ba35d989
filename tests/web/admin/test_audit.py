"""The audit as auditors search it."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from codes.looking import note_look
from store import Store
from store.audit import seal_entries
from store.audit_search import Sought, search
from tests.clock import Clock
from tests.stories.desk import AgentAtDesk, Filled
from tests.web.admin.conftest import Signs
from tests.web.auditing import entries
from tests.web.test_sheets import read_csv
from web.admin.audit.pages import audit_lines

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_ACTION = re.compile(r"<code[^>]*>([a-z_.0-9]+)</code>")
PERSON, PASS = "019e8cb60680f3d00c34ca3c", "019e8cb60680f3d00c34ca3d"


@pytest.fixture
def happened(store: Store, clock: Clock) -> None:
    """Some things that were done, a minute apart."""
    for actor, action, subject in (
        ("phone:a1", "pass.issued", PASS),
        ("officer:b2", "pass.inspected", PASS),
        ("officer:b2", "officer.shift_opened", "b2"),
        ("phone:a1", "pass.cancelled", PASS),
    ):
        clock.pass_by(minutes=1)
        with store.work() as work:
            work.audit(actor, action, subject, {"why": "tried"})


def listed(desk: AgentAtDesk) -> list[str]:
    """The actions on the page, as they stand there."""
    return _ACTION.findall(desk.html)


class TestSearching:
    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"subject": PASS}, ["pass.cancelled", "pass.inspected", "pass.issued"]),
            ({"actor": "officer:b2"}, ["officer.shift_opened", "pass.inspected"]),
            ({"action": "pass."}, ["pass.cancelled", "pass.inspected", "pass.issued"]),
            ({"action": "pass.issued"}, ["pass.issued"]),
            ({"actor": "phone:a1", "action": "pass.", "subject": PASS}, ["pass.cancelled", "pass.issued"]),
            ({"actor": "phone:nobody"}, []),
            ({"since": "2026-06-01", "until": "2026-06-02"}, []),
        ],
    )
    def test_by_actor_action_subject_and_day_in_any_mixture(
        self, vera: AgentAtDesk, happened: None, asked: dict[str, Any], found: list[str]
    ) -> None:
        form = vera.opens("/admin/audit").fills("/admin/audit")

        assert listed(vera.submits(Filled(form.url, {**form.fields, **asked}))) == found

    def test_an_action_is_said_in_words_and_can_be_found_by_its_own(self, vera: AgentAtDesk, happened: None) -> None:
        vera.opens("/admin/audit?action=pass.inspected")

        assert "Pass inspected 03.06.2026 12:02:00 pass.inspected" in vera.reads
        assert "Passes: everything (pass.) Pass cancelled by its holder (pass.cancelled)" in vera.reads

    def test_that_one_searches_is_an_entry(self, vera: AgentAtDesk, happened: None, store: Store) -> None:
        vera.opens(f"/admin/audit?subject={PASS}")

        (noted,) = entries(store, "audit.searched")
        span = {"since": "2026-05-28", "until": "2026-06-03"}
        assert noted == (f"staff:{vera.person.id}", "audit", {**span, "subject": PASS})

    @pytest.mark.parametrize("typed", ["Иванов Иван", "+79990000001", "79990000001", "92 19 632506", "Ivanov", "'; --"])
    @pytest.mark.parametrize("field", ["actor", "subject"])
    @one_database
    def test_what_is_no_id_comes_neither_into_an_address_nor_into_the_audit(
        self, vera: AgentAtDesk, store: Store, field: str, typed: str
    ) -> None:
        vera.opens("/admin/audit").sends("/admin/audit", **dict[str, Any]({field: typed}))

        assert vera.status == 422 and vera.page and vera.page.request.path == "/admin/audit"
        assert not vera.page.request.query_string and "Ids only: never a name" in vera.reads
        assert vera.client.get("/admin/audit", query_string={field: typed}).status_code == 422
        assert not [noted for noted in entries(store, "audit.searched") if typed in str(noted)]

    def test_a_long_audit_is_searched_step_by_step(self, happened: None, store: Store, clock: Clock) -> None:
        for _ in range(50):
            clock.pass_by(seconds=1)
            with store.work() as work:
                work.audit("machine", "something.else", "x")
        sought = Sought(clock.now - timedelta(days=1), clock.now + timedelta(days=1), actor="phone:a1")

        found, before, steps = list[str](), None, list[datetime | None]()
        while True:
            with store.reading() as work:
                part = search(work, sought, 10, before, step=20)
            found, before = found + [row.action for row in part.entries], part.onward
            steps.append(part.searched_to)
            if before is None:
                break

        assert found == ["pass.cancelled", "pass.issued"] and len(steps) == 3
        assert steps[0] == clock.now - timedelta(seconds=19) and steps[-1] is None

    def test_pages_follow_each_other_without_a_gap(self, vera: AgentAtDesk, store: Store, clock: Clock) -> None:
        for number in range(120):
            clock.pass_by(seconds=1)
            with store.work() as work:
                work.audit("machine", f"step.n{number}", "x")

        found = listed(vera.opens("/admin/audit?action=step."))
        while 'rel="next"' in vera.html:
            vera.opens(vera.html.split('" rel="next"')[0].rsplit('href="', 1)[1].replace("&amp;", "&"))
            found += listed(vera)

        assert found == [f"step.n{number}" for number in reversed(range(120))]

    def test_a_sheet_is_streamed_and_says_where_it_is_cut(self, vera: AgentAtDesk, store: Store, clock: Clock) -> None:
        with store.work() as work:
            for _ in range(5):
                work.audit("machine", "some.thing", "x")
        sought = Sought(clock.now - timedelta(days=1), clock.now + timedelta(days=1), actor="machine")

        lines = list(audit_lines(store, sought, "cut", most=2))
        sheet = read_csv(vera.client.get("/admin/audit.csv?actor=machine").data)

        assert len(lines) == 3 and lines[-1] == ("cut",)
        assert len(sheet) == 6 and {line[3] for line in sheet[1:]} == {"some.thing"}
        assert entries(store, "audit.exported")[0][1] == "audit"


class TestEntry:
    def test_it_has_its_details_its_place_and_what_else_happened_to_the_same(
        self, vera: AgentAtDesk, happened: None, store: Store, clock: Clock
    ) -> None:
        with store.reading() as work:
            entry_id = work.row(text("SELECT id FROM audit_entry WHERE action = 'pass.inspected'")).id
        assert "Not linked yet" in vera.opens(f"/admin/audit/{entry_id}").reads
        with store.work() as work:
            seal_entries(work.connection, clock.now)

        vera.opens(f"/admin/audit/{entry_id}")

        assert "The links from place 1 to" in vera.reads and "recomputed just now and hold" in vera.reads
        assert "why tried" in vera.reads and listed(vera) == ["pass.issued", "pass.cancelled"]
        assert (f"staff:{vera.person.id}", entry_id, {}) in entries(store, "audit.entry_seen")

    @one_database
    def test_a_change_around_it_shows(self, vera: AgentAtDesk, happened: None, store: Store, clock: Clock) -> None:
        with store.work() as work:
            seal_entries(work.connection, clock.now)
            row = work.row(text("SELECT id FROM audit_entry WHERE action = 'pass.issued'"))
            place = work.row(text("SELECT place FROM audit_link WHERE entry_id = :id"), id=row.id).place
            for (name,) in work.rows(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")):
                work.run(text(f"DROP TRIGGER {name}"))
            work.run(text("UPDATE audit_entry SET subject = 'other' WHERE id = :id"), id=row.id)
            other = work.row(text("SELECT id FROM audit_entry WHERE action = 'pass.cancelled'")).id

        assert f"The chain is broken at place {place}" in vera.opens(f"/admin/audit/{other}").reads

    def test_there_is_no_page_of_no_entry(self, vera: AgentAtDesk) -> None:
        assert vera.opens("/admin/audit/nothing").status == 404


class TestLooks:
    def test_who_looked_at_whom_and_why(self, vera: AgentAtDesk, store: Store, clock: Clock) -> None:
        with store.work() as work:
            for who, why in (("staff:a1", "other_number"), ("staff:a1", "checks"), ("staff:b2", "checks")):
                note_look(work, PERSON, who, why, "search")
            note_look(work, "everyone", "operator:timur", "list", "persons list")

        vera.opens("/admin/looks")
        assert "why: list; at: persons list operator:timur → everyone" in vera.reads
        assert "2 staff:a1" in vera.reads
        vera.sends("/admin/looks", actor="staff:b2", subject=PERSON)

        assert (
            f"why: compares what they wrote down; at: search staff:b2 → {PERSON}" in vera.reads
            and "→ everyone" not in vera.reads
        )
        sheet = read_csv(vera.client.get(f"/admin/looks.csv?subject={PERSON}").data)
        assert len(sheet) == 4

    def test_no_page_of_auditors_shows_more_than_ids(
        self, vera: AgentAtDesk, signs: Signs, store: Store, clock: Clock
    ) -> None:
        olga = signs("administrator", name="Olga Secretova")
        olga.opens("/admin/staff/add").sends("/add", name="Anna Secretova", roles="agent")

        pages = [vera.opens(path).html.split("<main")[1] for path in ("/admin/audit", "/admin/looks")]
        with store.reading() as work:
            ids = [row.id for row in work.rows(text("SELECT id FROM audit_entry"))]
        pages += [vera.opens(f"/admin/audit/{one}").html.split("<main")[1] for one in ids]

        assert len(pages) > 5 and not [page for page in pages if "Secretova" in page]
