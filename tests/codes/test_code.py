"""The code people carry: what is typed wrong is noticed, what is typed oddly is read."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes.code import ALPHABET, RUDE, draw_code, fold, length, read_code, show_code, unprefixed
from codes.regime import CodeShape

USUAL = CodeShape()
MOSCOW = CodeShape(signs=11, group=4, prefix="end-date")
SHORT = CodeShape(signs=7)
END = date(2026, 6, 9)
SEEDS = st.integers(0, 2**32)
CYRILLIC = str.maketrans("AEKMHPCTYX", "АЕКМНРСТУХ")


def drawn(seed: int, shape: CodeShape = USUAL) -> str:
    return draw_code(shape, END, Random(seed))


@pytest.mark.parametrize("shape", [USUAL, MOSCOW, SHORT])
def test_a_drawn_code_is_sound_and_of_its_length(shape: CodeShape) -> None:
    codes = [drawn(seed, shape) for seed in range(300)]

    assert all(read_code(code, shape).sound and len(code) == length(shape) for code in codes)
    assert len(set(codes)) == len(codes)


def test_every_single_wrong_sign_is_noticed() -> None:
    missed = []

    for code in map(drawn, range(40)):
        for place, right in enumerate(code):
            wrong = (code[:place] + sign + code[place + 1 :] for sign in ALPHABET if sign != right)
            missed += [one for one in wrong if read_code(one, USUAL).sound]

    assert missed == []


@pytest.mark.parametrize("apart", [1, 2], ids=["neighbours", "jump"])
def test_every_swap_is_noticed(apart: int) -> None:
    missed = []

    for code in map(drawn, range(300)):
        for place in range(len(code) - apart):
            signs = list(code)
            signs[place], signs[place + apart] = signs[place + apart], signs[place]
            swapped = "".join(signs)
            missed += [swapped] if swapped != code and read_code(swapped, USUAL).sound else []

    assert missed == []


def test_a_sign_too_few_or_too_many_is_noticed() -> None:
    code = drawn(1)

    assert not any(read_code(one, USUAL).sound for one in (code[:-1], code[1:], code + "1", ""))


@pytest.mark.parametrize("word", RUDE)
def test_no_rude_word_is_drawn(word: str) -> None:
    assert not any(word in drawn(seed) for seed in range(3000))


def test_rude_words_are_of_the_alphabet() -> None:
    assert all(set(word) <= set(ALPHABET) for word in RUDE)


def test_each_sign_is_drawn_about_as_often() -> None:
    counted = Counter("".join(drawn(seed)[:-1] for seed in range(4000)))

    assert set(counted) == set(ALPHABET)
    assert min(counted.values()) > 0.6 * max(counted.values())


@given(seed=SEEDS)
def test_a_code_is_read_in_cyrillic_small_letters_and_pieces(seed: int) -> None:
    code = drawn(seed)
    shown = show_code(code, USUAL)
    spellings = (shown, shown.translate(CYRILLIC), code.lower(), " ".join(code), f" {shown}. ", shown.replace("-", "—"))

    assert {read_code(one, USUAL).text for one in spellings} == {code}


@pytest.mark.parametrize(
    "pair",
    ["В8", "b8", "З3", "ч4", "б6", "l1", "I1", "|1", "s5", "z2", "О0", "o0", "１1", "ＡA", "xX"],
)
def test_what_looks_alike_is_folded(pair: str) -> None:
    assert fold(pair[0]) == pair[1]


@given(typed=st.text(max_size=40))
def test_nothing_typed_leads_to_an_error(typed: str) -> None:
    assert read_code(typed, MOSCOW).text == fold(typed)


def test_it_is_shown_in_groups_of_four() -> None:
    assert show_code("THXA9546C61A", USUAL) == "THXA-9546-C61A"


def test_in_moscow_the_end_date_stands_in_front_where_alone_a_zero_is_allowed() -> None:
    code = drawn(1, MOSCOW)

    assert code[:4] == "0906" and "0" not in code[4:] and len(code) == 16
    assert unprefixed(code, MOSCOW) == code[4:] and unprefixed(code, USUAL) == code


def test_in_moscow_letters_in_the_date_are_noticed_and_another_date_is_not_the_codes_business() -> None:
    code = drawn(1, MOSCOW)

    assert not read_code("A" + code[1:], MOSCOW).sound
    assert read_code("1006" + code[4:], MOSCOW).sound


def test_a_code_is_read_in_whatever_shape_it_is_sound_and_else_as_the_one_nearest_in_length() -> None:
    usual, dated = draw_code(USUAL, date(2026, 6, 3), Random(1)), draw_code(MOSCOW, date(2026, 6, 3), Random(1))

    read = [read_code(typed, MOSCOW, USUAL) for typed in (usual, dated, usual[:-1], dated[:-1], usual + "11")]

    assert [(one.sound, *one.shapes) for one in read] == [
        (True, USUAL),
        (True, MOSCOW),
        (False, USUAL),
        (False, MOSCOW),
        (False, MOSCOW),
    ]
