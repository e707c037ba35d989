"""Contradictions in the order itself: limits, hours, zones, fields, forms."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import time
from importlib.resources.abc import Traversable
from itertools import combinations
from pathlib import PurePosixPath
from typing import Final

import phonenumbers

from codes.code import length
from codes.fields import PERSONAL, Field
from codes.regime import Hours, Period, Purpose, Quota, Regime, Zone
from language.proofreading.findings import Finding, found

_LONGEST_PATH: Final = 200
_MORE_THAN_ALL: Final = (
    "{cap} a {period} is more than all purposes together may have ({common}); lower it, or write counts = false"
)
_MINUTES_A_DAY: Final = 24 * 60
# A calendar month has at most 31 days and touches at most six ISO weeks.
_SPANS: Final = {(Period.DAY, Period.WEEK): 7, (Period.DAY, Period.MONTH): 31, (Period.WEEK, Period.MONTH): 6}


def find_contradictions(regime: Regime, folder: Traversable | None) -> Iterator[Finding]:
    """All of this file; zones' outlines are looked for in `folder`, and not at all without one."""
    yield from _purpose_numbers(regime)
    yield from _quotas(regime)
    yield from _hours(regime)
    yield from _durations(regime)
    yield from _reviews(regime)
    yield from _zones(regime, folder)
    yield from _fields(regime)
    yield from _grammars(regime)
    yield from _identity(regime)


def _label(purpose: Purpose) -> str:
    return f"purpose {purpose.number}"


def _purpose_numbers(regime: Regime) -> Iterator[Finding]:
    if not regime.purposes:
        yield found("purposes", "there is none, so nobody could get a pass; add a [[purposes]] part")
    for number, count in Counter(purpose.number for purpose in regime.purposes).items():
        if count > 1:
            yield found(f"purpose {number}", "{count} purposes have this number; give each its own", count=count)


def _quotas(regime: Regime) -> Iterator[Finding]:
    yield from _limits("quota", regime.quota)
    for purpose in regime.purposes:
        yield from _limits(f"{_label(purpose)}, quota", purpose.quota)
        common = dict(regime.quota.limits) if purpose.counts else {}
        for period, cap in purpose.quota.limits:
            if cap > common.get(period, cap):
                what = _MORE_THAN_ALL
                yield found(f"{_label(purpose)}, quota", what, cap=cap, period=period.value, common=common[period])


def _limits(where: str, quota: Quota) -> Iterator[Finding]:
    for (short, few), (long, many) in combinations(quota.limits, 2):
        if many < few:
            what = "{few} a {short} can't be reached with {many} a {long}; lower the first"
            yield found(where, what, few=few, short=short.value, many=many, long=long.value)
        elif many >= few * _SPANS[short, long]:
            what = "{many} a {long} is never reached with {few} a {short}; leave it out or lower it"
            yield found(where, what, few=few, short=short.value, many=many, long=long.value)


def _hours(regime: Regime) -> Iterator[Finding]:
    for purpose in regime.purposes:
        where = f"{_label(purpose)}, hours"
        for window in purpose.hours:
            if window.start == window.until:
                yield found(where, "{window} never opens; leave hours out for the whole day", window=_shown(window))
        for one, other in combinations(purpose.hours, 2):
            if _minutes(one) & _minutes(other):
                yield found(where, "{one} and {other} overlap; write them as one", one=_shown(one), other=_shown(other))


def _shown(window: Hours) -> str:
    return f"{window.start:%H:%M} to {window.until:%H:%M}"


def _minutes(window: Hours) -> frozenset[int]:
    """Minutes of the day inside the window, over midnight if need be."""
    start, until = _minute(window.start), _minute(window.until)
    if start <= until:
        return frozenset(range(start, until))
    return frozenset(range(start, _MINUTES_A_DAY)) | frozenset(range(until))


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _durations(regime: Regime) -> Iterator[Finding]:
    extension = regime.extension
    if extension.times == 0 and extension.minutes:
        yield found("extension", "minutes are given but times is 0; raise times, or leave minutes out")
    for purpose in regime.purposes:
        minutes, days = purpose.validity.minutes, purpose.validity.days
        if extension.times and extension.minutes and minutes and extension.minutes > minutes:
            what = "{longer} minutes are longer than the pass of purpose {number} itself ({minutes}); shorten it"
            yield found("extension", what, longer=extension.minutes, number=purpose.number, minutes=minutes)
        if days and days > regime.retention_days:
            what = "{days} days are longer than records are kept (retention_days {kept}); keep them longer"
            yield found(f"{_label(purpose)}, validity", what, days=days, kept=regime.retention_days)


