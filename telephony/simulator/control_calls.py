"""The control API for calls, what the browser's handset does. JSON both ways; every answer is a ``call_view``.

===========================================  =========================================================================
``POST   /simulator/calls``                  ``{"from", "to"?}`` -> 201; *any* string may be ``from``
``GET    /simulator/calls/{sid}``            the call with all that was heard
``GET    /simulator/handsets/{number}/call`` the handset's current call, or its last one, or null
``POST   /simulator/calls/{sid}/answer``     a ringing handset is answered
``POST   /simulator/calls/{sid}/decline``    or pushed away
``POST   /simulator/calls/{sid}/hangup``     the handset is put down
``POST   /simulator/calls/{sid}/keys``       ``{"digits"}``
``POST   /simulator/calls/{sid}/speech``     ``{"text"}``: to the service that listens, or to the other end
===========================================  =========================================================================

Live calls also stand in ``/simulator/state`` under ``calls``, and every change is an event ``call``.
"""

from collections.abc import Callable

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from telephony.simulator.asking import BadRequestError, asked, text_of
from telephony.simulator.call_records import Call
from telephony.simulator.call_views import call_view
from telephony.simulator.carrier import Carrier
from telephony.simulator.dialling import same_phone
from telephony.simulator.voice.exchange import EngagedError


def calls_api(carrier: Carrier) -> Blueprint:
    """The blueprint of one carrier's telephones."""
    control = Blueprint("control_calls", __name__, url_prefix="/simulator")
    control.register_error_handler(BadRequestError, lambda error: (jsonify(error=str(error)), 400))
    _add_reading(control, carrier)
    _add_doing(control, carrier)
    return control


def _add_reading(control: Blueprint, carrier: Carrier) -> None:
    @control.get("/calls/<sid>")
    def read(sid: str) -> ResponseReturnValue:
        return jsonify(call_view(_known(carrier, sid)))

    @control.get("/handsets/<number>/call")
    def current(number: str) -> ResponseReturnValue:
        known = reversed(carrier.ledger.calls.all())
        last = next((call for call in known if same_phone(call.phone, number)), None)
        live = carrier.network.live_call(number) or last
        return jsonify(call_view(live) if live else None)


def _add_doing(control: Blueprint, carrier: Carrier) -> None:
    exchange = carrier.exchange
    plain: dict[str, Callable[[str], None]] = {
        "answer": exchange.answer,
        "decline": exchange.decline,
        "hangup": exchange.hang_up,
    }

    @control.post("/calls")
    def call() -> ResponseReturnValue:
        wanted = asked()
        try:
            made = carrier.call(text_of(wanted, "from"), text_of(wanted, "to", ""))
        except EngagedError as error:
            raise BadRequestError(str(error)) from error
        return jsonify(call_view(made)), 201

    @control.post("/calls/<sid>/<any(answer, decline, hangup):what>")
    def act(sid: str, what: str) -> ResponseReturnValue:
        _live(carrier, sid)
        plain[what](sid)
        return jsonify(call_view(_known(carrier, sid)))

    @control.post("/calls/<sid>/keys")
    def keys(sid: str) -> ResponseReturnValue:
        digits = text_of(asked(), "digits")
        _live(carrier, sid)
        try:
            exchange.press(sid, digits)
        except ValueError as error:
            raise BadRequestError(str(error)) from error
        return jsonify(call_view(_known(carrier, sid)))

    @control.post("/calls/<sid>/speech")
    def speech(sid: str) -> ResponseReturnValue:
        text = text_of(asked(), "text")
        _live(carrier, sid)
        exchange.say(sid, text)
        return jsonify(call_view(_known(carrier, sid)))


def _live(carrier: Carrier, sid: str) -> None:
    if _known(carrier, sid).over:
        raise BadRequestError("the call has ended")


def _known(carrier: Carrier, sid: str) -> Call:
    call = carrier.ledger.calls.get(sid)
    if call is None:
        raise BadRequestError(f"there is no call {sid}")
    return call
