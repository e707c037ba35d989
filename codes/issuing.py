"""Issuing: ask, and get a pass, a reason why not, or the promise that a person decides."""

from codes.applications import Asking, keep_application, pending_referral, quota_holder, refer, sealed_fields
from codes.code import draw_code, show_code, unprefixed
from codes.decisions import Again, Span, decide
from codes.fields import Field
from codes.outcomes import Grant, Referral, Refusal, RefusalReason
from codes.passes import CARD, CODE, PLATE, Face, LivePass, seal_face
from codes.quotas import limits, take_slots
from codes.regime import Regime
from codes.regimes import Terms, terms
from store import Work
from store.passes import Pass


def issue_pass(work: Work, under: Terms, asking: Asking) -> Grant | Refusal | Referral:
    """Decides, and writes what was decided: places and pass, or an application refused or referred; and the audit."""
    answer = decide(under, asking, work.now)
    match answer:
        case Again(live):
            return granted(terms(work, live.regime_version).regime, live, repeated=True)
        case Refusal():
            return _refuse(work, under, asking, answer)
        case Span(review=True) if not asking.vouched:
            waiting = pending_referral(work, asking.holder.id, asking.purpose.number)
            return waiting or refer(work, under, asking)
        case Span():
            return grant(work, under, asking, answer, work.new_id())


def grant(
    work: Work, under: Terms, asking: Asking, span: Span, application_id: str, decided_by: str | None = None
) -> Grant | Refusal:
    """Issues the pass, or refuses it because the quota is used up.

    A pass granted at once is its own record; one that was referred has its application's id and was `decided_by`.
    """
    holder = quota_holder(work, asking)
    full = take_slots(work, holder, application_id, limits(under.regime, asking.purpose, span.valid_from))
    if full:
        refusal = Refusal(RefusalReason.QUOTA, asking.purpose.number, full.next_at)
        return refusal if decided_by else _refuse(work, under, asking, refusal)
    live = _keep_pass(work, under, asking, span, application_id, holder)
    details = {"purpose": asking.purpose.number, "regime": under.version, "channel": asking.channel}
    work.audit(decided_by or asking.actor, "pass.issued", live.id, details)
    return granted(under.regime, live)


def granted(regime: Regime, live: LivePass, *, repeated: bool = False, extended: bool = False) -> Grant:
    """A live pass as an answer; `regime` is the order it was issued under."""
    shown = show_code(live.face.code, regime.code)
    face, name = live.face, regime.by_number[live.purpose].name
    span = live.valid_from, live.valid_until
    return Grant(live.id, shown, live.purpose, name, *span, face.initials, face.tail, repeated, extended)


def _refuse(work: Work, under: Terms, asking: Asking, refusal: Refusal) -> Refusal:
    application_id = work.new_id()
    keep_application(work, under, asking, application_id, "refused", refusal.reason)
    details = {"purpose": asking.purpose.number, "reason": refusal.reason, "channel": asking.channel}
    work.audit(asking.actor, "pass.refused", application_id, details)
    return refusal


def _keep_pass(work: Work, under: Terms, asking: Asking, span: Span, pass_id: str, holder: bytes) -> LivePass:
    end = span.valid_until.astimezone(under.regime.zone).date()
    code = draw_code(under.regime.code, end, work.random)
    plate, card = asking.fields.get(Field.PLATE, ""), asking.fields.get(Field.CARD, "")
    face = Face(code, asking.holder.initials, asking.holder.document_tail, plate, card)
    work.insert(
        Pass,
        id=pass_id,
        person_id=asking.holder.id,
        phone_id=asking.phone.id,
        regime_version=under.version,
        purpose=asking.purpose.number,
        code_index=work.keys.blind(CODE, unprefixed(code, under.regime.code)),
        face_sealed=seal_face(asking.holder.key, pass_id, face),
        fields_sealed=sealed_fields(asking, f"pass.fields.{pass_id}"),
        quota_holder=holder,
        plate_index=work.keys.blind(PLATE, plate) if plate else None,
        card_index=work.keys.blind(CARD, card) if card else None,
        channel=asking.channel,
        issued_at=work.now,
        valid_from=span.valid_from,
        valid_until=span.valid_until,
        extended=0,
        bound_anew=0,
        quota_back=False,
        **({"call_sid": asking.call_sid} if asking.call_sid else {}),
    )
    number, version, phone_id = asking.purpose.number, under.version, asking.phone.id
    return LivePass(pass_id, number, face, work.now, span.valid_from, span.valid_until, 0, version, phone_id, holder)
