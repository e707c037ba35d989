"""Texts in: POST /telephony/sms, on Twilio's terms."""

import re
from collections.abc import Callable
from urllib.parse import quote

import structlog
from flask import Blueprint, Response, g

from codes.regime import Regime
from language.wording import say
from logs import frames
from telephony import twiml
from telephony.admission import Admission
from telephony.answering import Answered, Answering, InboundText
from telephony.guard import Form

GLOSS_HEADER = "X-Passline-Gloss"
"""In development: the answer in English, percent-encoded, for the simulator to show."""
_FORGED = re.compile(r"[A-Z]{2}[0-9a-f]{32}.", re.DOTALL)
"""More than a MessageSid. A signature covers names and values run together, so that whoever captured a text could move
another parameter's name and value to the end of its id and have it taken for a new one."""
_log = structlog.get_logger("sms")


class Texts:
    """Answers the carrier, whatever happens: on an error status it tells the sender nothing.

    `standby` words what can be said without the database, until a text was answered; `own_number` is never answered.
    """

    def __init__(
        self, answering: Answering, admission: Admission, timer: Callable[[], float], standby: Regime, own_number: str
    ) -> None:
        self._answering = answering
        self._admission = admission
        self._timer = timer
        self._regime = standby
        self._own_number = own_number

    def receive(self, form: Form) -> Response:
        """TwiML for a signed form."""
        since = self._timer()
        sid, sender = form.get("MessageSid") or form.get("SmsSid", ""), form.get("From", "")
        if not sid or _FORGED.match(sid) or sender.lstrip("+") == self._own_number.lstrip("+"):
            return _response(twiml.SILENCE)
        inbound = InboundText(sid, sender, form.get("Body", ""), answered=bool(form.get("OptOutType")))
        try:
            with self._admission.place() as placed:
                return _answer(self._work_on(inbound, since)) if placed else self._say("busy")
        except TimeoutError:
            return self._say("apology")

    def _work_on(self, inbound: InboundText, since: float) -> Answered:
        try:
            answered = self._answering.answer(inbound, since)
        except Exception as error:
            _log.error("answer_failed", sid=inbound.sid, error=type(error).__name__, cause=frames(error))
            return Answered(twiml.message(self._sentence("apology")), self._regime)
        self._regime = answered.regime
        return answered

    def _say(self, template: str) -> Response:
        return _response(twiml.message(self._sentence(template)))

    def _sentence(self, template: str) -> str:
        return say(template, self._regime.default_language, self._regime)


def sms_blueprint(texts: Texts) -> Blueprint:
    """The route; the guard is the parent blueprint's."""
    blueprint = Blueprint("sms", __name__)

    @blueprint.post("/sms")
    def sms() -> Response:
        return texts.receive(g.form)

    return blueprint


def _answer(answered: Answered) -> Response:
    response = _response(answered.document)
    if answered.gloss:
        response.headers[GLOSS_HEADER] = quote(answered.gloss)
    return response


def _response(document: str) -> Response:
    return Response(document, mimetype=twiml.MIME_TYPE)
