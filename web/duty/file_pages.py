"""The case file of a violation: made, taken away as JSON and PDF, and what came of it at the other authority."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.looking import note_look
from language.moments import when
from monitoring.duty.files import OUTCOMES, MadeFile, file_by_id, files_of, make_file, may_be_made, note_outcome
from monitoring.duty.opening import OpenedAlert, look_at_alert
from store import Store, Work
from web.duty.sheets import sheet_of
from web.duty.wording import FILE_OUTCOMES, KINDS
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _

FILES = "pages.duty.files"


def add_file_pages(blueprint: Blueprint, store: Store) -> None:
    """GET and POST /duty/alerts/ID/files, GET /duty/files/ID.json and .pdf, POST /duty/files/ID/outcome."""
    _add_making(blueprint, store)
    _add_taking(blueprint, store)


def _add_making(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/duty/alerts/<alert_id>/files")
    def files(alert_id: str) -> ResponseReturnValue:
        with store.work() as work:
            opened = look_at_alert(work, alert_id, visitor().actor, "duty") or abort(404)
            shown = [_shown(one, opened) for one in files_of(work, opened)]
            answer = told(work, visitor().id)
        kind, possible = _(KINDS[opened.alert.kind]), may_be_made(opened)
        outcomes = [(one, _(FILE_OUTCOMES[one])) for one in OUTCOMES]
        values = {"alert_id": alert_id, "kind": kind, "possible": possible, "outcomes": outcomes}
        return render_template("duty/files.html", rows=shown, answer=answer, **values)

    @blueprint.post("/duty/alerts/<alert_id>/files", endpoint="make_file")
    def make(alert_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            opened = look_at_alert(work, alert_id, visitor().actor, "duty") or abort(404)
            sheet = sheet_of(work, opened) if may_be_made(opened) else {}
            made = make_file(work, opened, sheet, visitor().actor)
            return Answer(url_for(FILES, alert_id=alert_id), "file_made" if made else "file_refused")

        return send_once(store, visitor().id, act)


def _add_taking(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/duty/files/<file_id>.json", endpoint="file_json")
    def as_json(file_id: str) -> Response:
        found = _looked_at(store, file_id)
        return _sent(found.document.encode(), "application/json", f"case-{file_id}.json")

    @blueprint.get("/duty/files/<file_id>.pdf", endpoint="file_pdf")
    def as_pdf(file_id: str) -> Response:
        found = _looked_at(store, file_id)
        return _sent(found.pdf or abort(404), "application/pdf", f"case-{file_id}.pdf")

    @blueprint.post("/duty/files/<file_id>/outcome", endpoint="file_outcome")
    def outcome(file_id: str) -> ResponseReturnValue:
        what, words = request.form.get("outcome", ""), request.form.get("words", "").strip()[:500]

        def act(work: Work) -> Answer:
            found = file_by_id(work, file_id) or abort(404)
            here = url_for(FILES, alert_id=found[0].alert_id)
            if not what:
                return Answer(here, "outcome_missing")
            noted = note_outcome(work, file_id, what, words, visitor().actor)
            return Answer(here, "outcome_noted" if noted else "outcome_refused")

        return send_once(store, visitor().id, act)


def _looked_at(store: Store, file_id: str) -> MadeFile:
    with store.work() as work:
        found, case = file_by_id(work, file_id) or abort(404)
        note_look(work, case.person_id, visitor().actor, f"case file {file_id}", "duty")
    return found


def _sent(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _shown(one: MadeFile, opened: OpenedAlert) -> dict[str, Any]:
    return {
        "id": one.id,
        "made": when(one.made_at, opened.regime),
        "digest": one.digest,
        "pdf": one.pdf is not None,
        "outcome": _(FILE_OUTCOMES[one.outcome]) if one.outcome else "",
        "outcome_at": when(one.outcome_at, opened.regime) if one.outcome_at else "",
        "outcome_words": one.outcome_words,
        "open": one.outcome != "withdrawn",
    }
