"""Sentences that an order words in its own way, each beside the common one."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.orders.order_text import Unwritable, put, put_table
from language.templates import placeholders
from language.translations import MESSAGES, sentences
from store import Store, Work
from web.admin.regimes.checking import Checker
from web.admin.regimes.differences import differences, sentence_names, wordings
from web.admin.regimes.editing import Opened, Stale, Unkept, beside_it, opened, save, stale
from web.admin.regimes.part_pages import elsewhere
from web.admin.regimes.parts import WORDING
from web.admin.regimes.shapes import spoken_languages
from web.admin.regimes.values import plain
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.wording import language_name
from web.words import _


def add_wording_pages(blueprint: Blueprint, store: Store, checker: Checker) -> None:
    """/admin/regimes/drafts/ID/wording and .../wording/LANGUAGE/NAME."""
    _add_sentence(blueprint, store, checker)

    @blueprint.get("/admin/regimes/drafts/<draft_id>/wording")
    def regime_wording(draft_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            found, answer = opened(work, draft_id), told(work, visitor().id)
        if away := elsewhere(found):
            return away
        language, name = request.args.get("language", ""), request.args.get("name", "")
        if name in MESSAGES and language in spoken_languages(found.values):
            return redirect(_sentence_url(draft_id, language, name))
        own = [(language, language_name(language), name, text) for (language, name), text in _own(found)]
        spoken = [(code, language_name(code)) for code in spoken_languages(found.values)]
        given = {"own": own, "languages_of_it": spoken, "names": sentence_names(), "answer": answer}
        return render_template("admin/regimes/wording.html", **given, **beside_it(checker, found.draft))


def _add_sentence(blueprint: Blueprint, store: Store, checker: Checker) -> None:
    @blueprint.get("/admin/regimes/drafts/<draft_id>/wording/<language>/<name>")
    def regime_sentence(draft_id: str, language: str, name: str) -> ResponseReturnValue:
        with store.reading() as work:
            found = opened(work, draft_id)
        return elsewhere(found) or _sentence_page(checker, found, language, name)

    @blueprint.post("/admin/regimes/drafts/<draft_id>/wording/<language>/<name>")
    def regime_save_sentence(draft_id: str, language: str, name: str) -> ResponseReturnValue:
        typed = plain(request.form.get("sentence", "")).strip("\n")

        def act(work: Work) -> Answer:
            found = opened(work, draft_id)
            stale(work, found.draft)
            save(work, found.draft, _worded(found, language, name, typed))
            return Answer(url_for("pages.admin.regime_wording", draft_id=draft_id), "saved")

        given: dict[str, Any] = {"typed": typed}
        try:
            return send_once(store, visitor().id, act)
        except Stale as late:
            given |= {"late": late, "changed": differences(late.seen, late.draft.text)}
        except (Unwritable, Unkept):
            given["trouble"] = _("This can't be written by the form. Use TOML.")
        with store.reading() as work:
            found = opened(work, draft_id)
        return elsewhere(found) or (_sentence_page(checker, found, language, name, **given), 422)


def _own(found: Opened) -> list[tuple[tuple[str, str], str]]:
    return sorted(wordings(found.values).items())


def _sentence_url(draft_id: str, language: str, name: str) -> str:
    return url_for("pages.admin.regime_sentence", draft_id=draft_id, language=language, name=name)


def _worded(found: Opened, language: str, name: str, typed: str) -> str:
    """The text with this sentence, or without it where nothing was typed."""
    own = wordings(found.values)
    if own.get((language, name), "") == typed:
        return found.draft.text
    if typed:
        return put_table(found.draft.text, WORDING, language, name, typed)
    return put(found.draft.text, {(WORDING, language, name): None})


def _sentence_page(checker: Checker, found: Opened, language: str, name: str, **given: Any) -> str:
    """One sentence with the common one beside it."""
    known = name in MESSAGES and language in spoken_languages(found.values)
    own = wordings(found.values).get((language, name))
    if not known and own is None:
        abort(404)
    head = {
        "spoken_in": language,
        "language_words": language_name(language),
        "name": name,
        "common": sentences(language).get(name, ""),
        "fields_of_it": placeholders(MESSAGES[name].text) if name in MESSAGES else (),
        "typed": own or "",
    }
    return render_template("admin/regimes/sentence.html", **head | given, **beside_it(checker, found.draft))
