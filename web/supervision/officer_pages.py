"""Officers whom wrong PINs or unknown codes locked, by unit; a supervisor lets them go on."""

from itertools import groupby
from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from codes.looking import note_look
from codes.police.officers import UnlockReason, unlock
from codes.police.roster import Locked, locked_officers
from codes.regimes import in_force
from language.moments import when
from store import Store, Work
from web.masking import masked_number
from web.once import Answer, send_once, told
from web.supervision.forms import UnlockForm
from web.visitor import visitor


def add_officer_pages(blueprint: Blueprint, store: Store) -> None:
    """GET /desk/officers and POST /desk/officers/ID/unlock."""

    @blueprint.get("/desk/officers")
    def officers() -> ResponseReturnValue:
        with store.work() as work:
            note_look(work, "officers", visitor().actor, "locked", "officers")
            answer, locked = told(work, visitor().id), locked_officers(work)
            units = [
                (unit, [_shown(work, one) for one in theirs]) for unit, theirs in groupby(locked, lambda one: one.unit)
            ]
        return render_template("supervision/officers.html", units=units, answer=answer)

    @blueprint.post("/desk/officers/<officer_id>/unlock", endpoint="unlock")
    def unlock_officer(officer_id: str) -> ResponseReturnValue:
        form = UnlockForm(prefix=f"unlock-{officer_id}-")
        if not form.validate():
            abort(400)

        def act(work: Work) -> Answer:
            done = unlock(work, officer_id, visitor().actor, UnlockReason(form.why.data))
            return Answer(url_for("pages.supervision.officers"), "unlocked" if done else "unlocked_before")

        return send_once(store, visitor().id, act)


def _shown(work: Work, one: Locked) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": masked_number(one.phone),
        "since": when(one.since, in_force(work).regime, work.now),
        "pins": one.wrong_pins,
        "codes": one.unknown_codes,
        "form": UnlockForm(formdata=None, prefix=f"unlock-{one.id}-"),
    }
