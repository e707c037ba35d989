"""Every sentence within its segments, with the longest names of every order."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from codes.code import length, show_code
from codes.regime import Purpose, Regime
from language.examples import name_in
from language.segments import count_segments
from language.translations import languages
from language.wording import TEMPLATES, say
from tests.language.orders import PRESETS

TOMORROW = timedelta(days=1)
JOINED = (
    "home_",
    "next_",
    "status_line",
    "status_more",
    "verdict_",
    "brief_",
    "rules_",
    "term_",
    "field_",
    "sample_",
    "text_",
)
"""Sentences that stand with others in one text, which is tested as a whole."""


@pytest.mark.parametrize("preset_name", PRESETS)
def test_every_sentence_fits_its_segments_with_the_longest_names(preset_name: str) -> None:
    regime = PRESETS[preset_name]

    for language, name in product(regime.languages, TEMPLATES):
        if not name.startswith(JOINED):
            for text in fullest(name, language, regime):
                assert count_segments(text).segments <= TEMPLATES[name].budget, text


@pytest.mark.parametrize("language", sorted(languages()))
def test_even_a_language_the_order_lacks_takes_two_segments_at_most(language: str) -> None:
    for regime, name in product(PRESETS.values(), TEMPLATES):
        if not name.startswith(JOINED):
            for text in fullest(name, language, regime):
                assert count_segments(text).segments <= 2, text


def fullest(name: str, language: str, regime: Regime) -> list[str]:
    """The sentence about each purpose that it can be about, with the longest value of every field."""
    booked = name in {"granted_ahead", "status_ahead"}
    about = [purpose for purpose in regime.purposes if purpose.book_ahead_days or not booked]
    wanted = TEMPLATES[name].fields
    values = [longest(purpose, language, regime) for purpose in (about if "purpose" in wanted else about[:1])]
    return [say(name, language, regime, **{field: every[field] for field in wanted}) for every in values]


def longest(purpose: Purpose, language: str, regime: Regime) -> dict[str, Any]:
    """The longest value of every field that a template can have; two lines of a decision's own words."""
    exemptions = [name_in(item.name, language, regime) for item in (*regime.no_pass_needed, *regime.exempt)]
    zones = [name_in(zone.name, language, regime) for zone in regime.zones]
    code = show_code("X" * length(regime.code), regime.code)
    late = datetime(2026, 12, 28, 20, 45, tzinfo=UTC)
    lasting = timedelta(minutes=purpose.validity.minutes) if purpose.validity.minutes else TOMORROW
    moments = dict.fromkeys(("valid_from", "next_at", "starts", "until", "destroyed_on", "received", "asked"), late)
    counts = {"phones": 3, "passes": 120, "looks": 120, "count": 12, "checks": 120, "photos": 120, "doubts": 12}
    texts = {"text": "т" * 40, "reason": "т" * 40, "given": "ё" * 40, "value": "A123BC116", "initials": "И.И.И."}
    texts |= {"organisation": "Ф" * 40, "words": "т" * 70, "link": "https://passes.example.org/i/" + "x" * 22}
    numbers = {"application": "123456", "number": purpose.number, "tail": "2506", "consent": "482193"}
    lists = {"times": [late] * 30, "options": ["И.И.И. *2506"] * 9}
    names = {"purpose": purpose.number, "what": max(exemptions, key=len), "zone": max(zones, key=len, default="")}
    return {"code": code, "valid_until": late + lasting, **moments, **counts, **texts, **numbers, **lists, **names}


@pytest.mark.parametrize("language", sorted(languages()))
def test_no_answer_to_a_patient_takes_more_than_three(language: str) -> None:
    """With whatever stands together in one text: whose it is, where they stand, two of a household, their data."""
    for regime in PRESETS.values():
        following = [name for name in TEMPLATES if name.startswith("next_")]
        standings = [_joined(language, regime, "home_until", name) for name in following]
        whose = _joined(language, regime, "home_of")
        two = f"{whose} {max(standings, key=len)} {whose} {max(standings, key=len)}"
        data = _joined(language, regime, "my_data", "my_data_home")
        kept = _joined(language, regime, "refused_isolation", "told_reply")
        for text in (two, data, kept):
            assert count_segments(text).segments <= 3, text


def _joined(language: str, regime: Regime, *names: str) -> str:
    return " ".join(max(fullest(name, language, regime), key=len) for name in names)
