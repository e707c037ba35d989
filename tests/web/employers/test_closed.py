"""Another organisation's pages are closed on every address with an id; so is what does not fit the state."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlmodel import col

from codes.desk.agents import go_available
from codes.employers.accounts import find_organisation
from codes.employers.acting import invite
from codes.regimes import activate, preset
from store import Store
from store.employers import Organisation, OrganisationUser
from store.phones import ensure_phone, find_phone
from tests.clock import Clock
from tests.employers.office import BOSS, Office, line, listed
from tests.web.auditing import entries
from tests.web.employers.forms import form_of, press, upload
from tests.web.people import Staff, citizen_signed_in, signed_in
from tests.web.reading import csrf, words
from web.access import ACCESS

STRANGER = "+79160000066"


def _addresses(app: Flask, firm: Office, upload_id: str, worker_id: str, phone_id: str) -> list[tuple[str, str]]:
    """Method and path of every page of organisations with an id in its address."""
    told = {"organisation_id": firm.organisation_id, "upload_id": upload_id, "phone_id": phone_id}
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("pages.employers.") and "<" in str(rule):
            path = re.sub(r"<(\w+)>", lambda match: told[match[1]], str(rule))
            found += [(method, path) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    return found


def strangers_firm(store: Store, clock: Clock) -> Office:
    """Another organisation that is confirmed."""
    other = Office(store, clock)
    other.organisation_id = other.open("500100732259", STRANGER, "ИП Чужой")
    with store.work() as work:
        work.run(update(Organisation).where(col(Organisation.id) == other.organisation_id), state="confirmed")
    return other


def test_every_address_with_an_id_is_closed_to_whoever_does_not_act_for_it(
    app: Flask, firm: Office, store: Store
) -> None:
    upload_id = firm.issue(listed([1]))
    (worker,) = firm.workers()
    other = strangers_firm(store, firm.clock)
    stranger = citizen_signed_in(app, store, STRANGER)
    with store.work() as work:
        boss = find_phone(work, BOSS)
        assert boss is not None
    addresses = _addresses(app, firm, upload_id, worker.id, boss.id)
    sent = {**form_of(stranger, f"/employer/{other.organisation_id}/users", ""), "worker": worker.id}

    answers = {
        (method, path): stranger.open(
            path, method=method, data={**sent, "once": "a" * 20, "act": "end"} if method == "POST" else None
        ).status_code
        for method, path in addresses
    }

    assert len(addresses) >= 20
    assert set(answers.values()) == {404}, answers
    assert [one.revoked_at for one in firm.passes()] == [None]


def test_workers_and_lists_of_another_organisation_can_not_be_named_on_ones_own_pages(
    app: Flask, firm: Office, store: Store
) -> None:
    upload_id = firm.issue(listed([1]))
    (worker,) = firm.workers()
    other = strangers_firm(store, firm.clock)
    stranger = citizen_signed_in(app, store, STRANGER)
    mine = f"/employer/{other.organisation_id}"
    token = csrf(stranger, f"{mine}/users")

    ended = stranger.post(
        f"{mine}/workers/end", data={"csrf_token": token, "once": "b" * 20, "worker": worker.id}, follow_redirects=True
    )
    seen = [stranger.get(f"{mine}/lists/{upload_id}{more}").status_code for more in ("", "/state", "/mistakes.csv")]

    assert "0 workers" in words(ended) and seen == [404, 404, 404]
    assert [one.revoked_at for one in firm.passes()] == [None]


def test_who_was_only_invited_or_was_removed_sees_nothing(app: Flask, firm: Office, store: Store) -> None:
    with store.work() as work:
        invite(work, firm.found_in(work), STRANGER, "phone:tests")
    stranger = citizen_signed_in(app, store, STRANGER)
    invited = stranger.get(f"/employer/{firm.organisation_id}").status_code

    press(stranger, "/employer", f"/employer/{firm.organisation_id}/answer", answer="no")

    assert (invited, stranger.get(f"/employer/{firm.organisation_id}").status_code) == (404, 404)
    with store.reading() as work:
        states = {row.state for row in work.rows(select(OrganisationUser))}
    assert states == {"active", "removed"}


def test_an_organisation_that_waits_or_was_refused_uploads_nothing(boss: FlaskClient, office: Office) -> None:
    office.organisation_id = office.open()
    here = f"/employer/{office.organisation_id}"

    closed = [boss.get(f"{here}/{page}").status_code for page in ("upload", "workers", "users", "list.csv")]

    assert (boss.get(here).status_code, closed) == (200, [404] * 4)


def test_by_an_order_without_such_passes_nobody_asks_for_an_account(
    boss: FlaskClient, office: Office, store: Store
) -> None:
    with store.work() as work:
        activate(work, preset("tatarstan-2020"), work.now, "tests")

    page = words(boss.get("/employer/new"))

    assert "each worker asks for their own" in page
    assert 'href="/employer"' not in boss.get("/passes").text


@pytest.mark.parametrize(
    ("act", "typed"),
    [("confirm", {"rows_a_day": "10"}), ("refuse", {"reason": "No"}), ("close", {"reason": "No"})],
)
def test_a_reviewer_does_not_decide_about_the_organisation_they_act_for(
    app: Flask, office: Office, store: Store, staff: Staff, act: str, typed: dict[str, str]
) -> None:
    person = staff("reviewer", "agent")
    office.organisation_id = office.open()
    with store.work() as work:
        go_available(work, person.id, ensure_phone(work, BOSS))
    reviewer = signed_in(app, store, person)
    page = f"/review/organisations/{office.organisation_id}"

    shown = words(reviewer.get(page))
    token = csrf(reviewer, "/account")
    sent = {"csrf_token": token, "once": "c" * 20, **typed}
    came = words(reviewer.post(f"{page}/{act}", data=sent, follow_redirects=True))

    assert "another reviewer decides" in shown and "another reviewer decides" in came
    with store.reading() as work:
        found = find_organisation(work, office.organisation_id)
    assert found is not None and found.state == "asked"
    assert [details for _, _, details in entries(store, "organisation.decision_refused")] == [
        {"why": "they act for it"}
    ]


def test_one_tax_number_is_confirmed_once(app: Flask, firm: Office, store: Store, staff: Staff) -> None:
    twin = firm.open(number=STRANGER)
    page = f"/review/organisations/{twin}"

    came = words(press(signed_in(app, store, staff("reviewer")), page, f"{page}/confirm", rows_a_day="10"))

    assert "Another organisation with this tax number is confirmed already." in came


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (b"", 422, "Choose a file with at least one worker"),
        (b"PK\x03\x04" + b"x" * 100, 422, "This is no CSV file"),
        (b"a;b\0;c", 422, "This is no CSV file"),
        ("имя".encode("utf-16"), 422, "This is no CSV file"),
        (b'"a;1;2\n', 422, "A quotation mark is never closed"),
        (b"a" * 300_000 + b";1;2", 422, "A quotation mark is never closed, or a field has no end"),
        (b";".join([b"x"] * 200), 422, "more than 20 columns"),
        (b"a;1;2\n" * 10_001, 422, "more than 10,000 lines"),
        (b"\x98\xff;1;2", 422, "We can't read the letters"),
        (b"a;1;2\n" * 400_000, 422, "more than 2 MB"),
    ],
)
def test_a_hostile_file_is_told_in_words(
    boss: FlaskClient, firm: Office, content: bytes, status: int, said: str
) -> None:
    page = upload(boss, f"/employer/{firm.organisation_id}/upload", content)

    assert (page.status_code, said in words(page)) == (status, True)


def test_ten_megabytes_are_not_even_looked_at(boss: FlaskClient, firm: Office) -> None:
    kind = "multipart/form-data; boundary=b"

    page = boss.post(f"/employer/{firm.organisation_id}/upload", data=b"x" * 10_000_000, content_type=kind)

    assert (page.status_code, "That list is too large" in words(page)) == (413, True)


def test_what_would_run_in_a_spreadsheet_does_not_in_our_files(boss: FlaskClient, firm: Office) -> None:
    upload_id = firm.read(line(1, name="=HYPERLINK(1)", phone="12"))

    taken = boss.get(f"/employer/{firm.organisation_id}/lists/{upload_id}/mistakes.csv").text

    assert "'=HYPERLINK(1)" in taken


def test_the_worst_name_is_shown_as_text(boss: FlaskClient, firm: Office) -> None:
    upload_id = firm.read(line(1, name="<script>alert(1)</script>"))

    assert "<script>alert" not in boss.get(f"/employer/{firm.organisation_id}/lists/{upload_id}").text


def test_every_page_of_organisations_is_a_citizens_or_a_reviewers() -> None:
    roles = {
        name: opens for name, opens in ACCESS.items() if name.startswith(("pages.employers.", "pages.organisations."))
    }

    assert {str(opens) for name, opens in roles.items() if "employers" in name} == {str(ACCESS["pages.citizen.passes"])}
    assert {str(opens) for name, opens in roles.items() if "organisations" in name} == {
        str(ACCESS["pages.review.appeals"])
    }
