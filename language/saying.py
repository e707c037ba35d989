"""One sentence to be read: a template's name, a language and the values of its fields -> the text."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from codes.regime import Regime
from language.examples import first_text, purpose_name, request_text, sample
from language.filling import Scene, Shown, moment_of, plain, purpose, title, values_in
from language.moments import day, ending, ending_after, when
from language.segments import count_segments
from language.templates import TEMPLATES, placeholders

_QUOTED_SIGNS: Final = 12
"""As much of what somebody wrote as is said back."""
_NAME_SIGNS: Final = 24
"""As much of an organisation's name."""


def say(template: str, language: str, regime: Regime, *, now: datetime | None = None, **fields: Any) -> str:
    """The sentence `template` in `language`, or as the regime words it; raises KeyError for a name not in `TEMPLATES`.

    With `now`, moments of its local day go without their date. A list is cut to as many items as fit the budget.
    """
    scene = Scene(template, language, regime, now, fields)
    text = scene.text
    values = values_in(text, scene, _SHOWN)
    items = {name: _LISTED[name](fields.get(name), scene) for name in placeholders(text) if name in _LISTED}
    if values["holder"].endswith("."):
        text = text.replace("{holder}.", "{holder}")  # initials alone bring their own full stop
    if items:
        return _fitted(text, values, items, TEMPLATES[template].budget)
    return text.format_map(values).strip()


def holder(initials: str, tail: str) -> str:
    """Whom a pass is for, as shown: ``И.И.И. *2506``, or one of the two."""
    return f"{initials} *{tail}".strip() if tail else initials


def _start(value: Any, scene: Scene) -> str:
    moment = moment_of(value)
    return when(moment, scene.regime, scene.now) if moment else ""


def _end(value: Any, scene: Scene) -> str:
    moment, start = moment_of(value), moment_of(scene.fields.get("valid_from"))
    if moment is None:
        return ""
    if start is not None and "valid_from" in placeholders(scene.text):
        return ending_after(start, moment, scene.regime)
    return ending(moment, scene.regime, scene.now)


def _date(value: Any, scene: Scene) -> str:
    moment = moment_of(value)
    return day(moment, scene.regime) if moment else ""


def _quoted(value: Any, scene: Scene) -> str:
    return _cut(plain(value, scene), _QUOTED_SIGNS)


def _organisation(value: Any, scene: Scene) -> str:
    return _cut(plain(value, scene), _NAME_SIGNS)


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 2] + ".."


def _holder(_value: Any, scene: Scene) -> str:
    return holder(scene.fields.get("initials") or "", scene.fields.get("tail") or "")


def _tail(value: Any, _scene: Scene) -> str:
    return holder("", value or "")


def _example(value: Any, scene: Scene) -> str:
    return value or sample(scene.template.partition("_")[2], scene.language, scene.regime)


def _first_text(value: Any, scene: Scene) -> str:
    return value or first_text(scene.language, scene.regime)


def _request_text(value: Any, scene: Scene) -> str:
    return value or request_text(scene.language, scene.regime, scene.fields.get("purpose"))


_SHOWN: Final[Shown] = MappingProxyType(
    {
        "valid_from": _start,
        "next_at": _start,
        "starts": _start,
        "received": _start,
        "asked": _start,
        "valid_until": _end,
        "until": _end,
        "destroyed_on": _date,
        "purpose": purpose,
        "given": _quoted,
        "organisation": _organisation,
        "holder": _holder,
        "tail": _tail,
        "example": _example,
        "title": title,
        "first_text": _first_text,
        "request_text": _request_text,
    }
)
"""How a value is shown, where it isn't as it is."""


def _times(value: Iterable[Any] | None, scene: Scene) -> list[str]:
    return [_start(moment, scene) for moment in value or ()]


def _options(value: Iterable[Any] | None, scene: Scene) -> list[str]:
    if TEMPLATES[scene.template].numbered:
        return [f"{number} {item}" for number, item in enumerate(value or (), 1)]
    return [_option(str(item), scene) for item in value or ()]


def _option(item: str, scene: Scene) -> str:
    return f"{item} {purpose_name(int(item), scene.language, scene.regime)}" if item.isdecimal() else item


def _examples(value: Iterable[Any] | None, scene: Scene) -> list[str]:
    return _options(value or scene.regime.by_number, scene)


_LISTED: Final[Mapping[str, Callable[[Iterable[Any] | None, Scene], list[str]]]] = MappingProxyType(
    {"times": _times, "options": _options, "examples": _examples}
)
"""The items of a value that is a list."""


def _fitted(text: str, values: defaultdict[str, str], items: Mapping[str, Sequence[str]], budget: int) -> str:
    """`text` with its one list; where that is over `budget` segments, each item up to its comma, then fewer of them."""
    ((name, whole),) = items.items()
    short = [item.partition(",")[0] for item in whole]
    between = ", " if name == "times" else "\n"
    for shown in (whole, *(short[:count] for count in range(len(short), 0, -1))):
        values[name] = between.join(shown)
        sentence = text.format_map(values).strip()
        if count_segments(sentence).segments <= budget:
            return sentence
    return text.format_map(values).strip()
