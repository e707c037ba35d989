"""GET and POST /police, the page and what it answers without a script; POST /police/look, what its script asks."""

from typing import Any

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from codes.passes import CODE
from codes.regime import Regime
from language.moments import ending, when
from store import Store, Work
from web.headers import open_to_camera
from web.police.forms import LookForm
from web.police.looking import Asked, Bar, Duty, Looked, document, duty, look
from web.police.wording import BARS, SYMBOLS, VERDICTS
from web.words import _

_OPEN = (Bar.LOCKED,)
"""The page is shown all the same: a lock may be undone in a minute."""


def add_look_pages(blueprint: Blueprint, store: Store) -> None:
    """The officer's page and its questions."""

    @blueprint.get("/police")
    def police() -> ResponseReturnValue:
        with store.reading() as work:
            return _page(work, duty(work))

    @blueprint.post("/police", endpoint="check")
    def check() -> ResponseReturnValue:
        with store.work() as work:
            on = duty(work)
            form = LookForm(on.under.regime.bound)
            looked = look(work, on, Asked(form.kind.data or CODE, form.typed.data)) if form.validate() else None
            page = _page(work, on, form, looked)
        return page, 422 if form.errors else 200

    @blueprint.post("/police/look", endpoint="look")
    def look_up() -> ResponseReturnValue:
        said = request.get_json(silent=True)
        asked = _asked(said) if isinstance(said, dict) else None
        if asked is None:
            return jsonify(bar="malformed"), 400
        with store.work() as work:
            return jsonify(document(look(work, duty(work), asked)))


def _asked(said: dict[str, Any]) -> Asked | None:
    kind, typed = said.get("kind"), said.get("typed")
    fine = isinstance(kind, str) and isinstance(typed, str) and 0 < len(typed) <= 500
    return Asked(str(kind), str(typed)) if fine else None


def _page(work: Work, on: Duty, form: LookForm | None = None, looked: Looked | None = None) -> Response:
    if on.bar and on.bar not in _OPEN:
        title, meaning = (_(words) for words in BARS[on.bar])
        return make_response(render_template("police/closed.html", title=title, meaning=meaning, bar=on.bar))
    regime = on.under.regime
    shown = _shown(looked, regime, work) if looked else None
    form = form or LookForm(regime.bound, formdata=None)
    until = when(on.until, regime, work.now) if on.until else ""
    words = {"verdicts": VERDICTS, "bars": BARS, "symbols": SYMBOLS, "number": regime.number}
    page = render_template("police/police.html", form=form, shown=shown, until=until, zone=regime.time_zone, **words)
    response = open_to_camera(make_response(page))
    if looked is None and not form.errors:
        response.headers["X-Kept-For-Shift"] = "1"
    return response


def _shown(looked: Looked, regime: Regime, work: Work) -> dict[str, Any]:
    """A look for the template."""
    verdict = looked.verdict
    if verdict is None:
        title, meaning = BARS[looked.bar or Bar.OFF_SHIFT]
        return {"mark": "amber", "word": _(title), "advice": _(meaning)}
    _mark, word, advice = VERDICTS[verdict.kind]
    return {
        "mark": verdict.mark,
        "word": _(word),
        "advice": _(advice),
        "shown": verdict.shown,
        "purpose": verdict.purpose,
        "starts": when(verdict.valid_from, regime, work.now) if verdict.valid_from else "",
        "ends": ending(verdict.valid_until, regime, work.now) if verdict.valid_until else "",
        "initials": verdict.initials,
        "tail": verdict.document_tail,
        "grace": verdict.grace,
        "locked": looked.locked,
    }
