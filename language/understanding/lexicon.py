"""A regime's lexicon: every word and phrase that says something under it, ready for looking up by sound."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock

from rapidfuzz.distance import OSA

from codes.fields import Field
from codes.regime import Regime
from language.intents import Understood
from language.understanding.inflection import in_dictionary, inflect
from language.understanding.spelling import Script, key, misread, mixed
from language.understanding.spelling import sound as by_sound
from language.understanding.vocabulary import Entry, Kind, everyday, with_synonyms

_WORD = re.compile(r"[^\W\d_]+(?:['’`ʼ][^\W\d_]+)*|\d+")
_SHORTEST_TYPO = 4
_SHORTEST_CORRECTED = 5
_SHORTEST_MISREAD = 4
_LONGEST_WORD = 40
_WRITTEN_JUST_SO = frozenset({Kind.PURPOSE, Kind.EXEMPTION, Kind.MONTH, Kind.NUMBER, Kind.LABEL})
_BESIDE = frozenset({"kin", "to_kin", "who", "carry", "sends", "daytime"})
"""Roles that a form of a word has beside what the word is."""
_BY_LETTER = _BESIDE | {"question", "negation"}
"""Roles of which a word written as something else has no part: "my" is not «μη»."""
_NEVER_CORRECTED = frozenset({Kind.NUMBER, Kind.MONTH, Kind.WEEKDAY})
_SURE_LENGTH = {Script.CYRILLIC: 5, Script.GREEK: 5, Script.LATIN: 6}
_KEPT = 8
_ALWAYS = frozenset({Field.DOCUMENT, Field.BIRTH_DATE})

Part = tuple[int, int]
"""Number of an entry, and which word of its phrase."""

_CORRECTED_ROLES = frozenset({"head", "pass", "ask", "go", "yes", "tomorrow"})
"""Other everyday words are too short and too common to look for with a slip in them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """The phrases one written word can be part of; `fuzzy`: it took a correction; `sure` unless that is doubtful."""

    parts: tuple[Part, ...] = ()
    sure: bool = True
    fuzzy: bool = False


NO_HIT = Hit()


