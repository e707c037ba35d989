"""The catalogues in memory: template name to sentence, a language at a time, read when first used."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from language.spoken import SPOKEN
from language.templates import TEMPLATES, Template

CATALOGUES = Path(__file__).parent / "catalogues"
SOURCE_LANGUAGE = "en"
SAID = "spoken."
"""Stands before the name of a sentence that is spoken."""
MESSAGES: Mapping[str, Template] = MappingProxyType({**TEMPLATES, **{SAID + name: SPOKEN[name] for name in SPOKEN}})
"""Every sentence, written and spoken, by its name in the catalogues."""


def path_of(language: str) -> Path:
    """Where the catalogue of `language` lies; the name is the message's context, the English text its id."""
    return CATALOGUES / language / "LC_MESSAGES" / "passline.po"


def read_catalogue(language: str) -> Catalog:
    """The catalogue of `language` as committed; raises FileNotFoundError where there is none."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language, domain="passline")


@cache
def languages() -> frozenset[str]:
    """Every language with sentences."""
    return frozenset({SOURCE_LANGUAGE, *(path.parts[-3] for path in CATALOGUES.glob("*/LC_MESSAGES/passline.po"))})


@cache
def sentences(language: str) -> Mapping[str, str]:
    """Every sentence of `language` by its name; in English where the catalogue has none, or is none."""
    english = {name: template.text for name, template in MESSAGES.items()}
    if language == SOURCE_LANGUAGE or language not in languages():
        return MappingProxyType(english)
    own = {
        str(message.context): str(message.string)
        for message in read_catalogue(language)
        if message.context in english and message.string and not message.fuzzy
    }
    return MappingProxyType(english | own)
