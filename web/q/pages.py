"""GET and POST /q, POST /q/check. The token stands in the fragment, which no browser sends: a script reads it."""

from typing import Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput, GovTextInput
from wtforms import StringField, SubmitField
from wtforms.validators import InputRequired, Length

from codes.police.public_checks import Outcome, Standing, check_publicly
from codes.police.sought import Sought, sought_code, sought_token
from codes.regimes import NoRegime, Terms, in_force
from codes.signed.signing import Signing
from language.moments import ending
from store import Store, Work
from web.forms import PageForm
from web.rates import network
from web.words import later

_LONGEST = 500
_SHORT = Length(max=40, message=later("That is too long"))


class CodeForm(PageForm):
    """A code, typed by anybody."""

    code = StringField(
        later("Code of the pass"),
        description=later("The signs beside the QR, in any spelling"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Enter the code of the pass")), _SHORT],
    )
    submit = SubmitField(later("Check"), widget=GovSubmitInput())


def q_blueprint(store: Store, signing: Signing) -> Blueprint:
    """For everybody; nothing here says whose a pass is."""
    blueprint = Blueprint("q", __name__)

    @blueprint.route("/q", methods=["GET", "POST"])
    def q() -> ResponseReturnValue:
        form, shown = CodeForm(), None
        with store.work() if request.method == "POST" else store.reading() as work:
            under = _terms(work)
            if under and form.validate_on_submit():
                standing = check_publicly(work, under, sought_code(form.code.data, under), network())
                shown = _document(work, under, standing)
        number = under.regime.number if under else ""
        page = render_template("q/q.html", form=form, shown=shown, number=number)
        return page, 422 if form.errors else 200

    @blueprint.post("/q/check")
    def check() -> ResponseReturnValue:
        said = request.get_json(silent=True)
        token = said.get("token") if isinstance(said, dict) else None
        if not isinstance(token, str) or len(token) > _LONGEST:
            return jsonify(outcome=Outcome.MISTYPED), 400
        with store.work() as work:
            under = _terms(work)
            if under is None:
                return jsonify(outcome=Outcome.NOT_VALID)
            standing = check_publicly(work, under, _sought(signing, token), network())
            return jsonify(_document(work, under, standing))

    return blueprint


def _sought(signing: Signing, token: str) -> Sought:
    return sought_token(signing.read(token))


def _terms(work: Work) -> Terms | None:
    try:
        return in_force(work)
    except NoRegime:
        return None


def _document(work: Work, under: Terms, standing: Standing) -> dict[str, Any]:
    until = ending(standing.until, under.regime, work.now) if standing.until else ""
    return {"outcome": standing.outcome, "until": until}
