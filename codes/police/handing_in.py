"""Looks that a device took without a network, or machines send later: judged as of then, each stored once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from codes.outcomes import Verdict
from codes.police.inspecting import inspect
from codes.police.inspectors import Inspector
from codes.police.sought import MOST_AT_ONCE, Sought
from codes.regimes import Terms
from store import Work

OLDEST = timedelta(days=7)
"""An older look is not taken any more: the device keeps none so long."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What became of looks; those named neither here nor there were not looked at, and may be handed in again."""

    verdicts: Mapping[str, Verdict]
    """By nonce: what we find for that moment."""
    too_old: frozenset[str]
    locked: bool
    """These looks were one guess too many."""

    @property
    def settled(self) -> frozenset[str]:
        """The nonces that the device may forget."""
        return self.too_old | self.verdicts.keys()


def hand_in(
    work: Work, under: Terms, inspector: Inspector, sought: Sequence[Sought], language: str, channel: str
) -> HandedIn:
    """Takes at most `MOST_AT_ONCE` looks, each with a nonce; a clock that is ahead of ours is set to ours."""
    looks = {one.seen.nonce: one for one in sought[:MOST_AT_ONCE] if one.seen and one.seen.nonce}
    too_old = {nonce for nonce, one in looks.items() if one.seen and one.seen.at < work.now - OLDEST}
    fresh = {nonce: not_ahead(work, one) for nonce, one in looks.items() if nonce not in too_old}
    found = inspect(work, under, inspector, list(fresh.values()), language, channel)
    return HandedIn(dict(zip(fresh, found.verdicts, strict=False)), frozenset(too_old), found.locked)


def not_ahead(work: Work, one: Sought) -> Sought:
    """The same look, at latest now."""
    if one.seen is None or one.seen.at <= work.now:
        return one
    return replace(one, seen=replace(one.seen, at=work.now))
