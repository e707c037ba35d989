"""What texts cost in a month: by day, by template, by direction; as a page and as CSV."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovSelect
from wtforms import SelectChoice, SelectField

from codes.counts.costing import Direction, Spent, spent
from codes.regimes import in_force
from store import Store
from web.admin.costs.reckoning import Month, add_up, days_of
from web.admin.costs.wording import answer_words
from web.forms import PageForm
from web.sheets import csv_answer
from web.tariff import Tariff
from web.wording import text_words
from web.words import _, later

_MONTHS = 13
DIRECTIONS = {Direction.SENT: later("Sent"), Direction.ANSWER: later("Answer")}


class MonthForm(PageForm):
    """Which month."""

    month = SelectField(later("Month"), widget=GovSelect())

    def __init__(self, today: date, **given: Any) -> None:
        super().__init__(formdata=request.args, meta={"csrf": False}, **given)
        self.month.choices = [SelectChoice(one, f"{one[5:]}.{one[:4]}") for one in _months(today)]

    @property
    def first(self) -> date:
        """Its first day; of this month where none that fits was asked for."""
        known = [choice.value for choice in self.month.choices]
        return date.fromisoformat(f"{self.month.data if self.month.data in known else known[0]}-01")


def add_cost_pages(blueprint: Blueprint, store: Store, tariff: Tariff) -> None:
    """GET /admin/costs and /admin/costs.csv."""

    @blueprint.get("/admin/costs", endpoint="costs")
    def costs() -> ResponseReturnValue:
        form, lines, today = _read(store)
        month = add_up(lines, days_of(form.first, today), today)
        return render_template("admin/costs/month.html", filter=form, **_shown(month, tariff), tariff=tariff)

    @blueprint.get("/admin/costs.csv", endpoint="costs_sheet")
    def sheet() -> ResponseReturnValue:
        form, lines, _today = _read(store)
        head = [_("Day"), _("Direction"), _("Template"), _("Texts"), _("Segments"), _("Cost"), _("Currency")]
        return csv_answer(f"costs-{form.first:%Y-%m}.csv", head, _lines(lines, tariff))


def _read(store: Store) -> tuple[MonthForm, list[Spent], date]:
    with store.reading() as work:
        zone = in_force(work).regime.zone
        today = work.now.astimezone(zone).date()
        form = MonthForm(today)
        return form, spent(work, days_of(form.first, today), zone), today


def _months(today: date) -> list[str]:
    """This one first."""
    found, first = list[str](), today.replace(day=1)
    for _each in range(_MONTHS):
        found.append(f"{first:%Y-%m}")
        first = (first - timedelta(days=1)).replace(day=1)
    return found


def _shown(month: Month, tariff: Tariff) -> dict[str, Any]:
    days = [
        (
            f"{day:%d.%m}",
            *(sums[one].segments for one in Direction),
            tariff.amount(sum(sums[one].segments for one in Direction)),
        )
        for day, sums in reversed(month.by_day.items())
        if any(sums[one].texts for one in Direction)
    ]
    templates = [
        {
            "name": template,
            "words": text_words(template) if direction is Direction.SENT else answer_words(template),
            "direction": _(DIRECTIONS[direction]),
            "texts": sums.texts,
            "each": f"{sums.segments / sums.texts:.1f}",
            "cost": tariff.amount(sums.segments),
            "longer": tariff.amount(sums.texts),
        }
        for (direction, template), sums in month.by_template.items()
    ]
    projected = tariff.money(month.projected) if month.projected is not None else None
    whole = {"texts": month.whole.texts, "segments": month.whole.segments, "cost": tariff.money(month.whole.segments)}
    return {"days": days, "templates": templates, "whole": whole, "projected": projected}


def _lines(lines: list[Spent], tariff: Tariff) -> Iterator[tuple[Any, ...]]:
    for one in sorted(lines, key=lambda line: (line.day, line.direction, line.template)):
        cost = tariff.amount(one.segments)
        yield f"{one.day}", str(one.direction), one.template, one.texts, one.segments, cost, tariff.currency
