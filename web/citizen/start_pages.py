"""The first page: what this is, and where to begin."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from codes.regimes import in_force
from language.examples import name_in
from language.wording import say
from store import Store
from web.signin.pages import landing
from web.visitor import present
from web.words import spoken


def start_blueprint(store: Store) -> Blueprint:
    """GET /."""
    blueprint = Blueprint("start", __name__)

    @blueprint.get("/")
    def start() -> ResponseReturnValue:
        if present():
            return redirect(landing())
        with store.reading() as work:
            regime = in_force(work).regime
        return render_template(
            "citizen/start.html",
            title=name_in(regime.title, spoken(), regime),
            number=regime.number,
            free=[name_in(one.name, spoken(), regime) for one in regime.no_pass_needed],
            first_text=say("welcome", spoken(), regime),
        )

    return blueprint
