"""GET and POST /police, the page and what it answers without a script; what its script asks and hands in later."""

import re
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from codes.outcomes import Mark
from codes.passes import CODE
from codes.police.sought import MOST_AT_ONCE, Seen
from codes.regime import Regime
from codes.signed.signing import Signing
from language.moments import ending, when
from store import Store, Work
from web.headers import open_to_camera
from web.police.forms import LookForm
from web.police.looking import Asked, Bar, Duty, Looked, document, duty, look, take_looks
from web.police.wording import BARS, SYMBOLS, VERDICTS
from web.words import _

_LONGEST = 500
_NONCE = re.compile("[A-Za-z0-9-]{8,40}")
_OPEN = (Bar.LOCKED,)
"""The page is shown all the same: a lock may be undone in a minute."""


def add_look_pages(blueprint: Blueprint, store: Store, signing: Signing) -> None:
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
            asked = Asked(form.kind.data or CODE, form.typed.data or "")
            looked = look(work, signing, on, asked) if form.validate() else None
            page = _page(work, on, form, looked)
        return page, 422 if form.errors else 200

    @blueprint.post("/police/look", endpoint="look")
    def look_up() -> ResponseReturnValue:
        with store.work() as work:
            asked = _asked(request.get_json(silent=True), work.now)
            if asked is None:
                return jsonify(bar=Bar.MALFORMED), 400
            return jsonify(document(look(work, signing, duty(work), asked)))

    @blueprint.post("/police/looks", endpoint="hand_in")
    def hand_in() -> ResponseReturnValue:
        said = request.get_json(silent=True)
        looks = said.get("looks") if isinstance(said, dict) else None
        if not isinstance(looks, list) or len(looks) > MOST_AT_ONCE:
            return jsonify(settled=[]), 400
        with store.work() as work:
            asked = [one for one in (_asked(look, None) for look in looks) if one]
            return jsonify(settled=sorted(take_looks(work, signing, duty(work), asked)))


def _asked(said: Any, now: datetime | None) -> Asked | None:
    """A question of the script; without `now` it says itself when it was asked."""
    wanted = ("kind", "typed", "nonce") if now else ("kind", "typed", "nonce", "seen_at", "told")
    if not isinstance(said, dict) or not all(isinstance(said.get(name), str) for name in wanted):
        return None
    at = now or _moment(said["seen_at"])
    if at is None or not 0 < len(said["typed"]) <= _LONGEST or not _NONCE.fullmatch(said["nonce"]):
        return None
    if now is None and said["told"] not in set(Mark):
        return None
    return Asked(said["kind"], said["typed"], Seen(said["nonce"], at, None if now else said["told"]))


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _page(work: Work, on: Duty, form: LookForm | None = None, looked: Looked | None = None) -> Response:
    if on.bar and on.bar not in _OPEN:
        title, meaning = (_(words) for words in BARS[on.bar])
        return make_response(render_template("police/closed.html", title=title, meaning=meaning, bar=on.bar))
    regime = on.under.regime
    shown = _shown(looked, regime, work) if looked else None
    form = form or LookForm(regime.bound, formdata=None)
    until = ending(on.until, regime, work.now) if on.until else ""
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
