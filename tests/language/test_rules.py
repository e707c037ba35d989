"""The rules by text: complete, in pages that fit."""

from itertools import product

import pytest

from codes.regime import Quota, Registration
from language.examples import purpose_name
from language.segments import count_segments
from language.translations import languages, sentences
from language.wording import rules
from tests.language.orders import PRESETS, TATARSTAN


@pytest.mark.parametrize(("preset_name", "language"), tuple(product(PRESETS, sorted(languages()))))
def test_every_page_fits_two_segments_and_names_every_purpose(preset_name: str, language: str) -> None:
    regime = PRESETS[preset_name]
    pages = all_pages(preset_name, language, None)

    for page in pages:
        assert count_segments(page).segments <= 2, page
    for number in regime.by_number:
        assert f"{number} {purpose_name(number, language, regime)}: " in "\n".join(pages)
    assert all(page.endswith(sentences(language)["rules_more"]) for page in pages[:-1])


@pytest.mark.parametrize(("preset_name", "language"), tuple(product(PRESETS, sorted(languages()))))
def test_the_rules_of_one_purpose_fit_too(preset_name: str, language: str) -> None:
    for purpose in PRESETS[preset_name].purposes:
        pages = all_pages(preset_name, language, purpose.number)

        assert max(count_segments(page).segments for page in pages) <= 2
        assert str(purpose.number) in pages[-1].splitlines()[-1]


def test_a_purpose_tells_its_limits_hours_fields_and_conditions() -> None:
    text = "\n".join(all_pages("example-en", "en", 6)).splitlines()
    ferry = "\n".join(all_pages("example-en", "en", 5)).splitlines()
    work = all_pages("example-en", "en", 3)[0].splitlines()

    assert {"05:00-09:00", "20:00-24:00", "Needed: name, document"} <= set(text)
    assert {"an officer decides", "up to 7 days ahead"} <= set(ferry)
    assert work[0] == "3 Work: 7 days, 1 a week"
    assert "one way" in all_pages("example-en", "en", 7)[0]
    assert "also when told to stay at home" in all_pages("example-en", "en", 2)[0]


def test_an_order_with_nothing_but_purposes_has_rules() -> None:
    bare = {"quota": Quota(), "no_pass_needed": (), "exempt": (), "registration": Registration()}

    text, more = rules(PRESETS["nizhny-2020"].model_copy(update=bare), "en", None, 0)

    assert not more
    assert "No pass needed" not in text
    assert rules(PRESETS["nizhny-2020"].model_copy(update=bare), "en", 1, 0)[0].splitlines()[1:] == [
        "To get it, send PURPOSE 1"
    ]


def test_a_page_past_the_end_is_the_last() -> None:
    pages = all_pages("tatarstan-2020", "ru", None)

    assert rules(TATARSTAN, "ru", None, 99) == (pages[-1], False)
    assert rules(TATARSTAN, "ru", None, -1) == (pages[0], True)
    assert rules(TATARSTAN, "ru", 77, 0) == (pages[0], True)


def all_pages(preset_name: str, language: str, purpose: int | None) -> list[str]:
    pages: list[str] = []
    more = True
    while more:
        page, more = rules(PRESETS[preset_name], language, purpose, len(pages))
        pages.append(page)
    return pages
