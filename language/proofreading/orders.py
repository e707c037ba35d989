"""Contradictions in the order itself: limits, hours, zones, fields, forms."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import time
from importlib.resources.abc import Traversable
from itertools import combinations
from typing import Final

import phonenumbers

from codes.code import length
from codes.fields import PERSONAL, Field
from codes.regime import Hours, Period, Purpose, Quota, Regime, Zone
from language.proofreading.findings import Finding

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
        yield Finding("purposes", "there is none, so nobody could get a pass; add a [[purposes]] part")
    for number, count in Counter(purpose.number for purpose in regime.purposes).items():
        if count > 1:
            yield Finding(f"purpose {number}", f"{count} purposes have this number; give each its own")


def _quotas(regime: Regime) -> Iterator[Finding]:
    yield from _limits("quota", regime.quota)
    for purpose in regime.purposes:
        yield from _limits(f"{_label(purpose)}, quota", purpose.quota)
        common = dict(regime.quota.limits) if purpose.counts else {}
        for period, cap in purpose.quota.limits:
            if cap > common.get(period, cap):
                what = f"{cap} a {period} is more than all purposes together may have ({common[period]}); lower it"
                yield Finding(f"{_label(purpose)}, quota", f"{what}, or write counts = false")


def _limits(where: str, quota: Quota) -> Iterator[Finding]:
    for (short, few), (long, many) in combinations(quota.limits, 2):
        if many < few:
            yield Finding(where, f"{few} a {short} can't be reached with {many} a {long}; lower the first")
        elif many >= few * _SPANS[short, long]:
            yield Finding(where, f"{many} a {long} is never reached with {few} a {short}; leave it out or lower it")


def _hours(regime: Regime) -> Iterator[Finding]:
    for purpose in regime.purposes:
        where = f"{_label(purpose)}, hours"
        for window in purpose.hours:
            if window.start == window.until:
                yield Finding(where, f"{_shown(window)} never opens; leave hours out for the whole day")
        for one, other in combinations(purpose.hours, 2):
            if _minutes(one) & _minutes(other):
                yield Finding(where, f"{_shown(one)} and {_shown(other)} overlap; write them as one")


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
        yield Finding("extension", "minutes are given but times is 0; raise times, or leave minutes out")
    for purpose in regime.purposes:
        minutes, days = purpose.validity.minutes, purpose.validity.days
        if extension.times and extension.minutes and minutes and extension.minutes > minutes:
            what = (
                f"{extension.minutes} minutes are longer than the pass of purpose {purpose.number} itself ({minutes})"
            )
            yield Finding("extension", f"{what}; shorten it")
        if days and days > regime.retention_days:
            what = f"{days} days are longer than records are kept (retention_days {regime.retention_days})"
            yield Finding(f"{_label(purpose)}, validity", f"{what}; keep them longer")


def _reviews(regime: Regime) -> Iterator[Finding]:
    for purpose in regime.purposes:
        ahead = purpose.book_ahead_days
        if purpose.approval == "review" and purpose.validity.minutes and not ahead:
            what = "a person's decision takes hours, and the pass only minutes: allow book_ahead_days, or give days"
            yield Finding(f"{_label(purpose)}, approval", what)
        if purpose.approval != "review" and (purpose.papers or purpose.reviewers > 1):
            what = 'nobody looks at papers or confirms where no official decides; write approval = "review"'
            yield Finding(f"{_label(purpose)}, {'papers' if purpose.papers else 'reviewers'}", what)
        if ahead >= regime.retention_days:
            what = f"booked {ahead} days ahead, its record would be destroyed first; raise retention_days"
            yield Finding(f"{_label(purpose)}, book_ahead_days", what)


def _zones(regime: Regime, folder: Traversable | None) -> Iterator[Finding]:
    keys = [zone.key for zone in regime.zones]
    for key, count in Counter(keys).items():
        if count > 1:
            yield Finding(f"zone {key}", f"{count} zones have this key; give each its own")
    for purpose in regime.purposes:
        for key in purpose.zones:
            if key not in keys:
                what = f"there is no zone {key!r}; add it under [[zones]], or write one of {', '.join(keys) or 'none'}"
                yield Finding(f"{_label(purpose)}, zones", what)
    if folder is not None:
        for zone in regime.zones:
            yield from _outline(zone, folder)


def _outline(zone: Zone, folder: Traversable) -> Iterator[Finding]:
    if zone.geojson is None:
        return
    where = f"zone {zone.key}, geojson"
    file = folder / zone.geojson
    if not file.is_file():
        yield Finding(where, f"there is no file {zone.geojson} beside the regime's file; add it, or leave geojson out")
        return
    try:
        kind = json.loads(file.read_text(encoding="utf-8")).get("type")
    except (ValueError, AttributeError):
        kind = None
    if kind not in ("Feature", "FeatureCollection", "Polygon", "MultiPolygon"):
        yield Finding(where, f"{zone.geojson} is no GeoJSON outline; save it as a Feature with a Polygon")


def _fields(regime: Regime) -> Iterator[Finding]:
    registration = regime.registration
    for field in registration.required:
        if field in registration.optional:
            yield Finding("registration", f"{field} is both required and optional; strike one")
    for field in (*registration.required, *registration.optional):
        if field not in PERSONAL:
            yield Finding("registration", f"{field} belongs to one pass, not to a person; ask for it under a purpose")
    if registration.separate and not registration.required:
        yield Finding("registration", 'nothing is required of a person; write for example required = ["document"]')
    for purpose in regime.purposes:
        for field in purpose.fields:
            if field in purpose.optional_fields:
                yield Finding(f"{_label(purpose)}, fields", f"{field} is both required and optional; strike one")
    asked = {field for purpose in regime.purposes for field in (*purpose.fields, *purpose.optional_fields)}
    for field in regime.bound:
        if field not in (Field.PLATE, Field.CARD):
            yield Finding("bound", f"a pass can't be looked up by {field}; only by plate and card")
        elif field not in asked:
            yield Finding("bound", f"no purpose takes a {field}; add it to the optional_fields of one")


def _grammars(regime: Regime) -> Iterator[Finding]:
    for index, grammar in enumerate(regime.grammars, 1):
        where = f"grammar {index}"
        if not grammar.separator or grammar.separator.isalnum():
            yield Finding(where, "the separator must be a sign or a space, such as #")
        if not grammar.head and grammar.places[:1] != ("purpose",):
            yield Finding(where, "without a head it must begin with the place purpose; add a head such as REGISTER")
        if grammar.purpose is not None and grammar.purpose not in regime.by_number:
            yield Finding(where, f"there is no purpose {grammar.purpose}; write the number of one")


def _identity(regime: Regime) -> Iterator[Finding]:
    if not re.fullmatch(regime.document_pattern, regime.document_example):
        what = f"{regime.document_example} does not match document_pattern; change one of the two"
        yield Finding("document_example", what)
    if regime.phone_region not in phonenumbers.SUPPORTED_REGIONS:
        what = f"{regime.phone_region} is no country's code; write two capitals such as GB"
        yield Finding("phone_region", what)
    if regime.code.group > length(regime.code):
        yield Finding("code", f"a group of {regime.code.group} is longer than the code itself; write group = 4")
