"""Lists are of a span of days: what is asked for is bounded, however long the service runs."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from werkzeug.datastructures import MultiDict
from wtforms import StringField

from web.forms import PageForm
from web.words import _, later

_YEARS = range(2000, 2200)
_FEW = 7


class SpanForm(PageForm):
    """The first and the last day, in the order's zone; a filter, so that it changes nothing and needs no token."""

    longest = 31
    """Days."""

    since = StringField(later("From"), widget=GovTextInput())
    until = StringField(later("To"), widget=GovTextInput())

    def __init__(self, today: date, data: Mapping[str, str] | None = None, **given: Any) -> None:
        super().__init__(formdata=MultiDict(request.args if data is None else data), meta={"csrf": False}, **given)
        self._today = today
        self.since.data = self.since.data or f"{today - timedelta(days=_FEW - 1)}"
        self.until.data = self.until.data or f"{today}"

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that the days make a span."""
        fine = super().validate(extra_validators)
        first, last = _day(self.since.data), _day(self.until.data)
        for name, day in (("since", first), ("until", last)):
            if day is None:
                self.refuse(name, _("Write the day as 2027-03-01"))
        if first is None or last is None:
            return False
        if last < first:
            self.refuse("until", _("The last day is before the first"))
        elif (last - first).days >= self.longest:
            self.refuse("until", _("At most {count} days at a time", count=self.longest))
        return fine and not self.errors

    @property
    def days(self) -> tuple[date, date]:
        """First and last; the last week where they are not fit."""
        first, last = _day(self.since.data), _day(self.until.data)
        fit = first is not None and last is not None and 0 <= (last - first).days < self.longest
        if first is None or last is None or not fit:
            return self._today - timedelta(days=_FEW - 1), self._today
        return first, last

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From the start of the first day to the end of the last."""
        first, last = self.days
        return datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)

    def kept(self) -> dict[str, Any]:
        """What was chosen, for links to the same list: nothing that did not pass."""
        first, last = self.days
        return {"since": f"{first}", "until": f"{last}"}


def _day(written: str | None) -> date | None:
    try:
        day = date.fromisoformat((written or "").strip())
    except ValueError:
        return None
    return day if day.year in _YEARS else None
