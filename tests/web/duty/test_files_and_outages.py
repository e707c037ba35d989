"""Case files to take away, and outages noted by hand."""

import json
import re
from collections.abc import Sequence

import pytest

from drawing import draw_case_files
from monitoring.duty.files import Sheet, draw_files
from store.duty import CaseFile
from store.patients import Outage
from tests.monitoring.duty.desk import Desk
from tests.web.duty.office import Officer


def test_a_case_file_is_made_and_taken_away(desk: Desk, dora: Officer) -> None:
    alert_id = desk.ripe()
    desk.decides(alert_id)
    dora.comes_back()

    said = dora.does(f"/duty/alerts/{alert_id}/files")
    draw_case_files(desk.store)
    page = dora.client.get(f"/duty/alerts/{alert_id}/files").text
    links = [part.split('"')[0] for part in page.split('href="') if part.startswith("/duty/files/")]

    assert "The case file is made." in said
    document, pdf = (dora.client.get(link) for link in links)
    assert json.loads(document.text)["schema"] == "passline.case-file/1"
    assert pdf.data.startswith(b"%PDF-")
    assert pdf.headers["Cache-Control"] == "no-store"


def test_the_pdf_says_who_and_when_in_full(desk: Desk, dora: Officer) -> None:
    alert_id = desk.ripe()
    desk.decides(alert_id)
    dora.comes_back()
    sheets: list[Sheet] = []

    def draw(asked: Sequence[Sheet]) -> list[bytes]:
        sheets.extend(asked)
        return [b"%PDF-"] * len(asked)

    dora.does(f"/duty/alerts/{alert_id}/files")
    draw_files(desk.store, draw)

    said = "\n".join(line for part in sheets[0]["parts"] for line in part["lines"])
    assert re.search(r"^Document: \d{10}$", said, re.MULTILINE)
    assert "The patient can appeal until" in said
    assert not re.search(r"(?<!\d\d\.\d\d )\b\d\d:\d\d\b", said), "a time without its day"


def test_what_the_authority_did_is_chosen_not_guessed(desk: Desk, dora: Officer) -> None:
    alert_id = desk.ripe()
    desk.decides(alert_id)
    dora.comes_back()
    dora.does(f"/duty/alerts/{alert_id}/files")
    outcome = f"/duty/files/{desk.rows(CaseFile)[0].id}/outcome"

    assert "Choose what the other authority did" in dora.does(outcome, outcome="", words="")
    assert "Noted what came of it" in dora.does(outcome, outcome="dropped", words="")


def test_of_a_doubt_no_case_file_is_made(desk: Desk, dora: Officer) -> None:
    alert_id = desk.ripe()
    dora.comes_back()

    assert "Of this alert no case file is made." in dora.does(f"/duty/alerts/{alert_id}/files")


def test_an_outage_is_noted_and_ended(desk: Desk, dora: Officer) -> None:
    given = {"outage-kind": "power", "outage-starts": "03.06.2026 10:00", "outage-note": "подстанция"}

    said = dora.does("/duty/outages", **given)
    outage_id = desk.rows(Outage)[0].id
    ended = dora.does(f"/duty/outages/{outage_id}/end")

    assert "Misses in this time are excused" in said
    assert "The outage is over." in ended
    assert desk.rows(Outage)[0].ends_at == desk.clock.now


def test_an_outage_that_was_noted_ahead_is_called_off(desk: Desk, dora: Officer) -> None:
    given = {"outage-kind": "power", "outage-starts": "20.06.2026 10:00", "outage-ends": "20.06.2026 12:00"}
    dora.does("/duty/outages", **given)
    outage_id = desk.rows(Outage)[0].id
    seen = dora.sees("/duty/outages")

    said = dora.does(f"/duty/outages/{outage_id}/end")

    assert "Call it off" in seen and "It is over" not in seen
    assert "The outage was called off, and excuses nothing." in said
    assert desk.rows(Outage) == []


def test_what_is_over_is_not_made_longer(desk: Desk, dora: Officer) -> None:
    dora.does("/duty/outages", **{"outage-kind": "power", "outage-starts": "03.06.2026 10:00"})
    outage_id = desk.rows(Outage)[0].id
    dora.does(f"/duty/outages/{outage_id}/end")
    (ended,) = desk.rows(Outage)
    desk.clock.pass_by(minutes=5)

    said = dora.does(f"/duty/outages/{outage_id}/end", again="1")

    assert "There is no such outage, or it was over." in said
    assert desk.rows(Outage)[0].ends_at == ended.ends_at


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("starts", ["01.01.0001 00:00", "03.06.2025 10:00", "9999-12-31T23:59", "x"])
def test_an_outage_of_another_year_excuses_nothing(desk: Desk, dora: Officer, starts: str) -> None:
    sent = dora.sends("/duty/outages", **{"outage-kind": "power", "outage-starts": starts})

    assert sent.status_code == 422 and desk.rows(Outage) == []


def test_an_outage_that_ends_before_it_begins_is_refused(dora: Officer) -> None:
    given = {"outage-kind": "power", "outage-starts": "03.06.2026 10:00", "outage-ends": "03.06.2026 09:00"}

    sent = dora.sends("/duty/outages", **given)

    assert sent.status_code == 422
    assert "It ends after it begins" in sent.text


def test_an_agent_is_asked_to_ring_the_patient(desk: Desk, dora: Officer) -> None:
    alert_id = desk.doubt()
    dora.comes_back()
    dora.takes(alert_id)

    said = dora.does(f"/duty/alerts/{alert_id}/call")

    assert "An agent's telephone rings as soon as one is free" in said
    assert "call_back" in desk.templates()
