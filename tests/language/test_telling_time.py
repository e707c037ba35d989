"""Moments as they are heard, in every language: from, until and at; today, another day, midnight."""

from datetime import UTC, datetime, time, timedelta

import pytest

from codes.regime import read_regime
from codes.regimes import preset
from language.telling_time import Relation, plural, tell, tell_day, tell_end, tell_end_after, tell_hour

KAZAN = read_regime(preset("tatarstan-2020"))
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # noon in Kazan
FROM, UNTIL, AT = Relation


@pytest.mark.parametrize(
    ("language", "today", "another_day", "at"),
    [
        ("en", "from 3:05 PM today", "until 10 AM on 24 November", "at noon on 24 November"),
        ("ru", "сегодня с 15 часов 5 минут", "до 10 часов 24 ноября", "в 12 часов 24 ноября"),
        ("tt", "бүген 15 сәгать 5 минуттан", "24 ноябрь, 10 сәгатькә кадәр", "24 ноябрь, 12 сәгатьтә"),
        ("el", "σήμερα από τις 15 και 5", "έως τις 10 της 24ης Νοεμβρίου", "στις 12 της 24ης Νοεμβρίου"),
        ("az", "bu gün saat 15 5-dən", "24 noyabr saat 10-a qədər", "24 noyabr saat 12-də"),
        ("fi", "from 3:05 PM today", "until 10 AM on 24 November", "at noon on 24 November"),
    ],
)
def test_a_moment_is_told_with_its_day(language: str, today: str, another_day: str, at: str) -> None:
    ten = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)

    assert tell(NOW + timedelta(hours=3, minutes=5), FROM, language, KAZAN, NOW) == today
    assert tell(ten, UNTIL, language, KAZAN, NOW) == another_day
    assert tell(ten + timedelta(hours=2), AT, language, KAZAN) == at


@pytest.mark.parametrize(
    ("language", "today", "another_day", "hour"),
    [
        ("en", "until the end of the day today", "until the end of the day on 24 November", "until the end of the day"),
        ("ru", "сегодня до 24 часов", "до 24 часов 24 ноября", "до 24 часов"),
        ("tt", "бүген 24 сәгатькә кадәр", "24 ноябрь, 24 сәгатькә кадәр", "24 сәгатькә кадәр"),
        ("el", "σήμερα έως τα μεσάνυχτα", "έως τα μεσάνυχτα της 24ης Νοεμβρίου", "έως τα μεσάνυχτα"),
        ("az", "bu gün saat 24-ə qədər", "24 noyabr saat 24-ə qədər", "saat 24-ə qədər"),
    ],
)
def test_midnight_belongs_to_the_day_that_ends(language: str, today: str, another_day: str, hour: str) -> None:
    midnight = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)

    assert tell_end(midnight, language, KAZAN, NOW) == today
    assert tell_end(midnight + timedelta(days=1), language, KAZAN, NOW) == another_day
    assert tell_end_after(midnight - timedelta(hours=1), midnight, language, KAZAN) == hour


def test_a_day_begins_at_its_start() -> None:
    midnight = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)

    assert tell(midnight, FROM, "en", KAZAN, NOW) == "from the start of the day on 24 November"
    assert tell(midnight, FROM, "ru", KAZAN, NOW) == "с 0 часов 24 ноября"


def test_the_end_of_what_lasts_days_has_its_date() -> None:
    assert tell_end_after(NOW, NOW + timedelta(days=6), "ru", KAZAN) == "до 12 часов 29 ноября"


@pytest.mark.parametrize(
    ("hour", "relation", "expected"),
    [
        (time(1), UNTIL, "до 1 часа"),
        (time(21, 1), FROM, "с 21 часа 1 минуты"),
        (time(2, 22), AT, "в 2 часа 22 минуты"),
        (time(21, 41), AT, "в 21 час 41 минуту"),
        (time(11, 11), AT, "в 11 часов 11 минут"),
    ],
)
def test_russian_hours_and_minutes_have_their_cases(hour: time, relation: Relation, expected: str) -> None:
    assert tell_hour(hour, relation, "ru") == expected


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        (time(1), "saat 1-ə qədər"),
        (time(2), "saat 2-yə qədər"),
        (time(6), "saat 6-ya qədər"),
        (time(9), "saat 9-a qədər"),
        (time(20), "saat 20-yə qədər"),
        (time(7, 30), "saat 7 30-a qədər"),
        (time(7, 50), "saat 7 50-yə qədər"),
        (time(7, 56), "saat 7 56-ya qədər"),
    ],
)
def test_azerbaijani_numbers_take_the_ending_of_their_last_word(hour: time, expected: str) -> None:
    assert tell_hour(hour, UNTIL, "az") == expected


def test_one_oclock_is_single_in_greek() -> None:
    assert tell_hour(time(1), UNTIL, "el") == "έως τη 1"
    assert tell_hour(time(13, 30), AT, "el") == "στις 13 και 30"


def test_a_date_has_its_year() -> None:
    told = [tell_day(NOW, language, KAZAN) for language in ("en", "ru", "tt", "el", "az")]

    assert told == [
        "23 November 2026",
        "23 ноября 2026 года",
        "2026 елның 23 ноябрь",
        "23 Νοεμβρίου 2026",
        "23 noyabr 2026",
    ]


def test_plurals_are_one_few_and_many() -> None:
    assert [plural("ru", count) for count in (1, 2, 5, 11, 12, 21, 22, 111)] == [0, 1, 2, 2, 2, 0, 1, 2]
    assert [plural("en", count) for count in (0, 1, 2)] == [1, 0, 1]
