"""One look at one thing: what an officer typed or scanned, and what they are told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from codes.fields import Field
from codes.outcomes import Verdict
from codes.passes import CODE
from codes.police.duty import officer_of_account
from codes.police.handing_in import hand_in
from codes.police.inspecting import inspect
from codes.police.officers import Officer
from codes.police.sought import TOKEN, Seen, Sought, sought_code, sought_token
from codes.regimes import Terms, in_force
from codes.signed.signing import Signing
from language.fields import Fit, read_field
from store import Work
from web.visitor import visitor
from web.words import spoken

CHANNEL = "page"
_LONGER_THAN_CODES = 60


class Bar(StrEnum):
    """Why nothing was looked up."""

    NO_ACCOUNT = "no_account"  # no officer has this account
    OFF_SHIFT = "off_shift"
    LOCKED = "locked"
    MALFORMED = "malformed"  # no plate or card is like this
    NOT_BOUND = "not_bound"  # the order binds no such thing to a pass


@dataclass(frozen=True, slots=True)
class Looked:
    """The verdict, or why there is none; `locked`: this was one guess too many."""

    verdict: Verdict | None = None
    bar: Bar | None = None
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """`kind` is ``code``, ``token`` or one of the regime's bound fields."""

    kind: str
    typed: str = field(repr=False)
    seen: Seen | None = None
    """The page's own name for this look, so that it is stored once; and when, where that was without network."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Who looks, under which order; `officer` None: no officer has this account."""

    under: Terms
    officer: Officer | None

    @property
    def bar(self) -> Bar | None:
        """Why this officer may look at nothing now."""
        if self.officer is None:
            return Bar.NO_ACCOUNT
        if not self.officer.on_shift:
            return Bar.OFF_SHIFT
        return Bar.LOCKED if self.officer.locked_out else None

    @property
    def until(self) -> datetime | None:
        """The end of the shift that is open."""
        return self.officer.shift_until if self.officer and self.officer.on_shift else None


def duty(work: Work) -> Duty:
    """The duty of whoever is signed in."""
    under = in_force(work)
    return Duty(under, officer_of_account(work, under, visitor().id))


def look(work: Work, signing: Signing, on: Duty, asked: Asked) -> Looked:
    """Looks once, and keeps that."""
    if on.bar or on.officer is None:
        return Looked(bar=on.bar)
    sought = _sought(work, signing, on.under, asked)
    if isinstance(sought, Bar):
        return Looked(bar=sought)
    found = inspect(work, on.under, on.officer, [sought], spoken(), CHANNEL)
    return Looked(found.verdicts[0], locked=found.locked)


def take_looks(work: Work, signing: Signing, on: Duty, looks: Sequence[Asked]) -> frozenset[str]:
    """Takes looks that a telephone took without network; the nonces it may forget. A lock keeps none of them back."""
    if on.officer is None or not on.officer.on_shift:
        return frozenset()
    named = [(asked, _sought(work, signing, on.under, asked)) for asked in looks if asked.seen]
    fit = [sought for _, sought in named if isinstance(sought, Sought)]
    barred = (asked.seen for asked, sought in named if asked.seen and isinstance(sought, Bar))
    unfit = {seen.nonce for seen in barred if seen.nonce}
    return hand_in(work, on.under, on.officer, fit, spoken(), CHANNEL).settled | unfit


def _sought(work: Work, signing: Signing, under: Terms, asked: Asked) -> Sought | Bar:
    if asked.kind == TOKEN or (asked.kind == CODE and _is_token(asked.typed)):
        return sought_token(signing.read(asked.typed), asked.seen)
    if asked.kind == CODE:
        return sought_code(asked.typed, under, asked.seen)
    regime = under.regime
    if asked.kind not in regime.bound:
        return Bar.NOT_BOUND
    read = read_field(Field(asked.kind), asked.typed, regime, work.now.astimezone(regime.zone).date())
    return Sought(asked.kind, read.value, seen=asked.seen) if read.fit is Fit.FINE else Bar.MALFORMED


def _is_token(typed: str) -> bool:
    """Whether a scanner with a cable typed what a QR says."""
    return "#" in typed and len(typed) > _LONGER_THAN_CODES


def document(looked: Looked) -> Mapping[str, Any]:
    """A look as the page's script reads it; moments as ISO 8601."""
    if looked.verdict is None:
        return {"bar": looked.bar}
    verdict = looked.verdict
    return {
        "kind": verdict.kind,
        "mark": verdict.mark,
        "shown": verdict.shown,
        "purpose": verdict.purpose,
        "from": verdict.valid_from.isoformat() if verdict.valid_from else None,
        "until": verdict.valid_until.isoformat() if verdict.valid_until else None,
        "initials": verdict.initials,
        "tail": verdict.document_tail,
        "grace": verdict.grace,
        "locked": looked.locked,
    }
