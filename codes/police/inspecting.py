"""Inspecting: is this pass good? Every look is kept, whatever it found.

Order of tests: mistyped, forged, unknown, revoked, not yet valid, expired, wrong zone, valid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from sqlalchemy import Row, bindparam, select

from codes.code import show_code
from codes.outcomes import Mark, Verdict, VerdictKind
from codes.passes import CODE, DESTROYED, Face, open_face
from codes.people import holder
from codes.police.inspectors import Inspector
from codes.police.sought import GUESSES, MOST_AT_ONCE, TOKEN, Sought, indexes_of, passes_found
from codes.regime import Purpose
from codes.regimes import Terms, terms
from codes.signed.signed_pass import Unreadable
from store import Work
from store.columns import table
from store.officers import Inspection
from store.prepared import Prepared

RED, AMBER, GREEN = Mark.RED, Mark.AMBER, Mark.GREEN
MARKS = {
    VerdictKind.VALID: GREEN,
    VerdictKind.WRONG_ZONE: AMBER,
    VerdictKind.NOT_YET_VALID: AMBER,
    VerdictKind.MISTYPED: AMBER,
    VerdictKind.EXPIRED: RED,
    VerdictKind.REVOKED: RED,
    VerdictKind.UNKNOWN: RED,
    VerdictKind.FORGED: RED,
    VerdictKind.TEST: RED,
}
UNREADABLE = {
    Unreadable.MALFORMED: VerdictKind.MISTYPED,
    Unreadable.FORGED: VerdictKind.FORGED,
    Unreadable.TEST: VerdictKind.TEST,
}
MOST = 10
"""Things looked up at once by text or call."""
_INSPECTION = table(Inspection)
_NONCES = [f"nonce_{place}" for place in range(MOST_AT_ONCE)]
_STORED = {
    (column, many): Prepared(
        select(_INSPECTION.c.nonce).where(
            _INSPECTION.c[column] == bindparam("owner"),
            _INSPECTION.c.nonce.in_([bindparam(name) for name in _NONCES[:many]]),
        )
    )
    for column in ("officer_id", "client_id")
    for many in (1, MOST_AT_ONCE)
}
"""Which of a few names of looks are stored already."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """The verdicts, in the order asked for; `locked` where these looks were one guess too many.

    There are fewer than were asked for where a machine had no guess left in the middle of them.
    """

    verdicts: tuple[Verdict, ...]
    locked: bool


def inspect(
    work: Work, under: Terms, inspector: Inspector, sought: Sequence[Sought], language: str, channel: str
) -> Inspected:
    """A verdict for each thing sought, at most `sought.MOST_AT_ONCE`; too many unknown ones lock the inspector.

    What was seen before (`Sought.seen`) is judged as of then, and stored once.
    """
    known = _known(work, inspector, sought)
    indexes = [indexes_of(work, one) for one in sought]
    found = passes_found(work, sought, indexes)
    verdicts: list[Verdict] = []
    guesses = 0
    for one, mine, rows in zip(sought, indexes, found, strict=True):
        verdict, pass_id = _judge(work, under, inspector, one, rows, language)
        verdicts.append(verdict)
        nonce = one.seen.nonce if one.seen else None
        if nonce is None or nonce not in known:
            _keep(work, inspector, one, mine[0], verdict, pass_id, channel)
            known |= {nonce} if nonce else set()
            guesses += one.kind in GUESSES and verdict.kind is VerdictKind.UNKNOWN
        if guesses >= inspector.guesses_left:
            break
    return Inspected(tuple(verdicts), inspector.guess(work, guesses, under) if guesses else False)


def _known(work: Work, inspector: Inspector, sought: Sequence[Sought]) -> set[str]:
    """Those nonces that are stored already. Each is locked, so that of two who hand in one look one waits."""
    nonces = {one.seen.nonce for one in sought if one.seen and one.seen.nonce}
    if not nonces:
        return set()
    ((column, owner_id),) = inspector.owner.items()
    for name in sorted(work.keys.blind("nonce", f"{inspector.actor}/{nonce}") for nonce in nonces):
        work.lock(name)
    many = 1 if len(nonces) == 1 else MOST_AT_ONCE
    asked = dict(zip(_NONCES[:many], cycle(nonces)))
    return {row.nonce for row in work.rows(_STORED[column, many], owner=owner_id, **asked)}


def _judge(
    work: Work, under: Terms, inspector: Inspector, one: Sought, rows: Sequence[Row[Any]], language: str
) -> tuple[Verdict, str | None]:
    shown, at = one.shown, one.seen.at if one.seen else work.now
    if not one.sound:
        return Verdict(VerdictKind.MISTYPED, AMBER, shown), None
    if isinstance(one.token, Unreadable):
        kind = UNREADABLE[one.token]
        return Verdict(kind, MARKS[kind], shown), None
    row = _best(at, rows)
    if row is None:
        return Verdict(VerdictKind.UNKNOWN, _graced(at, under, RED), shown, grace=_grace(at, under)), None
    face = open_face(holder(work, row).key, row.pass_id, row.pass_face_sealed)
    if one.kind == CODE and face.code not in (one.text, DESTROYED.code):
        return Verdict(VerdictKind.MISTYPED, AMBER, shown), None
    return _verdict(work, under, inspector, one, row, face, language), row.pass_id


def _best(at: datetime, rows: Sequence[Row[Any]]) -> Row[Any] | None:
    """Of several passes bound to one plate: a live one before the others, then the newest."""
    live = [row for row in rows if not _revoked(at, row) and row.pass_valid_from <= at < row.pass_valid_until]
    return next(iter([*live, *rows]), None)


def _verdict(
    work: Work, under: Terms, inspector: Inspector, one: Sought, row: Row[Any], face: Face, language: str
) -> Verdict:
    regime = terms(work, row.pass_regime_version).regime
    purpose = regime.by_number[row.pass_purpose]
    at = one.seen.at if one.seen else work.now
    kind = _kind(at, inspector, row, purpose)
    mark = _graced(at, under, MARKS[kind]) if kind is VerdictKind.EXPIRED else MARKS[kind]
    name = purpose.name.get(language) or purpose.name[regime.default_language]
    grace = mark is not MARKS[kind]
    shown = show_code(face.code, regime.code) if one.kind == TOKEN else one.shown
    span = row.pass_valid_from, row.pass_valid_until
    return Verdict(kind, mark, shown, name, *span, face.initials, face.tail, grace)


def _kind(at: datetime, inspector: Inspector, row: Row[Any], purpose: Purpose) -> VerdictKind:
    if _revoked(at, row):
        return VerdictKind.REVOKED
    if at < row.pass_valid_from:
        return VerdictKind.NOT_YET_VALID
    if at >= row.pass_valid_until:
        return VerdictKind.EXPIRED
    if purpose.zones and inspector.zone and inspector.zone not in purpose.zones:
        return VerdictKind.WRONG_ZONE
    return VerdictKind.VALID


def _revoked(at: datetime, row: Row[Any]) -> bool:
    return row.pass_revoked_at is not None and row.pass_revoked_at <= at


def _grace(at: datetime, under: Terms) -> bool:
    return at < under.starts_at + timedelta(hours=under.regime.grace_hours)


def _graced(at: datetime, under: Terms, mark: Mark) -> Mark:
    return AMBER if mark is RED and _grace(at, under) else mark


def _keep(
    work: Work,
    inspector: Inspector,
    one: Sought,
    asked_index: bytes,
    verdict: Verdict,
    pass_id: str | None,
    channel: str,
) -> None:
    inspection_id = work.new_id()
    seen = {"nonce": one.seen.nonce, "told": one.seen.told} if one.seen else {}
    work.insert(
        Inspection,
        id=inspection_id,
        **inspector.owner,
        pass_id=pass_id,
        verdict=str(verdict.kind),
        asked_index=asked_index,
        zone=inspector.zone,
        channel=channel,
        seen_at=one.seen.at if one.seen else work.now,
        stored_at=work.now,
        **seen,
    )
    work.audit(inspector.actor, "pass.inspected", pass_id or inspection_id, {"verdict": verdict.kind})
