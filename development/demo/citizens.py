"""A citizen's day: registers, asks for passes when people go out, comes back with whatever people come back with."""

from collections.abc import Callable, Mapping

from development.demo import sayings
from development.demo.callers import FIRST_TALKS, TALKS, Talk
from development.demo.people import Citizen
from development.demo.stage import OPENS, Story
from development.demo.streets import Streets

_RHYTHM: Mapping[int, float] = {
    6: 2, 7: 6, 8: 10, 9: 13, 10: 14, 11: 12, 12: 9, 13: 7, 14: 6, 15: 7, 16: 9, 17: 9, 18: 6, 19: 4, 20: 2,
}  # fmt: skip
"""How many go out in each hour."""
_BY_NUMBER = 0.6
_SLIPS = 0.06
_WRONG_AT_FIRST = 0.12
_UNREGISTERED = 0.2
_AGAIN = 0.4
_ONCE_MORE = 0.35
"""Of those who had two passes: the third of a day is refused."""
_CALLS, _CALLS_AT_FIRST = 0.2, 0.15
"""Of those who ask for a pass, and of those who were not known before."""
_TALKS_LAST = 100.0
"""Minutes until somebody who called looks at the text that came too."""
_HOUR = 60.0
_LATE = 9 * _HOUR
"""Since the day began; who goes out later goes out once, so that everybody is home when it ends."""


def citizens_day(streets: Streets, who: Citizen) -> Story:
    """Everything one citizen texts."""
    begins = streets.chance.weighed(_RHYTHM) * _HOUR - OPENS + streets.chance.uniform(0, _HOUR)
    if streets.chance.once(_CALLS_AT_FIRST):
        yield from _calls(streets, who, begins, FIRST_TALKS)
    elif streets.chance.once(_UNREGISTERED):
        yield from _asks_before_registering(streets, who, begins)
    else:
        yield from _registers(streets, who, begins)
        yield from _asks(streets, who, streets.chance.uniform(1, 8))
    yield from _comes_back(streets, who)
    if begins < _LATE and streets.chance.once(_AGAIN):
        yield from _asks(streets, who, streets.chance.uniform(60, 200))
        yield from _comes_back(streets, who)
        if streets.chance.once(_ONCE_MORE):
            yield from _asks(streets, who, streets.chance.uniform(20, 90))


def isolated_day(streets: Streets, who: Citizen) -> Story:
    """Somebody told to stay at home when they are out already; half of them appeal, half are free by the evening."""
    begins = streets.chance.uniform(1 * _HOUR, 10 * _HOUR)
    yield from _registers(streets, who, begins)
    yield from _asks(streets, who, 5)
    yield streets.does(streets.chance.uniform(15, 40), lambda: streets.office.open_case(who.number))
    yield from _asks(streets, who, streets.chance.uniform(15, 60))
    if streets.chance.once(0.5):
        yield streets.writes(streets.chance.uniform(5, 20), who, sayings.COMPLAINTS)
    if streets.chance.once(0.5):
        yield streets.does(streets.chance.uniform(120, 240), lambda: streets.office.close_case(who.number))
        yield from _asks(streets, who, 20)


def _registers(streets: Streets, who: Citizen, after: float) -> Story:
    if streets.chance.once(_WRONG_AT_FIRST):
        yield streets.writes(after, who, sayings.WRONG_REGISTRATIONS, short=who.document[:-2])
        yield streets.says(streets.chance.uniform(2, 6), who.number, who.spaced_document)
    else:
        yield streets.writes(after, who, sayings.REGISTRATIONS)


def _asks_before_registering(streets: Streets, who: Citizen, after: float) -> Story:
    answer = yield streets.writes(after, who, sayings.BARE_REQUESTS)
    answer = yield streets.says(3, who.number, str(streets.chance.weighed(sayings.PURPOSES)))
    if not streets.carried(answer):
        streets.carried((yield streets.says(4, who.number, who.document)))


def _calls(streets: Streets, who: Citizen, after: float, talks: Mapping[Talk, float]) -> Story:
    """By telephone; whoever finds all lines taken texts instead."""
    talk = streets.chance.weighed(talks)
    if not (yield streets.calls(after, who, talk)):
        yield streets.writes(1, who, sayings.REGISTRATIONS)
        yield from _texts(streets, who, 2)
        return
    streets.carried((yield streets.reads(_TALKS_LAST, who)))


def _asks(streets: Streets, who: Citizen, after: float) -> Story:
    if streets.chance.once(_CALLS):
        yield from _calls(streets, who, after, TALKS)
    else:
        yield from _texts(streets, who, after)


def _texts(streets: Streets, who: Citizen, after: float) -> Story:
    purpose = streets.chance.weighed(sayings.PURPOSES)
    body = _request(streets, who, purpose)
    answer = yield streets.says(after, who.number, body)
    if not streets.carried(answer) and streets.chance.once(0.5):
        answer = yield streets.says(streets.chance.uniform(2, 6), who.number, f"цель {purpose}")
        streets.carried(answer)


def _request(streets: Streets, who: Citizen, purpose: int) -> str:
    errands = sayings.ERRANDS.get(purpose)
    by_number = errands is None or streets.chance.once(_BY_NUMBER)
    wordings = sayings.REQUESTS[who.language] if errands is None or by_number else errands[who.language]
    body = streets.chance.choice(wordings).format(n=purpose)
    return streets.misspelt(body) if len(body) > 5 and streets.chance.once(_SLIPS) else body


def _comes_back(streets: Streets, who: Citizen) -> Story:
    afterwards = streets.chance.weighed(_AFTERWARDS)
    if afterwards:
        yield from afterwards(streets, who)


def _once(said: sayings.Sayings, within: float = 40) -> Callable[[Streets, Citizen], Story]:
    def story(streets: Streets, who: Citizen) -> Story:
        streets.carried((yield streets.writes(streets.chance.uniform(4, within), who, said)))

    return story


def _gives_back(streets: Streets, who: Citizen) -> Story:
    code = streets.carried((yield streets.writes(streets.chance.uniform(2, 40), who, sayings.CANCEL)))
    if code in streets.passes and streets.chance.once(0.7):
        streets.passes.remove(code)


def _reads_the_rules(streets: Streets, who: Citizen) -> Story:
    yield streets.writes(streets.chance.uniform(3, 20), who, sayings.RULES)
    for _ in range(streets.chance.randrange(3)):
        yield streets.writes(3, who, sayings.MORE)


def _is_forged(streets: Streets, who: Citizen) -> Story:
    """Somebody else sends in the citizen's name; the citizen finds out and says so."""
    yield streets.says(streets.chance.uniform(20, 60), who.number, "цель 7")
    yield streets.writes(6, who, sayings.NOT_ME)


def _has_a_child(streets: Streets, who: Citizen) -> Story:
    yield streets.writes(streets.chance.uniform(5, 20), who, sayings.CHILDREN, name=who.child)


_AFTERWARDS: Mapping[Callable[[Streets, Citizen], Story] | None, float] = {
    None: 24,
    _once(sayings.STATUS): 20,
    _once(sayings.EXTEND): 9,
    _once(sayings.QUESTIONS): 9,
    _once(sayings.REPEAT): 6,
    _gives_back: 6,
    _once(sayings.RUDE): 5,
    _reads_the_rules: 5,
    _once(sayings.GENUINE): 4,
    _once(sayings.COMPLAINTS): 3,
    _is_forged: 3,
    _once(sayings.MY_DATA): 2,
    _has_a_child: 1,
}
