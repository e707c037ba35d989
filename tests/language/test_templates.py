"""The catalogues against the templates: every sentence in every language, with its fields and understood commands."""

import re
from itertools import groupby, product

import pytest
from babel.messages.checkers import checkers

from codes.fields import Field
from codes.outcomes import RefusalReason, VerdictKind
from language.templates import TEMPLATES, placeholders
from language.translations import MESSAGES, languages, path_of, read_catalogue, sentences
from language.understanding.spelling import sound
from language.understanding.vocabulary import Kind, everyday, patients_words

TRANSLATED = ("ru", "tt", "el", "az")
SPOKEN = ("en", *TRANSLATED)
CARRIER_WORDS = {
    *("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"),
    *("start", "yes", "unstop", "help", "info"),
}
NO_COMMANDS = {"OK", "PIN", "ПИН", "SMS", "СМС", "ИНН", "ΑΦΜ", "VÖEN"}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_every_template_and_no_other(language: str) -> None:
    catalogue = {message.context: message.id for message in read_catalogue(language) if message.id}

    assert catalogue == {name: template.text for name, template in MESSAGES.items()}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_empty_or_doubtful(language: str) -> None:
    messages = [message for message in read_catalogue(language) if message.id]

    assert [message.context for message in messages if message.fuzzy or not message.string] == []
    assert "#, fuzzy" not in path_of(language).read_text("utf-8")


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_exactly_the_fields_of_its_source(language: str) -> None:
    translated = sentences(language)

    for name, template in MESSAGES.items():
        assert sorted(placeholders(translated[name])) == sorted(placeholders(template.text)), name


@pytest.mark.parametrize("language", TRANSLATED)
def test_babel_finds_nothing_wrong(language: str) -> None:
    catalogue = read_catalogue(language)

    for message, check in product((message for message in catalogue if message.id), checkers):
        check(catalogue, message)
    assert [message.context for message in catalogue if "{" in message.id and not message.python_brace_format] == []


def test_every_catalogue_is_tested() -> None:
    assert languages() == set(SPOKEN)


def test_a_language_without_a_catalogue_speaks_english() -> None:
    assert sentences("fi") == sentences("en")


def test_every_refusal_verdict_and_field_has_its_sentences() -> None:
    needed = {f"refused_{reason}" for reason in RefusalReason}
    needed |= {f"{form}_{kind}" for form, kind in product(("verdict", "brief"), VerdictKind)}
    needed |= {f"{form}_{field}" for form, field in product(("ask", "format", "field"), Field)}

    assert needed <= TEMPLATES.keys()


@pytest.mark.parametrize("language", SPOKEN)
def test_every_command_named_in_a_sentence_is_understood_as_that_command(language: str) -> None:
    for name, template in TEMPLATES.items():
        if not name.startswith(("verdict_", "brief_")):
            assert commands_in(sentences(language)[name], language) == commands_in(template.text, "en"), name


@pytest.mark.parametrize("language", SPOKEN)
def test_no_sentence_teaches_a_word_that_carriers_keep(language: str) -> None:
    for name, text in sentences(language).items():
        assert not {phrase.casefold() for phrase in shouted(text)} & CARRIER_WORDS, name


def test_english_stays_within_gsm() -> None:
    assert {sign for template in TEMPLATES.values() for sign in template.text if not sign.isascii()} == set()


@pytest.mark.parametrize("language", ["ru", "tt"])
def test_a_catalogue_is_in_its_own_letters(language: str) -> None:
    for name, text in sentences(language).items():
        assert not re.search("[A-Za-z]", re.sub(r"\{\w+\}", "", text)), name


def commands_in(text: str, language: str) -> list[str]:
    """What the words in capitals of `text` say to the service, in alphabetical order."""
    known = {
        sound(entry.phrase): f"{entry.kind} {entry.value}"
        for entry in reversed(everyday(language))
        if entry.kind is Kind.COMMAND or entry.value in {"yes", "no", "now", "head", "self"}
    }
    known |= {sound(phrase): f"tell {word}" for phrase, word in reversed(patients_words(language))}
    return sorted(known.get(sound(lower(phrase, language)), f"unknown {phrase}") for phrase in shouted(text))


def shouted(text: str) -> list[str]:
    """Runs of words in capitals, such as ``NOT ME``, but names of things like PIN."""
    phrases = []
    for clause in re.split(r"\{\w+\}|[^\w\s-]|\n", text):
        for capital, words in groupby(clause.split(), str.isupper):
            phrases += [" ".join(words)] if capital else []
    return [phrase for phrase in phrases if len(phrase) > 1 and phrase not in NO_COMMANDS]


def lower(phrase: str, language: str) -> str:
    return (phrase.replace("İ", "i").replace("I", "ı") if language == "az" else phrase).casefold()
