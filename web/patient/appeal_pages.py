"""GET and POST /at-home/appeal: a patient says that we were wrong, about a decision or about being told to stay."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.regimes import in_force
from codes.review.appeals import file_appeal, may_appeal
from monitoring.cases.watched import WatchedCase, telephone_of
from monitoring.home.appealing import appealable
from store import Store, Work
from web.appeals import AppealForm, choice_at_home
from web.once import Answer, send_once
from web.patient.appeals import shown_appeals
from web.patient.entering import seen_case, sender_id


def add_appeal_pages(blueprint: Blueprint, store: Store) -> None:
    """/at-home/appeal."""

    @blueprint.get("/at-home/appeal")
    def ask_appeal() -> ResponseReturnValue:
        with store.reading() as work:
            case = seen_case(work)
            return _page(work, case, _form(work, case, formdata=None))

    @blueprint.post("/at-home/appeal", endpoint="appeal")
    def appeal() -> ResponseReturnValue:
        return send_once(store, sender_id(), _file)


def _file(work: Work) -> Answer:
    """Without holding the case: texts lock a telephone before its cases, and nothing of the case is changed."""
    case = seen_case(work)
    form, phone = _form(work, case), telephone_of(work, case)
    if phone is None:
        abort(409)
    if not form.validate():
        abort(Response(_page(work, case, form), 422))
    to = url_for("pages.patient.home")
    if not may_appeal(work, phone):
        return Answer(to, "too_many")
    about = form.chosen() or appealable(work, in_force(work).regime, [case])[0].about
    return Answer(to, "filed", {"number": file_appeal(work, phone, form.text.data.strip(), about)})


def _form(work: Work, case: WatchedCase, **given: Any) -> AppealForm:
    """With all that can be appealed from; what the link that led here names is chosen, else the last decision."""
    regime = in_force(work).regime
    choices = [choice_at_home(regime, one) for one in appealable(work, regime, [case])]
    if not choices:
        abort(404)
    wanted = request.args.get("about", "")
    known = wanted in {one.value for one in choices}
    form = AppealForm(data={"about": wanted if known else choices[0].value}, **given)
    form.about.choices = choices
    return form


def _page(work: Work, case: WatchedCase, form: AppealForm) -> str:
    regime = in_force(work).regime
    appeals, days = shown_appeals(work, regime, case), regime.isolation.appeal_days
    return render_template("patient/appeal.html", form=form, appeals=appeals, days=days, number=regime.number)
