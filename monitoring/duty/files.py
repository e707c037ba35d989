"""Case files: what is handed to the other authority after a violation, as JSON and as PDF, and what came of it there.

The JSON is kept as it was made, sealed under the case's key, with its SHA-256 in the clear; the PDF is drawn from words
that were made with it, by the worker. Neither holds a coordinate: where somebody was is said in bands.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, select, update
from sqlmodel import col

from codes.fields import Field
from monitoring.cases.watched import WatchedCase, watched_case
from monitoring.duty.opening import OpenedAlert
from monitoring.duty.weighing import Weighed
from store import Store, Work
from store.columns import table
from store.duty import CaseFile

SCHEMA: Final = "passline.case-file/1"
OUTCOMES: Final = ("fined", "warned", "dropped", "other")
TRIES: Final = 3
_AGAIN: Final = timedelta(minutes=1)
Sheet = Mapping[str, Any]
"""What the PDF says: ``title``, ``foot`` and ``parts`` of ``heading`` and ``lines``."""
Draw = Callable[[Sequence[Sheet]], Sequence[bytes | None]]
"""PDFs of sheets; None for each that can't be drawn."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A case file; `document` is the JSON, `pdf` None until it was drawn."""

    id: str
    alert_id: str
    made_at: datetime
    digest: str
    document: str
    pdf: bytes | None
    outcome: str
    outcome_at: datetime | None
    outcome_words: str


def may_be_made(opened: OpenedAlert) -> bool:
    """Only after a violation that stands, while its case is known still."""
    alert = opened.alert
    return bool(alert.decision == "violation" and alert.overturned_at is None and opened.case.key is not None)


def make_file(work: Work, opened: OpenedAlert, sheet: Sheet, by: str) -> str | None:
    """Makes the file of an alert; its id, None where there may be none. `sheet` says the same in words, for the PDF."""
    key = opened.case.key
    if not may_be_made(opened) or key is None:
        return None
    file_id = work.new_id()
    document = json.dumps(_document(work, opened, file_id, by), ensure_ascii=False, sort_keys=True, indent=1)
    digest = hashlib.sha256(document.encode()).hexdigest()
    foot = {"foot": f"{file_id}   SHA-256 {digest}"}
    content = json.dumps({"document": document, "sheet": {**sheet, **foot}}, ensure_ascii=False)
    given = {"case_id": opened.case.id, "alert_id": opened.alert.id, "made_at": work.now, "made_by": by}
    sealed = key.seal(f"case_file.content.{file_id}", content)
    work.insert(CaseFile, id=file_id, **given, digest=digest, content_sealed=sealed, due_at=work.now, attempts=0)
    work.audit(by, "case_file.made", file_id, {"case": opened.case.id, "alert": opened.alert.id, "digest": digest})
    return file_id


def files_of(work: Work, opened: OpenedAlert) -> list[MadeFile]:
    """The files of an alert, the newest first; none of a case whose key is gone."""
    mine = select(table(CaseFile)).where(col(CaseFile.alert_id) == opened.alert.id).order_by(col(CaseFile.id).desc())
    return [read for row in work.rows(mine) if (read := _read(opened.case, row))]


def file_by_id(work: Work, file_id: str) -> tuple[MadeFile, WatchedCase] | None:
    """One file with its case; None where there is none, or its case was destroyed."""
    row = work.row(select(table(CaseFile)).where(col(CaseFile.id) == file_id))
    case = watched_case(work, row.case_id) if row else None
    read = _read(case, row) if case else None
    return (read, case) if read and case else None


def note_outcome(work: Work, file_id: str, outcome: str, words: str, by: str) -> bool:
    """Notes what the other authority did, one of `OUTCOMES`; False where there is no such file, or we withdrew it."""
    found = file_by_id(work, file_id)
    if found is None or found[1].key is None or outcome not in OUTCOMES:
        return False
    sealed = found[1].key.seal(f"case_file.outcome.{file_id}", words) if words else None
    mine = update(CaseFile).where(col(CaseFile.id) == file_id)
    standing = mine.where(col(CaseFile.outcome).is_(None) | (col(CaseFile.outcome) != "withdrawn"))
    if not work.run(standing, outcome=outcome, outcome_at=work.now, outcome_by=by, outcome_sealed=sealed):
        return False
    work.audit(by, "case_file.outcome", file_id, {"outcome": outcome})
    return True


