"""What employers' accounts leave behind goes: rows of lists after a day, workers who left, whole accounts."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import and_, delete, func, or_, select, tuple_, update

from codes.employers.accounts import Organisation, find_organisation, organisations_in
from codes.employers.confirming import close
from codes.employers.employments import LEFT
from codes.employers.hiring import ENDED
from codes.employers.uploads import KEPT, LONGEST
from codes.regimes import in_force
from codes.revoking import revoke_one
from store import Work
from store.audit import WORKER
from store.columns import table
from store.employers import Employment, OrganisationUser, Upload, UploadRow
from store.employers import Organisation as OrganisationTable
from store.messages import LOST, OutboxMessage
from store.passes import Pass
from store.retention import PAGE

SLICE: Final = 25
"""Workers of a closing account that are looked after at a time: each may get a text."""
REFUSED_FOR: Final = timedelta(days=30)
"""So long those who asked can read why not."""
ASTRAY, ASTRAY_SHARE, ASTRAY_WITHIN = 10, 0.1, timedelta(days=7)
"""So many workers of late, and such a share, whom the text never reached or who said that it was not them."""
_ROW, _JOB, _LIST, _LINE = table(OrganisationTable), table(Employment), table(Upload), table(UploadRow)
_USER, _PASS, _TEXT = table(OrganisationUser), table(Pass), table(OutboxMessage)


def destroy_some(work: Work) -> int:
    """Goes on with accounts that are closing; how many rows it looked after, 0 where nothing is left to do."""
    closing = organisations_in(work, ("closing",), 1)
    return _destroy(work, closing[0]) if closing else 0


def _destroy(work: Work, found: Organisation) -> int:
    jobs = work.rows(select(_JOB.c.id, _JOB.c.pass_id, _JOB.c.ended_at).where(_of(found, _JOB)).limit(SLICE))
    revoking = work.row(select(_ROW.c.revoking).where(_ROW.c.id == found.id)).revoking
    for row in jobs:
        if revoking and row.pass_id and row.ended_at is None:
            revoke_one(work, row.pass_id, LEFT, found.actor, ENDED, {"organisation": found.name})
        work.run(delete(_JOB).where(_JOB.c.id == row.id))
    if jobs:
        return len(jobs)
    lists = select(_LIST.c.id).where(_of(found, _LIST))
    if lines := _delete_lines(work, _LINE.c.upload_id.in_(lists)):
        return lines
    work.run(delete(_LIST).where(_of(found, _LIST)))
    work.run(delete(_USER).where(_of(found, _USER)))
    gone = {"data_key": None, "epoch": None, "details_sealed": None, "tax_index": None}
    work.run(update(_ROW).where(_ROW.c.id == found.id), state="closed", **gone)
    work.audit(WORKER, "organisation.destroyed", found.id)
    return 1


def forget_lists(work: Work) -> int:
    """Wipes a page of lines whose list is through or was left alone, and of workers who left long ago; how many."""
    old, waiting = _LIST.c.changed_at < work.now - KEPT, _LIST.c.state == "issuing"
    overdue = and_(waiting, _LIST.c.sent_at < work.now - LONGEST)
    given_up = or_(and_(_LIST.c.state.in_(("sent", "read")), old), overdue)
    work.run(update(_LIST).where(given_up), state="dropped", content_sealed=None, due_at=None, changed_at=work.now)
    over = select(_LIST.c.id).where(~waiting, or_(old, _LIST.c.state == "dropped"))
    left = in_force(work).regime.retention_days
    past = select(_JOB.c.id).where(_JOB.c.ended_at < work.now - timedelta(days=left)).limit(PAGE)
    jobs = work.run(delete(_JOB).where(_JOB.c.id.in_(past)))
    return _delete_lines(work, _LINE.c.upload_id.in_(over)) + jobs


def close_refused(work: Work) -> None:
    """Accounts that were refused long ago close by themselves."""
    old = select(_ROW.c.id).where(_ROW.c.state == "refused", _ROW.c.decided_at < work.now - REFUSED_FOR)
    for row in work.rows(old.limit(PAGE)):
        found = find_organisation(work, row.id)
        if found:
            close(work, found, WORKER)


def astray(work: Work, organisation_id: str) -> tuple[int, int]:
    """Of the workers asked for of late, how many were never reached or said that it was not them; and of how many."""
    lately = (_JOB.c.organisation_id == organisation_id, _JOB.c.tried_at > work.now - ASTRAY_WITHIN)
    lost = or_(_TEXT.c.state.in_(LOST), _PASS.c.revoked_reason == "not_me")
    asked = select(func.count()).select_from(_JOB).where(*lately)
    joined = _JOB.outerjoin(_TEXT, _TEXT.c.id == _JOB.c.message_id).outerjoin(_PASS, _PASS.c.id == _JOB.c.pass_id)
    return work.count(select(func.count()).select_from(joined).where(*lately, lost)), work.count(asked)


def note_astray(work: Work) -> None:
    """Notes, once a day for each, the organisations whose numbers are wrong too often: a reviewer should look."""
    since = work.now - timedelta(days=1)
    busy = select(_JOB.c.organisation_id).where(_JOB.c.tried_at > since - ASTRAY_WITHIN).distinct()
    quiet = or_(_ROW.c.alarmed_at.is_(None), _ROW.c.alarmed_at < since)
    for row in work.rows(select(_ROW.c.id).where(_ROW.c.id.in_(busy), quiet, _ROW.c.state == "confirmed")):
        lost, asked = astray(work, row.id)
        if lost >= ASTRAY and lost >= ASTRAY_SHARE * asked:
            work.run(update(_ROW).where(_ROW.c.id == row.id), alarmed_at=work.now)
            work.audit(WORKER, "organisation.astray", row.id, {"astray": lost, "of": asked})


def _delete_lines(work: Work, which: Any) -> int:
    key = (_LINE.c.upload_id, _LINE.c.number)
    return work.run(delete(_LINE).where(tuple_(*key).in_(select(*key).where(which).limit(PAGE))))


def _of(found: Organisation, rows: Any) -> Any:
    return rows.c.organisation_id == found.id
