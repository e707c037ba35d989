"""Every spoken sentence short enough to be listened to, with the longest names of every order."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from codes.outcomes import Grant, Mark, Verdict, VerdictKind
from codes.regime import Regime
from language.examples import name_in
from language.rules import rules
from language.speaking import (
    LONGEST,
    SPOKEN,
    seconds,
    speak,
    speak_outcome,
    speak_pass,
    speak_purposes,
    speak_rules,
    speak_verdict,
    speak_whole,
)
from language.templates import placeholders
from tests.language.orders import PRESETS
from tests.language.test_budgets import longest

NOW = datetime(2026, 12, 28, 9, tzinfo=UTC)
PASSES = ("granted", "extended", "status_", "verdict_")
"""Said with a holder, which `speak_outcome` and the like cut where an order's names are long."""
PARTS = ("holder", "option", "purposes", "rules_", "term_")
"""Parts of others, and lists: tested as a whole."""
MADE_FOR_SPEECH = {"heard": "9 2 1 9 6 3 2 5 0 6", "place": 12, "key": "five", "opens": "", "closes": "", "terms": ""}
SPEAKING = [(name, language) for name, regime in PRESETS.items() for language in regime.languages]


@pytest.mark.parametrize(("preset_name", "language"), SPEAKING)
def test_every_sentence_is_said_in_one_breath_with_the_longest_names(preset_name: str, language: str) -> None:
    regime = PRESETS[preset_name]

    for name, purpose in product(SPOKEN, regime.purposes):
        if not name.startswith(PASSES + PARTS):
            every = longest(purpose, language, regime) | MADE_FOR_SPEECH
            fields = {field: every[field] for field in SPOKEN[name].fields if field in every}
            for now in (None, NOW):
                for said in speak_whole(name, language, regime, now=now, **fields):
                    assert 0 < seconds(said) < LONGEST, said


@pytest.mark.parametrize(("preset_name", "language"), SPEAKING)
def test_every_pass_is_told_in_one_breath(preset_name: str, language: str) -> None:
    regime = PRESETS[preset_name]
    end = datetime(2026, 12, 28, 22, 45, tzinfo=UTC)

    for purpose, lasting in product(regime.purposes, (timedelta(hours=1), timedelta(days=6))):
        grant = Grant("p1", "X", purpose.number, purpose.name, end - lasting, end, "И.И.И.", "2506")
        for now in (NOW, end):
            assert seconds(speak_outcome(grant, language, regime, now)) < LONGEST
            assert seconds(speak_pass(grant, language, regime, now)) < LONGEST


@pytest.mark.parametrize(("preset_name", "language"), SPEAKING)
def test_every_verdict_is_told_in_one_breath(preset_name: str, language: str) -> None:
    regime = PRESETS[preset_name]
    end = datetime(2026, 12, 28, 22, 45, tzinfo=UTC)

    for kind, purpose, grace in product(VerdictKind, regime.purposes, (True, False)):
        name = name_in(purpose.name, language, regime)
        verdict = Verdict(kind, Mark.RED, "X", name, end - timedelta(1), end, "И.И.И.", "2506", grace)
        assert seconds(speak_verdict(verdict, language, regime)) < LONGEST
        assert seconds(speak_verdict(verdict, language, regime, now=NOW)) < LONGEST


@pytest.mark.parametrize(("preset_name", "language"), SPEAKING)
def test_every_page_of_the_rules_is_told_in_one_breath_and_none_is_lost(preset_name: str, language: str) -> None:
    regime = PRESETS[preset_name]

    for number in (None, *regime.by_number):
        pages = all_pages(regime, language, number)
        assert max(map(seconds, pages)) < LONGEST
        named = regime.by_number if number is None else (number,)
        assert all(
            f"{one}: {name_in(regime.by_number[one].name, language, regime)}" in " ".join(pages) for one in named
        )
        assert rules(regime, language, number, 0)[0]


@pytest.mark.parametrize(("preset_name", "language"), SPEAKING)
def test_every_purpose_is_offered_in_a_short_sentence(preset_name: str, language: str) -> None:
    regime = PRESETS[preset_name]
    offered = speak_purposes(regime, language)

    assert len(offered) == len(regime.purposes)
    assert max(map(seconds, offered)) < LONGEST / 2


def test_a_sentence_with_a_long_list_of_times_tells_the_latest() -> None:
    times = [NOW - timedelta(hours=hours) for hours in range(24)]
    said = speak("genuine", "en", PRESETS["example-en"], now=NOW, times=times)

    assert said.startswith("In the last day we wrote to you at 9 AM, at 8 AM, at 7 AM")
    assert seconds(said) < LONGEST
    assert speak("genuine", "en", PRESETS["example-en"], now=NOW, times=times[:1]).count("AM") == 1


def test_a_second_has_fourteen_signs_and_digits_are_words() -> None:
    assert seconds("a" * 28) == 2.0
    assert seconds("7 7") == seconds("seven") * 2 + 1 / 14
    assert seconds("One. Two.") == pytest.approx(9 / 14 + 0.3)
    assert seconds("") == 0


def test_fields_of_sentences_made_for_speech_alone_are_known() -> None:
    known = {"title", "example", "number", "purpose", "place", "heard", "key", "opens", "closes", "terms", "what"}

    assert all(
        set(placeholders(SPOKEN[name].text)) <= known for name in ("menu", "waiting", "rules_window", "read_back")
    )


def all_pages(regime: Regime, language: str, purpose: int | None) -> list[str]:
    pages: list[str] = []
    more = True
    while more:
        page, more = speak_rules(regime, language, purpose, len(pages))
        pages.append(page)
    return pages
