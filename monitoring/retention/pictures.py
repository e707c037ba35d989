"""Photos whose time is over: of answers a day after somebody looked, references when their case ends."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import Row, Select, literal_column, or_, select, update

from codes.rights.keeping_photos import PHOTO_FOR, kept_photos, photo_end
from monitoring.photo_ends import end_photos
from monitoring.retention.reports import Report
from store import Store, Work
from store.audit import WORKER
from store.cases import Case
from store.checks import Photo
from store.columns import table
from store.ids import first_id

PAGE: Final = 100
"""Photos that one transaction ends."""
_PHOTO, _CASE = table(Photo), table(Case)
_Find = Callable[[Work, str], Sequence[str]]


def destroy_answers(store: Store, report: Report) -> None:
    """Destroys the photos of answers whose time is over."""
    _page_by_page(store, report, "photos", old_answers)


def destroy_references(store: Store, report: Report) -> None:
    """Destroys the reference photos of cases that have ended, with the faces read from them."""
    _page_by_page(store, report, "references", old_references)


def old_answers(work: Work, after: str = "") -> list[str]:
    """The next page of photos of answers that are kept for too long; none is the last."""
    while True:
        rows = work.rows(_answers(work, after).limit(PAGE))
        found = [row.id for row in rows if _is_past(work, row)]
        if found or len(rows) < PAGE:
            return found
        after = rows[-1].id


def old_references(work: Work, after: str = "") -> list[str]:
    """The same of reference photos."""
    ended = or_(_CASE.c.closed_at.is_not(None), _CASE.c.ends_at <= work.now)
    there = _PHOTO.c.purpose == literal_column("'reference'"), _PHOTO.c.data_key.is_not(None), _PHOTO.c.id > after
    found = select(_PHOTO.c.id).join(_CASE, _CASE.c.id == _PHOTO.c.case_id).where(*there, ended)
    return [row.id for row in work.rows(found.order_by(_PHOTO.c.id).limit(PAGE))]


def _page_by_page(store: Store, report: Report, kind: str, find: _Find) -> None:
    """Looks without keeping anybody waiting; what is found is looked at again where it is destroyed."""
    after = ""
    while True:
        with store.reading() as work:
            found = find(work, after)
        if not found:
            return
        with store.work() as work:
            still = [one for one in find(work, after) if one in found]
            ended = end_photos(work, WORKER, _PHOTO.c.id.in_(still))
            if kind == "references":
                work.run(update(_PHOTO).where(_PHOTO.c.id.in_(still)).values(likeness_hash_sealed=None))
            report.note(work, {kind: ended})
        after = found[-1]


def _answers(work: Work, after: str) -> Select[Any]:
    """None that is younger than a day can be past its time."""
    old = _PHOTO.c.id < first_id(work.now - PHOTO_FOR), _PHOTO.c.id > after
    return kept_photos(work.now).where(_PHOTO.c.purpose == literal_column("'answer'"), *old)


def _is_past(work: Work, row: Row[Any]) -> bool:
    end = photo_end(row)
    return end is not None and end <= work.now
