"""What a reviewer took and whom an agent speaks with is nobody else's."""

from pathlib import Path

import pytest
from flask import Flask

from papers.keeping import PaperKeeper
from settings import Settings
from store import Store
from store.blobs import FolderBlobs
from tests.clock import Clock
from tests.codes.counter import ANN, Counter
from tests.codes.line import Line
from tests.papers.hand import FakeReader
from tests.web.hostile import filled
from tests.web.others import asked, india, rules, snapshot, two_of_india
from tests.web.people import Staff, signed_in
from tests.web.reading import csrf, words
from tests.web.review.office import OTHER, Reviewer
from tests.web.review.office import Office as Applicants

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock) -> Flask:
    """Where everything that can be somebody's is there."""
    return india(settings, store, clock)


@pytest.fixture
def counter(app: Flask, store: Store, clock: Clock) -> Counter:
    return two_of_india(store, clock)


def test_a_reviewer_sees_nothing_of_what_another_has_taken(
    app: Flask, store: Store, settings: Settings, counter: Counter, staff: Staff
) -> None:
    blobs = FolderBlobs(Path(settings.blobs_dir))
    office = Applicants(counter, blobs, PaperKeeper(store, blobs, FakeReader()))
    applicant = office.applies_with_paper(OTHER, ANN)
    rosa = Reviewer(signed_in(app, store, staff("reviewer", name="Rosa")))
    rosa.takes(applicant.number)
    paper = applicant.papers()[0].id
    ids = {"number": applicant.number, "paper_id": paper, "page": "1"}
    sven = signed_in(app, store, staff("reviewer", name="Sven"))
    token = csrf(sven, "/account")

    for endpoint, rule, method in rules(app, "pages.review"):
        if "appeal" in endpoint:
            continue
        if method == "GET":
            assert asked(rosa.client, filled(rule, ids), method, "").status_code == 200, endpoint
        theirs = asked(sven, filled(rule, ids), method, token)
        assert "Anita" not in theirs.text and "234123412346" not in theirs.text and "Kochi" not in theirs.text, endpoint
        assert theirs.mimetype != "image/jpeg", endpoint
    assert rosa.opens(applicant.number).status_code == 200
    assert applicant.papers()[0].state == "read"


def test_an_agent_does_nothing_in_anothers_call(app: Flask, store: Store, counter: Counter, staff: Staff) -> None:
    anna, boris = staff("agent", name="Anna"), staff("agent", name="Boris")
    sid = Line(counter).talk(ANN, anna.id)
    client = signed_in(app, store, boris)
    person = counter.who(ANN).holders[0].id
    ids = {"sid": sid, "pass_id": "1", "person_id": person, "message_id": "1"}
    token, before = csrf(client, "/account"), snapshot(store)

    for endpoint, rule, method in rules(app, "pages.desk"):
        theirs = asked(client, filled(rule, ids), method, token)
        assert theirs.status_code in (204, 303, 400, 403, 404) or "Anita" not in theirs.text, endpoint
        assert "2346" not in words(theirs) and "Anita" not in theirs.text, endpoint
    assert {**snapshot(store), "changed": 0} == {**before, "changed": 0}
