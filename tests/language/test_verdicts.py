"""What officers are told: a mark and a word first, and as much of the rest as the segments allow."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from codes.code import length, show_code
from codes.outcomes import Mark, Verdict, VerdictKind
from codes.regime import Regime
from language.examples import name_in
from language.segments import count_segments
from language.translations import languages
from language.verdicts import segments_for
from language.wording import verdicts
from tests.language.orders import PRESETS, TATARSTAN

START, UNTIL = datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 23, 10, tzinfo=UTC)
VALID = Verdict(
    VerdictKind.VALID, Mark.GREEN, "THXA-9546-C61A", "Врач, ветеринар", START, UNTIL, "И.И.И.", "2506"
)  # fmt: skip


def test_a_good_pass_is_green_with_its_end_purpose_and_holder() -> None:
    expected = "🟢 ГОДЕН THXA-9546-C61A до 23.11 13:00 Врач, ветеринар И.И.И. *2506"

    assert verdicts([VALID], "ru", TATARSTAN) == expected


@pytest.mark.parametrize(
    ("kind", "mark", "expected"),
    [
        (VerdictKind.WRONG_ZONE, Mark.AMBER, "🟡 WRONG ZONE THXA-9546-C61A until 23.11 13:00 И.И.И. *2506"),
        (VerdictKind.NOT_YET_VALID, Mark.AMBER, "🟡 NOT YET THXA-9546-C61A from 23.11 12:00 И.И.И. *2506"),
        (VerdictKind.EXPIRED, Mark.RED, "🔴 EXPIRED THXA-9546-C61A 23.11 13:00 И.И.И. *2506"),
        (VerdictKind.REVOKED, Mark.RED, "🔴 REVOKED THXA-9546-C61A И.И.И. *2506"),
        (VerdictKind.UNKNOWN, Mark.RED, "🔴 UNKNOWN THXA-9546-C61A. Check the document."),
        (VerdictKind.MISTYPED, Mark.AMBER, "🟡 MISTYPED THXA-9546-C61A. Compare and send again."),
        (VerdictKind.FORGED, Mark.RED, "🔴 FORGED THXA-9546-C61A. Check the document."),
        (VerdictKind.TEST, Mark.RED, "🔴 TEST PASS THXA-9546-C61A, not valid."),
    ],
)
def test_every_verdict_has_its_words(kind: VerdictKind, mark: Mark, expected: str) -> None:
    assert verdicts([replace(VALID, kind=kind, mark=mark)], "en", TATARSTAN) == expected


def test_a_pass_to_the_end_of_the_day_is_good_until_24() -> None:
    midnight = replace(VALID, valid_until=datetime(2026, 11, 23, 21, tzinfo=UTC))

    assert "until 23.11 24:00" in verdicts([midnight], "en", TATARSTAN)


def test_several_codes_are_a_line_each_in_the_order_asked() -> None:
    other = Verdict(VerdictKind.UNKNOWN, Mark.RED, "AAAA-AAAA-AAAA")

    assert verdicts([other, VALID], "en", TATARSTAN).splitlines() == [
        "🔴 UNKNOWN AAAA-AAAA-AAAA. Check the document.",
        "🟢 VALID THXA-9546-C61A until 23.11 13:00 Врач, ветеринар И.И.И. *2506",
    ]


def test_many_codes_are_named_by_their_last_signs() -> None:
    lines = verdicts([VALID] * 10, "ru", TATARSTAN).splitlines()

    assert lines == ["🟢 ГОДЕН C61A 23.11 13:00 Вра ИИИ *2506"] * 10


def test_what_no_shortening_makes_fit_is_said_all_the_same() -> None:
    endless = replace(VALID, initials="И" * 80)

    assert verdicts([endless], "ru", TATARSTAN) == f"🟢 ГОДЕН C61A 23.11 13:00 {'И' * 80} *2506"


def test_grace_is_said_once() -> None:
    expired = replace(VALID, kind=VerdictKind.EXPIRED, mark=Mark.AMBER, grace=True)

    assert verdicts([expired], "en", TATARSTAN).endswith("*2506 Don't fine.")
    assert verdicts([expired, VALID, expired], "en", TATARSTAN).splitlines()[3:] == ["Don't fine."]


def test_the_segments_grow_by_one_for_two_codes() -> None:
    assert [segments_for(codes) for codes in range(1, 11)] == [1, 2, 3, 3, 4, 4, 5, 5, 6, 6]


@pytest.mark.parametrize(("preset_name", "language"), tuple(product(PRESETS, sorted(languages()))))
def test_answers_fit_their_segments_with_the_longest_names(preset_name: str, language: str) -> None:
    regime = PRESETS[preset_name]

    for kind, codes in product(VerdictKind, range(1, 11)):
        text = verdicts([longest(kind, language, regime)] * codes, language, regime)
        assert count_segments(text).segments <= segments_for(codes), text
        assert text.count("🟡") == codes


def longest(kind: VerdictKind, language: str, regime: Regime) -> Verdict:
    """A verdict with the longest purpose and code of the order, in its days of grace unless it is good."""
    purpose = max((name_in(purpose.name, language, regime) for purpose in regime.purposes), key=len)
    shown = show_code("X" * length(regime.code), regime.code)
    grace = kind is not VerdictKind.VALID
    return Verdict(kind, Mark.AMBER, shown, purpose, START, UNTIL, "И.И.И.", "2506", grace)
