"""Putting an order in force: one administrator proposes, another approves or sends back."""

from datetime import datetime
from typing import Any, Final

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from codes.orders.drafting import Draft
from codes.orders.proposing import Answer as Became
from codes.orders.proposing import approve, find_proposal, propose, proposed_text, send_back
from codes.orders.starting import NoStart, read_start
from codes.regime import read_regime
from codes.regimes import NoRegime, in_force, version_text
from store import Store, Work
from store.keyring import fingerprint
from web.admin.regimes.checking import Checker
from web.admin.regimes.differences import differences, rows
from web.admin.regimes.editing import beside_it, opened, revision_seen
from web.admin.regimes.forms import ProposeForm, ReasonForm
from web.admin.regimes.saying import proposal_shown
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _, later

PATIENCE_S: Final = 20.0
"""How long whoever proposes or approves waits for proof-reading; in a while it is over anyway."""
_NO_START: Final = {
    NoStart.DAY: ("day", later("Enter a day such as 2027-03-01")),
    NoStart.CLOCK: ("clock", later("Enter a time such as 07:30")),
    NoStart.GAP: ("clock", later("There is no such time on that day: clocks are put forward over it")),
}


def add_proposal_pages(blueprint: Blueprint, store: Store, checker: Checker) -> None:
    """/admin/regimes/drafts/ID/propose, /admin/regimes/proposals/ID and what is decided there."""
    _add_propose(blueprint, store, checker)
    _add_decisions(blueprint, store, checker)

    @blueprint.get("/admin/regimes/proposals/<proposal_id>")
    def regime_proposal(proposal_id: str) -> ResponseReturnValue:
        return _proposal_page(store, checker, proposal_id, ReasonForm(formdata=None))


def _add_propose(blueprint: Blueprint, store: Store, checker: Checker) -> None:
    @blueprint.get("/admin/regimes/drafts/<draft_id>/propose")
    def regime_ask(draft_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            draft = opened(work, draft_id).draft
        if draft.ended or draft.proposal:
            return redirect(url_for("pages.admin.regime_draft", draft_id=draft_id))
        return _ask_page(store, checker, draft, ProposeForm(formdata=None))

    @blueprint.post("/admin/regimes/drafts/<draft_id>/propose")
    def regime_propose(draft_id: str) -> ResponseReturnValue:
        form = ProposeForm()
        with store.reading() as work:
            draft, now = opened(work, draft_id).draft, work.now
        flawless, seen = _flawless(checker, draft.text), revision_seen()
        fine = form.validate() and bool(flawless)
        starts_at = _start(form, draft.text, now) if fine else None
        if not fine or form.errors:
            return _ask_page(store, checker, draft, form), 422

        def act(work: Work) -> Answer:
            became = propose(work, draft_id, seen, starts_at, flawless, visitor().id)
            to = url_for("pages.admin.regime_draft", draft_id=draft_id)
            return Answer(to, "proposed" if became is Became.DONE else f"not_{became}")

        return send_once(store, visitor().id, act)


def _start(form: ProposeForm, text: str, now: datetime) -> datetime | None:
    """The start that was typed, None for at once; what is wrong with it is told in the form."""
    if form.when.data == "once":
        return None
    found = read_start(form.day.data or "", form.clock.data or "", read_regime(text).zone)
    if isinstance(found, NoStart):
        field, said = _NO_START[found]
        form.refuse(field, _(said))
        return None
    if found < now:
        form.refuse("clock", _("That is past. Choose “As soon as it is approved”, or a later time"))
    return found


def _ask_page(store: Store, checker: Checker, draft: Draft, form: ProposeForm) -> str:
    with store.reading() as work:
        changed = differences(_text_in_force(work), draft.text)
    return render_template("admin/regimes/propose.html", form=form, changed=changed, **beside_it(checker, draft))


def _add_decisions(blueprint: Blueprint, store: Store, checker: Checker) -> None:
    @blueprint.post("/admin/regimes/proposals/<proposal_id>/approve")
    def regime_approve(proposal_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            proposal = find_proposal(work, proposal_id) or abort(404)
            text = proposed_text(work, proposal)
        flawless = _flawless(checker, text) if proposal.withdraws is None else ""

        def act(work: Work) -> Answer:
            became = approve(work, proposal_id, flawless, visitor().id)
            done = "withdrawn" if proposal.withdraws is not None else "approved"
            return Answer(_list_url(), done if became is Became.DONE else f"not_{became}")

        return send_once(store, visitor().id, act)

    @blueprint.post("/admin/regimes/proposals/<proposal_id>/send-back")
    def regime_send_back(proposal_id: str) -> ResponseReturnValue:
        form = ReasonForm()
        with store.reading() as work:
            proposal = find_proposal(work, proposal_id) or abort(404)
        own = proposal.proposed_by == visitor().id
        if not own and not form.validate():
            return _proposal_page(store, checker, proposal_id, form), 422

        def act(work: Work) -> Answer:
            became = send_back(work, proposal_id, (form.reason.data or "").strip(), visitor().id)
            done = "retracted" if own else "sent_back"
            return Answer(_list_url(), done if became is Became.DONE else f"not_{became}")

        return send_once(store, visitor().id, act)


def _proposal_page(store: Store, checker: Checker, proposal_id: str, form: ReasonForm) -> str:
    with store.reading() as work:
        proposal = find_proposal(work, proposal_id) or abort(404)
        text, now = proposed_text(work, proposal), _text_in_force(work)
        given: dict[str, Any] = {"proposal": proposal_shown(work, proposal), "answer": told(work, visitor().id)}
        draft = opened(work, proposal.draft_id).draft if proposal.draft_id else None
    if proposal.withdraws is None:
        given |= {"changed": differences(now, text), "lines": rows(now, text)}
    found = checker.ask(text)
    given |= {"fine": found is not None and not found.all, "unfinished": found is None}
    return render_template("admin/regimes/proposal.html", form=form, draft=draft, **given)


def _flawless(checker: Checker, text: str) -> str:
    """The SHA-256 of a text in which nothing is to be put right; empty for others, or where that is not known yet."""
    found = checker.ask(text, PATIENCE_S)
    return fingerprint(text) if found is not None and not found.all else ""


def _text_in_force(work: Work) -> str:
    try:
        return version_text(work, in_force(work).version)
    except NoRegime:
        return ""


def _list_url() -> str:
    return url_for("pages.admin.regimes")
