"""One sentence: a template's name, a language and the values of its fields -> the text.

Values are moments as aware datetimes or as ISO 8601 strings (as a message row keeps them), purposes as numbers, lists
as sequences of moments, numbers or strings. What is missing leaves a gap: a sentence with a gap is better than none.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from codes.regime import Regime
from language.examples import first_text, name_in, purpose_name, request_text, sample
from language.moments import day, ending, ending_after, when
from language.segments import count_segments
from language.templates import TEMPLATES, placeholders
from language.translations import sentences

_QUOTED_SIGNS: Final = 12
"""As much of what somebody wrote as is said back."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """All that a value's text can depend on."""

    template: str
    language: str
    regime: Regime
    now: datetime | None
    fields: Mapping[str, Any]


def say(template: str, language: str, regime: Regime, *, now: datetime | None = None, **fields: Any) -> str:
    """The sentence `template` in `language`, or as the regime words it; raises KeyError for a name not in `TEMPLATES`.

    With `now`, moments of its local day go without their date. A list is cut to as many items as fit the budget.
    """
    text = regime.wording.get(language, {}).get(template) or sentences(language)[template]
    scene = _Scene(template, language, regime, now, fields)
    values: defaultdict[str, str] = defaultdict(str)
    items: Mapping[str, list[str]] = {}
    for name in placeholders(text):
        if name in _LISTED:
            items = {name: _LISTED[name](fields.get(name), scene)}
        else:
            values[name] = _SHOWN.get(name, _plain)(fields.get(name), scene)
    if values["holder"].endswith("."):
        text = text.replace("{holder}.", "{holder}")  # initials alone bring their own full stop
    if items:
        return _fitted(text, values, items, TEMPLATES[template].budget)
    return text.format_map(values).strip()


def holder(initials: str, tail: str) -> str:
    """Whom a pass is for, as shown: ``И.И.И. *2506``, or one of the two."""
    return f"{initials} *{tail}".strip() if tail else initials


def _plain(value: Any, _scene: _Scene) -> str:
    return "" if value is None else str(value)


def _moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) and value else value or None


def _start(value: Any, scene: _Scene) -> str:
    moment = _moment(value)
    return when(moment, scene.regime, scene.now) if moment else ""


def _end(value: Any, scene: _Scene) -> str:
    moment, start = _moment(value), _moment(scene.fields.get("valid_from"))
    if moment is None:
        return ""
    if start is not None and "valid_from" in placeholders(TEMPLATES[scene.template].text):
        return ending_after(start, moment, scene.regime)
    return ending(moment, scene.regime, scene.now)


def _date(value: Any, scene: _Scene) -> str:
    moment = _moment(value)
    return day(moment, scene.regime) if moment else ""


def _purpose(value: Any, scene: _Scene) -> str:
    return purpose_name(value, scene.language, scene.regime) if isinstance(value, int) else _plain(value, scene)


def _quoted(value: Any, scene: _Scene) -> str:
    text = " ".join(_plain(value, scene).split())
    return text if len(text) <= _QUOTED_SIGNS else text[: _QUOTED_SIGNS - 2] + ".."


def _holder(_value: Any, scene: _Scene) -> str:
    return holder(scene.fields.get("initials") or "", scene.fields.get("tail") or "")


def _tail(value: Any, _scene: _Scene) -> str:
    return holder("", value or "")


def _example(value: Any, scene: _Scene) -> str:
    return value or sample(scene.template.partition("_")[2], scene.language, scene.regime)


def _title(value: Any, scene: _Scene) -> str:
    return value or name_in(scene.regime.title, scene.language, scene.regime)


def _first_text(value: Any, scene: _Scene) -> str:
    return value or first_text(scene.language, scene.regime)


def _request_text(value: Any, scene: _Scene) -> str:
    return value or request_text(scene.language, scene.regime, scene.fields.get("purpose"))


_SHOWN: Final[Mapping[str, Callable[[Any, _Scene], str]]] = MappingProxyType(
    {
        "valid_from": _start,
        "next_at": _start,
        "starts": _start,
        "valid_until": _end,
        "until": _end,
        "destroyed_on": _date,
        "purpose": _purpose,
        "given": _quoted,
        "holder": _holder,
        "tail": _tail,
        "example": _example,
        "title": _title,
        "first_text": _first_text,
        "request_text": _request_text,
    }
)
"""How a value is shown, where it isn't as it is."""


def _times(value: Iterable[Any] | None, scene: _Scene) -> list[str]:
    return [_start(moment, scene) for moment in value or ()]


def _options(value: Iterable[Any] | None, scene: _Scene) -> list[str]:
    if TEMPLATES[scene.template].numbered:
        return [f"{number} {item}" for number, item in enumerate(value or (), 1)]
    return [_option(str(item), scene) for item in value or ()]


def _option(item: str, scene: _Scene) -> str:
    return f"{item} {purpose_name(int(item), scene.language, scene.regime)}" if item.isdecimal() else item


def _examples(value: Iterable[Any] | None, scene: _Scene) -> list[str]:
    return _options(value or scene.regime.by_number, scene)


_LISTED: Final[Mapping[str, Callable[[Iterable[Any] | None, _Scene], list[str]]]] = MappingProxyType(
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
