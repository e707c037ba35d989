"""A list after it was sent: explained line by line, issued when somebody says so, and how far that is."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.employers.accounts import Organisation, find_organisation
from codes.employers.hiring import COLUMNS
from codes.employers.uploads import Upload, drop, find_upload, press_issue, rows_of
from codes.regime import Regime
from codes.regimes import in_force
from employers.judging import is_mistake
from employers.sheets import HEADINGS, MOST_ROWS
from language.moments import when
from store import Store, Work
from web.employers.acting import acting_for
from web.employers.upload_pages import MARK, separator
from web.employers.wording import UPLOADS, result_words, row_words
from web.fragments import fragment, tag_of
from web.once import Answer, send_once, told
from web.sheets import cell
from web.visitor import visitor
from web.words import _, spoken

EVERY_S = 2
"""So often an open page asks while something goes on."""
PAGE = 50
_LONG = timedelta(minutes=5)
_LINES = "/employer/<organisation_id>/lists/<upload_id>"


def add_result_pages(blueprint: Blueprint, store: Store) -> None:
    """GET /employer/ID/lists/ID, its live part and its mistakes; POST .../issue and .../drop."""

    @blueprint.get(_LINES, endpoint="list")
    def one_list(organisation_id: str, upload_id: str) -> ResponseReturnValue:
        with store.work() as work:
            found, upload = _mine(work, organisation_id, upload_id)
            work.audit(visitor().actor, "upload.seen", upload.id, {"organisation": found.id})
            shown = _shown(work, found, upload)
            rows = _rows(work, found, upload)
            answer = told(work, visitor().id)
        around = {"tag": tag_of(shown), "every": EVERY_S, "answer": answer, **rows}
        return render_template("employers/list.html", found=found, shown=shown, **around)

    @blueprint.get(f"{_LINES}/state", endpoint="list_part")
    def state(organisation_id: str, upload_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            found, upload = _mine(work, organisation_id, upload_id)
            shown = _shown(work, found, upload)
        if not shown["goes_on"] and "HX-Request" in request.headers:
            return Response(headers={"HX-Refresh": "true"})  # its lines are there now, or what came of them
        return fragment("employers/list_part.html", tag_of(shown), found=found, shown=shown, every=EVERY_S)

    _add_mistakes(blueprint, store)
    _add_acts(blueprint, store)


def _add_mistakes(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get(f"{_LINES}/mistakes.csv", endpoint="mistakes")
    def mistakes(organisation_id: str, upload_id: str) -> ResponseReturnValue:
        with store.work() as work:
            found, upload = _mine(work, organisation_id, upload_id)
            work.audit(visitor().actor, "upload.mistakes_taken", upload.id, {"organisation": found.id})
        with store.reading() as work:
            rows = rows_of(work, found, upload, faulty=True, after=0, most=MOST_ROWS)
            regime = in_force(work).regime
        written = StringIO()
        sheet = csv.writer(written, delimiter=separator())
        sheet.writerow([*HEADINGS[spoken()], _("what is wrong")])
        wrong = (one for one in rows if is_mistake(one.findings))
        sheet.writerows([cell(value) for value in (*one.cells, row_words(one, regime))] for one in wrong)
        answer = Response(MARK + written.getvalue(), mimetype="text/csv")
        answer.headers["Content-Disposition"] = 'attachment; filename="mistakes.csv"'
        return answer


def _add_acts(blueprint: Blueprint, store: Store) -> None:
    @blueprint.post(f"{_LINES}/issue")
    def issue(organisation_id: str, upload_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            found, upload = _mine(work, organisation_id, upload_id)
            done = press_issue(work, found, upload.id, visitor().actor)
            return Answer(_page(found, upload), "begun" if done else "begun_before")

        return send_once(store, visitor().id, act)

    @blueprint.post(f"{_LINES}/drop", endpoint="drop")
    def give_up(organisation_id: str, upload_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            found, upload = _mine(work, organisation_id, upload_id)
            done = drop(work, found, upload.id, visitor().actor)
            return Answer(_page(found, upload), "dropped" if done else "begun_before")

        return send_once(store, visitor().id, act)


def _mine(work: Work, organisation_id: str, upload_id: str) -> tuple[Organisation, Upload]:
    found = acting_for(work, organisation_id)
    upload = find_upload(work, found.id, upload_id) or abort(404)
    return found, upload


def _page(found: Organisation, upload: Upload) -> str:
    return url_for("pages.employers.list", organisation_id=found.id, upload_id=upload.id)


def _shown(work: Work, found: Organisation, upload: Upload) -> dict[str, Any]:
    regime = in_force(work).regime
    fresh = find_organisation(work, found.id) or found
    return {
        "id": upload.id,
        "state": upload.state,
        "words": _(UPLOADS[upload.state]),
        "total": upload.total,
        "fine": upload.fine,
        "wrong": upload.total - upload.fine,
        "tried": upload.tried,
        "issued": upload.issued,
        "not_issued": upload.not_issued,
        "goes_on": upload.state in ("sent", "issuing"),
        "left": fresh.left_today(regime, work.now),
        "later": _later(work, upload, regime),
    }


def _later(work: Work, upload: Upload, regime: Regime) -> str:
    """When it goes on, where it waits for longer than somebody looks on."""
    long = upload.due_at is not None and upload.due_at - work.now > _LONG
    return when(upload.due_at, regime) if upload.due_at and long and upload.state == "issuing" else ""


def _rows(work: Work, found: Organisation, upload: Upload) -> dict[str, Any]:
    """The lines of this page; those with something to say first where nothing is issued yet."""
    only = request.args.get("show") == "wrong"
    after = request.args.get("after", "0")
    behind = int(after) if after.isdecimal() and len(after) < 9 else 0
    rows = rows_of(work, found, upload, faulty=only, after=behind, most=PAGE + 1)
    regime = in_force(work).regime
    shown = [_row(one, regime, upload) for one in rows[:PAGE]]
    return {"rows": shown, "only": only, "next": rows[PAGE - 1].number if len(rows) > PAGE else None, "after": behind}


def _row(one: Any, regime: Regime, upload: Upload) -> dict[str, Any]:
    cells = dict(zip(COLUMNS, one.cells, strict=True))
    said = result_words(one) if upload.state in ("issuing", "done", "dropped") and one.fine else row_words(one, regime)
    return {"number": one.number, "said": said, "wrong": is_mistake(one.findings), **cells}
