"""The routes of calls; the guard is the parent blueprint's."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, g, request, send_file
from flask.typing import ResponseReturnValue

from telephony import twiml
from telephony.guard import Form
from telephony.voice.calls import FALLBACK, Calls
from telephony.voice.ended import note_end
from telephony.voice.voices import Voices
from telephony.voice.waiting import Waiting


def voice_blueprint(calls: Calls, voices: Voices) -> Blueprint:
    """Every address a call leads to."""
    blueprint = Blueprint("voice", __name__)
    waiting = Waiting(calls)
    sorry = FALLBACK.read_text("utf-8")

    def answer(form: Form, query: Form) -> str:
        return calls.answer(calls.read(form, query))

    pages: dict[str, Callable[[Form, Form], str]] = {
        "": answer,
        "/step": answer,
        "/waiting": waiting.listen,
        "/key": waiting.key,
        "/left": waiting.left,
        "/announce": waiting.announce,
        "/agent": waiting.agent,
        "/agent/left": waiting.agent_left,
        "/fallback": lambda form, query: sorry,
    }
    for path, page in pages.items():
        blueprint.add_url_rule(f"/voice{path}", f"page{path}", _view(page), methods=["POST"])

    @blueprint.post("/voice/ended")
    def ended() -> ResponseReturnValue:
        webhook = calls.read(g.form, request.args.to_dict())
        status = g.form.get("CallStatus", "")
        done = calls.noted(webhook, lambda work: note_end(work, webhook.call_sid, status, webhook.message_id))
        return "", 204 if done else 503

    @blueprint.get("/voice/prompts/<language>/<name>")
    def prompt(language: str, name: str) -> ResponseReturnValue:
        found = voices.recording(language, name)
        if found is None:
            abort(404)
        file, media_type = found
        return send_file(file.resolve(), media_type, conditional=True, max_age=86_400)

    return blueprint


def _view(page: Callable[[Form, Form], str]) -> Callable[[], Response]:
    def view() -> Response:
        return Response(page(g.form, request.args.to_dict()), mimetype=twiml.MIME_TYPE)

    return view
