"""GET and POST /i/TOKEN: a page with one button. Looking uses nothing up, since programs look at links in texts too."""

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.regimes import in_force, regime_if_any
from monitoring.cases.watched import watched_case
from monitoring.home.links import Arrived, Entry, arrive, device_model, find_link, text_new_link
from monitoring.home.sessions import sessions_with
from monitoring.home.standing import unanswered
from monitoring.patients.links import PREFIX
from store import Store, Work
from web.cookies import Cookies
from web.visitor import patient


def add_link_pages(blueprint: Blueprint, store: Store, cookies: Cookies) -> None:
    """/i and /i/TOKEN."""

    @blueprint.get(PREFIX.rstrip("/"))
    def no_link() -> ResponseReturnValue:
        with store.reading() as work:
            lasting, closed = sessions_with(work, cookies.home_tokens())
            if lasting:
                return redirect(url_for("pages.patient.home"), 303)
            return _dead_end(work, Entry.CLOSED if closed else None)

    @blueprint.get(f"{PREFIX}<token>")
    def link(token: str) -> ResponseReturnValue:
        with store.reading() as work:
            found = find_link(work, token)
            mine = {one.case_id for one in home.sessions} if (home := patient()) else set[str]()
            known = found.case is not None and found.case.id in mine
            if found.entry is Entry.OPEN or (known and found.entry is not Entry.CLOSED):
                return render_template("patient/link.html", check=found.scope == "check")
            return _dead_end(work, found.entry, token), 404 if found.entry is Entry.UNKNOWN else 410


def add_arriving_pages(blueprint: Blueprint, store: Store, cookies: Cookies, public_url: str) -> None:
    """What the buttons of those pages send."""

    @blueprint.post(f"{PREFIX}<token>")
    def open_link(token: str) -> ResponseReturnValue:
        home = patient()
        sessions = home.sessions if home else ()
        with store.work() as work:
            model = device_model(request.headers.get("User-Agent", ""))
            arrived = arrive(work, token, [one.case_id for one in sessions], model)
            way_on = _way_on(work, arrived) if isinstance(arrived, Arrived) else ""
            if not isinstance(arrived, Arrived):
                page = _dead_end(work, arrived.entry, token)
                return page, 404 if arrived.entry is Entry.UNKNOWN else 410
        first = [arrived.token] if arrived.token else [one.token for one in sessions if one.case_id == arrived.case_id]
        others = [one.token for one in sessions if one.case_id != arrived.case_id]
        return cookies.let_home(make_response(redirect(way_on, 303)), [*first, *others])

    @blueprint.post(f"{PREFIX}<token>/again")
    def link_again(token: str) -> ResponseReturnValue:
        with store.work() as work:
            regime = in_force(work).regime
            sent = text_new_link(work, token, regime, public_url)
            return render_template("patient/sent.html", sent=sent, number=regime.number)


def _way_on(work: Work, arrived: Arrived) -> str:
    """Where a link leads who came by it: to what waits for their answer, if anything does."""
    if arrived.check_id:
        return url_for("pages.patient.check", check_id=arrived.check_id)
    case = watched_case(work, arrived.case_id)
    alert = unanswered(work, case) if case else None
    if alert is not None:
        return url_for("pages.patient.alert", alert_id=alert.id)
    return url_for("pages.patient.welcome" if arrived.enrolled else "pages.patient.home")


def _dead_end(work: Work, entry: Entry | None, token: str = "") -> str:
    """Why a link opens nothing, and what to do; None: somebody came without one."""
    regime = regime_if_any(work) or abort(404)
    again = token if entry in (Entry.USED, Entry.ENDED) else ""
    sos = regime.isolation.sos_number
    return render_template("patient/no_link.html", entry=entry, token=again, number=regime.number, sos=sos)
