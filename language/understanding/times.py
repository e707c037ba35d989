"""When a pass is wanted: «завтра в 10», "25.11 at 9am", «через 2 часа». A time that was meant is never ignored."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from codes.regime import Regime
from language.understanding.reading import Reading
from language.understanding.vocabulary import Kind

_CLOCK = re.compile(r"(?<![\d.:/-])(\d{1,2})([:.\-])(\d{2})(?![\d.:/-]*\d)")
_DAY = re.compile(r"(?<![\d.:/-])(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?(?![\d:/-]*\d)")
_DAYS = {"today": 0, "tomorrow": 1, "after_tomorrow": 2}
_DAYPARTS = {"morning": range(1, 13), "noon": range(1, 13), "evening": range(4, 13), "night": range(13)}
_SPANS = {"half_hour": timedelta(minutes=30), "hour": timedelta(hours=1), "minute": timedelta(minutes=1)}
_AFTER_NOON = ("noon", "evening")
_TIMELY = frozenset({*_DAYS, *_DAYPARTS, *_SPANS, "at", "in", "now", "later", "daytime"})
_SHAPED = re.compile(r"\d[.:/-]\d")
_LATE_NIGHT = 9
_PATIENCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class When:
    """What a text says of time: `day`, `clock` or an exact `moment`; `broken`: something that cannot be; the tokens."""

    tokens: frozenset[int] = frozenset()
    day: date | None = None
    clock: time | None = None
    moment: datetime | None = None
    broken: bool = False
    given: str = ""
    immediately: bool = False

    def __bool__(self) -> bool:
        return bool(self.tokens)

    def start(self, regime: Regime, now: datetime, purpose: int | None) -> datetime | None:
        """The beginning asked for, aware; None: from now. Raises ValueError when it is past or not all said."""
        if self.broken:
            raise ValueError(self.given)
        if self.moment is not None:
            return self.moment
        if self.clock is None:
            return self._whole_day(regime, now, purpose)
        moment = datetime.combine(self.day or now.date(), self.clock, regime.zone)
        if moment < now - _PATIENCE:
            raise ValueError(self.given)
        return moment if moment > now else None

    def _whole_day(self, regime: Regime, now: datetime, purpose: int | None) -> datetime | None:
        if self.day is None or self.day == now.date():
            return None
        rule = regime.by_number.get(purpose or 0)
        if self.day < now.date() or rule is None or rule.validity.days is None:
            raise ValueError(self.given)
        return datetime.combine(self.day, time(), regime.zone)


def find_time(reading: Reading) -> When:
    """What `reading` says of time; false when it says nothing."""
    if reading.all_roles.isdisjoint(_TIMELY) and not _SHAPED.search(reading.text) and not _calendar(reading):
        return When()
    if delay := _delay(reading) or _some_day(reading):
        return delay
    day_tokens, day, broken_day = _day(reading)
    clock_tokens, clock, broken_clock = _clock(reading, day_tokens)
    if clock is None and day in (None, reading.now.date()) and not broken_clock:
        clock_tokens = frozenset(index for index in reading.words if reading.role(index, "daytime"))  # «вечером»
        broken_clock = bool(clock_tokens)
    tokens = day_tokens | clock_tokens
    instant = any(reading.role(index, "now") for index in reading.words)
    return When(tokens, day, clock, None, broken_day or broken_clock, reading.slice(tokens), instant)


def bare_hour(reading: Reading) -> When:
    """An hour by itself, which to "from when?" is no purpose: «15»."""
    words = [index for index in reading.words if not reading.role(index, "filler")]
    given = reading.tokens[words[0]].text if len(words) == 1 else ""
    if not given.isdecimal() or len(given) > 2 or int(given) >= 24:
        return find_time(reading)
    return When(frozenset(words), clock=time(int(given)), given=given)


def _calendar(reading: Reading) -> bool:
    return any(mark.entry.kind in (Kind.MONTH, Kind.WEEKDAY) for mark in reading.marks)


def _delay(reading: Reading) -> When | None:
    """«через 2 часа», "in 2 hours", «через полчаса», "in 20 minutes"."""
    for index in reading.words:
        if not reading.role(index, "in"):
            continue
        amount = _number(reading, index + 1)
        unit = index + (1 if amount is None else 2)
        for role, span in _SPANS.items():
            if reading.role(unit, role):
                tokens = frozenset({*range(index, unit + 1), *_mark_tokens(reading, unit, role)})
                return When(tokens, moment=reading.now + (amount or 1) * span, given=reading.slice(tokens))
    return None


def _some_day(reading: Reading) -> When | None:
    """«через 3 дня», «летом», "in July", "next week": not now, but no day and hour either."""
    for index in reading.words:
        last = index + (1 if _number(reading, index + 1) is None else 2)
        counted = reading.role(index, "in") and reading.role(last, "days")
        month = reading.says(index, Kind.MONTH) and reading.role(index - 1, "in", "direction")
        if counted or month or reading.role(index, "later"):
            tokens = frozenset(range(index, last + 1)) if counted else frozenset({index})
            return When(tokens, broken=True, given=reading.slice(tokens))
    return None


def _day(reading: Reading) -> tuple[frozenset[int], date | None, bool]:
    today = reading.now.date()
    for index in reading.words:
        for role, days in _DAYS.items():
            if reading.role(index, role) and not _is_daypart(reading, index):
                return _mark_tokens(reading, index, role), today + timedelta(days=days), False
        for mark in reading.by_token.get(index, ()):
            if mark.entry.kind is Kind.WEEKDAY:
                ahead = (int(str(mark.entry.value)) - today.weekday()) % 7
                return frozenset(mark.tokens), today + timedelta(days=ahead), False
            if mark.entry.kind is Kind.MONTH and (number := _number(reading, index - 1)):
                return frozenset({index - 1, index}), *_date(number, int(str(mark.entry.value)), None, today)
    return _written_day(reading, today)


def _written_day(reading: Reading, today: date) -> tuple[frozenset[int], date | None, bool]:
    for found in _DAY.finditer(reading.text):
        tokens = _inside(reading, found)
        day, month, year = int(found[1]), int(found[2]), found[3]
        clock_like = year is None and (month > 12 or found[2] == "00" or day > 31) and day <= 24 and "." in found[0]
        after_at = (
            bool(tokens)
            and reading.role(min(tokens) - 1, "at")
            and year is None
            and _DAY_AT.search(reading.text) is None
        )
        if tokens and not clock_like and not after_at and reading.in_fields.isdisjoint(tokens):
            return tokens, *_date(day, month, year, today)
    return frozenset(), None, False


_DAY_AT = re.compile(r"\d[:\-]\d\d")
"""Where another number is clearly the hour, «к 25.11» is a day."""


def _date(day: int, month: int, year: str | None, today: date) -> tuple[date | None, bool]:
    try:
        full = date(today.year if year is None else int(year) + (2000 if len(year) == 2 else 0), month, day)
        if year is None and full < today:
            full = full.replace(year=today.year + 1) if (today - full).days > 180 else full
    except ValueError:
        return None, True
    return full, False


def _clock(reading: Reading, day_tokens: frozenset[int]) -> tuple[frozenset[int], time | None, bool]:
    """The first clock time; a second one («с 10:00 до 12:00») says until when, which the order decides."""
    times = [
        (found, tokens)
        for found in _CLOCK.finditer(reading.text)
        if (tokens := _inside(reading, found))
        and tokens.isdisjoint(day_tokens | reading.in_fields)
        and _meant_as_clock(reading, found, tokens, bool(day_tokens))
    ]
    if not times:
        return _hour(reading, day_tokens)
    found, tokens = times[0]
    hour, part_tokens = _with_daypart(reading, int(found[1]), min(tokens), max(tokens))
    return part_tokens.union(*(held for _, held in times)), *_time(hour, int(found[3]))


def _meant_as_clock(reading: Reading, found: re.Match[str], tokens: frozenset[int], has_day: bool) -> bool:
    return found[2] == ":" or has_day or len(reading.words) == 2 or reading.role(min(tokens) - 1, "at", "from", "hour")


def _hour(reading: Reading, day_tokens: frozenset[int]) -> tuple[frozenset[int], time | None, bool]:
    """«в 9 утра», "at 9", "9 pm", «10 часов», «saat 10»; «на 2 часа» may be how long or when: it is broken."""
    for index, number in _numbers(reading, day_tokens):
        before, after = reading.role(index - 1, "at", "hour"), reading.role(index + 1, "hour")
        hour, part_tokens = _with_daypart(reading, number, index, index + 1 if after else index)
        if not (after or part_tokens or (before and not _names_a_place(reading, index + 1))):
            continue
        tokens = (
            frozenset({index} | ({index - 1} if before else set()) | ({index + 1} if after else set())) | part_tokens
        )
        lasting = reading.role(index - 1, "for") and not part_tokens and not before
        return tokens, *((None, True) if lasting else _time(hour, 0))
    return frozenset(), None, False


def _with_daypart(reading: Reading, hour: int, first: int, last: int) -> tuple[int, frozenset[int]]:
    """The hour of the day, with the word that tells it: «7 вечера», «вечером в 7»."""
    for place in (last + 1, first - 1, first - 2):
        for part, hours in _DAYPARTS.items():
            if reading.role(place, part) and hour in hours and (place > last or part != "morning"):
                late = (part in _AFTER_NOON and hour < 12) or (part == "night" and _LATE_NIGHT <= hour < 12)
                early = hour == 12 and part in ("morning", "night")
                return hour + 12 * late - 12 * early, frozenset({place})
    return hour, frozenset()


def _names_a_place(reading: Reading, index: int) -> bool:
    """Whether a word after a number says what it numbers: «в 14 кабинет»."""
    following = reading.tokens[index] if index < len(reading.tokens) else None
    unknown = following is not None and following.kind == "word" and not reading.by_token.get(index)
    return unknown or reading.role(index, "unit")


def _time(hour: int, minute: int) -> tuple[time | None, bool]:
    return (time(hour, minute), False) if hour < 24 and minute < 60 else (None, True)


def _numbers(reading: Reading, taken: frozenset[int]) -> Iterator[tuple[int, int]]:
    for index in reading.words:
        if index not in taken and index not in reading.in_fields and (number := _number(reading, index)) is not None:
            yield index, number


def _number(reading: Reading, index: int) -> int | None:
    """The number at a token, in digits or as a word."""
    if 0 <= index < len(reading.tokens) and reading.tokens[index].kind == "number":
        return int(reading.tokens[index].text) if len(reading.tokens[index].text) <= 2 else None
    return next((int(str(m.entry.value)) for m in reading.by_token.get(index, ()) if m.entry.kind is Kind.NUMBER), None)


def _is_daypart(reading: Reading, index: int) -> bool:
    """«sabah» and «иртәгә» are tomorrow; next to an hour they may be the morning, which the hour's own words tell."""
    return reading.role(index, "morning") and not reading.role(index, "tomorrow")


def _mark_tokens(reading: Reading, index: int, role: str) -> frozenset[int]:
    return frozenset(next(mark.tokens for mark in reading.by_token[index] if mark.entry.value == role))


def _inside(reading: Reading, found: re.Match[str]) -> frozenset[int]:
    return frozenset(i for i, token in enumerate(reading.tokens) if found.start() <= token.start < found.end())
