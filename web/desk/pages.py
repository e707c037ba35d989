"""The agents' desk: the line, the call, the passes and people in it, and what is noted of it."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from codes.desk.attending import NotAttended, note_refusal
from store import Store
from web.desk.call_pages import add_call_pages
from web.desk.home_pages import add_home_pages
from web.desk.line_pages import add_line_pages
from web.desk.pass_pages import add_pass_pages
from web.desk.people_pages import add_people_pages
from web.desk.proof_pages import add_proof_pages
from web.desk.wording import REFUSED
from web.desk.wrapping_pages import add_wrapping_pages
from web.once import FIELD, sent_before
from web.visitor import visitor
from web.words import _


def desk_blueprint(store: Store, public_url: str) -> Blueprint:
    """GET /desk and all below it."""
    blueprint = Blueprint("desk", __name__)
    for add in (
        add_line_pages,
        add_call_pages,
        add_proof_pages,
        add_pass_pages,
        add_home_pages,
        add_wrapping_pages,
    ):
        add(blueprint, store)
    add_people_pages(blueprint, store, public_url)

    @blueprint.before_request
    def again() -> ResponseReturnValue | None:
        return sent_before(store, visitor().id) if request.method == "POST" else None

    @blueprint.errorhandler(NotAttended)
    def refused(refusal: NotAttended) -> ResponseReturnValue:
        """403 in plain words, and a line of the audit; what was typed is shown, so that nothing is lost."""
        with store.work() as work:
            note_refusal(work, visitor().id, refusal)
        title, meaning = (_(words) for words in REFUSED[refusal.why])
        typed = [value for name, value in request.form.items() if _is_typed(name, value)]
        sid = refusal.call_sid
        page = render_template("desk/refused.html", title=title, meaning=meaning, typed=typed, sid=sid, why=refusal.why)
        return make_response(page, 403)

    return blueprint


def _is_typed(name: str, value: str) -> bool:
    return bool(value.strip()) and name != FIELD and not name.endswith("csrf_token") and name in _typed_fields(name)


def _typed_fields(name: str) -> tuple[str, ...]:
    """Ids and choices were not typed; texts were."""
    return () if name in ("person", "purpose", "why", "stay", "place", "paused") else (name,)
