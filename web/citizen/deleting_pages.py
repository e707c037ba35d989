"""Asking for deletion: whom, what goes and what stands against it; a typed word, then it is done at once."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextInput
from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length

from codes.meeting import Meeting
from codes.people import Holder
from codes.rights.deleting import (
    Obstacle,
    Why,
    delete_person,
    delete_telephone,
    hold,
    obstacles,
    recordings_until,
    with_wards,
)
from language.moments import ending
from store import Store, Work
from store.phones import phone_by_id
from web.citizen.counter import at_a_glance
from web.citizen.questions import person_words
from web.forms import PageForm
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.words import _, later

_TELEPHONE = "telephone"
_SURE = frozenset({"delete", "удалить", "бетерү"})
"""In any of the pages' languages, whichever they read it in."""
_AGAINST = {
    Why.LIVE_PASS: later("There is a pass until {until}. Give it back first, or wait until it is over."),
    Why.OPEN_CASE: later("Somebody was told to stay at home. It can be deleted once that ends."),
    Why.OPEN_APPEAL: later("An appeal waits for its answer. It can be deleted once it is answered."),
    Why.ON_A_CALL: later("There is a call just now. Ring off first."),
    Why.BLOCKED: later("It is blocked. An appeal can end that; then it can be deleted."),
    Why.WORKS_HERE: later("This is the telephone of somebody who works here."),
    Why.ACTS_FOR: later("This telephone acts for an organisation. Leave the organisation first."),
    Why.HANDED_OVER: later(
        "A file about them is with another authority. It can be deleted after {until} at the latest."
    ),
    Why.LENT_PHONE: later("A telephone that was lent has not come back. Give it back first."),
    Why.NOBODY: later("Nobody like this is on the telephone any more."),
}


class DeleteForm(PageForm):
    """Whom, and that they mean it."""

    whom = RadioField(
        later("What shall be deleted?"),
        widget=GovRadioInput(),
        validators=[InputRequired(later("Choose one of these"))],
        validate_choice=False,
    )
    sure = StringField(
        later("To be sure, type DELETE"),
        widget=GovTextInput(),
        validators=[InputRequired(later("Type DELETE")), Length(max=20, message=later("Type DELETE"))],
    )


def add_deleting_pages(blueprint: Blueprint, store: Store) -> None:
    """/mine/delete."""

    @blueprint.get("/mine/delete")
    def ask_delete() -> ResponseReturnValue:
        with store.reading() as work:
            meeting = at_a_glance(work)
            return _page(work, meeting, _form(meeting, formdata=None))

    @blueprint.post("/mine/delete")
    def delete() -> ResponseReturnValue:
        return send_once(store, visitor().id, _delete)


def _delete(work: Work) -> Answer:
    phone = phone_by_id(work, visitor().id)
    meeting = hold(work, phone.id, phone.number)
    form = _form(meeting)
    fine = form.validate()
    if (form.sure.data or "").strip().casefold() not in _SURE and not form.sure.errors:
        form.refuse("sure", _("Type DELETE"))
        fine = False
    if not fine:
        abort(Response(_page(work, meeting, form), 422))
    whom = str(form.whom.data)
    against = delete_telephone(work, meeting) if whom == _TELEPHONE else delete_person(work, meeting, whom)
    if against:
        form.refuse("whom", " ".join(_said(one, meeting, work) for one in against))
        abort(Response(_page(work, meeting, form), 422))
    if whom == _TELEPHONE:
        return Answer(url_for("pages.entering.enter", gone=1))
    return Answer(url_for("pages.citizen.ask_delete"), "deleted")


def _form(meeting: Meeting, **given: Any) -> DeleteForm:
    form = DeleteForm(**given)
    people = [SelectChoice(one.id, person_words(one)) for one in meeting.holders]
    form.whom.choices = [*people, SelectChoice(_TELEPHONE, _("Everybody on this telephone, and the telephone itself"))]
    return form


def _page(work: Work, meeting: Meeting, form: DeleteForm) -> str:
    until = recordings_until(work, meeting.holders, meeting)
    people = [(person_words(one), _against(work, meeting, one)) for one in meeting.holders]
    all_of_it = obstacles(work, meeting, meeting.holders, telephone=True)
    return render_template(
        "citizen/delete.html",
        form=form,
        people=[(name, words) for name, words in people if words],
        telephone=[_said(one, meeting, work) for one in all_of_it],
        recordings=ending(until, meeting.terms.regime) if until else "",
        cared=any(one.guardian_id for one in meeting.holders),
        answer=told(work, visitor().id),
    )


def _against(work: Work, meeting: Meeting, one: Holder) -> list[str]:
    found = obstacles(work, meeting, with_wards(meeting, one.id), telephone=False)
    return [_said(it, meeting, work) for it in found]


def _said(one: Obstacle, meeting: Meeting, work: Work) -> str:
    until = ending(one.until, meeting.terms.regime, work.now) if one.until else ""
    return _(_AGAINST[one.why], until=until)
