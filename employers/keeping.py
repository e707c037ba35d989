"""Going on with employers' lists: explain every line of what was sent, then ask for the passes, some at a time.

    sent -> read -> issuing -> done        or dropped

Whoever dies in between leaves a list that is due again once its lease is over. A row, its pass and its text are one
transaction, so that none is asked for twice and none is lost. Between rows others have their turn, and while many texts
wait to go out nothing is added to them.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy.exc import DBAPIError

from codes.decisions import next_opening
from codes.employers.accounts import Organisation, employer_purposes, find_organisation, organisations_in, use_one
from codes.employers.destroying_accounts import destroy_some
from codes.employers.employments import keep_employment
from codes.employers.hiring import GRANTED, REFUSED, Asked, ask_for
from codes.employers.uploads import (
    Attempt,
    Judged,
    add_rows,
    begin_rows,
    change,
    claim,
    content_of,
    due,
    end_reading,
    hold,
    next_rows,
    row_tried,
    waits,
)
from codes.outcomes import Grant, Refusal
from codes.regime import Purpose, Regime
from codes.regimes import in_force
from employers.judging import Judge, wrong_numbers
from employers.sheets import SheetTrouble, read_sheet
from language.wording import word
from store import Store, Work
from store.audit import WORKER
from store.backlog import waiting_texts
from store.engine import WriterBusy
from store.jobs import GO_ON_WITH_UPLOAD
from store.outbox import send

GRACE: Final = timedelta(seconds=2)
"""So long the doorbell alone is trusted."""
LISTS: Final = 5
"""That a sweep goes on with."""
PAGE: Final = 250
"""Lines explained and written at a time."""
SLICE: Final = 20
"""Rows tried before others have their turn."""
MOST_WAITING: Final = 40
"""Texts that may wait to go out before another is added."""
PAUSE, AWAY = timedelta(seconds=1), timedelta(seconds=30)
WRONG_NUMBERS, WRONG_SHARE = 20, 0.2
"""So many, and such a share of a list, are noted for whoever watches."""
_log = structlog.get_logger("employers")


@dataclass(frozen=True, slots=True)
class UploadKeeper:
    """Looks after lists. Every method may run twice, and anywhere at once."""

    store: Store
    rest: Callable[[float], None] = time.sleep
    """Leaves the database to others for some seconds."""

    def keep(self, upload_id: str) -> None:
        """Goes on with a list that is due; nothing happens if it is not, or if another is at it."""
        with self.store.work() as work:
            attempt = claim(work, upload_id)
            found = find_organisation(work, attempt.upload.organisation_id) if attempt else None
            if attempt and (found is None or found.state != "confirmed"):
                change(work, attempt, state="dropped", content_sealed=None, due_at=None, changed_at=work.now)
                return
        if attempt is None or found is None:
            return
        if attempt.upload.state == "sent":
            self._explain(attempt, found)
        else:
            self._issue(attempt, found)

    def sweep(self) -> int:
        """Goes on with the lists that are due and no job took, and with accounts that are closing; how many it saw."""
        with self.store.reading() as work:
            late, closing = due(work, work.now - GRACE, LISTS), organisations_in(work, ("closing",), 1)
        if closing:
            with self.store.work() as work:
                destroy_some(work)
        for upload_id in late:
            try:
                self.keep(upload_id)
            except Exception as error:
                # One that can't be worked on must not keep the others waiting; it stays due.
                _log.error("list_failed", error=type(error).__name__)
        return len(late)

    def _explain(self, attempt: Attempt, found: Organisation) -> None:
        lines = read_sheet(content_of(attempt, found))
        assert not isinstance(lines, SheetTrouble), "what can't be read was not taken in"
        with self.store.work() as work:
            if not hold(work, attempt):
                return
            begin_rows(work, attempt)
            judge = Judge(in_force(work).regime, work.now, attempt.upload.again)
        fine = wrong = 0
        for page in (lines[start : start + PAGE] for start in range(0, len(lines), PAGE)):
            with self.store.reading() as work:
                rows = judge.judge(work, found, page)
            with self.store.work() as work:
                if not hold(work, attempt):
                    return
                add_rows(work, attempt, found, rows)
            fine += sum(one.fine for one in rows)
            wrong += wrong_numbers(rows)
        with self.store.work() as work:
            end_reading(work, attempt, len(lines), fine)
            if wrong >= WRONG_NUMBERS and wrong >= WRONG_SHARE * len(lines):
                work.audit(WORKER, "organisation.many_wrong_numbers", found.id, {"wrong": wrong, "of": len(lines)})

    def _issue(self, attempt: Attempt, found: Organisation) -> None:
        until, rows = self._turn(attempt, found)
        for row in rows:
            began = time.monotonic()
            until = self._try(attempt, row) or until
            if until is not None:
                break
            self.rest(time.monotonic() - began)
        with self.store.work() as work:
            done = until is None and not next_rows(work, attempt.upload.id, found, 1)
            state = {"state": "done"} if done else {}
            again = None if done else (until or work.now)
            if change(work, attempt, due_at=again, changed_at=work.now, **state) and again == work.now:
                work.ring(GO_ON_WITH_UPLOAD, attempt.upload.id)
            if done:
                work.audit(WORKER, "upload.done", attempt.upload.id, {"organisation": found.id})

    def _turn(self, attempt: Attempt, found: Organisation) -> tuple[datetime | None, list[Judged]]:
        """The next rows; none where it must wait until then."""
        with self.store.reading() as work:
            regime = in_force(work).regime
            purpose = purpose_of(regime, attempt.upload.purpose)
            if purpose is None:
                return work.now + timedelta(hours=1), []
            opening = next_opening(regime, purpose, work.now)
            if opening > work.now:
                return opening, []
            if waiting_texts(work) >= MOST_WAITING:
                return work.now + PAUSE, []
            return None, next_rows(work, attempt.upload.id, found, SLICE)

    def _try(self, attempt: Attempt, row: Judged) -> datetime | None:
        """Asks for the pass of one row; a moment where the list must wait until then."""
        try:
            with self.store.work() as work:
                return _ask(work, attempt, row)
        except (DBAPIError, WriterBusy) as error:
            _log.warning("row_put_off", error=type(error).__name__)
            return self.store.clock() + AWAY
        except Exception as error:
            # What we can't do for one must not stop the others.
            _log.error("row_failed", error=type(error).__name__)
            with self.store.work() as work:
                if hold(work, attempt):
                    row_tried(work, attempt, row.number, "not_issued")
            return None


def purpose_of(regime: Regime, number: int) -> Purpose | None:
    """The purpose that organisations may ask for under this number."""
    return next((one for one in employer_purposes(regime) if one.number == number), None)


def _ask(work: Work, attempt: Attempt, row: Judged) -> datetime | None:
    """One row, in one transaction: the list is held, the day's limit counted, the pass asked for, the worker told."""
    if not hold(work, attempt):
        return work.now + PAUSE  # given up, or another is at it
    found, regime = find_organisation(work, attempt.upload.organisation_id), in_force(work).regime
    purpose = purpose_of(regime, attempt.upload.purpose)
    if found is None or purpose is None or row.named is None or not waits(work, attempt, row.number):
        return work.now + PAUSE
    if not use_one(work, found, regime):
        return regime.midnight(work.now) + timedelta(days=1)
    asked = ask_for(work, found, purpose, row.named)
    issued = isinstance(asked.outcome, Grant)
    row_tried(work, attempt, row.number, "issued" if issued else "not_issued")
    pass_id = asked.outcome.pass_id if isinstance(asked.outcome, Grant) else None
    told = {"person_id": asked.person_id, "pass_id": pass_id, "message_id": _tell(work, found, asked)}
    keep_employment(work, found, row.named, **told)
    return None


def _tell(work: Work, found: Organisation, asked: Asked) -> str | None:
    """The worker's text: the pass, or why there is none, which is nobody's business but theirs."""
    phone, regime = asked.meeting.phone, asked.meeting.terms.regime
    language = phone.language or regime.default_language
    match asked.outcome:
        case Grant() as grant:
            return send(work, phone, GRANTED, language, _shown(found, grant))
        case Refusal() as refusal:
            words = word(refusal, language, regime, work.now)
            return send(work, phone, REFUSED, language, {"organisation": found.name, "words": words})
        case None:
            return None


def _shown(found: Organisation, grant: Grant) -> dict[str, str | int | datetime]:
    return {
        "organisation": found.name,
        "code": grant.code,
        "purpose": grant.purpose,
        "valid_until": grant.valid_until,
        "initials": grant.initials,
        "tail": grant.document_tail,
    }
