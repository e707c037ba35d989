"""What waits for a second clinician: lists of people, and closed cases to be opened again."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovTextInput as TextInput
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from codes.looking import note_look
from codes.regime import Regime
from codes.regimes import in_force
from codes.review.taking import names_of
from language.moments import when
from monitoring.cases.clinics import own_case
from monitoring.cases.proposals import (
    BULK,
    REOPEN,
    Proposal,
    proposal_for,
    proposals_for,
    propose,
    reopening_of,
    settle_proposal,
)
from monitoring.patients.reopening import Reopened, reopen
from store import Store, Work
from web.clinic.acting import acting, seen_case
from web.clinic.forms import reason_field
from web.clinic.person_pages import day_of
from web.clinic.showing import end_of, last_day
from web.clinic.wording import KINDS
from web.forms import PageForm
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _, later

_SHORT = Length(max=40, message=later("That is too long"))


class ReopenForm(PageForm):
    """Until when, and why."""

    until = StringField(
        later("Last day"), widget=TextInput(), validators=[DataRequired(later("Choose the last day")), _SHORT]
    )
    reason = reason_field()


def add_proposal_pages(blueprint: Blueprint, store: Store, public_url: str) -> None:
    """GET /clinic/proposals, POST /clinic/proposals/ID, GET and POST /clinic/cases/ID/reopen."""

    @blueprint.get("/clinic/proposals")
    def proposals() -> ResponseReturnValue:
        with store.work() as work:
            who, regime = acting(work), in_force(work).regime
            found = proposals_for(work, who)
            names = names_of(work, [one.proposed_by for one in found])
            shown = [_shown(work, one, regime, names) for one in found]
            answer = told(work, visitor().id)
        return render_template("clinic/proposals.html", proposals=shown, answer=answer)

    @blueprint.post("/clinic/proposals/<proposal_id>", endpoint="settle_proposal")
    def settle(proposal_id: str) -> ResponseReturnValue:
        yes = request.form.get("answer") == "yes"

        def act(work: Work) -> Answer:
            return Answer(url_for("pages.clinic.proposals"), _settle(work, proposal_id, public_url, yes=yes))

        return send_once(store, visitor().id, act)

    _add_reopen(blueprint, store)


def _settle(work: Work, proposal_id: str, public_url: str, *, yes: bool) -> str:
    """What came of it, in a word."""
    proposal = proposal_for(work, acting(work), proposal_id) or abort(404)
    if yes and proposal.proposed_by == visitor().actor:
        return "own"
    if not settle_proposal(work, proposal, visitor().actor, yes=yes, wiped=proposal.kind == REOPEN):
        return "overtaken"
    if not yes:
        return "sent_back"
    if proposal.kind == BULK:
        return "list_confirmed"
    became = reopen(work, in_force(work).regime, proposal, visitor().actor, public_url)
    return "reopened" if became is Reopened.DONE else "not_reopened"


def _shown(work: Work, one: Proposal, regime: Regime, names: dict[str, str]) -> dict[str, Any]:
    shown = {
        "id": one.id,
        "kind": one.kind,
        "rows": one.rows,
        "reason": one.content.get("reason", ""),
        "by": names.get(one.proposed_by, ""),
        "at": when(one.proposed_at, regime, work.now),
        "mine": one.proposed_by == visitor().actor,
        "people": [],
    }
    if one.kind == BULK:
        note_look(work, one.id, visitor().actor, "proposal", "proposals")
        people = [f"{row['fields']['name']} *{row['fields']['document'][-4:]}" for row in one.content["rows"]]
        kinds = [_(KINDS[row["kind"]]) for row in one.content["rows"]]
        return {**shown, "people": list(zip(people, kinds, strict=True))}
    found = own_case(work, acting(work), one.case_id or "")
    name = found.person.name if found else ""
    if found:
        note_look(work, found.case.person_id, visitor().actor, "proposal", "proposals")
    return {**shown, "people": [(name, "")], "until": last_day(ends_at(one), regime)}


def ends_at(one: Proposal) -> Any:
    """The end that is proposed for a case."""
    return datetime.fromisoformat(one.content["ends_at"])


def _add_reopen(blueprint: Blueprint, store: Store) -> None:
    @blueprint.route("/clinic/cases/<case_id>/reopen", methods=["GET", "POST"], endpoint="ask_reopen")
    def ask(case_id: str) -> ResponseReturnValue:
        form = ReopenForm()
        with store.work() as work:
            found, regime = seen_case(work, case_id, "reopen"), in_force(work).regime
            if found.case.closed_at is None or found.case.key is None or reopening_of(work, case_id):
                abort(404)
            if request.method == "GET":
                return render_template("clinic/reopen.html", found=found, form=form)
            today = work.now.astimezone(regime.zone).date()
            last = day_of(form, "until", today) if form.validate() else None
            if last is None:
                return render_template("clinic/reopen.html", found=found, form=form), 422
            until = end_of(last, regime).isoformat()

        def act(work: Work) -> Answer:
            content = {"reason": form.reason.data.strip(), "ends_at": until}
            if reopening_of(work, case_id) is None:
                propose(work, REOPEN, content, visitor().actor, case_id=case_id)
            return Answer(url_for("pages.clinic.case", case_id=case_id), "reopen_proposed")

        return send_once(store, visitor().id, act)
