"""One officer: another unit, a new PIN, a link to the officers' page, unlocking, leaving."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from codes.police.enlisting import enrolled, renew_pin, transfer
from codes.police.officers import UnlockReason, unlock
from codes.police.roster import Enrolled, leave
from codes.regimes import in_force
from language.moments import day, ending
from store import Store, Work
from store.phones import ensure_phone
from web.admin.officers.forms import PlaceForm
from web.admin.officers.wording import TOLD
from web.masking import masked_number
from web.once import Answer, send_once, told
from web.police.accounts import close_with, invite
from web.supervision.forms import UnlockForm
from web.visitor import visitor

_Act = Callable[[Work, Enrolled], tuple[str, str]]
"""What it came to, and a secret to be shown once, or none."""


def add_one_pages(blueprint: Blueprint, store: Store, public_url: str) -> None:
    """GET /admin/officers/ID, POST below it: transfer, pin, link, unlock, leave."""

    @blueprint.get("/admin/officers/<officer_id>", endpoint="officer")
    def one(officer_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            return _page(work, officer_id)

    @blueprint.post("/admin/officers/<officer_id>/transfer", endpoint="officer_transfer")
    def send_elsewhere(officer_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            form = PlaceForm(in_force(work).regime)
            if not form.validate():
                return _page(work, officer_id, form), 422
        unit, zone = " ".join(form.unit.data.split()), form.zone.data or None

        def act(work: Work, one: Enrolled) -> tuple[str, str]:
            return "transferred" if transfer(work, one.officer.id, unit, zone, visitor().actor) else "gone", ""

        return _send(store, officer_id, act)

    @blueprint.post("/admin/officers/<officer_id>/pin", endpoint="officer_pin")
    def pin(officer_id: str) -> ResponseReturnValue:
        def act(work: Work, one: Enrolled) -> tuple[str, str]:
            return "done", renew_pin(work, one.officer.id, visitor().actor) or ""

        return _send(store, officer_id, act)

    _add_ways_in(blueprint, store, public_url)


def _add_ways_in(blueprint: Blueprint, store: Store, public_url: str) -> None:
    @blueprint.post("/admin/officers/<officer_id>/link", endpoint="officer_link")
    def link(officer_id: str) -> ResponseReturnValue:
        def act(work: Work, one: Enrolled) -> tuple[str, str]:
            token = invite(work, in_force(work), one.phone, visitor().actor)
            return ("linked", f"{public_url}{url_for('pages.police.enrol', token=token)}") if token else ("gone", "")

        return _send(store, officer_id, act)

    @blueprint.post("/admin/officers/<officer_id>/unlock", endpoint="officer_unlock")
    def let_go_on(officer_id: str) -> ResponseReturnValue:
        form = UnlockForm(prefix="unlock-")
        if not form.validate():
            abort(400)
        why = UnlockReason(form.why.data)

        def act(work: Work, one: Enrolled) -> tuple[str, str]:
            return "unlocked" if unlock(work, one.officer.id, visitor().actor, why) else "unlocked_before", ""

        return _send(store, officer_id, act)

    @blueprint.post("/admin/officers/<officer_id>/leave", endpoint="officer_leave")
    def end_service(officer_id: str) -> ResponseReturnValue:
        return _send(store, officer_id, _discharge)


def _discharge(work: Work, one: Enrolled) -> tuple[str, str]:
    close_with(work, in_force(work), one.phone, visitor().actor)
    return "left" if leave(work, ensure_phone(work, one.phone), visitor().actor) else "gone", ""


def _send(store: Store, officer_id: str, do: _Act) -> ResponseReturnValue:
    """Does it, once; shows the secret that it made, or leads on."""
    secrets: list[tuple[str, str]] = []

    def act(work: Work) -> Answer:
        one = enrolled(work, in_force(work), officer_id)
        came, secret = do(work, one) if one else ("gone", "")
        if one and secret:
            secrets.append((secret, masked_number(one.phone)))
        stays = one is not None and came != "left"
        to = url_for("pages.admin.officer", officer_id=officer_id) if stays else url_for("pages.admin.officers")
        return Answer(to, f"officer_{came}")

    def shown() -> ResponseReturnValue | None:
        if not secrets:
            return None
        (secret, number) = secrets[0]
        return render_template("admin/officers/secret.html", secret=secret, number=number, officer_id=officer_id)

    return send_once(store, visitor().id, act, shown)


def _page(work: Work, officer_id: str, failed: PlaceForm | None = None) -> str:
    under = in_force(work)
    one = enrolled(work, under, officer_id) or abort(404)
    given: dict[str, Any] = {"unit": one.unit, "zone": one.home_zone or ""}
    until = ending(one.shift_until, under.regime, work.now) if one.shift_until and one.officer.on_shift else ""
    return render_template(
        "admin/officers/one.html",
        form=failed or PlaceForm(under.regime, formdata=None, data=given),
        one=one,
        number=masked_number(one.phone),
        until=until,
        since=day(one.enrolled_at, under.regime),
        unlock_form=UnlockForm(formdata=None, prefix="unlock-"),
        barred=one.officer.locked or one.officer.wrong_pins or one.officer.unknown_codes,
        answer=told(work, visitor().id),
        told=TOLD,
    )
