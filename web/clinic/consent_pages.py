"""Consent in the patient's language; all of it once more; and the case is open."""

import re
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.fields import Field
from codes.regime import Regime
from codes.regimes import in_force
from monitoring.cases.circumstances import better_means
from monitoring.cases.consent import Agreed, consent_text, is_recorded, keep_consent
from monitoring.cases.drafts import Draft, drop_draft, keep_draft
from monitoring.cases.opening import Plan
from monitoring.cases.watched import telephone_of
from monitoring.patients.admitting import Admission, Home, Trouble, admit
from store import Store, Work
from web.clinic.acting import acting, held_own_case, the_draft
from web.clinic.forms import ConsentForm
from web.clinic.showing import end_of, fence_shown, last_day
from web.clinic.steps import next_page
from web.clinic.wording import CIRCUMSTANCES, KINDS, MEANS, WAYS
from web.once import Answer, send_once, told
from web.visitor import visitor
from web.wording import language_name
from web.words import _

_RECORDING = re.compile(r"RE[0-9a-f]{32}")


def add_consent_pages(blueprint: Blueprint, store: Store, public_url: str) -> None:
    """GET and POST /clinic/new/ID/consent, GET .../check, POST .../open, GET and POST /clinic/cases/ID/consent."""
    _add_late_consent(blueprint, store)
    _add_consent(blueprint, store)
    _add_check(blueprint, store)
    _add_open(blueprint, store, public_url)


def _add_consent(blueprint: Blueprint, store: Store) -> None:
    @blueprint.route("/clinic/new/<draft_id>/consent", methods=["GET", "POST"])
    def consent(draft_id: str) -> ResponseReturnValue:
        form = ConsentForm() if request.method == "POST" else ConsentForm(formdata=None, data={"way": "signed"})
        with store.work() as work:
            draft = the_draft(work, draft_id)
            if request.method == "GET":
                return _consent_page(draft, form)
            agreed = _agreed(work, form, draft.language) if form.validate() else None
            if agreed is None:
                return _consent_page(draft, form), 422
            signed = replace(draft, consent=asdict(agreed))
            keep_draft(work, signed, visitor().id)
        return redirect(next_page(signed), 303)


def _consent_page(draft: Draft, form: ConsentForm) -> str:
    return render_template("clinic/consent.html", draft=draft, form=form, text=consent_text(draft.language))


def _agreed(work: Work, form: ConsentForm, language: str) -> Agreed | None:
    """What was agreed to, as it is kept; None after refusing it."""
    sid = (form.recording.data or "").strip()
    recorded = form.way.data == "phone"
    if recorded and not (_RECORDING.fullmatch(sid) and is_recorded(work, sid)):
        form.refuse("recording", _("There is no such recording. Take its number from the page of the call"))
        return None
    text, signature = consent_text(language), " ".join(form.signature.data.split())
    return Agreed(text.language, text.digest, form.way.data, signature, sid if recorded else None)


def _add_late_consent(blueprint: Blueprint, store: Store) -> None:
    @blueprint.route("/clinic/cases/<case_id>/consent", methods=["GET", "POST"], endpoint="late_consent")
    def consent(case_id: str) -> ResponseReturnValue:
        """Of a case that was opened without, or again after it was taken back."""
        form = ConsentForm() if request.method == "POST" else ConsentForm(formdata=None, data={"way": "signed"})
        with store.work() as work:
            found, regime = held_own_case(work, case_id), in_force(work).regime
            phone = telephone_of(work, found.case)
            language = (phone.language if phone else None) or regime.default_language
            shown = {"form": form, "text": consent_text(language), "found": found}
            agreed = _agreed(work, form, language) if request.method == "POST" and form.validate() else None
            if agreed is None:
                return render_template("clinic/late_consent.html", **shown), 422 if form.errors else 200
            keep_consent(work, found.case, agreed, visitor().actor)
        return redirect(url_for("pages.clinic.case", case_id=case_id), 303)


def _add_check(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/clinic/new/<draft_id>/check")
    def check(draft_id: str) -> ResponseReturnValue:
        with store.reading() as work:
            draft, regime = the_draft(work, draft_id), in_force(work).regime
            if not next_page(draft).endswith("/check"):
                return redirect(next_page(draft))
            answer = told(work, visitor().id)
            shown = _shown(work, draft, regime)
        return render_template("clinic/check.html", draft=draft, shown=shown, answer=answer)


def _shown(work: Work, draft: Draft, regime: Regime) -> dict[str, Any]:
    assert draft.fence is not None
    better = better_means(draft.means, draft.circumstances)
    return {
        "language": language_name(draft.language),
        "kind": _(KINDS[draft.kind]),
        "means": _(MEANS[draft.means]),
        "until": last_day(end_of(date.fromisoformat(draft.ends_at), regime), regime),
        "circumstances": ", ".join(_(CIRCUMSTANCES[one]) for one in draft.circumstances),
        "better": _(MEANS[better]) if better else "",
        "fence": fence_shown(work, draft.fence.outline, weak=draft.fence.weak),
        "way": _(WAYS[draft.consent["way"]]),
        "signature": draft.consent["signature"],
    }


def _add_open(blueprint: Blueprint, store: Store, public_url: str) -> None:
    @blueprint.post("/clinic/new/<draft_id>/open", endpoint="open")
    def open_case(draft_id: str) -> ResponseReturnValue:
        def act(work: Work) -> Answer:
            draft, regime = the_draft(work, draft_id), in_force(work).regime
            back = url_for("pages.clinic.check", draft_id=draft_id)
            if not next_page(draft).endswith("/check"):
                return Answer(back)
            outcome = admit(work, _admission(draft, regime, acting(work).clinic), visitor().actor, public_url)
            if isinstance(outcome, Trouble):
                return Answer(back, str(outcome))
            drop_draft(work, draft_id)
            to = url_for("pages.clinic.case", case_id=outcome.case_id)
            return Answer(to, "opened", {"revoked": outcome.revoked})

        return send_once(store, visitor().id, act)


def _admission(draft: Draft, regime: Regime, clinic: str | None) -> Admission:
    assert draft.fence is not None
    plan = Plan(
        kind=draft.kind,
        means=draft.means,
        ends_at=end_of(date.fromisoformat(draft.ends_at), regime),
        of_case_id=draft.of_case_id,
        clinic=clinic,
        address=draft.fence.address,
        circumstances=draft.circumstances,
        note=draft.note,
    )
    fields = {Field(name): value for name, value in draft.fields.items()}
    home, consent = Home(draft.fence.outline, draft.fence.weak), Agreed(**draft.consent)
    return Admission(draft.number, fields, draft.language, draft.reason, plan, home, consent)
