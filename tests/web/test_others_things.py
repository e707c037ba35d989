"""Whatever has an id in its address: somebody else's is not shown, not changed, and not told from one that nobody has.

The names that stand in addresses are all known here; a page with a new one has to be added.
"""

import re
from pathlib import Path
from typing import Any, Final

import pytest
from flask import Flask

from codes.employers.accounts import organisations_of
from codes.employers.confirming import confirm
from papers.keeping import PaperKeeper
from settings import Settings
from store import Store
from store.blobs import FolderBlobs
from store.phones import find_phone
from tests.clock import Clock
from tests.codes.counter import ANN, BOB, Counter
from tests.employers.office import BOSS, REVIEWER, Office, listed
from tests.papers.hand import FakeReader
from tests.web.citizen.entering import submit
from tests.web.hostile import filled, pages, parts
from tests.web.others import Owner, asked, india, rules, snapshot, two_of_india
from tests.web.people import citizen_signed_in, enrolled, signed_in
from tests.web.reading import csrf, words
from tests.web.review.office import OTHER, WEDDING, Reviewer
from tests.web.review.office import Office as Applicants

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

OWNED: Final = {
    "pages.citizen": {"pass_id", "link_id", "draft_id", "step", "number"},
    "pages.employers": {"organisation_id", "upload_id", "phone_id"},
    "pages.review": {"number", "paper_id", "page"},
    "pages.clinic": {"draft_id", "case_id", "fence_id", "phone_id", "device_id", "proposal_id"},
    "pages.desk": {"sid", "pass_id", "person_id", "message_id"},
}
"""What belongs to somebody, by whose pages name it."""
EVERYBODYS: Final = {
    "pages.admin": (
        {"entry_id", "name", "key", "officer_id", "draft_id", "part", "place", "language", "proposal_id", "version"}
        | {"staff_id", "change_id", "message_id"},
        "who administrates does so for all; who may not decide is kept by two people's rules, tried with each",
    ),
    "pages.organisations": ({"organisation_id"}, "each reviewer decides about each organisation but their own"),
    "pages.supervision": (
        {"kind", "subject", "officer_id", "sid", "listening_id", "staff_id"},
        "each supervisor sees the team; a listening is one's own, tried with hearing again",
    ),
    "pages.duty": (
        {"alert_id", "photo_id", "outage_id", "file_id", "name", "key"},
        "any duty officer may take any alert; who did not sees nobody, tried with the queue and each alert",
    ),
    "pages.public": ({"size"}, "for everybody"),
    "pages.shared": ({"token"}, "who has a link sees the pass"),
    "pages.enrolment": ({"token"}, "who has a link is who was invited"),
    "pages.police": ({"token"}, "who has a link is who was invited"),
    "pages.patient": (
        {"token", "alert_id", "check_id", "step", "device_id"},
        "who has a link is the patient; doubts and checks are shown to their own patients, tried with their pages",
    ),
    "assets": ({"version", "name"}, "for everybody"),
}
"""What belongs to nobody alone, and why."""
OTHER_BOSS: Final = "+79161110001"


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock) -> Flask:
    """Where everything that can be somebody's is there."""
    return india(settings, store, clock)


@pytest.fixture
def counter(app: Flask, store: Store, clock: Clock) -> Counter:
    return two_of_india(store, clock)


def test_every_name_in_an_address_is_known(app: Flask) -> None:
    for endpoint, rule, _, _ in pages(app):
        blueprint = endpoint.rpartition(".")[0]
        known = OWNED.get(blueprint) or EVERYBODYS.get(blueprint, (set(), ""))[0]
        assert set(parts(rule)) <= known, f"{rule}: whose is it? Say so above, and try it"


