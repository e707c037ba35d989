"""One spelling for every way of typing a word: case, accents, scripts, look-alikes, transliteration.

`key` maps a word to a sound-like Latin form in which «цель», "цeль" (a Latin e), "tsel" and "cel" are the same.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

LONGEST = 2000
"""Signs of a text that are read; the carrier delivers 1600 at most."""

_NUMERO = str.maketrans({"№": " # ", "_": " ", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-"})
_INVISIBLE = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufeff]")
_NOISE = re.compile(r"[^\w\s!-/:-@\[-`{-~«»“”„‘’ʼ…]")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_GREEK_QUESTION = re.compile(r"(?<=[Ͱ-Ͽἀ-῿])\s*;+\s*$")
_DIGIT_FOR_LETTER = re.compile(r"(?<![a-z\d])[a-z]{2,}[46][a-z]+(?![a-z\d])")
_BREAKS = re.compile(r"[^\S\n]+")

_CYRILLIC = dict(
    zip("абвгдежзийклмнопрстуфхцчшщъыьэюяәөүңһҗіїєғқ", (
        "a b v g d e zh z i i k l m n o p r s t u f h c ch sh sh  i  e iu ia a o u n h zh i i e g k"
    ).split(" "), strict=True)
)  # fmt: skip
_GREEK = dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t i f h ps o".split(), strict=True)
)
_AZERBAIJANI = {"ə": "e", "ı": "i"}
_LATIN = {"w": "v", "q": "k", "y": "i", "j": "i", "x": "h"}
_SOUNDS = str.maketrans({**_CYRILLIC, **_GREEK, **_AZERBAIJANI, **_LATIN, **dict.fromkeys("'’`ʼ", "")})

# Two letters for one sound; the sign they become stands for nothing else. "ia" is я as well as "ya" and «ия».
_PAIRS = {"shch": "š", "sch": "š", "sh": "š", "ch": "č", "zh": "ž", "kh": "h", "tc": "c", "ts": "c", "tz": "c"} | {
    "ia": "â", "io": "e", "ie": "e", "iu": "û"
}  # fmt: skip
_PAIR = re.compile("|".join(_PAIRS))
_TWICE = re.compile(r"(.)\1+")
_HISSING = re.compile("(?<=[čš])[âû]")  # «дачю» is «дачу»
_PLAIN_VOWEL = {"â": "a", "û": "u"}
_SOFT = re.compile(r"i(?=[âeû])")

_LOOKS_CYRILLIC = str.maketrans("abcehkmoptxyuёi", "авсенкмортхуиеі")
_LOOKS_LATIN = str.maketrans("авсенкмортхуіѕј", "abcehkmoptxyisj")
_HAS_CYRILLIC_TWIN = frozenset("abcehkmoptxy")

_LATIN_KEYS = "qwertyuiopasdfghjklzxcvbnm"
_CYRILLIC_KEYS = "йцукенгшщзфывапролдячсмить"
_OTHER_LAYOUT = str.maketrans(_LATIN_KEYS + _CYRILLIC_KEYS, _CYRILLIC_KEYS + _LATIN_KEYS)


class Script(StrEnum):
    """The alphabet a word is written in, after look-alikes are put right."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    GREEK = "greek"


def normalise(text: str) -> str:
    """`text` in one form of Unicode, ASCII digits, without invisible signs and emoji; lines are kept."""
    text = text[:LONGEST].translate(_NUMERO)
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
        text = _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
        text = _NOISE.sub(" ", _GREEK_QUESTION.sub("?", text))
    text = _DIGIT_FOR_LETTER.sub(_spelt_out, text)
    text = text.replace("\0", " ").replace("\r", "\n")
    return _BREAKS.sub(" ", text).strip()


def _spelt_out(found: re.Match[str]) -> str:
    """«da4u» with the letters meant; a stretch of signs that all look the same in both scripts may be of a code."""
    spelt = found[0].replace("4", "ch").replace("6", "sh")
    return found[0] if _HAS_CYRILLIC_TWIN.issuperset(re.sub(r"\d", "", found[0])) else spelt


@lru_cache(maxsize=8192)
def key(word: str) -> tuple[str, Script]:
    """How `word` sounds, in Latin, and the script it is meant in."""
    word, script = _one_script(word.casefold())
    return sound(word), script


def mixed(word: str) -> bool:
    """Whether a word has Latin and Cyrillic letters, so that those may stand for their look or for their sound."""
    return not word.isascii() and any("a" <= letter <= "z" for letter in word)


def sound(word: str) -> str:
    """The sound-like form of a word in one script and lower case."""
    plain = word if word.isascii() else _unaccented(word)
    plain = plain.replace("ου", "ou").translate(_SOUNDS)
    heard = _SOFT.sub("", _PAIR.sub(_pair, plain))
    return _TWICE.sub(r"\1", _HISSING.sub(lambda vowel: _PLAIN_VOWEL[vowel[0]], heard))


@lru_cache(maxsize=2048)
def misread(word: str) -> tuple[tuple[str, Script], ...]:
    """Other readings of a word in one script: capitals that look alike (CTATYC), the other keyboard layout (wtkm)."""
    word = word.casefold()
    if word.isascii():
        twins = (
            [(sound(word.translate(_LOOKS_CYRILLIC)), Script.CYRILLIC)] if _HAS_CYRILLIC_TWIN.issuperset(word) else []
        )
        return (*twins, (sound(word.translate(_OTHER_LAYOUT)), Script.CYRILLIC))
    return ((sound(word.translate(_OTHER_LAYOUT)), Script.LATIN),)


def _one_script(word: str) -> tuple[str, Script]:
    if word.isascii():
        return word, Script.LATIN
    if any("α" <= letter <= "ω" or "ά" <= letter <= "ώ" for letter in word):
        return word, Script.GREEK
    if not any("а" <= letter <= "ӿ" for letter in word):
        return word, Script.LATIN
    if not any("a" <= letter <= "z" for letter in word):
        return word, Script.CYRILLIC
    latin = word.translate(_LOOKS_LATIN)
    cyrillic = sum("а" <= letter <= "ӿ" for letter in word)
    return (latin, Script.LATIN) if latin.isascii() and cyrillic * 2 < len(word) else _as_cyrillic(word, latin)


def _as_cyrillic(word: str, latin: str) -> tuple[str, Script]:
    meant = word.translate(_LOOKS_CYRILLIC)
    if latin.isascii() and any("a" <= letter <= "z" for letter in meant):
        return latin, Script.LATIN
    return meant, Script.CYRILLIC


def _unaccented(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def _pair(found: re.Match[str]) -> str:
    return _PAIRS[found[0]]