def _reviews(regime: Regime) -> Iterator[Finding]:
    for purpose in regime.purposes:
        ahead = purpose.book_ahead_days
        if purpose.approval == "review" and purpose.validity.minutes and not ahead:
            what = "a person's decision takes hours, and the pass only minutes: allow book_ahead_days, or give days"
            yield found(f"{_label(purpose)}, approval", what)
        if purpose.approval != "review" and (purpose.papers or purpose.reviewers > 1):
            what = 'nobody looks at papers or confirms where no official decides; write approval = "review"'
            yield found(f"{_label(purpose)}, {'papers' if purpose.papers else 'reviewers'}", what)
        if ahead >= regime.retention_days:
            what = "booked {days} days ahead, its record would be destroyed first; raise retention_days"
            yield found(f"{_label(purpose)}, book_ahead_days", what, days=ahead)


def _zones(regime: Regime, folder: Traversable | None) -> Iterator[Finding]:
    keys = [zone.key for zone in regime.zones]
    for key, count in Counter(keys).items():
        if count > 1:
            yield found(f"zone {key}", "{count} zones have this key; give each its own", count=count)
    for purpose in regime.purposes:
        for key in purpose.zones:
            if key not in keys:
                what = "there is no zone {key!r}; add it under [[zones]], or write one of {keys}"
                yield found(f"{_label(purpose)}, zones", what, key=key, keys=", ".join(keys) or "none")
    if folder is not None:
        for zone in regime.zones:
            yield from _outline(zone, folder)


def _outline(zone: Zone, folder: Traversable) -> Iterator[Finding]:
    if zone.geojson is None:
        return
    where = f"zone {zone.key}, geojson"
    inside = PurePosixPath(zone.geojson)
    if inside.is_absolute() or ".." in inside.parts or len(zone.geojson) > _LONGEST_PATH:
        yield found(where, "an outline lies beside the regime's file or below it; write such a path")
        return
    file = folder / zone.geojson
    if not file.is_file():
        what = "there is no file {file} beside the regime's file; add it, or leave geojson out"
        yield found(where, what, file=zone.geojson)
        return
    try:
        kind = json.loads(file.read_text(encoding="utf-8")).get("type")
    except (ValueError, AttributeError):
        kind = None
    if kind not in ("Feature", "FeatureCollection", "Polygon", "MultiPolygon"):
        what = "{file} is no GeoJSON outline; save it as a Feature with a Polygon"
        yield found(where, what, file=zone.geojson)


def _fields(regime: Regime) -> Iterator[Finding]:
    registration = regime.registration
    for field in registration.required:
        if field in registration.optional:
            yield found("registration", "{field} is both required and optional; strike one", field=field.value)
    for field in (*registration.required, *registration.optional):
        if field not in PERSONAL:
            what = "{field} belongs to one pass, not to a person; ask for it under a purpose"
            yield found("registration", what, field=field.value)
    if registration.separate and not registration.required:
        yield found("registration", 'nothing is required of a person; write for example required = ["document"]')
    for purpose in regime.purposes:
        for field in purpose.fields:
            if field in purpose.optional_fields:
                what = "{field} is both required and optional; strike one"
                yield found(f"{_label(purpose)}, fields", what, field=field.value)
    asked = {field for purpose in regime.purposes for field in (*purpose.fields, *purpose.optional_fields)}
    for field in regime.bound:
        if field not in (Field.PLATE, Field.CARD):
            yield found("bound", "a pass can't be looked up by {field}; only by plate and card", field=field.value)
        elif field not in asked:
            what = "no purpose takes a {field}; add it to the optional_fields of one"
            yield found("bound", what, field=field.value)


def _grammars(regime: Regime) -> Iterator[Finding]:
    for index, grammar in enumerate(regime.grammars, 1):
        where = f"grammar {index}"
        if not grammar.separator or grammar.separator.isalnum():
            yield found(where, "the separator must be a sign or a space, such as #")
        if not grammar.head and grammar.places[:1] != ("purpose",):
            yield found(where, "without a head it must begin with the place purpose; add a head such as REGISTER")
        if grammar.purpose is not None and grammar.purpose not in regime.by_number:
            yield found(where, "there is no purpose {number}; write the number of one", number=grammar.purpose)


def _identity(regime: Regime) -> Iterator[Finding]:
    if not re.fullmatch(regime.document_pattern, regime.document_example):
        what = "{example} does not match document_pattern; change one of the two"
        yield found("document_example", what, example=regime.document_example)
    if regime.phone_region not in phonenumbers.SUPPORTED_REGIONS:
        what = "{region} is no country's code; write two capitals such as GB"
        yield found("phone_region", what, region=regime.phone_region)
    if regime.code.group > length(regime.code):
        yield found(
            "code", "a group of {group} is longer than the code itself; write group = 4", group=regime.code.group
        )