@pytest.fixture
def ann(app: Flask, store: Store, settings: Settings, counter: Counter) -> Owner:
    """A citizen with a pass, a link to it, a draft, and an application with papers."""
    blobs = FolderBlobs(Path(settings.blobs_dir))
    office = Applicants(counter, blobs, PaperKeeper(store, blobs, FakeReader()))
    client = citizen_signed_in(app, store, ANN)
    applicant = office.applies_with_paper(OTHER, ANN)
    reviewer = Reviewer(signed_in(app, store, _enrolled(store, "Rosa")))
    reviewer.takes(applicant.number)
    reviewer.decides(applicant.number, "grant")
    waiting = office.applies_with_paper(WEDDING, ANN)
    page = next(one for one in client.get("/passes").text.split('"') if one.startswith("/passes/"))
    pass_id = page.split("/")[2]
    submit(client, f"/passes/{pass_id}/share", lasting="day")
    shared = client.get(f"/passes/{pass_id}/share").text
    link_id = shared.partition("/links/")[2].partition("/")[0]
    first = re.search(r'type="radio" value="([^"]+)"|value="([^"]+)"[^>]*type="radio"', client.get("/apply").text)
    assert first
    _, _, draft_id, step = submit(client, "/apply", choice=first[1]).headers["Location"].split("/")
    return Owner(
        client, {"pass_id": pass_id, "link_id": link_id, "draft_id": draft_id, "step": step, "number": waiting.number}
    )


def _enrolled(store: Store, name: str) -> Any:
    return enrolled(store, name, "reviewer")


def test_a_citizen_finds_nothing_of_anothers(app: Flask, store: Store, ann: Owner) -> None:
    bob = citizen_signed_in(app, store, BOB)
    token, before = csrf(bob, "/apply"), snapshot(store)

    for endpoint, rule, method in rules(app, "pages.citizen"):
        mine = asked(ann.client, filled(rule, ann.ids), "GET", "") if method == "GET" else None
        theirs = asked(bob, filled(rule, ann.ids), method, token)
        nobodys = asked(bob, filled(rule, dict.fromkeys(ann.ids, "0" * 22)), method, token)
        assert mine is None or mine.status_code != 404, f"{endpoint} is not tried: its owner finds nothing either"
        assert theirs.status_code == 404, endpoint
        assert words(theirs) == words(nobodys), endpoint
    assert snapshot(store)["pass"] == before["pass"] and snapshot(store)["mail"] == before["mail"]
    assert snapshot(store) == {**before, "changed": snapshot(store)["changed"]}


@pytest.fixture
def firm(app: Flask, store: Store, clock: Clock) -> Owner:
    """Who acts for an organisation that has sent a list."""
    office = Office(store, clock).confirmed()
    upload_id = office.read(listed(range(3)))
    with store.reading() as work:
        phone = find_phone(work, BOSS)
    assert phone is not None
    ids = {"organisation_id": office.organisation_id, "upload_id": upload_id, "phone_id": phone.id}
    return Owner(citizen_signed_in(app, store, BOSS), ids)


def test_an_organisation_finds_nothing_of_anothers(app: Flask, store: Store, clock: Clock, firm: Owner) -> None:
    """Neither under the other's id, nor the other's list under its own."""
    other = Office(store, clock)
    other_id = other.open("7728168971", OTHER_BOSS, "ООО Лютик")
    with store.work() as work:
        confirm(work, other_id, 100, REVIEWER)
    rival = citizen_signed_in(app, store, OTHER_BOSS)
    token, before = csrf(rival, "/apply"), snapshot(store)

    for endpoint, rule, method in rules(app, "pages.employers"):
        tries = [firm.ids]
        if {"upload_id", "phone_id"} & set(parts(rule)):
            tries.append({**firm.ids, "organisation_id": other_id})
        if method == "GET":
            assert asked(firm.client, filled(rule, firm.ids), method, "").status_code in (200, 204), endpoint
        for ids in tries:
            theirs = asked(rival, filled(rule, ids), method, token)
            assert theirs.status_code == 404 or (method == "POST" and theirs.status_code == 303), endpoint
            assert "Рабочий" not in theirs.text, endpoint
    with store.reading() as work:
        phone = find_phone(work, BOSS)
        assert phone and [one.id for one in organisations_of(work, phone.id)] == [firm.ids["organisation_id"]]
    assert {**snapshot(store), "changed": 0} == {**before, "changed": 0}
