"""Moments as people hear them, local to the regime: ``until 3:40 PM today``, ``с 12 часов 24 ноября``.

Many languages put "from" and "until" into an ending, so that a moment is told with its preposition. Hours are counted
to 24 but in English. The tables of months take a thousandth of the memory that a library's locales would.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from codes.regime import Regime

_DAY: Final = timedelta(days=1)
_MIDNIGHT: Final = 24


class Relation(StrEnum):
    """What a moment is to what is told of it."""

    FROM = "from"
    UNTIL = "until"
    AT = "at"


_FROM, _UNTIL, _AT = Relation


def plural(language: str, count: int) -> int:
    """Which form goes with `count`: 0 for one, 1 for few, 2 for many; where there are but two, 1 is for the others."""
    if language == "ru":
        if count % 10 == 1 and count % 100 != 11:
            return 0
        return 1 if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else 2
    return 0 if count == 1 else 1


def tell(moment: datetime, relation: Relation, language: str, regime: Regime, now: datetime | None = None) -> str:
    """``from 3:40 PM today`` on the day of `now`, else ``from 3:40 PM on 24 November``. Moments are aware."""
    local = moment.astimezone(regime.zone)
    clock = _ways(language).clock(local.hour, local.minute, relation)
    return _dated(clock, local.date(), language, regime, now)


def tell_end(moment: datetime, language: str, regime: Regime, now: datetime | None = None) -> str:
    """As `tell`, for the end of something: midnight belongs to the day that ends."""
    if moment.astimezone(regime.zone).time() != time():
        return tell(moment, _UNTIL, language, regime, now)
    clock = _ways(language).clock(_MIDNIGHT, 0, _UNTIL)
    return _dated(clock, (moment - _DAY).astimezone(regime.zone).date(), language, regime, now)


def tell_end_after(start: datetime, moment: datetime, language: str, regime: Regime) -> str:
    """The end of what begins at `start`, whose date was told: the hour alone within a day of it."""
    if moment - start > _DAY:
        return tell_end(moment, language, regime)
    return tell_hour(moment.astimezone(regime.zone).time(), _UNTIL, language)


def tell_hour(hour: time, relation: Relation, language: str) -> str:
    """A time of any day; midnight as an end is 24 o'clock."""
    midnight = relation is _UNTIL and hour == time()
    return _ways(language).clock(_MIDNIGHT if midnight else hour.hour, hour.minute, relation)


def tell_day(moment: datetime, language: str, regime: Regime) -> str:
    """A date with its year: ``24 November 2026``."""
    local, ways = moment.astimezone(regime.zone), _ways(language)
    return ways.with_year.format(day=local.day, month=ways.months[local.month - 1], year=local.year)


def _dated(clock: str, day: date, language: str, regime: Regime, now: datetime | None) -> str:
    ways = _ways(language)
    if now is not None and day == now.astimezone(regime.zone).date():
        return ways.today.format(clock=clock)
    return ways.dated.format(clock=clock, day=day.day, month=ways.months[day.month - 1])


@dataclass(frozen=True, slots=True)
class _Ways:
    """How one language tells the time: an hour, minute and relation; with the day put to it."""

    clock: Callable[[int, int, Relation], str]
    today: str
    dated: str
    with_year: str
    months: tuple[str, ...]


def _english(hour: int, minute: int, relation: Relation) -> str:
    if minute == 0 and hour in (0, 12, _MIDNIGHT):
        return f"{relation} {({0: 'the start of the day', 12: 'noon', _MIDNIGHT: 'the end of the day'})[hour]}"
    minutes = f":{minute:02}" if minute else ""
    return f"{relation} {hour % 12 or 12}{minutes} {'AM' if hour < 12 else 'PM'}"


def _russian(hour: int, minute: int, relation: Relation) -> str:
    at = relation is _AT
    hours = ("час", "часа", "часов") if at else ("часа", "часов", "часов")
    minutes = ("минуту", "минуты", "минут") if at else ("минуты", "минут", "минут")
    preposition = {_FROM: "с", _UNTIL: "до", _AT: "в"}[relation]
    told = f"{preposition} {hour} {hours[plural('ru', hour)]}"
    return f"{told} {minute} {minutes[plural('ru', minute)]}" if minute else told


def _tatar(hour: int, minute: int, relation: Relation) -> str:
    hours = {_FROM: "сәгатьтән", _UNTIL: "сәгатькә кадәр", _AT: "сәгатьтә"}
    minutes = {_FROM: "минуттан", _UNTIL: "минутка кадәр", _AT: "минутта"}
    return f"{hour} сәгать {minute} {minutes[relation]}" if minute else f"{hour} {hours[relation]}"


def _greek(hour: int, minute: int, relation: Relation) -> str:
    if hour == _MIDNIGHT:
        return "έως τα μεσάνυχτα"
    article = "τη" if hour == 1 else "τις"
    told = {_FROM: f"από {article}", _UNTIL: f"έως {article}", _AT: f"σ{article}"}[relation]
    return f"{told} {hour} και {minute}" if minute else f"{told} {hour}"


_FRONT_VOWELS: Final = frozenset({1, 2, 3, 4, 5, 7, 8, 20, 50})
"""Azerbaijani numbers whose last vowel is ə, i, ö or ü; those of `_VOWEL_LAST` end in a vowel."""
_VOWEL_LAST: Final = frozenset({2, 6, 7, 20, 50})


def _azerbaijani(hour: int, minute: int, relation: Relation) -> str:
    last = (minute or hour) % 10 or minute or hour
    vowel = "ə" if last in _FRONT_VOWELS else "a"
    joined = f"y{vowel}" if last in _VOWEL_LAST else vowel
    ending = {_FROM: f"d{vowel}n", _UNTIL: f"{joined} qədər", _AT: f"d{vowel}"}[relation]
    return f"saat {hour} {minute}-{ending}" if minute else f"saat {hour}-{ending}"


_WAYS: Final[Mapping[str, _Ways]] = MappingProxyType(
    {
        "en": _Ways(
            _english, "{clock} today", "{clock} on {day} {month}", "{day} {month} {year}",
            tuple("January February March April May June July August September October November December".split()),
        ),
        "ru": _Ways(
            _russian, "сегодня {clock}", "{clock} {day} {month}", "{day} {month} {year} года",
            tuple("января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()),
        ),
        "tt": _Ways(
            _tatar, "бүген {clock}", "{day} {month}, {clock}", "{year} елның {day} {month}",
            tuple("гыйнвар февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()),
        ),
        "el": _Ways(
            _greek, "σήμερα {clock}", "{clock} της {day}ης {month}", "{day} {month} {year}",
            tuple(
                "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου "
                "Οκτωβρίου Νοεμβρίου Δεκεμβρίου".split()
            ),
        ),
        "az": _Ways(
            _azerbaijani, "bu gün {clock}", "{day} {month} {clock}", "{day} {month} {year}",
            tuple("yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr".split()),
        ),
    }
)  # fmt: skip


def _ways(language: str) -> _Ways:
    return _WAYS.get(language, _WAYS["en"])
