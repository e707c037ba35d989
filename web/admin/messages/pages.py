"""The list of texts, as a page and as CSV; one is sent again from its line, many from a page that counts them first."""

import re
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.regime import Regime
from codes.regimes import in_force
from codes.resending import plan_resending, resend, resend_all
from language.failures import in_words
from language.moments import when
from store import Store, Work
from store.backlog import OVERDUE_FOR, overdue
from store.messages import LOST
from store.patience import take_time
from store.texts_out import ListedText, Wanted, texts_page
from web.admin.messages.forms import TextsForm
from web.admin.messages.wording import LEFT_OUT, STATES, TOLD, advice
from web.masking import masked_number
from web.once import Answer, send_once, told
from web.sheets import csv_answer
from web.tariff import Tariff
from web.visitor import visitor
from web.wording import text_words
from web.words import _, spoken

PAGE, SHEET_PAGE = 50, 1000
_ID = re.compile(r"[0-9a-f]{24}")


def add_message_pages(blueprint: Blueprint, store: Store, tariff: Tariff) -> None:
    """GET /admin/texts and /admin/texts.csv, POST /admin/texts/ID/resend, GET and POST /admin/texts/resend."""

    @blueprint.get("/admin/texts", endpoint="texts")
    def texts() -> ResponseReturnValue:
        return _list_page(store)

    @blueprint.get("/admin/texts.csv", endpoint="texts_sheet")
    def sheet() -> ResponseReturnValue:
        with store.work() as work:
            form, regime = _form(work)
            work.audit(visitor().actor, "messages.exported", "messages", form.kept())
        return csv_answer("texts.csv", _head(), _lines(store, form.wanted(regime.zone)))

    @blueprint.post("/admin/texts/<message_id>/resend", endpoint="text_resend")
    def resend_one(message_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            return Answer(url_for("pages.admin.texts"), str(resend(work, message_id, visitor().actor)))

        return send_once(store, visitor().id, act)

    _add_resending(blueprint, store, tariff)


def _add_resending(blueprint: Blueprint, store: Store, tariff: Tariff) -> None:
    @blueprint.get("/admin/texts/resend", endpoint="texts_ask_resend")
    def ask_resend() -> ResponseReturnValue:
        with store.reading() as work:
            form, regime = _form(work)
            plan = plan_resending(work, form.wanted(regime.zone))
        left_out = [_(LEFT_OUT[why], count=count) for why, count in plan.left_out.items() if why in LEFT_OUT]
        return render_template(
            "admin/messages/resend.html",
            plan=plan,
            cost=tariff.money(plan.segments),
            left_out=left_out,
            kept=form.kept(),
            ids=" ".join(row.id for row in plan.rows),
        )

    @blueprint.post("/admin/texts/resend", endpoint="texts_resend")
    def resend_many() -> ResponseReturnValue:
        shown = frozenset(_ID.findall(request.form.get("ids", ""))) or abort(400)

        def act(work: Work) -> Answer:
            form, regime = _form(work)
            count = resend_all(work, form.wanted(regime.zone), shown, visitor().actor)
            return Answer(url_for("pages.admin.texts"), "resent", {"count": count})

        return send_once(store, visitor().id, act)


def _form(work: Work) -> tuple[TextsForm, Regime]:
    regime = in_force(work).regime
    form = TextsForm(work.now.astimezone(regime.zone).date())
    form.validate()
    return form, regime


def _list_page(store: Store) -> ResponseReturnValue:
    before = request.args.get("before", "")
    with store.work() as work:
        form, regime = _form(work)
        take_time(work.connection)
        found = texts_page(work, form.wanted(regime.zone), PAGE + 1, before if _ID.fullmatch(before) else None)
        late, answer = overdue(work), told(work, visitor().id)
        work.audit(visitor().actor, "messages.listed", "messages", form.kept())
        rows = [_shown(one, regime, work) for one in found[:PAGE]]
    more = url_for("pages.admin.texts", **form.kept(), before=found[PAGE - 1].id) if len(found) > PAGE else None
    shown = {"form": form, "texts": rows, "more": more, "paged": bool(before), "kept": form.kept()}
    page = render_template(
        "admin/messages/list.html", answer=answer, told=TOLD, late=late, minutes=OVERDUE_FOR.seconds // 60, **shown
    )
    return page, 422 if form.errors else 200


def _shown(one: ListedText, regime: Regime, work: Work) -> dict[str, Any]:
    return {
        "id": one.id,
        "number": masked_number(one.phone),
        "template": one.template,
        "words": text_words(one.template),
        "state": _(STATES[one.state]),
        "lost": one.state in LOST,
        "created": when(one.created_at, regime, work.now),
        "error": in_words(one.error_code, spoken()),
        "code": one.error_code,
        "advice": advice(one.error_code),
        "attempts": one.attempts,
        "segments": one.segments,
        "anew": one.anew,
        "again": one.state in LOST and one.kept,
    }


def _head() -> list[str]:
    return [
        *(_("Id"), _("Number"), _("Template"), _("State"), _("Error number"), _("Error"), _("Tries"), _("Segments")),
        *(_("Created"), _("Handed over"), _("Settled")),
    ]


def _lines(store: Store, wanted: Wanted) -> Iterator[tuple[Any, ...]]:
    """Each page is a short read of its own: nobody waits for a long list."""
    before: str | None = None
    while True:
        with store.reading() as work:
            take_time(work.connection)
            page = texts_page(work, wanted, SHEET_PAGE, before)
        for one in page:
            reached = (one.created_at, one.sent_at, one.settled_at)
            error = in_words(one.error_code, spoken())
            told_of = (one.template, one.state, one.error_code, error, one.attempts, one.segments)
            yield (one.id, masked_number(one.phone), *told_of, *reached)
        if len(page) < SHEET_PAGE:
            return
        before = page[-1].id
