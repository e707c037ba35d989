"""The words of pages: English in the source, other languages in `web/catalogues`, the language of each request.

`_("Sign in")` says it now. `later("Name")` only marks a text that is said when it is shown (a form's labels).
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import g, request

from web.roles import Role
from web.visitor import patient, present

CATALOGUES = Path(__file__).parent / "catalogues"
SOURCE_LANGUAGE = "en"
LANGUAGES = {"en": "English", "ru": "Русский", "tt": "Татарча"}
"""Each by its own name."""
COOKIE = "language"


def read_catalogues(language: str) -> dict[str, Catalog]:
    """The catalogues of a language other than the source's, as committed: one an audience, by its name."""
    files = sorted((CATALOGUES / language / "LC_MESSAGES").glob("*.po"))
    return {file.stem: _read(file, language) for file in files}


def _read(file: Path, language: str) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened, locale=language, domain=file.stem)


@cache
def _translations(language: str) -> NullTranslations:
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    whole = NullTranslations()
    for catalogue in read_catalogues(language).values():
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        found = GNUTranslations(compiled)
        found.add_fallback(whole)
        whole = found
    return whole


def spoken() -> str:
    """The language of this request: what the person chose, else what the browser asks for, else English.

    For citizens and patients, who may read another language than their telephone is written to in, the browser's
    choice is first.
    The staff share browsers: there the person's own comes first.
    """
    if "language" not in g:
        who, here = present(), request.cookies.get(COOKIE)
        theirs = who.language if who else _of_patient()
        chosen = (theirs, here) if who and not who.may(Role.CITIZEN) else (here, theirs)
        g.language = next((language for language in chosen if language in LANGUAGES), None) or spoken_by_browser()
    return str(g.language)


def _of_patient() -> str | None:
    """What the telephone is written to in, of a patient whose page this is."""
    home = patient()
    return home.shown.language if home else None


def spoken_by_browser() -> str:
    """What the browser likes best of ours; ``tt-RU`` is Tatar, and comes before a Russian that is liked less."""
    liked = (name.partition("-")[0].lower() for name, quality in request.accept_languages if quality > 0)
    return next((language for language in liked if language in LANGUAGES), SOURCE_LANGUAGE)


def later(text: str) -> str:
    """Marks a text for the catalogues; it is said with `_` when it is shown."""
    return text


def _(text: str, /, **values: Any) -> str:
    """The text in the language of this request, with its {fields} filled."""
    said = _translations(spoken()).gettext(text)
    return said.format(**values) if values else said


def counted(one: str, many: str, count: int, **values: Any) -> str:
    """The text for a number of things; {count} is the number."""
    return _translations(spoken()).ngettext(one, many, count).format(count=count, **values)
