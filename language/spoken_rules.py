"""The rules in force, told on a call: pages short enough to be listened to."""

from collections.abc import Iterable, Iterator

from codes.regime import Regime
from language.examples import name_in
from language.regulations import Fact, facts
from language.saying import say
from language.speech import seconds, speak
from language.spoken import LONGEST
from language.telling_time import Relation, tell_hour


def speak_rules(regime: Regime, language: str, purpose: int | None, page: int) -> tuple[str, bool]:
    """Page `page` (from 0) of the rules, or of those of one purpose, and whether another follows; as `rules` does."""
    said = (line for fact in facts(regime, purpose) for line in _lines(fact, regime, language))
    pages = list(_joined(said, " "))
    page = min(max(page, 0), len(pages) - 1)
    return pages[page], page + 1 < len(pages)


def _joined(parts: Iterable[str], between: str, around: str = "") -> Iterator[str]:
    """As many parts together as can be said in one breath; `around` is said with each."""
    whole = ""
    for part in parts:
        longer = f"{whole}{between}{part}" if whole else part
        if whole and seconds(f"{around} {longer}") >= LONGEST:
            yield whole
            whole = part
        else:
            whole = longer
    yield whole


def _lines(fact: Fact, regime: Regime, language: str) -> Iterator[str]:
    if fact.hours:
        opens = tell_hour(fact.hours.start, Relation.FROM, language)
        closes = tell_hour(fact.hours.until, Relation.UNTIL, language)
        yield speak(fact.name, language, regime, opens=opens, closes=closes)
    elif fact.exemptions or fact.fields:
        yield from (speak(fact.name, language, regime, what=names) for names in _listed(fact, regime, language))
    else:
        terms = ", ".join(line for term in fact.terms for line in _lines(term, regime, language))
        yield speak(fact.name, language, regime, **fact.values, terms=terms)


def _listed(fact: Fact, regime: Regime, language: str) -> Iterator[str]:
    """The names, in as many parts as the sentence must be said times."""
    names = [name_in(item.name, language, regime) for item in fact.exemptions]
    names += [say(f"field_{field}", language, regime) for field in fact.fields]
    return _joined(names, ", ", speak(fact.name, language, regime))
