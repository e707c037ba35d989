"""The rules in force as facts, made from the regime; `language.rules` writes them, `language.spoken_rules` says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from codes.fields import Field
from codes.regime import Exemption, Hours, Purpose, Quota, Regime


@dataclass(frozen=True, slots=True)
class Fact:
    """One sentence: its name and values, and what it lists: terms, exemptions or fields."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    terms: tuple["Fact", ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    fields: tuple[Field, ...] = ()
    hours: Hours | None = None


def facts(regime: Regime, purpose: int | None) -> tuple[Fact, ...]:
    """All rules, or those of one purpose; a purpose that the regime lacks is as none."""
    known = regime.by_number.get(purpose) if purpose is not None else None
    return tuple(_about(known, regime) if known else _overview(regime))


def _overview(regime: Regime) -> Iterator[Fact]:
    yield Fact("rules_start")
    if regime.registration.separate:
        yield Fact("rules_register")
    yield from map(_purpose, regime.purposes)
    if regime.quota.limits:
        yield Fact("rules_common", terms=_limits(regime.quota))
    if regime.no_pass_needed:
        yield Fact("rules_free", exemptions=regime.no_pass_needed)
    if regime.exempt:
        yield Fact("rules_exempt", exemptions=regime.exempt)


def _about(purpose: Purpose, regime: Regime) -> Iterator[Fact]:
    yield _purpose(purpose)
    yield from (Fact("rules_window", hours=window) for window in purpose.hours)
    if needed := regime.needed(purpose):
        yield Fact("rules_fields", fields=needed)
    if purpose.approval == "review":
        yield Fact("term_review")
    if purpose.isolation:
        yield Fact("term_isolation")
    if not purpose.return_trip:
        yield Fact("term_one_way")
    if purpose.book_ahead_days:
        yield Fact("term_ahead", {"count": purpose.book_ahead_days})


def _purpose(purpose: Purpose) -> Fact:
    terms = (_lasting(purpose), *_limits(purpose.quota))
    return Fact("rules_purpose", {"number": purpose.number, "purpose": purpose.number}, terms)


def _lasting(purpose: Purpose) -> Fact:
    validity = purpose.validity
    if validity.minutes is not None:
        hours, rest = divmod(validity.minutes, 60)
        return Fact("term_minutes", {"count": validity.minutes}) if rest else Fact("term_hours", {"count": hours})
    return Fact("term_today") if validity.days == 1 else Fact("term_days", {"count": validity.days})


def _limits(quota: Quota) -> tuple[Fact, ...]:
    return tuple(Fact(f"term_{period}", {"count": cap}) for period, cap in quota.limits)
