"""What somebody says who has to stay at home: «дома», «я в больнице», «сплю», SOS. To others these are errands or none.

A phrase of several words may stand among others; a single word says it alone, with nothing but politeness beside it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from rapidfuzz.distance import OSA

from language.at_home import Tell, Word
from language.understanding.commands import complaint_intent
from language.understanding.inflection import in_dictionary
from language.understanding.reading import Reading
from language.understanding.spelling import Script, key, misread
from language.understanding.vocabulary import patients_words

_URGENCY: Final = tuple(reversed(Word))
"""Of two things said the more pressing one counts: «скорая везёт в больницу» is the hospital's only by its length."""
_BESIDE: Final = ("filler", "self", "yes", "now", "today", "at", "in", "direction", "hour", "or", "consent")
_ASKS: Final = ("pass", "head", "ask", "question")
_LOOSE: Final = 2
"""Other words between the first and the last one of a phrase."""
_SHORTEST_TYPO: Final = 5
_TINY: Final = 2
"""Signs of a word that on another keyboard could be anything."""
_UNSTRESSED: Final = str.maketrans("oe", "ai")


@dataclass(frozen=True, slots=True)
class _Phrase:
    sounds: tuple[str, ...]
    word: Word


@dataclass(frozen=True, slots=True)
class _Found:
    phrase: _Phrase
    tokens: tuple[int, ...]


def patient_intent(reading: Reading) -> Tell | None:
    """What a patient tells; None: the text says something else."""
    if not reading.words or complaint_intent(reading) is not None:
        return None
    every = _found(reading)
    found = [one for one in every if not _denied(reading, one)]
    if any(one.phrase.word is Word.SOS for one in found):
        return Tell(Word.SOS)
    if not every or "?" in reading.text or _asks(reading, every):
        return None
    if not found:
        return Tell(Word.OTHER) if _not_at_home(reading, every) else None
    best = max(found, key=lambda one: (len(one.tokens), _URGENCY.index(one.phrase.word)))
    if len(best.tokens) == 1 and not _alone(reading, found):
        return None
    return Tell(best.phrase.word)


def told_in(reading: Reading) -> str | None:
    """The one language whose phrase a patient used; None where it is a word of several, or of none."""
    found = _found(reading)
    longest = max((len(one.tokens) for one in found), default=0)
    said = {one.phrase.sounds for one in found if len(one.tokens) == longest}
    told = {
        language
        for language in _languages(reading)
        for phrase, _ in patients_words(language)
        if _sounds(phrase) in said
    }
    return told.pop() if len(told) == 1 and told <= set(reading.regime.languages) else None


def _found(reading: Reading) -> list[_Found]:
    phrases = _phrases(_languages(reading))
    words = frozenset(sound for phrase in phrases for sound in phrase.sounds)
    heard = [(index, _meant(reading.tokens[index].text, words)) for index in reading.words]
    return [_Found(phrase, tokens) for phrase in phrases if (tokens := _place(phrase, heard))]


def _languages(reading: Reading) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*reading.regime.languages, "en")))


def _place(phrase: _Phrase, heard: list[tuple[int, frozenset[str]]]) -> tuple[int, ...]:
    """The tokens that are the words of a phrase, in its order and close together; none where it is not there."""
    for start in range(len(heard)):
        held: list[int] = []
        for index, sounds in heard[start : start + len(phrase.sounds) + _LOOSE]:
            if len(held) < len(phrase.sounds) and phrase.sounds[len(held)] in sounds:
                held.append(index)
            elif not held:
                break
        if len(held) == len(phrase.sounds):
            return tuple(held)
    return ()


@cache
def _phrases(languages: tuple[str, ...]) -> tuple[_Phrase, ...]:
    told = (one for language in languages for one in patients_words(language))
    return tuple(dict.fromkeys(_Phrase(_sounds(phrase), Word(word)) for phrase, word in told))


def _sounds(phrase: str) -> tuple[str, ...]:
    return tuple(key(word)[0] for word in phrase.split())


def _meant(word: str, known: frozenset[str]) -> frozenset[str]:
    """Which of the known words a word as written can be: by its sound, typed on the wrong keyboard, or with a slip."""
    sound, script = key(word)
    sounds = {sound, *(other for other, _ in misread(word))} if len(word) > _TINY else {sound}
    if found := known & sounds:
        return found
    if len(word) < _SHORTEST_TYPO or (script is Script.CYRILLIC and in_dictionary(word.casefold())):
        return frozenset()
    slips = [one.translate(_UNSTRESSED) for one in (sounds if word.isascii() else {sound})]
    return frozenset(one for one in known if len(one) >= _SHORTEST_TYPO and any(_near(one, slip) for slip in slips))


def _near(known: str, slip: str) -> bool:
    return OSA.distance(slip, known.translate(_UNSTRESSED), score_cutoff=1) <= 1


def _denied(reading: Reading, found: _Found) -> bool:
    """«я не дома»: a denial in the same clause, outside the phrase itself («нет заряда»)."""
    denials = (index for index in reading.words if reading.role(index, "negation") and index not in found.tokens)
    return any(
        all(reading.tokens[index].kind != "sign" for index in range(*sorted((denial, found.tokens[0]))))
        for denial in denials
    )


def _asks(reading: Reading, found: list[_Found]) -> bool:
    """Whether something is asked for, outside of what is told: «не могу встать» asks for nothing."""
    said = {token for one in found for token in one.tokens}
    return any(reading.role(index, *_ASKS) for index in reading.words if index not in said)


def _not_at_home(reading: Reading, denied: list[_Found]) -> bool:
    """«я не дома» and nothing else: whoever says so themselves has a reason, for which a person asks."""
    said = {token for one in denied for token in one.tokens}
    alone = all(index in said or reading.role(index, *_BESIDE, "negation") for index in reading.words)
    return alone and all(one.phrase.word is Word.HOME for one in denied)


def _alone(reading: Reading, found: list[_Found]) -> bool:
    said = {token for one in found for token in one.tokens}
    return all(index in said or reading.role(index, *_BESIDE) for index in reading.words)
