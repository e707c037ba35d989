"""Deciding referred applications: a person grants or refuses, and the applicant is told by text."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update
from sqlmodel import col

from codes.applications import APPLICATION, Asking, said_in
from codes.decisions import Span, decide
from codes.issuing import grant
from codes.meeting import LIVE, OPEN_CASE, holder_with_passes
from codes.outcomes import Grant, Refusal, RefusalReason
from codes.passes import PASS
from codes.people import PERSON
from codes.regimes import terms
from store import Work
from store.columns import table
from store.outbox import send
from store.passes import Application, Pass
from store.people import Person
from store.phones import phone_by_id

_REFERRED = (
    select(*APPLICATION, *PERSON, *PASS, OPEN_CASE.label("open_case"))
    .join(Person, col(Person.id) == col(Application.person_id))
    .outerjoin(table(Pass), LIVE)
    .where(col(Application.number) == bindparam("number"))
)


class NotWaiting(ValueError):
    """There is no such application, or it was decided before."""


def _waiting(work: Work, number: str) -> tuple[Row[Any], Asking]:
    work.lock(work.keys.blind("application", number))
    rows = work.rows(_REFERRED, number=number, now=work.now)
    if not rows or rows[0].application_state != "referred":
        raise NotWaiting(f"no application {number} waits for a decision")
    first = rows[0]
    known = holder_with_passes(work, rows)
    regime = terms(work, first.application_regime_version).regime
    phone, purpose = phone_by_id(work, first.application_phone_id), regime.by_number[first.application_purpose]
    said, channel, start = said_in(first, known), first.application_channel, first.application_start_at
    return first, Asking(phone, known, purpose, said, channel, "", start)


def grant_application(work: Work, number: str, by: str) -> Grant | Refusal:
    """Grants a referred application and owes the applicant the code; a rule that came between refuses it.

    Raises NotWaiting.
    """
    row, asking = _waiting(work, number)
    under = terms(work, row.application_regime_version)
    answer = decide(under, asking, work.now)
    if isinstance(answer, Refusal):
        return answer
    span = answer if isinstance(answer, Span) else Span(answer.live.valid_from, answer.live.valid_until, True)
    outcome = grant(work, under, asking, span, row.application_id, decided_by=by)
    if isinstance(outcome, Grant):
        _decided(work, row, "granted", None, by)
        language = asking.phone.language or under.regime.default_language
        fields: dict[str, str | int | datetime] = {
            "application": number,
            "code": outcome.code,
            "purpose": outcome.name.get(language) or outcome.name[under.regime.default_language],
            "valid_from": outcome.valid_from,
            "valid_until": outcome.valid_until,
            "initials": outcome.initials,
            "tail": outcome.document_tail,
        }
        send(work, asking.phone, "application_granted", language, fields)
    return outcome


def refuse_application(work: Work, number: str, reason: str, by: str) -> None:
    """Refuses a referred application, with words the applicant is sent. Raises NotWaiting."""
    row, asking = _waiting(work, number)
    under = terms(work, row.application_regime_version)
    _decided(work, row, "refused", RefusalReason.REVIEW, by)
    work.audit(by, "application.refused", row.application_id)
    language = asking.phone.language or under.regime.default_language
    send(work, asking.phone, "application_refused", language, {"application": number, "reason": reason})


def _decided(work: Work, row: Row[Any], state: str, refusal: RefusalReason | None, by: str) -> None:
    change = update(Application).where(col(Application.id) == row.application_id)
    work.run(change, state=state, refusal=refusal, decided_at=work.now, decided_by=by)
