"""What we hold about one person: who they are, passes, applications, isolation, employers, and every look at them."""

import json
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from codes.code import show_code
from codes.employers.employments import employments_of
from codes.fields import PERSONAL, Field
from codes.looking import EVERYONE, looks_of
from codes.meeting import Meeting
from codes.passes import open_face
from codes.people import Holder
from codes.regimes import terms
from codes.review.papers import papers_of
from codes.rights.held_cases import told_cases
from codes.rights.held_roles import role_of
from codes.rights.keeping import destroyed_on
from store import Work
from store.columns import table
from store.officers import Inspection
from store.passes import Application, Pass
from store.people import Document, Person, PersonPhone
from store.reviews import ApplicationReview
from store.sharing import ShareLink

Told = dict[str, Any]
_SHOWN = frozenset({Field.NAME, Field.PLATE, Field.CARD})
"""What stands on passes and in texts, and anybody on the telephone can read there."""
_PASS = table(Pass)


def told_person(work: Work, meeting: Meeting, one: Holder, language: str, *, whole: bool) -> Told:
    """Of one person; where not `whole`, without what they said of themselves beyond what a pass shows."""
    row = work.row(select(table(Person)).where(col(Person.id) == one.id))
    end = destroyed_on(work, meeting.terms.regime, one.id)
    known = {str(name): value for name, value in one.details.items()}
    return {
        **_said(known, whole=whole),
        "document_tail": one.document_tail or None,
        "whole": whole,
        "known_since": row.created_at.isoformat(),
        "blocked_since": _moment(row.blocked_at),
        "documents": _count(work, select(func.count()).select_from(Document).where(col(Document.person_id) == one.id)),
        "telephones": _count(
            work, select(func.count()).select_from(PersonPhone).where(col(PersonPhone.person_id) == one.id)
        ),
        "destroyed_on": end.date().isoformat() if end else None,
        "passes": _passes(work, one, language, whole=whole),
        "applications": _applications(work, one, language, whole=whole),
        "isolation": told_cases(work, meeting.terms.regime, one.id, whole=whole),
        "employers": [
            {"name": it.name, "asked_at": it.tried_at.isoformat(), "ended_at": _moment(it.ended_at)}
            for it in employments_of(work, one.id)
        ],
        "looks": [told_look(work, row) for row in looks_of(work, one.id)],
    }


def _said(known: dict[str, str], *, whole: bool) -> Told:
    """Fields by name; where not everything is told, the names of what is left out."""
    if whole:
        return dict(known)
    left_out = sorted(name for name, value in known.items() if value and Field(name) not in _SHOWN)
    return {name: value for name, value in known.items() if name not in left_out} | {"not_shown": left_out}


def _passes(work: Work, one: Holder, language: str, *, whole: bool) -> list[Told]:
    rows = work.rows(select(_PASS).where(_PASS.c.person_id == one.id).order_by(_PASS.c.id.desc()))
    return [_pass(work, one, row, language, whole=whole) for row in rows]


def _pass(work: Work, one: Holder, row: Any, language: str, *, whole: bool) -> Told:
    face = open_face(one.key, row.id, row.face_sealed)
    said = json.loads(one.key.open(f"pass.fields.{row.id}", row.fields_sealed)) if row.fields_sealed else {}
    extra = {name: value for name, value in said.items() if Field(name) not in PERSONAL | {Field.PLATE, Field.CARD}}
    return {
        "code": show_code(face.code, terms(work, row.regime_version).regime.code),
        "purpose": _purpose(work, row, language),
        "initials": face.initials,
        "document_tail": face.tail,
        "plate": face.plate or None,
        "card": face.card or None,
        **_said(extra, whole=whole),
        "asked_by": row.channel,
        "issued_at": row.issued_at.isoformat(),
        "valid_from": row.valid_from.isoformat(),
        "valid_until": row.valid_until.isoformat(),
        "extended_times": row.extended,
        "bound_anew_times": row.bound_anew,
        "revoked_at": _moment(row.revoked_at),
        "revoked_reason": row.revoked_reason,
        "given_back_uncounted": row.quota_back,
        "issued_in_a_call": row.call_sid is not None,
        "inspections": _inspections(work, row.id),
        "links": _links(work, row.id),
    }


def _inspections(work: Work, pass_id: str) -> list[Told]:
    mine = select(table(Inspection)).where(col(Inspection.pass_id) == pass_id).order_by(col(Inspection.id).desc())
    return [
        {
            "at": row.seen_at.isoformat(),
            "by": "officer" if row.officer_id else "machine",
            "verdict": row.verdict,
        }
        for row in work.rows(mine)
    ]


def _links(work: Work, pass_id: str) -> list[Told]:
    mine = select(table(ShareLink)).where(col(ShareLink.pass_id) == pass_id).order_by(col(ShareLink.id).desc())
    return [{"made_at": row.made_at.isoformat(), "ends_at": row.ends_at.isoformat()} for row in work.rows(mine)]


def _applications(work: Work, one: Holder, language: str, *, whole: bool) -> list[Told]:
    mine = select(table(Application)).where(col(Application.person_id) == one.id)
    rows = work.rows(mine.order_by(col(Application.id).desc()))
    return [_application(work, one, row, language, whole=whole) for row in rows]


def _application(work: Work, one: Holder, row: Any, language: str, *, whole: bool) -> Told:
    said = json.loads(one.key.open(f"application.fields.{row.id}", row.fields_sealed)) if row.fields_sealed else {}
    review = work.row(select(table(ApplicationReview)).where(col(ApplicationReview.application_id) == row.id))
    people = (review.proposed_by, review.confirmed_by, review.returned_by) if review else ()
    return {
        "number": row.number,
        "purpose": _purpose(work, row, language),
        "state": row.state,
        "refusal": row.refusal,
        **_said(said, whole=whole),
        "asked_by": row.channel,
        "asked_at": row.asked_at.isoformat(),
        "wanted_from": _moment(row.start_at),
        "decided_at": _moment(row.decided_at),
        "decided_by": role_of(work, row.decided_by) if row.decided_by else None,
        "reviewed_by": sorted({role_of(work, by) for by in people if by}),
        "papers": [
            {"kind": it.kind, "bytes": it.size, "state": it.state, "added_at": it.added_at.isoformat()}
            for it in papers_of(work, row.id)
        ],
    }


def told_look(work: Work, row: Any) -> Told:
    """One look at somebody: when, by whom, and why."""
    details = json.loads(row.details)
    told = {"at": row.at.isoformat(), "by": role_of(work, row.actor), "why": details["why"], "where": details["at"]}
    return {**told, "in_a_list_of_all": row.subject == EVERYONE}


def _purpose(work: Work, row: Any, language: str) -> str:
    regime = terms(work, row.regime_version).regime
    purpose = regime.by_number.get(row.purpose)
    if purpose is None:
        return str(row.purpose)
    return purpose.name.get(language) or purpose.name.get(regime.default_language) or str(row.purpose)


def _moment(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def _count(work: Work, statement: Any) -> int:
    return work.count(statement)
