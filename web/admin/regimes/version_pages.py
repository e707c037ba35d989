"""Versions of the order, as people read them and as TOML; what two texts say differently; withdrawing one."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.orders.drafting import UnknownOrigin, open_drafts, origin_text
from codes.orders.order_text import document as read_document
from codes.orders.proposing import Answer as Became
from codes.orders.proposing import planned, propose_withdrawal, withdraw_alone
from codes.regimes import history, preset_names
from store import Store, Work
from web.admin.regimes.differences import differences, effective, in_words, rows, wordings
from web.admin.regimes.draft_pages import as_file
from web.admin.regimes.forms import WithdrawForm
from web.admin.regimes.labels import label
from web.admin.regimes.listing import one_version
from web.admin.regimes.parts import SINGLE, TITLES, item_title, items
from web.admin.regimes.saying import origin_words
from web.admin.regimes.shapes import LISTS, Document, entries, item_entries
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.wording import language_name
from web.words import _


def add_version_pages(blueprint: Blueprint, store: Store) -> None:
    """/admin/regimes/versions/ID, its text to take along, its withdrawal; /admin/regimes/compare."""

    @blueprint.get("/admin/regimes/versions/<int:version>")
    def regime_version(version: int) -> ResponseReturnValue:
        with store.reading() as work:
            shown, answer = one_version(work, version) or abort(404), told(work, visitor().id)
            text = _text(work, f"version:{version}")
        return render_template("admin/regimes/version.html", answer=answer, version=shown, text=text, **readable(text))

    @blueprint.get("/admin/regimes/versions/<int:version>/order.toml")
    def regime_version_file(version: int) -> ResponseReturnValue:
        with store.reading() as work:
            shown = one_version(work, version) or abort(404)
            text = _text(work, f"version:{version}")
        return as_file(text, f"{shown['name']}-{version}")

    @blueprint.get("/admin/regimes/compare")
    def regime_compare() -> ResponseReturnValue:
        with store.reading() as work:
            origins = _origins(work)
            chosen = [request.args.get(name) or two for name, two in zip(("one", "other"), _two(origins), strict=True)]
            texts = [_text(work, origin) for origin in chosen]
        known = dict(origins)
        origins += [(one, _("An earlier text of the draft")) for one in dict.fromkeys(chosen) if one not in known]
        given = {"changed": differences(*texts), "lines": rows(*texts), "names": dict(origins)}
        return render_template("admin/regimes/compare.html", origins=origins, chosen=chosen, **given)

    _add_withdrawal(blueprint, store)


def _add_withdrawal(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/admin/regimes/versions/<int:version>/withdraw")
    def regime_withdrawal(version: int) -> ResponseReturnValue:
        return _withdrawal_page(store, version, WithdrawForm(formdata=None))

    @blueprint.post("/admin/regimes/versions/<int:version>/withdraw")
    def regime_withdraw(version: int) -> ResponseReturnValue:
        form = WithdrawForm()
        if not form.validate():
            return _withdrawal_page(store, version, form), 422
        do = withdraw_alone if form.who.data == "alone" else propose_withdrawal

        def act(work: Work) -> Answer:
            became = do(work, version, form.reason.data.strip(), visitor().id)
            done = "withdrawn" if form.who.data == "alone" else "withdrawal_proposed"
            return Answer(url_for("pages.admin.regimes"), done if became is Became.DONE else f"not_{became}")

        return send_once(store, visitor().id, act)


def _withdrawal_page(store: Store, version: int, form: WithdrawForm) -> str:
    with store.reading() as work:
        shown = one_version(work, version) if planned(work, version) else None
    return render_template("admin/regimes/withdraw.html", version=shown or abort(404), form=form)


def readable(text: str) -> dict[str, Any]:
    """An order as people read it: `sections` of a title and facts, `listed` with one or more parts each, sentences."""
    values = effective(text) or read_document(text) or {}
    sections = [(_(TITLES[part]), _facts(values, entries(values, keys))) for part, keys in SINGLE.items()]
    listed = [(name, _(TITLES[name]), _items(values, name)) for name in LISTS if items(values, name)]
    own = [(language_name(language), name, said) for (language, name), said in sorted(wordings(values).items())]
    return {"sections": sections, "listed": listed, "own": own}


def _items(values: Document, name: str) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (item_title(item, name, place), _facts(values, item_entries(values, name, place)))
        for place, item in enumerate(items(values, name))
        if isinstance(item, dict)
    ]


def _facts(values: Document, wanted: list[Any]) -> list[tuple[str, str]]:
    said = ((label(entry), in_words(entry, values)) for entry in wanted)
    return [(what, value) for what, value in said if value]


def _text(work: Work, origin: str) -> str:
    try:
        return origin_text(work, origin)
    except UnknownOrigin:
        abort(404)


def _origins(work: Work) -> list[tuple[str, str]]:
    """Everything that can be compared, with what it is called."""
    versions = history(work)
    begun = next((one.id for one in versions if one.starts_at <= work.now), None)
    names = {f"version:{one.id}": one.name for one in versions}
    drafts = [(f"draft:{one.id}", _("Draft {name}", name=one.name or "–")) for one in open_drafts(work)]
    kept = [(origin, origin_words(origin, names, begun)) for origin in names]
    return [*drafts, *kept, *((f"preset:{name}", _("Preset {name}", name=name)) for name in preset_names())]


def _two(origins: list[tuple[str, str]]) -> tuple[str, str]:
    """What is compared where nothing was chosen: the two newest versions."""
    versions = [origin for origin, _words in origins if origin.startswith("version:")]
    one = versions[1] if len(versions) > 1 else versions[0] if versions else origins[0][0]
    return one, versions[0] if versions else origins[0][0]
