"""What we hold of somebody's isolation: consents, areas without coordinates, checks, photos, departures, decisions.

Checks that are planned are not told: nobody is to know when they are asked. A case that was destroyed is told no more.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, select

from codes.regime import Regime
from codes.rights.held_checks import told_checks, told_photos
from codes.rights.held_roles import role_of
from codes.rights.keeping_cases import case_ends
from store import DataKey, Work
from store.case_details import open_details
from store.cases import Case, CaseChange, CaseProposal, Consent, Fence, LentPhone
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert, CaseFile
from store.notices import SpokenNotice
from store.patients import Departure, Device, FenceState, PatientLink, PatientWord

Told = dict[str, Any]
_CASE = table(Case)


def told_cases(work: Work, regime: Regime, person_id: str, *, whole: bool) -> list[Told]:
    """Each case of a person, the newest first; where not `whole`, without addresses, reasons, words and numbers."""
    mine = select(_CASE).where(_CASE.c.person_id == person_id, _CASE.c.destroyed_at.is_(None))
    rows = work.rows(mine.order_by(_CASE.c.id.desc()))
    ends = case_ends(work, regime, [row.id for row in rows]) if rows else {}
    return [_case(work, row, whole=whole) | _end(ends.get(row.id)) for row in rows]


def told_case(work: Work, regime: Regime, case_id: str, *, whole: bool) -> Told | None:
    """One of them by its id; None where there is none any more."""
    row = work.row(select(_CASE).where(_CASE.c.id == case_id, _CASE.c.destroyed_at.is_(None)))
    return _case(work, row, whole=whole) | _end(case_ends(work, regime, [case_id]).get(case_id)) if row else None


def _end(end: Any) -> Told:
    held = {"held_until": _moment(end.held_until), "held_because": end.why} if end and end.held_until else {}
    return {"destroyed_on": end.at.date().isoformat() if end else None, **held}


def _case(work: Work, row: Row[Any], *, whole: bool) -> Told:
    key, details = open_details(work.keys, row)
    shown = key if whole else None
    said: Told = {"not_shown": ["address", "reason", "closed_reason"]}
    if whole:
        said = {"reason": details.reason, "address": details.address, "closed_reason": details.closed_reason or None}
    return {
        "kind": row.kind,
        "means": row.means,
        **said,
        "circumstances": list(details.circumstances),
        "opened_at": row.opened_at.isoformat(),
        "opened_by": role_of(work, row.opened_by),
        "ends_at": _moment(row.ends_at),
        "enrolled_at": _moment(row.enrolled_at),
        "paused_since": _moment(row.paused_at),
        "pause_kind": row.pause_kind,
        "closed_at": _moment(row.closed_at),
        "closed_by": role_of(work, row.closed_by) if row.closed_by else None,
        "closing": row.closing,
        "consents": [_consent(work, one, shown) for one in _rows(work, table(Consent), row.id)],
        "areas": [_fence(work, one) for one in _rows(work, table(Fence), row.id)],
        "changes": [_change(work, one, shown) for one in _rows(work, table(CaseChange), row.id)],
        "proposals": [_proposal(work, one) for one in _rows(work, table(CaseProposal), row.id)],
        "devices": _devices(work, row.id),
        "page_links": [_link(one) for one in _rows(work, table(PatientLink), row.id, "made_at")],
        "your_words": [_word(one, shown) for one in _rows(work, table(PatientWord), row.id)],
        "departures": [_departure(one) for one in _rows(work, table(Departure), row.id)],
        "checks": told_checks(work, row.id, shown),
        "photos": told_photos(work, row.id),
        "alerts": [_alert(work, one, shown) for one in _rows(work, table(Alert), row.id)],
        "notices_by_call": [_notice(one) for one in _rows(work, table(SpokenNotice), row.id)],
        "case_files": [_file(work, one, shown) for one in _rows(work, table(CaseFile), row.id)],
        "lent_phones": [_lent(work, one, whole=whole) for one in _rows(work, table(LentPhone), row.id)],
    }


def _rows(work: Work, rows: Table, case_id: str, order: str = "id") -> Sequence[Row[Any]]:
    return work.rows(select(rows).where(rows.c.case_id == case_id).order_by(rows.c[order].desc()))


def _consent(work: Work, row: Row[Any], key: DataKey | None) -> Told:
    return {
        "version": row.version,
        "language": row.language,
        "way": row.way,
        "signature": _opened(key, f"consent.signature.{row.id}", row.signature_sealed),
        "given_at": row.given_at.isoformat(),
        "taken_by": role_of(work, row.taken_by),
        "withdrawn_at": _moment(row.withdrawn_at),
    }


def _fence(work: Work, row: Row[Any]) -> Told:
    """Never where: the address says that already, and a shape is an address in numbers."""
    return {
        "area": "circle" if row.weak else "footprint" if row.role == "home" else "elsewhere",
        "set_at": row.set_at.isoformat(),
        "set_by": role_of(work, row.set_by),
        "starts_at": row.starts_at.isoformat(),
        "ends_at": _moment(row.replaced_at or row.ends_at),
    }


def _change(work: Work, row: Row[Any], key: DataKey | None) -> Told:
    return {
        "changed_at": row.changed_at.isoformat(),
        "changed_by": role_of(work, row.changed_by),
        "what": row.kind,
        "reason": _opened(key, f"case_change.reason.{row.id}", row.reason_sealed),
    }


def _proposal(work: Work, row: Row[Any]) -> Told:
    return {
        "proposed_at": row.proposed_at.isoformat(),
        "proposed_by": role_of(work, row.proposed_by),
        "what": "reopened",
        "state": row.state,
        "decided_at": _moment(row.decided_at),
        "decided_by": role_of(work, row.decided_by) if row.decided_by else None,
    }


def _devices(work: Work, case_id: str) -> list[Told]:
    states = table(FenceState)
    heard = {row.device_id: row.heard_at for row in work.rows(select(states).where(states.c.case_id == case_id))}
    return [
        {
            "device": row.kind,
            "model": row.model or None,
            "added_at": row.added_at.isoformat(),
            "last_heard_at": _moment(row.last_heard_at),
            "last_counted_at": _moment(heard.get(row.id)),
            "no_position": row.no_position,
            "no_position_at": _moment(row.no_position_at),
            "ended_at": _moment(row.ended_at),
        }
        for row in _rows(work, table(Device), case_id)
    ]


def _link(row: Row[Any]) -> Told:
    moments = {"made_at": row.made_at, "ends_at": row.ends_at, "used_at": row.used_at}
    return {"opens": row.scope, **{name: _moment(moment) for name, moment in moments.items()}}


def _word(row: Row[Any], key: DataKey | None) -> Told:
    return {
        "said_at": row.said_at.isoformat(),
        "word": row.kind,
        "by_way_of": row.channel,
        "text": _opened(key, f"patient_word.words.{row.id}", row.words_sealed),
    }


def _departure(row: Row[Any]) -> Told:
    return {
        "left_at": row.left_at.isoformat(),
        "detected_at": row.detected_at.isoformat(),
        "back_at": _moment(row.back_at),
        "distance_band": row.distance_band,
        "radius_band": row.radius_band,
    }


def _alert(work: Work, row: Row[Any], key: DataKey | None) -> Told:
    return {
        "doubt": row.kind,
        "raised_at": row.raised_at.isoformat(),
        "rests_on": [_fact(work, one) for one in json.loads(row.facts)],
        "answered_at": _moment(row.answered_at),
        "decision": row.decision,
        "decided_at": _moment(row.decided_at),
        "decided_by": role_of(work, row.decided_by) if row.decided_by else None,
        "reason": _opened(key, f"alert.reason.{row.id}", row.reason_sealed),
        "answer": _opened(key, f"alert.words.{row.id}", row.words_sealed),
        "overturned_at": _moment(row.overturned_at),
        "false_alarm": row.false_alarm,
    }


def _fact(work: Work, fact: dict[str, str]) -> Told:
    """One thing a doubt rests on; each has a time to answer of its own."""
    rows, begins = (table(Departure), "left_at") if fact["what"] == "departure" else (table(PresenceCheck), "asked_at")
    row = work.row(select(rows.c[begins].label("at")).where(rows.c.id == fact["id"]))
    return {
        "fact": fact["what"],
        "noticed_at": _moment(row.at) if row else None,
        "told_at": fact.get("told_at"),
        "answer_until": fact.get("answer_by"),
    }


def _file(work: Work, row: Row[Any], key: DataKey | None) -> Told:
    return {
        "made_at": row.made_at.isoformat(),
        "made_by": role_of(work, row.made_by),
        "authority_outcome": row.outcome,
        "answered_at": _moment(row.outcome_at),
        "answer": _opened(key, f"case_file.outcome.{row.id}", row.outcome_sealed),
    }


def _notice(row: Row[Any]) -> Told:
    moments = {"made_at": row.made_at, "heard_at": row.heard_at, "left_to_a_person_at": row.left_at}
    return {
        "about": row.template,
        "times_rung": row.tries,
        **{name: _moment(moment) for name, moment in moments.items()},
    }


def _lent(work: Work, row: Row[Any], *, whole: bool) -> Told:
    key = work.keys.unwrap(row.data_key, row.epoch) if whole else None
    return {
        "number": _opened(key, f"lent_phone.number.{row.id}", row.number_sealed),
        "serial": _opened(key, f"lent_phone.serial.{row.id}", row.serial_sealed),
        "handed_out_at": row.handed_out_at.isoformat(),
        "due_at": row.due_at.isoformat(),
        "returned_at": _moment(row.returned_at),
    }


def _opened(key: DataKey | None, place: str, sealed: bytes | None) -> str | None:
    return key.open(place, sealed) if key and sealed else None


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
