"""The rules in force, told by text: pages of at most two segments, made from the regime itself."""

from collections.abc import Iterable, Iterator
from functools import partial

from codes.regime import Exemption, Hours, Purpose, Quota, Regime
from language.examples import name_in, purpose_name
from language.saying import say
from language.segments import count_segments

_SEGMENTS_A_PAGE = 2


def rules(regime: Regime, language: str, purpose: int | None, page: int) -> tuple[str, bool]:
    """Page `page` (from 0) of the rules, or of those of one purpose, and whether another follows.

    A page past the end is the last; a purpose that the regime lacks is as none.
    """
    known = regime.by_number.get(purpose) if purpose is not None else None
    lines = _about(known, regime, language) if known else _overview(regime, language)
    pages = list(_pages(lines, say("rules_more", language, regime)))
    page = min(max(page, 0), len(pages) - 1)
    return pages[page], page + 1 < len(pages)


def _pages(lines: Iterable[str], more: str) -> Iterator[str]:
    page = ""
    for line in lines:
        longer = f"{page}\n{line}" if page else line
        if page and count_segments(f"{longer}\n{more}").segments > _SEGMENTS_A_PAGE:
            yield f"{page}\n{more}"
            page = line
        else:
            page = longer
    yield page


def _overview(regime: Regime, language: str) -> Iterator[str]:
    tell = partial(say, language=language, regime=regime)
    yield tell("rules_start")
    if regime.registration.separate:
        yield tell("rules_register")
    for purpose in regime.purposes:
        yield _line(purpose, regime, language)
    if regime.quota.limits:
        yield tell("rules_common", terms=", ".join(_limits(regime.quota, regime, language)))
    if regime.no_pass_needed:
        yield from _named("rules_free", regime.no_pass_needed, regime, language)
    if regime.exempt:
        yield from _named("rules_exempt", regime.exempt, regime, language)
    yield tell("rules_commands")


def _about(purpose: Purpose, regime: Regime, language: str) -> Iterator[str]:
    tell = partial(say, language=language, regime=regime)
    yield _line(purpose, regime, language)
    yield from (_window(window) for window in purpose.hours)
    if needed := regime.needed(purpose):
        yield tell("rules_fields", what=", ".join(tell(f"field_{field}") for field in needed))
    if purpose.approval == "review":
        yield tell("term_review")
    if purpose.isolation:
        yield tell("term_isolation")
    if not purpose.return_trip:
        yield tell("term_one_way")
    if purpose.book_ahead_days:
        yield tell("term_ahead", count=purpose.book_ahead_days)
    yield tell("rules_ask", number=purpose.number)


def _line(purpose: Purpose, regime: Regime, language: str) -> str:
    terms = ", ".join((_lasting(purpose, regime, language), *_limits(purpose.quota, regime, language)))
    name = purpose_name(purpose.number, language, regime)
    return say("rules_purpose", language, regime, number=purpose.number, purpose=name, terms=terms)


def _lasting(purpose: Purpose, regime: Regime, language: str) -> str:
    validity = purpose.validity
    if validity.minutes is not None:
        hours, rest = divmod(validity.minutes, 60)
        unit, count = ("term_minutes", validity.minutes) if rest else ("term_hours", hours)
        return say(unit, language, regime, count=count)
    return say("term_today" if validity.days == 1 else "term_days", language, regime, count=validity.days)


def _limits(quota: Quota, regime: Regime, language: str) -> Iterator[str]:
    return (say(f"term_{period}", language, regime, count=cap) for period, cap in quota.limits)


def _window(window: Hours) -> str:
    until = f"{window.until:%H:%M}".replace("00:00", "24:00")
    return f"{window.start:%H:%M}-{until}"


def _named(template: str, items: tuple[Exemption, ...], regime: Regime, language: str) -> Iterator[str]:
    names = (name_in(item.name, language, regime) for item in items)
    yield say(template, language, regime, what="; ".join(names))
