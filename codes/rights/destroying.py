"""Destroying what is known of a person: their data key goes, so that nothing sealed under it opens, here or in backups.

What stays opens nothing: that there were passes, inspected so and so often; the places they took under limits, by a
keyed hash of the document, so that nobody deletes themselves to get another pass today; the audit, which names nobody.
A fresh key takes the place of the old one, and empty values are sealed under it: whoever reads an old pass meets a
person without a name.
"""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import col

from codes.outcomes import RefusalReason
from codes.passes import DESTROYED, seal_face
from codes.review.reading_papers import destroy_paper
from codes.rights.emptying import empty_telephone
from store import Work
from store.calls import Call, CallReview
from store.cases import Case
from store.columns import table
from store.employers import Employment
from store.messages import OpenDialogue
from store.papers import Paper
from store.passes import Application, Pass
from store.people import Document, Person, PersonPhone
from store.phones import phone_by_id
from store.reviews import ApplicationReview, Taking
from store.sharing import ShareLink

_NAMELESS_CASE = dict.fromkeys(
    ("reason", "closed_reason", "data_key", "epoch", "details_sealed", "seed_sealed", "phone_id")
)


def destroy_people(work: Work, people: Iterable[str], by: str, *, with_telephones: bool) -> None:
    """Destroys all that is known of them; the caller holds their locks.

    What their telephones said and heard goes too: `with_telephones` of all, else of those that are nobody's now.
    """
    ids = list(people)
    for phone_id in _emptied(work, ids, with_telephones=with_telephones):
        empty_telephone(work, phone_by_id(work, phone_id))
    for person_id in ids:
        _destroy(work, person_id, by)
        work.audit(by, "person.destroyed", person_id)


def _emptied(work: Work, ids: list[str], *, with_telephones: bool) -> list[str]:
    links = table(PersonPhone)
    theirs = {row.phone_id for row in work.rows(select(links).where(links.c.person_id.in_(ids)))}
    if with_telephones:
        return sorted(theirs)
    others = select(links).where(links.c.phone_id.in_(theirs), links.c.person_id.not_in(ids))
    return sorted(theirs - {row.phone_id for row in work.rows(others)})


def _destroy(work: Work, person_id: str, by: str) -> None:
    new = work.keys.new_key()
    _destroy_applications(work, person_id, by)
    passes = [row.id for row in work.rows(select(col(Pass.id)).where(col(Pass.person_id) == person_id))]
    for pass_id in passes:
        nameless = {"face_sealed": seal_face(new.key, pass_id, DESTROYED), "fields_sealed": None}
        work.run(update(Pass).where(col(Pass.id) == pass_id), **nameless, plate_index=None, card_index=None)
    work.run(delete(ShareLink).where(col(ShareLink.pass_id).in_(passes)))
    _destroy_calls(work, person_id)
    work.run(update(Case).where(col(Case.person_id) == person_id), **_NAMELESS_CASE, destroyed_at=work.now)
    jobs = update(Employment).where(col(Employment.person_id) == person_id, col(Employment.ended_at).is_(None))
    work.run(jobs, ended_at=work.now, details_sealed=None)
    work.run(delete(Document).where(col(Document.person_id) == person_id))
    work.run(delete(PersonPhone).where(col(PersonPhone.person_id) == person_id))
    empty = new.key.seal(f"person.details.{person_id}", json.dumps({}))
    gone = {"data_key": new.wrapped, "epoch": new.epoch, "details_sealed": empty, "guardian_id": None}
    work.run(update(Person).where(col(Person.id) == person_id), **gone, destroyed_at=work.now)


def _destroy_applications(work: Work, person_id: str, by: str) -> None:
    """What waits is withdrawn, and what was said is wiped."""
    mine = [row.id for row in work.rows(select(col(Application.id)).where(col(Application.person_id) == person_id))]
    for row in work.rows(_papers(mine)):
        destroy_paper(work, row.id, by)
    waiting = update(Application).where(col(Application.id).in_(mine), col(Application.state) == "referred")
    work.run(waiting, state="refused", refusal=RefusalReason.REVIEW, decided_at=work.now, decided_by=by)
    work.run(update(Application).where(col(Application.id).in_(mine)), fields_sealed=None)
    work.run(delete(Taking).where(col(Taking.subject_id).in_(mine)))
    words = update(ApplicationReview).where(col(ApplicationReview.application_id).in_(mine))
    work.run(words, words_sealed=None, returned_sealed=None)


def _papers(applications: list[str]) -> Any:
    there = ("arriving", "waiting", "read")
    return select(col(Paper.id)).where(col(Paper.application_id).in_(applications), col(Paper.state).in_(there))


def _destroy_calls(work: Work, person_id: str) -> None:
    """Notes of calls in which this was proved to be who called, also where the number was hidden."""
    calls = [row.sid for row in work.rows(select(col(Call.sid)).where(col(Call.person_id) == person_id))]
    work.run(update(Call).where(col(Call.sid).in_(calls)), note_sealed=None)
    work.run(update(CallReview).where(col(CallReview.call_sid).in_(calls)), note_sealed=None)
    work.run(delete(OpenDialogue).where(col(OpenDialogue.key).in_(calls)))
