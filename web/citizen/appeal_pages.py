"""Appeals: what was refused or revoked, in one's own words; each with its number, its state and the answer."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from codes.meeting import Meeting
from codes.own_passes import OwnApplication, OwnPass, appealable_applications, appealable_passes
from codes.regime import Regime
from codes.review.appeals import file_appeal, may_appeal, own_appeals
from language.examples import name_in
from language.moments import when
from monitoring.home.appealing import appealable, cases_appealed_from
from store import Store, Work
from web.appeals import AppealForm, choice_at_home, shown_appeal
from web.citizen.counter import at_a_glance, at_counter
from web.citizen.wording import refused_words, revoked_words
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _, spoken

_ELSE, _NEWEST = "else", "newest"


def add_appeal_pages(blueprint: Blueprint, store: Store) -> None:
    """/appeals and /appeals/new."""

    @blueprint.get("/appeals", endpoint="appeals")
    def listed() -> ResponseReturnValue:
        with store.reading() as work:
            meeting = at_a_glance(work)
            regime = meeting.terms.regime
            mine = [shown_appeal(work, regime, one) for one in own_appeals(work, meeting.phone)]
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
    number = file_appeal(work, meeting.phone, form.text.data.strip(), form.chosen())
    return Answer(url_for("pages.citizen.appeals"), "filed", {"number": number})


def _form(work: Work, meeting: Meeting, **given: Any) -> AppealForm:
    """With everything that can be appealed from; one of them chosen where the link that led here says so."""
    refused = [
        SelectChoice(f"application.{one.id}", _refused(work, one))
        for one in appealable_applications(work, meeting.holders)
    ]
    revoked = [SelectChoice(f"pass.{one.live.id}", _revoked(one)) for one in appealable_passes(work, meeting.holders)]
    regime, cases = meeting.terms.regime, cases_appealed_from(work, meeting.terms.regime, meeting.phone)
    home = [choice_at_home(regime, one) for one in appealable(work, regime, cases)]
    choices = [*refused, *revoked, *home, SelectChoice(_ELSE, _("Something else"))]
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
