"""One sentence to be heard: a template's name, a language and the values of its fields -> what is said."""

import re
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from codes.regime import Regime
from language.examples import sample, usual_errand
from language.filling import Scene, Shown, moment_of, plain, purpose, title, values_in
from language.spoken import LONGEST
from language.telling_time import Relation, plural, tell, tell_day, tell_end, tell_end_after, tell_hour
from language.templates import placeholders
from language.translations import SAID, sentences

SIGNS_A_SECOND: Final = 14
"""How fast a text is said: aloud people take 68 ms a sign in the mean of 14 languages (Trauzettel-Klosinski and Dietz,
IReST, Invest. Ophthalmol. Vis. Sci. 2012, 53:5452), that is 14.7 signs a second, here rounded down."""
_SIGNS_A_DIGIT: Final = 6
"""A digit is a word, with its space about six signs in every language here: "seven", «двадцать три» for 23."""
_PAUSE: Final = 0.3
"""Seconds between two sentences, more than within a paragraph read aloud, since each tells something else."""
_DIGITS: Final = re.compile(r"\d+")
_END: Final = re.compile(r"[.?!:](?=\s)")
_INITIAL: Final = re.compile(r"\.(?=\w)")
_LEFT_OVER: Final = re.compile(r"[\s.,:]+(?=[.?!])")
_LONG_NUMBER: Final = 3
"""From so many digits on a number is said digit by digit: it names something and counts nothing."""


def speak(name: str, language: str, regime: Regime, *, now: datetime | None = None, **fields: Any) -> str:
    """The spoken sentence `name`, made of the fields of the written one; raises KeyError for a name not in `SPOKEN`.

    With `now`, moments of its local day are told as today's. Of times as many are told as `LONGEST` allows.
    """
    scene = Scene(SAID + name, language, regime, now, fields)
    forms = scene.text.split("|")
    text = forms[min(plural(language, int(fields.get("count") or 0)), len(forms) - 1)]
    values = values_in(text, scene, _SHOWN)
    if "times" not in placeholders(text):
        return _tidied(text.format_map(values))
    times = [_one_of_several(moment, scene) for moment in map(moment_of, fields["times"]) if moment]
    shorter = (values | {"times": ", ".join(times[:count])} for count in range(len(times), 0, -1))
    told = (_tidied(text.format_map(some)) for some in shorter)
    return next((sentence for sentence in told if seconds(sentence) < LONGEST), "")


def seconds(text: str) -> float:
    """How long `text` takes to be said."""
    numbers = _DIGITS.findall(text)
    signs = len(_DIGITS.sub("", text)) + sum(len(number) * _SIGNS_A_DIGIT - 1 for number in numbers)
    return signs / SIGNS_A_SECOND + _PAUSE * len(_END.findall(text))


def in_breaths(text: str) -> tuple[str, ...]:
    """What a person wrote, in parts that take less than `LONGEST` seconds each; a longer word stands alone."""
    parts: list[str] = []
    for word in text.split():
        longer = f"{parts[-1]} {word}" if parts else word
        if parts and seconds(longer) < LONGEST:
            parts[-1] = longer
        else:
            parts.append(word)
    return tuple(parts)


def say_singly(signs: str) -> str:
    """Digits and letters apart, so that each is said by itself: ``9 2 1 9``."""
    return " ".join(sign for sign in signs if sign.isalnum())


def spoken_holder(initials: str, tail: str, language: str) -> str:
    """Whom a pass is for, or the end of a document alone."""
    if not tail:
        return _apart(initials)
    name = "holder" if initials else "holder_unnamed"
    return sentences(language)[SAID + name].format(initials=_apart(initials), tail=say_singly(tail))


def _apart(initials: str) -> str:
    """Initials with spaces, so that they are no word: «И. И. И.»"""
    return _INITIAL.sub(". ", initials)


def _tidied(text: str) -> str:
    """`text` without the signs around what is missing, and with one full stop where two meet."""
    return " ".join(_LEFT_OVER.sub("", text).split())


def _start(value: Any, scene: Scene) -> str:
    moment = moment_of(value)
    return tell(moment, Relation.FROM, scene.language, scene.regime, scene.now) if moment else ""


def _one_of_several(moment: datetime, scene: Scene) -> str:
    """A time in a list; today's is told by its hour alone."""
    local = moment.astimezone(scene.regime.zone)
    if scene.now and local.date() == scene.now.astimezone(scene.regime.zone).date():
        return tell_hour(local.time(), Relation.AT, scene.language)
    return tell(moment, Relation.AT, scene.language, scene.regime)


def _beginning(value: Any, scene: Scene) -> str:
    moment = moment_of(value)
    return tell(moment, Relation.AT, scene.language, scene.regime, scene.now) if moment else ""


def _end(value: Any, scene: Scene) -> str:
    moment, start = moment_of(value), moment_of(scene.fields.get("valid_from"))
    if moment is None:
        return ""
    if start is not None and "valid_from" in placeholders(scene.text):
        return tell_end_after(start, moment, scene.language, scene.regime)
    return tell_end(moment, scene.language, scene.regime, scene.now)


def _date(value: Any, scene: Scene) -> str:
    moment = moment_of(value)
    return tell_day(moment, scene.language, scene.regime) if moment else ""


def _holder(_value: Any, scene: Scene) -> str:
    return spoken_holder(scene.fields.get("initials") or "", scene.fields.get("tail") or "", scene.language)


def _singly(value: Any, scene: Scene) -> str:
    return say_singly(plain(value, scene))


def _number(value: Any, scene: Scene) -> str:
    number = plain(value, scene)
    return number if len(number) < _LONG_NUMBER else say_singly(number)


def _example(value: Any, scene: Scene) -> str:
    if value:
        return plain(value, scene)
    if scene.template == SAID + "menu_help":
        return usual_errand(scene.language, scene.regime)
    return say_singly(sample(scene.template.partition("_")[2], scene.language, scene.regime))


_SHOWN: Final[Shown] = MappingProxyType(
    {
        "valid_from": _start,
        "next_at": _start,
        "starts": _beginning,
        "asked": _beginning,
        "valid_until": _end,
        "until": _end,
        "destroyed_on": _date,
        "purpose": purpose,
        "holder": _holder,
        "initials": lambda value, scene: _apart(plain(value, scene)),
        "tail": _singly,
        "value": _singly,
        "application": _singly,
        "number": _number,
        "example": _example,
        "title": title,
    }
)
"""How a value is said, where it isn't said as it is."""