def draw_files(store: Store, draw: Draw) -> int:
    """Draws the PDFs that wait, with no transaction open meanwhile; how many could be drawn."""
    with store.reading() as work:
        due = col(CaseFile.due_at).is_not(None), col(CaseFile.due_at) <= work.now, col(CaseFile.attempts) < TRIES
        rows = work.rows(select(table(CaseFile)).where(*due).order_by(col(CaseFile.due_at)).limit(10))
        cases = {row.id: watched_case(work, row.case_id) for row in rows}
    drawn = 0
    for row in rows:
        key = getattr(cases[row.id], "key", None)
        sheet = json.loads(key.open(f"case_file.content.{row.id}", row.content_sealed))["sheet"] if key else None
        pdf = draw([sheet])[0] if sheet else None
        with store.work() as work:
            mine = update(CaseFile).where(col(CaseFile.id) == row.id)
            if pdf and key:
                drawn += work.run(mine, pdf_sealed=key.seal_bytes(f"case_file.pdf.{row.id}", pdf), due_at=None)
            else:
                work.run(mine, attempts=row.attempts + 1, due_at=work.now + _AGAIN)
    return drawn


def _read(case: WatchedCase, row: Row[Any]) -> MadeFile | None:
    if case.key is None or row.content_sealed is None:
        return None
    document = json.loads(case.key.open(f"case_file.content.{row.id}", row.content_sealed))["document"]
    pdf = case.key.open_bytes(f"case_file.pdf.{row.id}", row.pdf_sealed) if row.pdf_sealed else None
    words = case.opened(f"case_file.outcome.{row.id}", row.outcome_sealed)
    given = (row.id, row.alert_id, row.made_at, row.digest, document, pdf)
    return MadeFile(*given, row.outcome or "", row.outcome_at, words)


def _document(work: Work, opened: OpenedAlert, file_id: str, by: str) -> dict[str, Any]:
    alert, case = opened.alert, opened.case
    return {
        "schema": SCHEMA,
        "file": file_id,
        "made_at": work.now.isoformat(),
        "made_by": by,
        "order": opened.regime.name,
        "case": {"id": case.id, "opened_at": _iso(case.opened_at), "ends_at": _iso(case.ends_at)},
        "person": {
            "name": opened.person.name,
            "document": opened.person.details.get(Field.DOCUMENT, ""),
            "telephone": opened.phone.number if opened.phone else "",
            "address": case.details.address,
        },
        "alert": {"id": alert.id, "kind": alert.kind, "raised_at": _iso(alert.raised_at)},
        "facts": [_fact(one, opened.at or work.now) for one in opened.weighed],
        "patient": {
            "told_at": _iso(alert.told_at),
            "could_answer_until": _iso(alert.answer_by),
            "said": [
                {"at": _iso(one.said_at), "kind": one.kind, "channel": one.channel, "words": one.words}
                for one in opened.said
            ],
        },
        "decision": {
            "decision": alert.decision,
            "at": _iso(alert.decided_at),
            "by": alert.decided_by,
            "reason": opened.reason,
            "words_sent": opened.words,
            "appeal_until": _iso(alert.decided_at + timedelta(days=opened.regime.isolation.appeal_days)),
        },
    }


def _fact(one: Weighed, at: datetime) -> dict[str, Any]:
    """A fact counts where nothing makes it void and the time to answer to it was over when it was decided, `at`."""
    row, fact = one.row, one.fact
    times = {"told_at": _iso(fact.told_at), "could_answer_until": _iso(fact.answer_by)}
    counts = one.void is None and fact.is_over(at)
    said = {"what": fact.what, "id": fact.id, "counts": counts, "void": one.void, **times}
    if row is None:
        return said
    names = (
        ("left_at", "detected_at", "back_at", "distance_band", "radius_band", "fixes", "span_s", "plain", "parameters")
        if one.fact.what == "departure"
        else ("origin", "means", "state", "outcome", "asked_at", "window_ends_at", "answered_at", "position_kind")
    )
    values = {name: getattr(row, name) for name in names}
    return said | {name: _iso(value) if isinstance(value, datetime) else value for name, value in values.items()}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
