"""The rules in force, told by text: pages of at most two segments."""

from collections.abc import Iterable, Iterator

from codes.regime import Hours, Regime
from language.examples import name_in
from language.regulations import Fact, facts
from language.saying import say
from language.segments import count_segments

_SEGMENTS_A_PAGE = 2


def rules(regime: Regime, language: str, purpose: int | None, page: int) -> tuple[str, bool]:
    """Page `page` (from 0) of the rules, or of those of one purpose, and whether another follows.

    A page past the end is the last; a purpose that the regime lacks is as none.
    """
    known = purpose if purpose in regime.by_number else None
    lines = [_line(fact, regime, language) for fact in facts(regime, known)]
    last = (
        say("rules_commands", language, regime) if known is None else say("rules_ask", language, regime, number=known)
    )
    pages = list(_pages([*lines, last], say("rules_more", language, regime)))
    page = min(max(page, 0), len(pages) - 1)
    return pages[page], page + 1 < len(pages)


def terms_of(regime: Regime, language: str, purpose: int) -> str:
    """What holds for one purpose, on one line: how long, how often, at which hours, who decides."""
    told = [fact for fact in facts(regime, purpose) if fact.name != "rules_fields"]
    terms = [term for fact in told for term in (fact.terms or (fact,))]
    return ", ".join(_line(term, regime, language) for term in terms)


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


def _line(fact: Fact, regime: Regime, language: str) -> str:
    if fact.hours:
        return _window(fact.hours)
    terms = ", ".join(_line(term, regime, language) for term in fact.terms)
    fields = ", ".join(say(f"field_{field}", language, regime) for field in fact.fields)
    exemptions = "; ".join(name_in(item.name, language, regime) for item in fact.exemptions)
    return say(fact.name, language, regime, **fact.values, terms=terms, what=fields or exemptions)


def _window(window: Hours) -> str:
    until = f"{window.until:%H:%M}".replace("00:00", "24:00")
    return f"{window.start:%H:%M}-{until}"
