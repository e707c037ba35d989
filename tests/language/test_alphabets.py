"""How a code is spelt aloud: every sign has a word, and what is dictated is heard as the same code."""

from itertools import product
from random import Random

import pytest

from codes.code import ALPHABET
from language.alphabets import Sign, dictate, spelled
from language.speaking import LONGEST, seconds
from language.translations import languages

LANGUAGES = sorted(languages())
LOOKS_LIKE = str.maketrans("АЕКМНРСТУХΑΕΚΜΗΡΤΥΧ", "AEKMHPCTYXAEKMHPTYX")


def test_a_code_is_spelt_in_its_groups_with_a_word_for_each_sign() -> None:
    groups = spelled("THXA-9546-C61A", "ru")

    assert [len(group) for group in groups] == [4, 4, 4]
    assert groups[0][0] == Sign("Т", "Татьяна")
    assert groups[1] == (Sign("9", "девять"), Sign("5", "пять"), Sign("4", "четыре"), Sign("6", "шесть"))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ru", "Т, Татьяна. Н, Николай. Х, Харитон. А, Анна."),
        ("tt", "Т, Тимур. Н, Наилә. Х, Хәсән. А, Алсу."),
        ("en", "T, Tango. H, Hotel. X, X-ray. A, Alfa."),
        ("el", "Τ, Τίγρης. Η, Ηρώ. Χ, Χαρά. Α, Αστήρ."),
        ("az", "T, Tural. H, Həsən. X, Xəzər. A, Aydın."),
        ("fi", "T, Tango. H, Hotel. X, X-ray. A, Alfa."),
    ],
)
def test_a_group_is_dictated_as_one_sentence(language: str, expected: str) -> None:
    assert dictate("THXA-9546", language)[0] == expected


def test_digits_are_dictated_as_words() -> None:
    assert dictate("2011", "az") == ("İki. Sıfır. Bir. Bir.",)
    assert dictate("9546", "el") == ("Εννέα. Πέντε. Τέσσερα. Έξι.",)


def test_a_sign_that_no_code_has_stands_for_itself() -> None:
    assert dictate("Б1", "ru") == ("Б. Один.",)
    assert dictate("", "ru") == ()


@pytest.mark.parametrize(("language", "sign"), tuple(product(LANGUAGES, ALPHABET)))
def test_every_sign_looks_the_same_and_its_word_begins_with_it(language: str, sign: str) -> None:
    ((spelt,),) = spelled(sign, language)

    assert spelt.sign.translate(LOOKS_LIKE) == sign
    assert sign.isdecimal() or (language, sign) == ("el", "C") or plain(spelt.word).startswith(spelt.sign)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_signs_have_the_same_word(language: str) -> None:
    words = [spelled(sign, language)[0][0].word for sign in ALPHABET]

    assert len({*words}) == len(ALPHABET)


@pytest.mark.parametrize(("language", "group"), tuple(product(LANGUAGES, (1, 3, 4, 5, 8, 16))))
def test_however_codes_are_grouped_each_sentence_is_short(language: str, group: int) -> None:
    signs = Random(group).choices(ALPHABET, k=16)
    code = "-".join("".join(signs[start : start + group]) for start in range(0, 16, group))

    assert max(seconds(said) for said in dictate(code, language)) < LONGEST


def plain(word: str) -> str:
    return word.translate(str.maketrans("ΆΈΉΎ", "ΑΕΗΥ"))
