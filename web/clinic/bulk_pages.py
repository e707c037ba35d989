"""Opening cases by a list: a file is explained line by line, nothing is done; then it waits for a second clinician."""

import csv
from collections.abc import Mapping
from dataclasses import asdict
from io import StringIO
from typing import Any, Final

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovFileInput
from wtforms import FileField

from codes.regimes import in_force
from employers.sheets import SheetTrouble
from monitoring.cases.drafts import Draft, begin_draft, drop_draft
from monitoring.cases.proposals import BULK, propose
from store import Store, Work
from web.clinic.acting import acting, the_draft
from web.clinic.bulk_reading import (
    COLUMN_WORDS,
    COLUMNS,
    EXAMPLES,
    HEADINGS,
    MOST_ROWS,
    NEEDED,
    explain,
    found_words,
    read_bulk,
)
from web.clinic.forms import reason_field
from web.employers.upload_pages import MARK, separator
from web.employers.wording import TROUBLES
from web.forms import PageForm
from web.once import Answer, send_once
from web.visitor import visitor
from web.words import _, later, spoken

AIM: Final = "bulk"


class BulkForm(PageForm):
    """A list, and why."""

    sheet = FileField(later("List of people (CSV)"), description=later("At most 200 lines"), widget=GovFileInput())


class ProposeForm(PageForm):
    """Why all of them."""

    reason = reason_field()


def add_bulk_pages(blueprint: Blueprint, store: Store) -> None:
    """GET and POST /clinic/list, GET /clinic/list.csv, GET and POST /clinic/list/ID."""

    @blueprint.get("/clinic/list.csv", endpoint="bulk_sheet")
    def empty_list() -> ResponseReturnValue:
        written = StringIO()
        csv.writer(written, delimiter=separator()).writerow(HEADINGS[spoken()])
        answer = Response(MARK + written.getvalue(), mimetype="text/csv")
        answer.headers["Content-Disposition"] = 'attachment; filename="cases.csv"'
        return answer

    @blueprint.route("/clinic/list", methods=["GET", "POST"])
    def bulk() -> ResponseReturnValue:
        form = BulkForm()
        if request.method == "GET":
            return _page(form)
        file = request.files.get("sheet")
        lines = read_bulk(file.stream.read() if file else b"")
        if isinstance(lines, SheetTrouble):
            form.refuse("sheet", _trouble(lines))
            return _page(form), 422
        with store.work() as work:
            rows = explain(work, in_force(work).regime, lines)
            work.audit(visitor().actor, "case.list_tried", visitor().id, {"rows": len(rows)})
            draft = begin_draft(work, Draft(aim=AIM, rows=tuple(map(asdict, rows))), visitor().id)
        return redirect(url_for("pages.clinic.explained", draft_id=draft.id), 303)

    _add_explained(blueprint, store)


def _add_explained(blueprint: Blueprint, store: Store) -> None:
    @blueprint.route("/clinic/list/<draft_id>", methods=["GET", "POST"])
    def explained(draft_id: str) -> ResponseReturnValue:
        form = ProposeForm()
        with store.reading() as work:
            draft = the_draft(work, draft_id)
        fine = [row["content"] for row in draft.rows if not row["wrong"]]
        shown = {"rows": [_shown(row) for row in draft.rows], "fine": len(fine)}
        if draft.aim != AIM:
            abort(404)
        if request.method == "GET" or not fine or not form.validate():
            status = 200 if request.method == "GET" else 422
            return render_template("clinic/explained.html", form=form, **shown), status

        def act(work: Work) -> Answer:
            who = acting(work)
            the_draft(work, draft_id)
            content = {"reason": form.reason.data.strip(), "clinic": who.clinic, "rows": fine}
            propose(work, BULK, content, who.actor, rows=len(fine))
            drop_draft(work, draft_id)
            return Answer(url_for("pages.clinic.proposals"), "proposed")

        return send_once(store, visitor().id, act)


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: found_words(row[name]) for name in ("wrong", "notes")}
    return {"line": row["line"], "name": row["name"], **said}


def _trouble(trouble: SheetTrouble) -> str:
    if trouble is SheetTrouble.COLUMNS:
        return _("Some columns are missing. Take the empty list, and leave its first line as it is.")
    if trouble is SheetTrouble.TOO_MANY_ROWS:
        return _("The list has more than {most} lines. Send it in parts.", most=MOST_ROWS)
    return _(TROUBLES[trouble])


def _page(form: BulkForm) -> str:
    columns = [
        {
            "name": head,
            "words": _(COLUMN_WORDS[column]),
            "needed": column in NEEDED,
            "example": EXAMPLES[column][spoken()] if column in EXAMPLES else "",
        }
        for head, column in zip(HEADINGS[spoken()], COLUMNS, strict=True)
    ]
    return render_template("clinic/bulk.html", form=form, columns=columns)
