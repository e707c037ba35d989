"""Somebody looks up their own code, car or transport card: is it good, and until when. Only their own are found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from codes.code import fold, unprefixed
from codes.fields import Field
from codes.passes import LivePass
from codes.people import Holder
from codes.police.public_checks import MOST_CHECKS, count_check
from codes.regimes import Terms, terms
from store import Work
from store.phones import Telephone


@dataclass(frozen=True, slots=True)
class OwnCheck:
    """What was found: the pass, and whether looking was refused because it was asked too often today."""

    live: LivePass | None = None
    too_many: bool = False


def bound_until(holders: Sequence[Holder], field: Field, value: str) -> datetime | None:
    """Until when a plate or card (as `language.fields` writes it) is bound to a live pass of these people."""
    return max((one.valid_until for one in _live(holders) if _is_bound(one, {field: value})), default=None)


def check_own(
    work: Work, under: Terms, phone: Telephone, holders: Sequence[Holder], typed: str, read: Mapping[Field, str]
) -> OwnCheck:
    """The live pass of these people that was meant: by its code as `typed` in any spelling, else the longest of those
    with the plate or card that was `read` in it. Counted for the telephone.
    """
    if count_check(work, under, phone.id) > MOST_CHECKS:
        return OwnCheck(too_many=True)
    work.audit(phone.actor, "own.checked", phone.id)
    code = fold(typed)
    named = [one for one in _live(holders) if code in _names(work, one)]
    bound = [one for one in _live(holders) if _is_bound(one, read)]
    return OwnCheck(max(named or bound, key=lambda one: one.valid_until, default=None))


def _names(work: Work, one: LivePass) -> tuple[str, str]:
    """The code, and without its end date."""
    return one.face.code, unprefixed(one.face.code, terms(work, one.regime_version).regime.code)


def _live(holders: Sequence[Holder]) -> list[LivePass]:
    return [live for holder in holders for live in holder.live]


def _is_bound(live: LivePass, read: Mapping[Field, str]) -> bool:
    face = live.face
    return bool(face.plate and face.plate == read.get(Field.PLATE)) or bool(
        face.card and face.card == read.get(Field.CARD)
    )
