"""What the service says: a template or an outcome, and a language -> one text.

Fields are values: moments as aware datetimes or as ISO 8601 strings (as a message row keeps them), purposes as numbers,
lists as sequences of moments, numbers or strings. A field that is missing leaves a gap: a sentence with a gap is better
than no sentence, and tests prove that every caller gives them all.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from codes.outcomes import Grant, Referral, Refusal, RefusalReason
from codes.regime import Regime
from language.examples import first_text, name_in, purpose_name, request_text, sample
from language.moments import day, ending, ending_after, when
from language.segments import count_segments
from language.templates import TEMPLATES, Template, placeholders
from language.translations import sentences

__all__ = ["TEMPLATES", "Template", "holder", "passes", "say", "word"]

_QUOTED_SIGNS: Final = 12
"""As much of what somebody wrote as is said back."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """All that a field's text can depend on."""

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
    names = placeholders(text)
    values = defaultdict(str, {name: _SHOWN.get(name, _plain)(fields.get(name), scene) for name in names})
    for name in names:
        if name in _LISTED:
            return _fitted(text, values, name, _LISTED[name](scene), TEMPLATES[template].budget)
    return text.format_map(values).strip()


def word(outcome: Grant | Refusal | Referral, language: str, regime: Regime, now: datetime) -> str:
    """The answer to a request for a pass."""
    match outcome:
        case Grant():
            return _say_pass(_granted(outcome, now), outcome, language, regime, now)
        case Referral(application, purpose):
            return say("referred", language, regime, application=application, purpose=purpose)
        case Refusal(reason, purpose, next_at, detail):
            fields = {"purpose": purpose, "next_at": next_at, "what": detail}
            return say(_refused(reason, next_at), language, regime, now=now, **fields)


def passes(grants: Sequence[Grant], language: str, regime: Regime, now: datetime) -> str:
    """The live passes of one or several people, a line each; what doesn't fit two segments is counted. Not for none."""
    if len(grants) == 1:
        name = "status_ahead" if grants[0].valid_from > now else "status_live"
        return _say_pass(name, grants[0], language, regime, now)
    text = ""
    for shown, grant in enumerate(grants):
        name = "status_line_ahead" if grant.valid_from > now else "status_line"
        longer = "\n".join(filter(None, (text, _say_pass(name, grant, language, regime, now))))
        rest = "\n" + say("status_more", language, regime, count=len(grants) - shown)
        if count_segments(longer + rest).segments > 2:
            return text + rest
        text = longer
    return text


def holder(initials: str, tail: str) -> str:
    """Whom a pass is for, as shown: ``И.И.И. *2506``, or either of the two."""
    return f"{initials} *{tail}".strip() if tail else initials


def _granted(grant: Grant, now: datetime) -> str:
    if grant.extended:
        return "extended"
    if grant.valid_from > now:
        return "granted_ahead"
    return "granted_again" if grant.repeated else "granted"


def _refused(reason: RefusalReason, next_at: datetime | None) -> str:
    """Some reasons have one sentence with the next possible time and one without."""
    name = f"refused_{reason}"
    other = (
        {RefusalReason.QUOTA: "_now", RefusalReason.HOURS: "_now"}
        if next_at is None
        else {RefusalReason.NOT_AHEAD: "_at"}
    )
    return name + other.get(reason, "")


def _say_pass(template: str, grant: Grant, language: str, regime: Regime, now: datetime) -> str:
    return say(
        template,
        language,
        regime,
        now=now,
        code=grant.code,
        purpose=grant.purpose,
        valid_from=grant.valid_from,
        valid_until=grant.valid_until,
        initials=grant.initials,
        tail=grant.document_tail,
    )


def _plain(value: Any, scene: _Scene) -> str:
    return "" if value is None else str(value)


def _moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) and value else value or None


def _start(value: Any, scene: _Scene) -> str:
    moment = _moment(value)
    return when(moment, scene.language, scene.regime, scene.now) if moment else ""


def _end(value: Any, scene: _Scene) -> str:
    moment, start = _moment(value), _moment(scene.fields.get("valid_from"))
    if moment is None:
        return ""
    if start is not None and "{valid_from}" in TEMPLATES[scene.template].text:
        return ending_after(start, moment, scene.language, scene.regime)
    return ending(moment, scene.language, scene.regime, scene.now)


def _date(value: Any, scene: _Scene) -> str:
    moment = _moment(value)
    return day(moment, scene.regime) if moment else ""


def _purpose(value: Any, scene: _Scene) -> str:
    return purpose_name(value, scene.language, scene.regime) if isinstance(value, int) else _plain(value, scene)


def _quoted(value: Any, scene: _Scene) -> str:
    text = " ".join(_plain(value, scene).split())
    return text if len(text) <= _QUOTED_SIGNS else text[: _QUOTED_SIGNS - 2] + ".."


def _holder(value: Any, scene: _Scene) -> str:
    return holder(scene.fields.get("initials") or "", scene.fields.get("tail") or "")


def _tail(value: Any, scene: _Scene) -> str:
    return holder("", value or "")


def _example(value: Any, scene: _Scene) -> str:
    return value or sample(scene.template.partition("_")[2], scene.language, scene.regime)


def _first_text(value: Any, scene: _Scene) -> str:
    return value or first_text(scene.language, scene.regime)


def _request_text(value: Any, scene: _Scene) -> str:
    return value or request_text(scene.language, scene.regime)


def _title(value: Any, scene: _Scene) -> str:
    return value or name_in(scene.regime.title, scene.language, scene.regime)


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
"""How a field is shown, where it isn't as it is."""


def _fitted(text: str, values: Mapping[str, str], name: str, items: Sequence[str], budget: int) -> str:
    """`text` with as many of the items as fit `budget` segments, one at least."""
    for count in range(len(items), 0, -1):
        sentence = text.format_map(defaultdict(str, values, **{name: ", ".join(items[:count])}))
        if count_segments(sentence).segments <= budget or count == 1:
            return sentence
    return text.format_map(values)


def _options(items: Iterable[Any], scene: _Scene) -> list[str]:
    if TEMPLATES[scene.template].numbered:
        return [f"{number} {text}" for number, text in enumerate(items, 1)]
    return [_option(str(item), scene) for item in items]


def _option(item: str, scene: _Scene) -> str:
    return f"{item} {purpose_name(int(item), scene.language, scene.regime)}" if item.isdecimal() else item


_LISTED: Final[Mapping[str, Callable[[_Scene], list[str]]]] = MappingProxyType(
    {
        "times": lambda scene: [_start(moment, scene) for moment in scene.fields.get("times", ())],
        "options": lambda scene: _options(scene.fields.get("options", ()), scene),
        "examples": lambda scene: _options(scene.fields.get("examples") or scene.regime.by_number, scene),
    }
)
"""The items of a field that is a list."""
