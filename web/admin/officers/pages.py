"""Officers by unit, as a page and as CSV; enrolling one, or many from a sheet that is tried first."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.looking import note_look
from codes.police.enlisting import Line, SheetTrouble, enlist, read_sheet, try_lines
from codes.police.roster import Enrolled, roster
from codes.regimes import in_force
from language.moments import ending
from store import Store, Work
from web.admin.officers.forms import EnlistForm, SheetForm
from web.admin.officers.one_pages import add_one_pages
from web.admin.officers.wording import SHEETS, TOLD, TROUBLES
from web.masking import masked_number
from web.once import Answer, send_once, told
from web.sheets import csv_answer
from web.visitor import visitor
from web.words import _


def add_officer_admin_pages(blueprint: Blueprint, store: Store, public_url: str) -> None:
    """GET /admin/officers, /admin/officers.csv; GET and POST /admin/officers/enrol and .../sheet; all below them."""
    add_one_pages(blueprint, store, public_url)

    @blueprint.get("/admin/officers", endpoint="officers")
    def officers() -> ResponseReturnValue:
        with store.work() as work:
            note_look(work, "officers", visitor().actor, "administration", "officers")
            under, answer = in_force(work), told(work, visitor().id)
            everybody = roster(work, under)
            regime, now = under.regime, work.now
        units = [
            (unit, [_shown(one, ending(one.shift_until, regime, now) if one.shift_until else "") for one in theirs])
            for unit, theirs in groupby(everybody, lambda one: one.unit)
        ]
        return render_template("admin/officers/list.html", units=units, answer=answer, told=TOLD)

    @blueprint.get("/admin/officers.csv", endpoint="officers_sheet")
    def sheet() -> ResponseReturnValue:
        with store.work() as work:
            note_look(work, "officers", visitor().actor, "administration", "officers.csv")
            everybody = roster(work, in_force(work))
        head = [_("Id"), _("Unit"), _("Number"), _("Usual zone"), _("Shift until"), _("Locked"), _("Added")]
        return csv_answer("officers.csv", head, _lines(everybody))

    _add_enrolling(blueprint, store)


def _add_enrolling(blueprint: Blueprint, store: Store) -> None:
    @blueprint.route("/admin/officers/enrol", methods=["GET", "POST"], endpoint="officer_enrol")
    def enrol_one() -> ResponseReturnValue:
        with store.reading() as work:
            under = in_force(work)
            form = EnlistForm(under.regime)
            if form.validate_on_submit() and (trouble := try_lines(work, under, [form.row])[0].trouble):
                at = trouble if trouble in ("unit", "zone") else "phone"
                form.refuse(at, _(TROUBLES[trouble]))
        if request.method == "POST" and not form.errors:
            return _enlist(store, [form.row])
        return render_template("admin/officers/enrol.html", form=form), 422 if form.errors else 200

    @blueprint.route("/admin/officers/sheet", methods=["GET", "POST"], endpoint="officers_enrol")
    def enrol_many() -> ResponseReturnValue:
        form = SheetForm()
        if request.method == "GET":
            return render_template("admin/officers/sheet.html", form=form)
        text = form.text
        rows = read_sheet(text)
        if isinstance(rows, SheetTrouble):
            form.refuse("lines", _(SHEETS[rows]))
            return render_template("admin/officers/sheet.html", form=form), 422
        if request.form.get("sure"):
            return _enlist(store, rows)
        with store.reading() as work:
            lines = try_lines(work, in_force(work), rows)
        fine = sum(line.trouble is None for line in lines)
        tried = [_tried(line) for line in lines]
        return render_template("admin/officers/tried.html", lines=tried, fine=fine, text=text)


def _enlist(store: Store, rows: list[dict[str, str]]) -> ResponseReturnValue:
    """Enrols those without trouble, as of now; shows their PINs, once."""
    fresh: list[tuple[Line, str]] = []

    def act(work: Work) -> Answer:
        fresh.extend(enlist(work, try_lines(work, in_force(work), rows), visitor().actor))
        return Answer(url_for("pages.admin.officers"), "officers_done" if fresh else "officer_taken")

    def shown() -> ResponseReturnValue | None:
        pins = [(masked_number(line.number), line.unit, pin) for line, pin in fresh]
        return render_template("admin/officers/pins.html", pins=pins) if pins else None

    return send_once(store, visitor().id, act, shown)


def _tried(line: Line) -> dict[str, Any]:
    return {
        "place": line.place,
        "number": masked_number(line.number) if line.number else "–",
        "unit": line.unit,
        "zone": line.zone or "–",
        "trouble": _(TROUBLES[line.trouble]) if line.trouble else "",
    }


def _shown(one: Enrolled, until: str) -> dict[str, Any]:
    return {
        "id": one.officer.id,
        "number": masked_number(one.phone),
        "zone": one.home_zone,
        "until": until if one.officer.on_shift else "",
        "locked": one.officer.locked,
    }


def _lines(everybody: list[Enrolled]) -> Iterator[tuple[Any, ...]]:
    for one in everybody:
        until, locked = one.shift_until if one.officer.on_shift else None, _("yes") if one.officer.locked else _("no")
        yield one.officer.id, one.unit, masked_number(one.phone), one.home_zone, until, locked, one.enrolled_at