@dataclass(slots=True)
class Lexicon:
    """`entries` by number, `lengths` of their phrases in words, for each script the parts by sound; fields `wanted`."""

    wanted: frozenset[Field] = frozenset()

    entries: list[Entry] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    index: dict[Script, dict[str, tuple[Part, ...]]] = field(default_factory=dict)
    near: dict[tuple[Script, int, str], list[str]] = field(default_factory=dict)
    found: dict[str, Hit] = field(default_factory=dict)
    understood: dict[tuple[str, bool], Understood] = field(default_factory=dict)
    """Whole short texts that hold nothing personal and no time, by text and whether an officer sent it."""

    def look_up(self, word: str) -> Hit:
        """What a word as written can be; remembered, as people use the same few hundred words.

        A number is not: it may be somebody's document. Nor is what is too long to be a word.
        """
        hit = self.found.get(word)
        if hit is None:
            hit = self._search(word) if len(word) <= _LONGEST_WORD else NO_HIT
            if len(word) <= _LONGEST_WORD and not word.isdigit() and len(self.found) < 20_000:
                self.found[word] = hit
        return hit

    def _search(self, word: str) -> Hit:
        sound, script = key(word)
        parts = self.index[script].get(sound, ())
        if mixed(word):  # «Cель»: by its look «сель», by its sound «цель»
            parts = tuple(dict.fromkeys(parts + self.index[Script.CYRILLIC].get(by_sound(word), ())))
        if parts:
            return Hit(self._as_written(word, parts))
        if len(word) >= _SHORTEST_MISREAD:
            for other, alphabet in misread(word):
                if misspelt := self.index[alphabet].get(other):
                    return Hit(misspelt, fuzzy=True)
        return self._corrected(word, sound, script)

    def _as_written(self, word: str, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Without errands that only sound like the word where an entry is written just so: «еду» is not «еда» then."""
        if not any(self._is_written(word, entry) for entry, _ in parts):
            return parts
        return tuple(part for part in parts if not self._only_sounds_like(word, part[0]))

    def _is_written(self, word: str, number: int) -> bool:
        """Whether an entry is this word and nothing else: «маме» is «мама» all the same."""
        entry = self.entries[number]
        if self.lengths[number] != 1 or entry.value in _BESIDE:
            return False
        latin = word.isascii() and entry.value == "go" and key(entry.phrase)[0] == key(word)[0]
        return entry.phrase == word or latin

    def _only_sounds_like(self, word: str, entry: int) -> bool:
        alone = self.lengths[entry] == 1 and self.entries[entry].phrase != word
        one = self.entries[entry]
        return alone and (one.kind in _WRITTEN_JUST_SO or one.value in _BY_LETTER)

    def _corrected(self, word: str, sound: str, script: Script) -> Hit:
        if len(word) < _SHORTEST_TYPO or (script is Script.CYRILLIC and in_dictionary(word)):
            return NO_HIT
        heard = sound.translate(_UNSTRESSED)
        near = {
            candidate
            for length in (len(sound) - 1, len(sound), len(sound) + 1)
            for end in ("^" + heard[:1], heard[-1:] + "$")
            for candidate in self.near.get((script, length, end), ())
            if OSA.distance(heard, candidate.translate(_UNSTRESSED), score_cutoff=1) <= 1
        }
        near |= {swapped for swapped in _swapped(word) if swapped in self.index[script]} if word.isascii() else set()
        parts = tuple(
            part
            for candidate in sorted(near)
            for part in self.index[script][candidate]
            if _correctable(self.entries[part[0]])
        )
        shortest = min(map(len, (sound, *near)), default=0)
        sure = shortest >= _SURE_LENGTH[script] or all(self.entries[part[0]].value == "head" for part in parts)
        return Hit(parts, sure, fuzzy=True) if parts else NO_HIT


def compile_lexicon(regime: Regime) -> Lexicon:
    """The lexicon of a regime: its own words, and the everyday words of its languages and of English."""
    lexicon = Lexicon(_wanted_fields(regime))
    index: dict[Script, dict[str, list[Part]]] = {script: defaultdict(list) for script in Script}
    for entry in dict.fromkeys(_entries(regime)):
        words = _WORD.findall(entry.phrase.casefold())
        for position, word in enumerate(words):
            for script, sound in sorted(_sounds(word, entry)):
                index[script][sound].append((len(lexicon.entries), position))
        lexicon.entries.append(entry)
        lexicon.lengths.append(len(words))
    lexicon.index = {
        script: {sound: tuple(parts) for sound, parts in sounds.items()} for script, sounds in index.items()
    }
    _prepare_corrections(lexicon)
    return lexicon


def lexicon_of(regime: Regime) -> Lexicon:
    """The compiled lexicon of this very regime object; the last few are kept."""
    known = _COMPILED.get(id(regime))
    if known is not None and known[0] is regime:
        return known[1]
    with _COMPILING:
        known = _COMPILED.get(id(regime))
        if known is not None and known[0] is regime:
            return known[1]
        lexicon = compile_lexicon(regime)
        while len(_COMPILED) >= _KEPT:
            del _COMPILED[next(iter(_COMPILED))]
        _COMPILED[id(regime)] = (regime, lexicon)
        return lexicon


_COMPILED: dict[int, tuple[Regime, Lexicon]] = {}
_COMPILING = Lock()


def _wanted_fields(regime: Regime) -> frozenset[Field]:
    """The fields worth looking for in any text."""
    of_purposes = (name for purpose in regime.purposes for name in (*purpose.fields, *purpose.optional_fields))
    return _ALWAYS.union(regime.registration.required, regime.registration.optional, regime.bound, of_purposes)


def _entries(regime: Regime) -> Iterator[Entry]:
    for language in dict.fromkeys((*regime.languages, "en")):
        yield from everyday(language)
    for purpose in regime.purposes:
        for language, keywords in purpose.keywords.items():
            for keyword in sorted(with_synonyms(keywords, language)):
                yield Entry(keyword, Kind.PURPOSE, purpose.number, language, inflected=True)
    for kind, exemptions in (("no_pass_needed", regime.no_pass_needed), ("exempt", regime.exempt)):
        for place, exemption in enumerate(exemptions):
            for language, keywords in exemption.keywords.items():
                for keyword in sorted(with_synonyms(keywords, language)):
                    yield Entry(keyword, Kind.EXEMPTION, (kind, place), language, inflected=True)
    for zone in regime.zones:
        for language, name in zone.name.items():
            for keyword in (zone.key, name, *zone.keywords.get(language, ())):
                yield Entry(keyword, Kind.ZONE, zone.key, language, inflected=True)


def _sounds(word: str, entry: Entry) -> set[tuple[Script, str]]:
    """Under which scripts and sounds a word is found: its own, and Latin as transliteration."""
    forms = inflect(word, entry.language) if entry.inflected else frozenset({word})
    if entry.language == "tt":
        forms = forms | {form.translate(_TATAR_TYPED) for form in forms}
    if entry.language == "az":
        forms = forms | {form.replace("ə", "a") for form in forms}
    sounds = set()
    for form in forms:
        sound, script = key(form)
        sounds |= {(script, sound), (Script.LATIN, sound)}
    return sounds


_UNSTRESSED = str.maketrans("oe", "ai")
"""Vowels that sound alike without stress: «похараны», «бальница»; however many, they are no slip of the finger."""

_TATAR_TYPED = str.maketrans("ә", "э")
"""On a Russian keyboard «ә» is typed э as often as а."""


def _swapped(word: str) -> set[str]:
    """The sounds of a Latin word with two letters changed over: "hosptial"; they may stand for one sound together."""
    if len(word) <= _SHORTEST_CORRECTED:
        return set()
    return {key(word[:i] + word[i + 1] + word[i] + word[i + 2 :])[0] for i in range(1, len(word) - 1)}


def _correctable(entry: Entry) -> bool:
    return entry.value in _CORRECTED_ROLES if entry.kind is Kind.ROLE else entry.kind not in _NEVER_CORRECTED


def _prepare_corrections(lexicon: Lexicon) -> None:
    """Buckets of sounds by length and by first and last sign: one slip leaves the length ±1 and one of the ends."""
    for script, sounds in lexicon.index.items():
        for sound, parts in sounds.items():
            entries = [lexicon.entries[part[0]] for part in parts]
            head = script is Script.CYRILLIC and any(entry.value == "head" for entry in entries)
            if (len(sound) < _SHORTEST_CORRECTED and not head) or not any(map(_correctable, entries)):
                continue
            heard = sound.translate(_UNSTRESSED)
            for end in ("^" + heard[0], heard[-1] + "$"):
                lexicon.near.setdefault((script, len(sound), end), []).append(sound)
