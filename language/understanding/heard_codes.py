"""A code as a recogniser writes what an officer spelt: words, names of letters, numbers -> the signs as typed.

Some sounds stand for two signs: «ха» is the Latin H as well as the Cyrillic Х, which is X. The check character tells
which was meant; where none makes the code sound, the more usual one is taken, and the code is mistyped.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product, zip_longest
from typing import Final

from codes.code import PREFIX_SIGNS, fold, read_code
from codes.regime import CodeShape
from language.understanding.heard_numbers import digits
from language.understanding.sounds import NUMBERS, Sort, Sound, plain, signs_of, sounds, typed

_SHAPES: Final = {
    length: tuple(
        CodeShape(signs=length - 1 - prefixed, prefix="end-date" if prefixed else "")
        for prefixed in (0, PREFIX_SIGNS)
        if 7 <= length - 1 - prefixed <= 15
    )
    for length in range(8, 21)
}
"""What a code of so many signs can be, under any order."""
_MOST_READINGS: Final = 512
_MERGED: Final = 4
"""So many letters written together may have been spelt."""
_VOWELS: Final = frozenset("aeiouyаеёиоуыэюяәөүαεηιουωəıöü")


@dataclass(frozen=True, slots=True)
class _Part:
    """Signs of the code: what they can be, the likelier first, and whether a letter's own name or sign was said."""

    readings: tuple[str, ...]
    letter: bool = False


def heard_code(text: str, language: str) -> str:
    """The signs of a code spelt aloud, for `codes.code.read_code`; signs that no code has are kept, and it fails."""
    if _sound(text):
        return text
    parts = _parts(list(sounds(text, language)), language)
    readings = ("".join(reading) for reading in product(*(part.readings for part in parts)))
    tried = list(islice(readings, _MOST_READINGS))
    return max((reading for reading in tried if _sound(reading)), key=len, default=tried[0])


def _sound(reading: str) -> bool:
    shapes = _SHAPES.get(len(fold(reading)), ())
    return bool(shapes) and read_code(reading, *shapes).sound


def _parts(heard: list[Sound], language: str) -> list[_Part]:
    """What was said, a sign at a time; numbers that follow each other are one."""
    parts: list[_Part] = []
    numbers: list[Sound] = []
    liked = False
    for sound, after in zip_longest(heard, heard[1:]):
        if sound.sort is Sort.LIKE:
            liked = bool(not numbers and parts and after and _explains(after, sound, parts[-1], language))
            numbers += [Sound(sound.text, Sort.UNIT, sound.number)] if sound.number and not liked else []
        elif sound.sort in NUMBERS:
            numbers.append(sound)
        elif sound.sort not in (Sort.SKIP, Sort.AND):
            times = numbers[-1].number if numbers and numbers[-1].sort is Sort.REPEAT else 1
            parts += _number(numbers)
            numbers = []
            for part in _letters(sound, language):
                _append(parts, part, liked=liked)
            parts += parts[-1:] * (times - 1)
            liked = False
    return [*parts, *_number(numbers)]


def _number(heard: list[Sound]) -> list[_Part]:
    said = digits(heard)
    return [_Part((said,))] if said else []


def _explains(word: Sound, like: Sound, part: _Part, language: str) -> bool:
    """Whether «как» or "for" leads to a word for the letter before it; "for" is 4 too."""
    if not part.letter or word.sort not in (Sort.NAME, Sort.LETTER, Sort.OTHER):
        return False
    return not like.number or bool(_common(part.readings, _first(word, language)))


def _append(parts: list[_Part], part: _Part, *, liked: bool) -> None:
    """Puts a sign to the others; a word for the letter just named says the same sign again."""
    if parts and parts[-1].letter and (liked or not part.letter):
        same = _common(parts[-1].readings, part.readings)
        if same or liked:
            parts[-1] = _Part(same or part.readings)
            return
    parts.append(part)


def _common(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    folded = {fold(other) for other in others}
    return tuple(one for one in some if fold(one) in folded)


def _letters(sound: Sound, language: str) -> Iterator[_Part]:
    """The signs of a word: those it is known for, its letters if it was spelt in one, else its first."""
    word = plain(sound.text, language)
    if sound.signs and not (1 < len(word) <= _MERGED and sound.text.isupper()):
        yield _Part(sound.signs, letter=sound.sort is Sort.LETTER)
    elif len(word) <= 2 or (len(word) <= _MERGED and (sound.text.isupper() or _VOWELS.isdisjoint(word))):
        yield from (_Part(signs_of(letter, language), letter=True) for letter in word)
    elif len(word) <= _MERGED:
        yield _Part((*_first(sound, language), typed(word)))
    else:
        yield _Part(_first(sound, language))


def _first(sound: Sound, language: str) -> tuple[str, ...]:
    return sound.signs or signs_of(plain(sound.text, language)[0], language)
