"""Whom the organisation has: found again, given another pass, ended when they leave."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.employers.accounts import Organisation, employer_purposes
from codes.employers.employments import Worker, all_workers, chosen_workers, end, search, workers
from codes.employers.hiring import COLUMNS
from codes.employers.uploads import keep_upload
from codes.regime import Regime
from codes.regimes import in_force
from employers.sheets import HEADINGS, MOST_ROWS
from language.moments import day
from store import Store, Work
from web.employers.acting import acting_for
from web.employers.forms import SearchForm
from web.employers.wording import WORKERS
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _

PAGE = 50


def add_worker_pages(blueprint: Blueprint, store: Store) -> None:
    """GET and POST /employer/ID/workers; POST .../end, .../again and .../renew."""

    @blueprint.route("/employer/<organisation_id>/workers", methods=["GET", "POST"], endpoint="workers")
    def listed(organisation_id: str) -> ResponseReturnValue:
        form = SearchForm()
        with store.work() as work:
            found = acting_for(work, organisation_id)
            work.audit(visitor().actor, "employment.listed", found.id)
        with store.reading() as work:  # a search opens every row, and keeps no text waiting
            return _page(work, found, form), 422 if form.errors else 200

    @blueprint.post("/employer/<organisation_id>/workers/chosen", endpoint="chosen")
    def ask(organisation_id: str) -> ResponseReturnValue:
        """What is to be done with those who were ticked; ending them is asked once more."""
        with store.work() as work:
            found = acting_for(work, organisation_id)
            there = chosen_workers(work, found, _ticked())
            if not there:
                return redirect(url_for("pages.employers.workers", organisation_id=found.id), 303)
            again = request.form.get("act") == "again"
            return render_template("employers/chosen.html", found=found, there=there, again=again)

    _add_acts(blueprint, store)


def _add_acts(blueprint: Blueprint, store: Store) -> None:
    @blueprint.post("/employer/<organisation_id>/workers/end", endpoint="end")
    def end_some(organisation_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            found = acting_for(work, organisation_id)
            count = end(work, found, _ticked(), visitor().actor)
            return Answer(_workers(found), "ended", {"count": count})

        return send_once(store, visitor().id, act)

    @blueprint.post("/employer/<organisation_id>/workers/again", endpoint="again")
    def again(organisation_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            found = acting_for(work, organisation_id)
            return _asked_again(work, found, chosen_workers(work, found, _ticked()))

        return send_once(store, visitor().id, act)

    @blueprint.post("/employer/<organisation_id>/workers/renew", endpoint="renew")
    def renew(organisation_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            found = acting_for(work, organisation_id)
            soon = [one for one in all_workers(work, found) if one.ends_soon(work.now)]

        def act(work: Work) -> Answer:
            return _asked_again(work, acting_for(work, organisation_id), soon[:MOST_ROWS])

        return send_once(store, visitor().id, act)


def _ticked() -> list[str]:
    return request.form.getlist("worker")[: 2 * PAGE]


def _workers(found: Organisation) -> str:
    return url_for("pages.employers.workers", organisation_id=found.id)


def _asked_again(work: Work, found: Organisation, wanted: Iterable[Worker]) -> Answer:
    """A list of those who had a pass; it is issued without another press."""
    offered = employer_purposes(in_force(work).regime)
    there = list(wanted)
    if not offered or not there:
        return Answer(_workers(found), "nobody")
    written = StringIO()
    sheet = csv.writer(written)
    sheet.writerow(HEADINGS["en"])
    sheet.writerows([one.named.kept()[column] for column in COLUMNS] for one in there)
    purpose = offered[0].number
    upload_id = keep_upload(work, found, visitor().id, purpose, written.getvalue().encode(), again=True)
    if upload_id is None:
        return Answer(_workers(found), "too_many")
    return Answer(url_for("pages.employers.list", organisation_id=found.id, upload_id=upload_id), "again")


def _page(work: Work, found: Organisation, form: SearchForm) -> str:
    regime, wanted = in_force(work).regime, (form.wanted.data or "").strip() if request.method == "POST" else ""
    searched = bool(wanted) and form.validate()
    after = request.args.get("after", "")
    if len(after) > 40:
        abort(404)
    there = search(work, found, wanted, PAGE + 1) if searched else workers(work, found, after, PAGE + 1)
    return render_template(
        "employers/workers.html",
        form=form,
        found=found,
        rows=[_row(one, regime) for one in there[:PAGE]],
        searched=searched,
        more=len(there) > PAGE,
        next=there[PAGE - 1].id if len(there) > PAGE else "",
        answer=told(work, visitor().id),
    )


def _row(one: Worker, regime: Regime) -> dict[str, Any]:
    until = day(one.valid_until, regime) if one.valid_until and one.state == "live" else ""
    state = _("has a pass until {until}", until=until) if until else _(WORKERS[one.state])
    return {
        "id": one.id,
        "name": one.named.name,
        "phone": one.named.phone,
        "tail": one.named.document[-4:],
        "state": state,
    }
