"""Calls that were picked to be heard again: the list, one of them, listening, the verdict."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from codes.desk.picked_calls import Hearing, IssuedPass, PickedCall, judged_calls, open_review, open_reviews, stage_of
from codes.desk.picking import draw_left_over
from codes.desk.recording import ListedRecording, Sound, Unplayable
from codes.desk.reviewing_calls import Judged, Reason, Verdict, begin_listening, judge, listening
from codes.regime import Regime
from codes.regimes import in_force
from language.moments import when
from store import Store, Work
from web.desk.wording import OUTCOMES, lasted
from web.once import Answer, send_once, told
from web.supervision.forms import ListenForm, VerdictForm
from web.supervision.wording import PROOFS, VERDICTS, stage_words
from web.visitor import visitor
from web.wording import language_name, purpose_words
from web.words import _

_NOT_HEARD = {
    Unplayable.UNKNOWN: "no_recording",
    Unplayable.NOT_KEPT: "not_kept",
    Unplayable.DESTROYED: "destroyed",
}
_LIST = "pages.supervision.reviews"


def add_review_pages(blueprint: Blueprint, store: Store) -> None:
    """/desk/reviews, /desk/reviews/SID, its /listen and its /verdict."""
    _add_looks(blueprint, store)
    _add_acts(blueprint, store)


def _add_looks(blueprint: Blueprint, store: Store) -> None:
    @blueprint.get("/desk/reviews")
    def reviews() -> ResponseReturnValue:
        with store.work() as work:
            draw_left_over(work)
            regime, answer = in_force(work).regime, told(work, visitor().id)
            waiting = [_listed(work, one, regime) for one in open_reviews(work, visitor().id)]
            judged = [_listed(work, one, regime) for one in judged_calls(work, visitor().id)]
        return render_template("supervision/reviews.html", waiting=waiting, judged=judged, answer=answer)

    @blueprint.get("/desk/reviews/<sid>")
    def review(sid: str) -> ResponseReturnValue:
        with store.work() as work:
            return _page(work, sid, VerdictForm(formdata=None, prefix="verdict-"))


def _add_acts(blueprint: Blueprint, store: Store) -> None:
    @blueprint.post("/desk/reviews/<sid>/listen")
    def listen(sid: str) -> ResponseReturnValue:
        form = ListenForm(prefix="listen-")
        if not form.validate():
            abort(400)
        why, recording = Reason(form.why.data), request.form.get("recording", "")

        def begin(work: Work) -> Answer:
            begun = begin_listening(work, visitor().id, sid, recording, why)
            if isinstance(begun, Unplayable):
                return Answer(_review(sid), _NOT_HEARD[begun])
            return Answer(_review(sid), "listening", {"listening": begun, "recording": recording})

        return send_once(store, visitor().id, begin)

    @blueprint.post("/desk/reviews/<sid>/verdict", endpoint="verdict")
    def give_verdict(sid: str) -> ResponseReturnValue:
        form = VerdictForm(prefix="verdict-")
        if "unheard" not in request.form and not form.validate():
            with store.work() as work:
                return _page(work, sid, form), 422
        verdict = Verdict.UNHEARD if "unheard" in request.form else Verdict(form.verdict.data)
        note = (form.note.data or "").strip()

        def give(work: Work) -> Answer:
            became = judge(work, visitor().id, sid, verdict, note)
            done = became in (Judged.KEPT, Judged.BEFORE)
            return Answer(url_for(_LIST) if done and verdict != Verdict.FAULTY else _review(sid), f"judged_{became}")

        return send_once(store, visitor().id, give)


def _page(work: Work, sid: str, form: VerdictForm) -> str:
    answer = told(work, visitor().id)
    found = open_review(work, visitor().id, sid, again=answer is not None or form.is_submitted())
    regime = in_force(work).regime
    return render_template(
        "supervision/review.html",
        sid=sid,
        call=_listed(work, found.call, regime),
        speaks=language_name(found.language),
        proof=_(PROOFS[found.proof]) if found.proof else "",
        passes=[_issued(one) for one in found.passes],
        recordings=[_recording(one, found.hearing, regime) for one in found.hearing.recordings],
        hearing=found.hearing,
        playing=_playing(work, answer),
        reviewer=found.reviewer,
        note=found.note,
        answer=answer,
        form=form,
        listen_form=ListenForm(formdata=None, prefix="listen-"),
    )


def _playing(work: Work, answer: Answer | None) -> dict[str, str]:
    """What was begun to be heard, and still may be."""
    if answer is None or answer.told != "listening":
        return {}
    begun = {name: str(answer.facts[name]) for name in ("listening", "recording")}
    return begun if isinstance(listening(work, visitor().id, begun["listening"]), Sound) else {}


def _listed(work: Work, one: PickedCall, regime: Regime) -> dict[str, Any]:
    return {
        "sid": one.sid,
        "at": when(one.connected_at, regime, work.now),
        "lasted": lasted(one.ended_at - one.connected_at) if one.ended_at else "",
        "outcome": _(OUTCOMES[one.outcome]) if one.outcome else _("not noted yet"),
        "verdict": one.verdict or "",
        "judged": _(VERDICTS[one.verdict]) if one.verdict else "",
        "judged_at": when(one.reviewed_at, regime, work.now) if one.reviewed_at else "",
        "agents": ", ".join(one.agents),
    }


def _issued(one: IssuedPass) -> str:
    return f"{purpose_words(one.purpose, one.regime)}, {one.initials} *{one.tail}"


def _recording(one: ListedRecording, hearing: Hearing, regime: Regime) -> dict[str, Any]:
    return {
        "sid": one.sid,
        "state": stage_words(one, stage_of(one, hearing.now)),
        "playable": one in hearing.playable,
        "seconds": one.seconds,
        "until": when(one.destroy_at, regime) if one.destroy_at and one in hearing.playable else "",
    }


def _review(sid: str) -> str:
    return url_for("pages.supervision.review", sid=sid)
