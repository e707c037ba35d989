"""The case file: only of a violation that stands, kept as it was made, without a coordinate, as JSON and PDF."""

import hashlib
import json
import re

from drawing import draw_case_files
from monitoring.duty.files import SCHEMA, file_by_id, make_file, note_outcome
from monitoring.duty.opening import opened
from tests.monitoring.duty.desk import DORA, Desk

PASTED = "\ufeffЯ\t\x00\x1b была \u202eдома\u2066 $\\frac{1}{0}$ \U0001f600"
"""What a patient may send: a sign that nobody sees must not keep the file from being drawn."""
LINES = [PASTED, *["Иванова Анна"] * 120]
SHEET = {"title": "Файл дела: телефон покинул дом", "parts": [{"heading": "Пациент", "lines": LINES}]}


def made(desk: Desk, alert_id: str) -> str | None:
    with desk.store.work() as work:
        found = opened(work, alert_id)
        assert found is not None
        return make_file(work, found, SHEET, DORA)


def violation(desk: Desk) -> str:
    alert_id = desk.ripe()
    assert desk.decides(alert_id) == ()
    return alert_id


def test_no_file_is_made_before_a_violation_is_decided(desk: Desk) -> None:
    assert made(desk, desk.ripe()) is None


def test_the_file_is_kept_as_it_was_made_with_its_hash(desk: Desk) -> None:
    file_id = made(desk, violation(desk))
    assert file_id is not None

    with desk.store.reading() as work:
        found = file_by_id(work, file_id)

    assert found is not None
    document = json.loads(found[0].document)
    assert hashlib.sha256(found[0].document.encode()).hexdigest() == found[0].digest
    assert (document["schema"], document["person"]["name"]) == (SCHEMA, "Иванова Анна Ивановна")
    assert [fact["counts"] for fact in document["facts"]] == [True, True]
    assert not re.search(r"\d\.\d{4,}", found[0].document)


def test_the_worker_draws_the_pdf_with_cyrillic_and_on_several_pages(desk: Desk) -> None:
    file_id = made(desk, violation(desk))
    assert file_id is not None

    assert draw_case_files(desk.store) == 1

    with desk.store.reading() as work:
        found = file_by_id(work, file_id)
    assert found is not None
    assert found[0].pdf is not None
    assert found[0].pdf.startswith(b"%PDF-")
    assert b"DejaVuSans" in found[0].pdf
    assert found[0].pdf.count(b"/Type /Page ") + found[0].pdf.count(b"/Type /Page\n") >= 2


def test_what_the_other_authority_did_is_noted(desk: Desk) -> None:
    file_id = made(desk, violation(desk))
    assert file_id is not None

    with desk.store.work() as work:
        noted = note_outcome(work, file_id, "fined", "Постановление 12", DORA)
        found = file_by_id(work, file_id)

    assert noted
    assert found is not None
    assert (found[0].outcome, found[0].outcome_words) == ("fined", "Постановление 12")
