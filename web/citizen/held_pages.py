"""What we hold: /mine for people, /mine.json to keep. Both are made of the one document of `codes.rights.held`."""

import json

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from codes.fields import Field
from codes.meeting import Meeting
from codes.rights.held import Told, may_name, note_told, open_to, what_we_hold
from language.fields import Fit, read_field
from store import Store, Work
from web.citizen.counter import at_a_glance, at_counter
from web.citizen.held_words import kept_words, parted
from web.forms import PageForm
from web.visitor import visitor
from web.words import _, later, spoken

_HIDDEN = frozenset({"people", "kept", "telephone", "made_at"})


class WholeForm(PageForm):
    """Whose data is to be shown whole, where several share a telephone."""

    document = StringField(
        later("Number of your document"),
        widget=GovTextInput(),
        validators=[
            InputRequired(later("Enter the number of your document")),
            Length(max=60, message=later("That is too long")),
        ],
    )


def add_held_pages(blueprint: Blueprint, store: Store) -> None:
    """/mine and /mine.json, by GET and, with a document's number, by POST."""

    @blueprint.get("/mine")
    def mine() -> ResponseReturnValue:
        _note(store)
        with store.reading() as work:
            meeting = at_a_glance(work)
            return _page(work, meeting, open_to(meeting), WholeForm(formdata=None))

    @blueprint.post("/mine")
    def mine_whole() -> ResponseReturnValue:
        with store.work() as work:
            meeting, form = at_counter(work), WholeForm()
            note_told(work, meeting.phone.id)
            whole = whole_by(work, meeting, form)
            return _page(work, meeting, whole, form), 422 if form.errors else 200

    @blueprint.get("/mine.json")
    def mine_file() -> ResponseReturnValue:
        _note(store)
        with store.reading() as work:
            meeting = at_a_glance(work)
            return as_file(what_we_hold(work, meeting, spoken(), open_to(meeting)))

    @blueprint.post("/mine.json")
    def mine_whole_file() -> ResponseReturnValue:
        with store.work() as work:
            meeting, form = at_counter(work), WholeForm()
            note_told(work, meeting.phone.id)
            whole = whole_by(work, meeting, form)
            if form.errors:
                return _page(work, meeting, whole, form), 422
            return as_file(what_we_hold(work, meeting, spoken(), whole))


def _note(store: Store) -> None:
    """Apart from the page, so that texts wait for nothing while all of it is opened."""
    with store.work() as work:
        note_told(work, visitor().id)


def whole_by(work: Work, meeting: Meeting, form: WholeForm) -> set[str]:
    """Who is shown whole now that a document was named; an error in the form where nobody has it."""
    if not form.validate():
        return open_to(meeting)
    if not may_name(work, meeting):
        form.refuse("document", _("You asked too often today. Try again tomorrow."))
        return open_to(meeting)
    today = work.now.astimezone(meeting.terms.regime.zone).date()
    read = read_field(Field.DOCUMENT, form.document.data or "", meeting.terms.regime, today)
    whole = open_to(meeting, [read.value] if read.fit is Fit.FINE else [])
    if not whole:
        form.refuse("document", _("Nobody on this telephone has that document on file."))
    return whole


def as_file(told: Told) -> Response:
    """The document as a file to keep."""
    answer = Response(json.dumps(told, ensure_ascii=False, indent=1), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="passline.json"'
    return answer


def _page(work: Work, meeting: Meeting, whole: set[str], form: WholeForm) -> str:
    told, regime = what_we_hold(work, meeting, spoken(), whole), meeting.terms.regime
    rest = parted({key: value for key, value in told.items() if key not in _HIDDEN}, regime)
    return render_template(
        "citizen/mine.html",
        people=[(_title(one), *parted(one, regime)) for one in told["people"]],
        telephone=parted(told["telephone"], regime)[0],
        more=rest[0],
        lists=rest[1],
        kept=[kept_words(one) for one in told["kept"]],
        shared=len(whole) < len(meeting.holders),
        form=form,
        document=(form.document.data or "") if not form.errors and form.document.data else "",
    )


def _title(one: Told) -> str:
    tail = f"*{one['document_tail']}" if one["document_tail"] else ""
    return f"{one.get('name') or ''} {tail}".strip() or _("No name on file")
