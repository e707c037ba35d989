"""Appeals: what was refused or revoked, in one's own words; each with its number, its state and the answer."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextArea
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, Length

from codes.meeting import Meeting
from codes.own_passes import OwnApplication, OwnPass, appealable_applications, appealable_passes
from codes.regime import Regime
from codes.review.appealed import About
from codes.review.appeals import LONGEST, Appealed, file_appeal, may_appeal, own_appeals
from language.examples import name_in
from language.moments import when
from store import Store, Work
from web.citizen.counter import at_a_glance, at_counter
from web.citizen.wording import refused_words, revoked_words
from web.forms import PageForm
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _, later, spoken

_ELSE, _NEWEST = "else", "newest"
_STATES = {"open": later("waits for an answer"), "upheld": later("you were right"), "denied": later("denied")}


class AppealForm(PageForm):
    """What about, and why."""

    about = RadioField(later("What is it about?"), widget=GovRadioInput(), validate_choice=False)
    text = TextAreaField(
        later("What was wrong?"),
        description=later("In your own words, at most 2000 signs. Who reads it did not decide the first time."),
        widget=GovTextArea(),
        validators=[
            DataRequired(later("Write what was wrong")),
            Length(max=LONGEST, message=later("That is too long: at most 2000 signs")),
        ],
    )


def add_appeal_pages(blueprint: Blueprint, store: Store) -> None:
    """/appeals and /appeals/new."""

    @blueprint.get("/appeals", endpoint="appeals")
    def listed() -> ResponseReturnValue:
        with store.reading() as work:
            meeting = at_a_glance(work)
            mine = [_shown(work, meeting, one) for one in own_appeals(work, meeting.phone)]
            return render_template("citizen/appeals.html", appeals=mine, answer=told(work, visitor().id))

    @blueprint.get("/appeals/new")
    def ask_appeal() -> ResponseReturnValue:
        with store.reading() as work:
            return _page(_form(work, at_a_glance(work), formdata=None))

    @blueprint.post("/appeals/new")
    def appeal() -> ResponseReturnValue:
        return send_once(store, visitor().id, _file)


def _file(work: Work) -> Answer:
    meeting = at_counter(work)
    form = _form(work, meeting)
    if not form.validate():
        abort(Response(_page(form), 422))
    if not may_appeal(work, meeting.phone):
        return Answer(url_for("pages.citizen.appeals"), "too_many")
    number = file_appeal(work, meeting.phone, form.text.data.strip(), _about(form))
    return Answer(url_for("pages.citizen.appeals"), "filed", {"number": number})


def _about(form: AppealForm) -> About | None:
    chosen = form.about.data if form.about.data in {one.value for one in form.about.choices} else _ELSE
    what, _dot, about_id = chosen.partition(".")
    return About(what, about_id) if about_id else None


def _form(work: Work, meeting: Meeting, **given: Any) -> AppealForm:
    """With everything that can be appealed from; one of them chosen where the link that led here says so."""
    refused = [
        SelectChoice(f"application.{one.id}", _refused(work, one))
        for one in appealable_applications(work, meeting.holders)
    ]
    revoked = [SelectChoice(f"pass.{one.live.id}", _revoked(one)) for one in appealable_passes(work, meeting.holders)]
    choices = [*refused, *revoked, SelectChoice(_ELSE, _("Something else"))]
    wanted = request.args.get("about", "")
    wanted = choices[0].value if wanted == _NEWEST else wanted
    known = wanted in {choice.value for choice in choices}
    form = AppealForm(data={"about": wanted if known else _ELSE}, **given)
    form.about.choices = choices
    return form


def _refused(work: Work, one: OwnApplication) -> str:
    what, moment = _purpose(one.regime, one.purpose), when(one.asked_at, one.regime, work.now)
    return _("Refused: {what}, {moment}. {why}", what=what, moment=moment, why=refused_words(one.refusal or ""))


def _revoked(one: OwnPass) -> str:
    what = _purpose(one.regime, one.live.purpose)
    return _("Withdrawn: {what}, {why}", what=what, why=revoked_words(one.revoked_reason))


def _purpose(regime: Regime, number: int) -> str:
    return name_in(regime.by_number[number].name, spoken(), regime)


def _page(form: AppealForm) -> str:
    return render_template("citizen/appeal.html", form=form)


def _shown(work: Work, meeting: Meeting, one: Appealed) -> dict[str, Any]:
    regime = meeting.terms.regime
    return {
        "number": one.number,
        "text": one.text,
        "state": _(_STATES[one.state]),
        "open": one.state == "open",
        "filed": when(one.filed_at, regime, work.now),
        "answer": one.decision,
        "decided": when(one.decided_at, regime, work.now) if one.decided_at else "",
    }
