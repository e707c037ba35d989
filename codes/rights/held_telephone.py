"""What we hold about a telephone: texts, calls, appeals, e-mails, what was begun, sign-ins."""

import json
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import col

from codes.claiming import pending_claim
from codes.desk.wrapping_up import note_of
from codes.employers.accounts import find_organisation
from codes.review.appeals import own_appeals
from codes.rights.held_roles import role_of
from store import Work
from store.calls import Call, CallReview, Listening, Recording
from store.citizens import CitizenSession, Draft, SignInCode
from store.columns import table
from store.employers import OrganisationUser
from store.messages import InboundMessage, OpenDialogue, OutboxMessage
from store.outbox import message_fields
from store.people import Phone
from store.phones import Telephone
from store.sharing import Mail

Told = dict[str, Any]
_SECRET = frozenset({"sign_in_code", "proof_code", "document_claimed"})
"""Texts with a secret that opens something: what they said is not shown again."""


def told_telephone(work: Work, phone: Telephone, people: list[str], *, whole: bool) -> Told:
    """Of the telephone; where not `whole`, without what was said about those who share it."""
    row = work.row(select(table(Phone)).where(col(Phone.id) == phone.id))
    question = work.row(select(col(OpenDialogue.expires_at)).where(col(OpenDialogue.key) == phone.id))
    return {
        "telephone": {
            "number": phone.number,
            "language": row.language,
            "known_since": row.created_at.isoformat(),
            "notices_off_since": _moment(row.stopped_at),
            "may_be_forged_since": _moment(row.flagged_at),
            "blocked_since": _moment(row.blocked_at),
            "leaving_since": _moment(row.leaving_at),
        },
        "open_question_until": _moment(question and question.expires_at),
        "asked_about_a_document": pending_claim(work, phone) is not None,
        "texts_sent": [_sent(one, phone, whole=whole) for one in _rows(work, OutboxMessage, phone)],
        "texts_received": [_received(one) for one in _rows(work, InboundMessage, phone, "received_at")],
        "calls": [_call(work, one, whole=whole) for one in _calls(work, phone, people)],
        "appeals": [told_appeal(work, one) for one in own_appeals(work, phone)],
        "e_mails": [_mail(one, phone, whole=whole) for one in _rows(work, Mail, phone)],
        "drafts": [_draft(one, phone, whole=whole) for one in _rows(work, Draft, phone, "changed_at")],
        "sign_in_codes": [
            {"sent_at": one.sent_at.isoformat(), "entered_at": _moment(one.entered_at), "wrong_tries": one.wrong}
            for one in _rows(work, SignInCode, phone, "sent_at")
        ],
        "sign_ins": [
            {
                "opened_at": one.opened_at.isoformat(),
                "last_used_at": one.seen_at.isoformat(),
                "ended_at": _moment(one.ended_at),
            }
            for one in _rows(work, CitizenSession, phone, "opened_at")
        ],
        "acts_for": _acts_for(work, phone),
    }


def _rows(work: Work, model: Any, phone: Telephone, order: str = "id") -> list[Any]:
    """What is of this telephone, the newest first."""
    rows = table(model)
    return list(work.rows(select(rows).where(rows.c.phone_id == phone.id).order_by(rows.c[order].desc())))


def _calls(work: Work, phone: Telephone, people: list[str]) -> list[Any]:
    """Those of this telephone, and those of its people who hid their number."""
    calls = table(Call)
    hidden = calls.c.phone_id.is_(None) & calls.c.person_id.in_(people)
    mine = select(calls).where(or_(calls.c.phone_id == phone.id, hidden))
    return list(work.rows(mine.order_by(calls.c.began_at.desc())))


def _sent(row: Any, phone: Telephone, *, whole: bool) -> Told:
    fields = message_fields(row, phone.key)
    shown = {str(name): str(value) for name, value in fields.items()} if whole and row.template not in _SECRET else {}
    return {
        "kind": row.kind,
        "about": row.template,
        "state": row.state,
        "created_at": row.created_at.isoformat(),
        "sent_at": _moment(row.sent_at),
        "settled_at": _moment(row.settled_at),
        "content_kept": bool(fields),
        "content": shown,
    }


def _received(row: Any) -> Told:
    return {
        "received_at": row.received_at.isoformat(),
        "understood_as": row.intent,
        "answer_kept": bool(row.reply_sealed),
    }


def _call(work: Work, row: Any, *, whole: bool) -> Told:
    return {
        "direction": row.direction,
        "began_at": row.began_at.isoformat(),
        "with_an_agent_at": _moment(row.connected_at),
        "ended_at": _moment(row.ended_at),
        "proved_by": row.proof,
        "outcome": row.outcome,
        "note": (note_of(work, row) or None) if whole else None,
        "note_kept": row.note_sealed is not None,
        "recordings": _recordings(work, row.sid),
        "heard_again": _reviews(work, row.sid),
    }


def _recordings(work: Work, call_sid: str) -> list[Told]:
    mine = select(table(Recording)).where(col(Recording.call_sid) == call_sid).order_by(col(Recording.sid))
    return [
        {
            "kept": row.data_key is not None,
            "seconds": row.seconds,
            "kept_until": _moment(row.destroy_at) if row.destroyed_at is None else None,
            "destroyed_at": _moment(row.destroyed_at),
            "heard": _listenings(work, row.sid),
        }
        for row in work.rows(mine)
    ]


def _listenings(work: Work, sid: str) -> list[Told]:
    mine = select(table(Listening)).where(col(Listening.recording_sid) == sid).order_by(col(Listening.id).desc())
    return [
        {"at": row.begun_at.isoformat(), "by": role_of(work, f"staff:{row.staff_id}"), "why": row.why}
        for row in work.rows(mine)
    ]


def _reviews(work: Work, call_sid: str) -> list[Told]:
    mine = select(table(CallReview)).where(col(CallReview.call_sid) == call_sid)
    return [
        {"picked_at": row.picked_at.isoformat(), "reviewed_at": _moment(row.reviewed_at), "verdict": row.verdict}
        for row in work.rows(mine)
    ]


def told_appeal(work: Work, one: Any) -> Told:
    """One appeal, with its answer."""
    return {
        "number": one.number,
        "text": one.text or None,
        "about": one.about.what if one.about else None,
        "state": one.state,
        "filed_at": one.filed_at.isoformat(),
        "answer": one.decision or None,
        "answered_at": _moment(one.decided_at),
        "answered_by": role_of(work, one.decided_by) if one.decided_by else None,
    }


def _mail(row: Any, phone: Telephone, *, whole: bool) -> Told:
    address = phone.key.open(f"mail.address.{row.id}", row.address_sealed) if row.address_sealed else None
    return {
        "created_at": row.created_at.isoformat(),
        "state": row.state,
        "address": address if whole else None,
        "address_kept": address is not None,
    }


def _draft(row: Any, phone: Telephone, *, whole: bool) -> Told:
    state = json.loads(phone.key.open(f"draft.state.{row.id}", row.state_sealed))
    return {
        "changed_at": row.changed_at.isoformat(),
        "sent": bool(state["outcome"]),
        "said": {str(name): value for name, value in state["fields"].items() if value} if whole else {},
    }


def _acts_for(work: Work, phone: Telephone) -> list[Told]:
    mine = select(table(OrganisationUser)).where(col(OrganisationUser.phone_id) == phone.id)
    found = [(row, find_organisation(work, row.organisation_id)) for row in work.rows(mine)]
    return [
        {"name": one.name if one else None, "state": row.state, "since": row.changed_at.isoformat()}
        for row, one in found
    ]


def _moment(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
