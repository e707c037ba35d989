"""Codes and numbers as recognisers write what was said: the utterances of heard/, and the rules behind them."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random

import pytest

from codes.code import draw_code, fold, read_code, show_code
from codes.regime import CodeShape, read_regime
from codes.regimes import preset, preset_names
from language.alphabets import dictate, spelled
from language.translations import languages
from language.understanding.heard_codes import heard_code
from language.understanding.heard_numbers import heard_digits
from tests.language.texts import noon, regime

HERE = Path(__file__).parent / "heard"
LANGUAGES = sorted(languages())
SHAPES = {name: read_regime(preset(name)).code for name in preset_names()}


def utterances(name: str) -> Iterator[tuple[str, str, str]]:
    """Language, what is to be understood, what was heard."""
    for line in (HERE / f"{name}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            language, meant, heard = (part.strip() for part in line.split("|"))
            yield language, meant, heard


@pytest.mark.parametrize(("language", "meant", "heard"), tuple(utterances("codes")))
def test_a_spelt_code_is_heard(language: str, meant: str, heard: str) -> None:
    assert fold(heard_code(heard, language)) == fold(meant)


@pytest.mark.parametrize(("language", "meant", "heard"), tuple(utterances("numbers")))
def test_a_spoken_number_is_heard(language: str, meant: str, heard: str) -> None:
    assert heard_digits(heard, language) == meant


def test_there_are_enough_utterances_in_every_language() -> None:
    every = [*utterances("codes"), *utterances("numbers")]

    assert len(every) >= 240
    assert {language for language, _, _ in every} == {*LANGUAGES}


@pytest.mark.parametrize(("language", "name"), tuple(product(LANGUAGES, SHAPES)))
def test_what_we_dictate_is_heard_again_however_a_recogniser_writes_it(language: str, name: str) -> None:
    shape, random = SHAPES[name], Random(name)

    for _ in range(50):
        code = draw_code(shape, noon(regime(name)).date(), random)
        shown = show_code(code, shape)
        words = [sign.word for group in spelled(shown, language) for sign in group]
        for heard in (" ".join(words).lower(), " ".join(dictate(shown, language)), shown, shown.lower()):
            assert read_code(heard_code(heard, language), shape).sound, heard
            assert read_code(heard_code(heard, language), shape).text == code, heard


@pytest.mark.parametrize(("language", "number"), tuple(product(LANGUAGES, ("9219632506", "0001234567", "700100"))))
def test_digits_that_a_recogniser_wrote_stay_as_they_are(language: str, number: str) -> None:
    assert heard_digits(number, language) == number
    assert heard_digits(" ".join(number), language) == number
    assert heard_digits(f"{number[:4]}-{number[4:]}", language) == number


def test_the_check_character_tells_which_of_two_signs_was_meant() -> None:
    shape = CodeShape()

    assert read_code(heard_code("тэ ха икс а девять пять четыре шесть эс шесть один а", "ru"), shape).sound
    assert read_code(heard_code("тэ эн ха а девять пять четыре шесть эс шесть один а", "ru"), shape).sound


def test_what_no_code_has_is_kept_so_that_the_code_is_mistyped() -> None:
    heard = heard_code("татьяна николай харитон григорий 9546 семён 61 анна", "ru")

    assert "Г" in heard
    assert not read_code(heard, CodeShape()).sound


@pytest.mark.parametrize("language", [*LANGUAGES, "fi"])
def test_nothing_said_is_nothing_heard(language: str) -> None:
    assert heard_code("", language) == ""
    assert heard_digits("...", language) == ""
    assert heard_code("—?!", language) == ""


def test_a_long_speech_is_no_endless_puzzle() -> None:
    assert heard_code("ха " * 400, "ru")
    assert heard_code("тха " * 400, "ru")
    assert heard_digits("сто " * 1000, "ru") == "100" * 1000
