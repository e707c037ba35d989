"""How long photos of answers to presence checks are kept: a day after somebody looked, the machine or a person.

A check that raised an alert was looked at once the alert is decided; an appeal against that is another look, and holds
what is there still.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, Select, func, select

from codes.rights.keeping_cases import MOST_HELD
from store.cases import Appeal
from store.checks import Photo, PresenceCheck
from store.columns import table
from store.duty import Alert

PHOTO_FOR: Final = timedelta(hours=24)
_PHOTO, _CHECK, _ALERT, _APPEAL = table(Photo), table(PresenceCheck), table(Alert), table(Appeal)


def kept_photos(now: datetime) -> Select[Any]:
    """A query of the photos of answers that can be opened still, with what `photo_end` asks of them."""
    about = _APPEAL.c.about_id.in_((_CHECK.c.alert_id, _PHOTO.c.case_id))
    waits = _APPEAL.c.state == "open", _APPEAL.c.filed_at > now - MOST_HELD
    return (
        select(
            _PHOTO.c.id,
            _PHOTO.c.case_id,
            _PHOTO.c.check_id,
            _PHOTO.c.added_at,
            _CHECK.c.settled_at,
            _CHECK.c.alert_id,
            _ALERT.c.decided_at,
            select(func.max(_APPEAL.c.decided_at)).where(about).scalar_subquery().label("appealed_at"),
            select(func.count()).select_from(_APPEAL).where(about, *waits).scalar_subquery().label("appeals"),
        )
        .join(_CHECK, _CHECK.c.id == _PHOTO.c.check_id)
        .outerjoin(_ALERT, _ALERT.c.id == _CHECK.c.alert_id)
        .where(_PHOTO.c.data_key.is_not(None))
        .order_by(_PHOTO.c.id)
    )


def photo_end(row: Row[Any]) -> datetime | None:
    """When a photo of an answer ends, by a row of `kept_photos`; None while somebody has to look still."""
    looked = row.decided_at if row.alert_id else row.settled_at
    if looked is None or row.appeals:
        return None
    last: datetime = max(looked, row.appealed_at or looked)
    return last + PHOTO_FOR
