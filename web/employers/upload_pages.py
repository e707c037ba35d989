"""Uploading a list: our own to fill in, the file, what is wrong with it; then it goes to the worker."""

import csv
from io import StringIO
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from codes.employers.accounts import Organisation, employer_purposes
from codes.employers.uploads import keep_upload
from codes.regimes import in_force
from employers.sheets import HEADINGS, Line, SheetTrouble, read_sheet
from language.examples import purpose_name, sample
from store import Store, Work
from web.employers.acting import acting_for
from web.employers.forms import UploadForm
from web.employers.wording import TROUBLES
from web.uploads import refuse_large
from web.visitor import visitor
from web.words import _, later, spoken

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_TOO_LARGE = (
    later("That list is too large"),
    later("A list has at most 2 MB and 10,000 lines. Send the workers in several lists."),
)


def separator() -> str:
    """What spreadsheets of the language of this request expect between cells."""
    return "," if spoken() == "en" else ";"


def add_upload_pages(blueprint: Blueprint, store: Store) -> None:
    """GET /employer/ID/list.csv, GET and POST /employer/ID/upload."""

    @blueprint.get("/employer/<organisation_id>/list.csv", endpoint="template")
    def empty_list(organisation_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            acting_for(work, organisation_id)
        written = StringIO()
        csv.writer(written, delimiter=separator()).writerow(HEADINGS[spoken()])
        answer = Response(MARK + written.getvalue(), mimetype="text/csv")
        answer.headers["Content-Disposition"] = 'attachment; filename="workers.csv"'
        return answer

    @blueprint.route("/employer/<organisation_id>/upload", methods=["GET", "POST"])
    def upload(organisation_id: str) -> ResponseReturnValue:
        form = UploadForm()
        file = request.files.get("sheet")
        content = file.stream.read() if file else b""
        sheet = read_sheet(content) if request.method == "POST" else None
        with store.work() as work:
            found = acting_for(work, organisation_id)
            _choices(work, form)
            upload_id = None
            if sheet is not None and form.validate():
                upload_id = _taken(work, found, form, content, sheet)
            if upload_id:
                page = url_for("pages.employers.list", organisation_id=organisation_id, upload_id=upload_id)
                return redirect(page, 303)
            return _page(work, found, form), 422 if form.errors else 200

    refuse_large(blueprint, _TOO_LARGE)


def _choices(work: Work, form: UploadForm) -> None:
    regime = in_force(work).regime
    offered = employer_purposes(regime)
    form.purpose.choices = [
        SelectChoice(str(one.number), purpose_name(one.number, spoken(), regime)) for one in offered
    ]
    if len(offered) == 1:
        form.purpose.data = str(offered[0].number)


def _taken(
    work: Work, found: Organisation, form: UploadForm, content: bytes, sheet: list[Line] | SheetTrouble
) -> str | None:
    """The list's id; what was wrong is said in the form."""
    if form.purpose.data not in {choice.value for choice in form.purpose.choices}:
        form.refuse("purpose", _("Choose one of these"))
        return None
    if isinstance(sheet, SheetTrouble):
        form.refuse("sheet", _(TROUBLES[sheet]))
        return None
    upload_id = keep_upload(work, found, visitor().id, int(form.purpose.data), content)
    if upload_id is None:
        form.refuse("sheet", _("Twenty lists a day are the most. Try again tomorrow."))
    return upload_id


def _page(work: Work, found: Organisation, form: UploadForm) -> str:
    regime = in_force(work).regime
    rows: list[dict[str, Any]] = [
        {"name": heading, "example": _example(column, regime), "needed": place < 3}
        for place, (heading, column) in enumerate(
            zip(HEADINGS[spoken()], ("name", "", "document", "plate", "card"), strict=True)
        )
    ]
    return render_template(
        "employers/upload.html", found=found, form=form, columns=rows, left=found.left_today(regime, work.now)
    )


def _example(column: str, regime: Any) -> str:
    return sample(column, spoken(), regime) if column else "+7 999 123-45-67"
