"""What a stranger would stumble over on a page, found without one."""

import re
from functools import cache

from playwright.sync_api import Page

from web.words import LANGUAGES, SOURCE_LANGUAGE, read_catalogues

_WORD = re.compile(r"[A-Za-z][a-z]{2,}")
_FIELD = re.compile(r"\{[A-Za-z_.]+\}|%\([a-z_]+\)s")
_SLIPS = re.compile(r"\{[a-z_]+\}|%\([a-z_]+\)s|^None$|\bundefined\b|<[A-Za-z_.]+ object|&lt;|&amp;|\b[0-9a-f]{24}\b")
_READ = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const around = node.parentElement;
        const own = "[lang]:not(html), code, pre, script, style, template, textarea, noscript, [translate=no]";
        if (node.data.trim() && !around.closest(own) && around.checkVisibility({visibilityProperty: true}))
            found.push(node.data.trim());
    }
    return found;
}"""
"""Texts that are seen, but for what says that it is in another language or is none."""


@cache
def foreign(language: str) -> frozenset[str]:
    """Words of the English source that the translations into a language never use."""
    english, kept = set[str](), set[str]()
    for catalogue in read_catalogues(language).values():
        for message in catalogue:
            english |= _words(message.id)
            kept |= _words(message.string)
    return frozenset(english - kept)


def _words(text: object) -> set[str]:
    forms = text if isinstance(text, (list, tuple)) else [text]
    return {word.lower() for form in forms for word in _WORD.findall(_FIELD.sub(" ", str(form)))}


def seen_texts(page: Page) -> list[str]:
    """What is read on a page, text by text."""
    texts: list[str] = page.evaluate(_READ)
    return texts


def untranslated(texts: list[str], language: str) -> list[str]:
    """Texts with English words on a page in another language."""
    if language == SOURCE_LANGUAGE:
        return []
    names = {name for title in LANGUAGES.values() for name in _words(title)}
    return [text for text in texts if (_words(text) - names) & foreign(language)]


def slips(texts: list[str]) -> list[str]:
    """Texts that show what only a programmer should see."""
    return [text for text in texts if _SLIPS.search(text)]


def losing_focus(page: Page) -> list[str]:
    """What a keyboard reaches in a live part and has no id, so that its focus is lost when the part is replaced."""
    reached = "a[href], button, summary, select, textarea, input:not([type=hidden]), [tabindex]"
    found: list[str] = page.locator(f"[hx-swap=outerHTML] :is({reached}):not([id])").evaluate_all(
        "all => all.map(one => one.outerHTML.slice(0, 120))"
    )
    return found
