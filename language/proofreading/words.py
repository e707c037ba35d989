"""Names and keywords: what the order calls things, and what people may call them."""

from collections.abc import Iterator, Mapping
from typing import Final

from codes.regime import Exemption, Purpose, Regime, Zone
from language.proofreading.findings import Finding, found
from language.translations import languages
from language.understanding.spelling import key

LONGEST_NAME: Final = 18
"""Signs a name may have, so that it fits a reply of one segment."""

CARRIER_WORDS: Final = frozenset(
    {"stop", "start", "help", "cancel", "end", "quit", "unsubscribe", "stopall", "yes", "unstop", "info"}
)
"""Words that carriers answer themselves when one is sent alone."""

Named = Purpose | Zone | Exemption


def named_parts(regime: Regime) -> Iterator[tuple[str, Named]]:
    """Everything with a name and keywords, with the words that say where it stands."""
    yield from ((f"purpose {purpose.number}", purpose) for purpose in regime.purposes)
    yield from ((f"zone {zone.key}", zone) for zone in regime.zones)
    yield from ((f"no_pass_needed {index}", item) for index, item in enumerate(regime.no_pass_needed, 1))
    yield from ((f"exempt {index}", item) for index, item in enumerate(regime.exempt, 1))


def find_word_trouble(regime: Regime) -> Iterator[Finding]:
    """Missing or long names, languages without sentences, keywords that two things share or that can't be sent."""
    yield from _languages(regime)
    yield from _in_every_language("title", regime.title, regime)
    for where, part in named_parts(regime):
        yield from _in_every_language(f"{where}, name", part.name, regime)
        yield from _long_names(where, part.name)
        yield from _keyword_languages(where, part, regime)
        yield from _carrier_keywords(where, part)
    for purpose in regime.purposes:
        if purpose.papers:
            yield from _in_every_language(f"purpose {purpose.number}, papers, hint", purpose.papers.hint, regime)
    yield from _shared_keywords(regime)
    for index, grammar in enumerate(regime.grammars, 1):
        if grammar.head.casefold() in CARRIER_WORDS:
            yield found(f"grammar {index}", "{head} is a word of the carriers; choose another head", head=grammar.head)


def _languages(regime: Regime) -> Iterator[Finding]:
    if regime.default_language not in regime.languages:
        what = "{language} is not among languages; write one of {known}"
        yield found("default_language", what, language=regime.default_language, known=", ".join(regime.languages))
    for language in regime.languages:
        if language not in languages():
            known = ", ".join(sorted(languages()))
            what = "there are no sentences in {language}; strike it, the languages are {known}"
            yield found("languages", what, language=language, known=known)


def _in_every_language(where: str, names: Mapping[str, str], regime: Regime) -> Iterator[Finding]:
    for language in regime.languages:
        if not names.get(language, "").strip():
            yield found(where, 'the text in {language} is missing; add it as {language} = "..."', language=language)
    yield from _unlisted(where, names, regime)


def _unlisted(where: str, texts: Mapping[str, object], regime: Regime) -> Iterator[Finding]:
    for language in texts:
        if language not in regime.languages:
            what = "{language} is not among languages; add it there, or strike it here"
            yield found(where, what, language=language)


def _long_names(where: str, names: Mapping[str, str]) -> Iterator[Finding]:
    for language, name in names.items():
        if len(name) > LONGEST_NAME:
            what = "{name!r} has {signs} signs; shorten it to {most}, or replies take two segments"
            yield found(f"{where}, name, {language}", what, name=name, signs=len(name), most=LONGEST_NAME)


def _keyword_languages(where: str, part: Named, regime: Regime) -> Iterator[Finding]:
    yield from _unlisted(f"{where}, keywords", part.keywords, regime)
    if isinstance(part, Purpose):
        for language in regime.languages:
            if not part.keywords.get(language):
                what = "there are none in {language}, so people could only send the number; add the plain words for it"
                yield found(f"{where}, keywords", what, language=language)


def _carrier_keywords(where: str, part: Named) -> Iterator[Finding]:
    for language, words in part.keywords.items():
        for word in words:
            if word.casefold().strip() in CARRIER_WORDS:
                what = "carriers keep the word {word} for themselves and may not hand it on; choose another"
                yield found(f"{where}, keywords, {language}", what, word=word)


def _shared_keywords(regime: Regime) -> Iterator[Finding]:
    """Keywords of two things that are one word once case, ё, look-alikes and alphabets are put aside."""
    owners: dict[str, tuple[str, str]] = {}
    for where, part in named_parts(regime):
        if isinstance(part, Zone):  # a zone is only named after SHIFT, where no purpose can stand
            continue
        for word in (word for words in part.keywords.values() for word in words):
            owner, spelt = owners.setdefault(_heard(word), (where, word))
            if owner != where:
                what = "{word!r} is also {spelt!r} of {owner}; leave it to one of them"
                yield found(f"{where}, keywords", what, word=word, spelt=spelt, owner=owner)


def _heard(phrase: str) -> str:
    return " ".join(key(word)[0] for word in phrase.split())
