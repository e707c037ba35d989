"""My passes: all of them, one with its code and QR; longer, given back."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from codes.binding import bindable
from codes.employers.accounts import employer_purposes
from codes.holding import Withdrawal, cancel_pass, extend_pass
from codes.outcomes import Refusal, RefusalReason
from codes.own_passes import OwnApplication, OwnPass, own_applications, own_pass, own_passes
from codes.signed.signing import Signing
from language.examples import name_in
from language.moments import ending, when
from language.wording import word
from store import Store, Work
from web.citizen.counter import at_a_glance, at_counter
from web.citizen.questions import person_words
from web.citizen.wording import refused_words, revoked_words
from web.given import Given
from web.once import Answer, send_once, told
from web.qr import qr_svg
from web.visitor import visitor
from web.words import _, spoken


def add_pass_pages(blueprint: Blueprint, given: Given) -> None:
    """/passes and /passes/ID."""
    store = given.store

    @blueprint.get("/passes")
    def passes() -> ResponseReturnValue:
        with store.reading() as work:
            meeting = at_a_glance(work)
            mine = own_passes(work, meeting.holders)
            asked = own_applications(work, meeting.holders)
            return render_template(
                "citizen/passes.html",
                employers=bool(employer_purposes(meeting.terms.regime)),
                live=[shown_pass(work, one) for one in mine if one.is_live(work.now)],
                over=[shown_pass(work, one) for one in mine if not one.is_live(work.now)],
                waiting=[_shown_application(work, one) for one in asked if one.state == "referred"],
                refused=[_shown_application(work, one) for one in asked if one.state == "refused"],
            )

    @blueprint.get("/passes/<pass_id>")
    def one_pass(pass_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            one = own_pass(work, at_a_glance(work).holders, pass_id) or abort(404)
            page = {"new": "new" in request.args, "answer": told(work, visitor().id), "mails": given.mails}
            qr = drawn_qr(work, given.signing, one)
            return render_template("citizen/pass.html", one=shown_pass(work, one), qr=qr, **page)

    _add_changes(blueprint, store)


def _add_changes(blueprint: Blueprint, store: Store) -> None:
    @blueprint.post("/passes/<pass_id>/extend")
    def extend(pass_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            meeting = at_counter(work)
            one = own_pass(work, meeting.holders, pass_id) or abort(404)
            if not one.is_live(work.now):
                return _answer(work, one, Refusal(RefusalReason.NOTHING_LIVE))
            came = extend_pass(work, meeting.phone, one.holder, one.live, meeting.phone.actor)
            return _answer(work, one, came)

        return send_once(store, visitor().id, act)

    @blueprint.get("/passes/<pass_id>/cancel")
    def ask_cancel(pass_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            one = own_pass(work, at_a_glance(work).holders, pass_id) or abort(404)
            if not one.is_live(work.now):
                return redirect(url_for("pages.citizen.one_pass", pass_id=pass_id))
            return render_template("citizen/cancel.html", one=shown_pass(work, one))

    @blueprint.post("/passes/<pass_id>/cancel", endpoint="cancel")
    def cancel(pass_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            meeting = at_counter(work)
            one = own_pass(work, meeting.holders, pass_id) or abort(404)
            if not one.is_live(work.now):
                return _answer(work, one, Refusal(RefusalReason.NOTHING_LIVE))
            gone = cancel_pass(work, meeting.terms, one.live, Withdrawal.CANCELLED, meeting.phone.actor)
            if isinstance(gone, Refusal):
                return _answer(work, one, gone)
            page = url_for("pages.citizen.one_pass", pass_id=pass_id)
            return Answer(page, "cancelled" if gone.quota_back else "cancelled_counted")

        return send_once(store, visitor().id, act)


def _answer(work: Work, one: OwnPass, came: Any) -> Answer:
    page = url_for("pages.citizen.one_pass", pass_id=one.live.id)
    if isinstance(came, Refusal):
        return Answer(page, "refused", {"words": word(came, spoken(), one.regime, work.now)})
    return Answer(page, "extended")


def drawn_qr(work: Work, signing: Signing, one: OwnPass) -> Markup | None:
    """The QR code of a pass that is live."""
    if not one.is_live(work.now):
        return None
    address = signing.address(signing.sign(work, one.live, one.holder))
    return qr_svg(address, _("QR code of this pass, for an officer to scan"))


def _span(one: OwnPass, now: datetime) -> str:
    until = ending(one.live.valid_until, one.regime, now)
    if one.live.valid_from <= now:
        return _("until {until}", until=until)
    return _("from {begins} until {until}", begins=when(one.live.valid_from, one.regime, now), until=until)


def shown_pass(work: Work, one: OwnPass) -> dict[str, Any]:
    """A pass as the pages show it."""
    live, grant = one.live, one.grant
    return {
        "id": live.id,
        "code": grant.code,
        "purpose": name_in(grant.name, spoken(), one.regime),
        "name": person_words(one.holder),
        "until": ending(live.valid_until, one.regime, work.now),
        "span": _span(one, work.now),
        "live": one.is_live(work.now),
        "bindable": bool(bindable(one)),
        "state": _("valid") if one.is_live(work.now) else revoked_words(one.revoked_reason),
        "plate": live.face.plate,
        "card": live.face.card,
        "extendable": one.is_live(work.now) and live.extended < one.regime.extension.times,
        "initials": live.face.initials,
        "tail": live.face.tail,
        "appealable": f"pass.{live.id}" if one.is_appealable else "",
    }


def _shown_application(work: Work, one: OwnApplication) -> dict[str, Any]:
    regime = one.regime
    purpose = regime.by_number[one.purpose]
    return {
        "number": one.number,
        "purpose": name_in(purpose.name, spoken(), regime),
        "name": person_words(one.holder),
        "at": when(one.asked_at, regime, work.now),
        "reason": refused_words(one.refusal) if one.refusal else "",
        "appealable": f"application.{one.id}" if one.is_appealable else "",
        "papers": purpose.papers is not None,
    }
