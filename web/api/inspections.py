"""POST /api/v1/inspections."""

from collections.abc import Sequence
from datetime import datetime

from flask import Response, request
from werkzeug.exceptions import UnsupportedMediaType

from codes.fields import Field
from codes.outcomes import Verdict, VerdictKind
from codes.passes import CARD, PLATE
from codes.police.clients import Client, Scope, admitted
from codes.police.handing_in import OLDEST, not_ahead
from codes.police.inspecting import inspect
from codes.police.sought import Seen, Sought, sought_code, sought_token
from codes.regimes import Terms
from codes.signed.signing import Signing
from language.fields import Fit, read_field
from store import Store, Work
from web.api.guard import client, unknown_key
from web.api.models import Asked, Inspections, Result, Results, TaxiResult, TaxiResults
from web.api.problems import Refused

CHANNEL = "api"
_BOUND = {PLATE: Field.PLATE, CARD: Field.CARD}


def inspect_asked(store: Store, signing: Signing) -> Response:
    """Inspects what was sent, each as of when it was seen; one transaction."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    asked = Inspections.model_validate_json(request.get_data()).inspections
    with store.work() as work:
        who, under = _admitted(work)
        sought = [_sought(one, under, work.now, signing) for one in asked]
        looked_up = [not_ahead(work, one) for one in sought if isinstance(one, Sought)]
        verdicts = inspect(work, under, who, looked_up, under.regime.default_language, CHANNEL).verdicts
    return _answered(who, asked, sought, verdicts)


def _admitted(work: Work) -> tuple[Client, Terms]:
    """Who asks, as they are now; raises Refused."""
    who, under = admitted(work, client())
    if who is None:
        raise unknown_key()
    if who.locked:
        raise Refused(403, "locked", "Too many unknown codes were tried with this key: an administrator unlocks it")
    return who, under


def _sought(asked: Asked, under: Terms, now: datetime, signing: Signing) -> Sought | str:
    """What is to be looked up, or why it is not."""
    seen = Seen(asked.id, asked.seen_at or now, asked.told) if asked.id or asked.seen_at or asked.told else None
    if seen is not None and seen.at < now - OLDEST:
        return "too_old"
    if asked.code:
        return sought_code(asked.code, under, seen)
    if asked.token:
        return sought_token(signing.read(asked.token), seen)
    kind, typed = (PLATE, asked.plate) if asked.plate else (CARD, asked.card)
    if _BOUND[kind] not in under.regime.bound:
        return "not_bound"
    today = now.astimezone(under.regime.zone).date()
    read = read_field(_BOUND[kind], typed, under.regime, today)
    return Sought(kind, read.value, read.fit is Fit.FINE, seen=seen)


def _answered(
    who: Client, asked: Sequence[Asked], sought: Sequence[Sought | str], found: Sequence[Verdict]
) -> Response:
    verdicts = iter(found)
    told = [next(verdicts, "locked") if isinstance(one, Sought) else one for one in sought]
    pairs = list(zip(asked, told, strict=True))
    if Scope.TAXI in who.scopes:
        taxi = [TaxiResult(id=one.id, valid=_valid(answer)) for one, answer in pairs]
        return _json(TaxiResults(results=taxi))
    return _json(Results(results=[_result(one, answer) for one, answer in pairs]))


def _valid(answer: Verdict | str) -> bool | None:
    return None if isinstance(answer, str) else answer.kind is VerdictKind.VALID


def _result(asked: Asked, answer: Verdict | str) -> Result:
    if isinstance(answer, str):
        return Result.model_construct(id=asked.id, why_not=answer)
    return Result(
        id=asked.id,
        verdict=answer.kind,
        mark=answer.mark,
        shown=answer.shown,
        purpose=answer.purpose,
        valid_from=answer.valid_from,
        valid_until=answer.valid_until,
        initials=answer.initials,
        document_tail=answer.document_tail,
        grace=answer.grace,
    )


def _json(document: Results | TaxiResults) -> Response:
    return Response(document.model_dump_json(), mimetype="application/json")
