"""The control API: what the browser page, demo scripts and benches do with the carrier. JSON both ways.

===========================================  =========================================================================
``GET    /simulator/state``                  service number, handsets, live calls, switched-on faults, debugger log
``GET    /simulator/examples``               the regime's example texts, from the service
``GET    /simulator/events``                 server-sent events: message, call, debug, handset, handset_gone, ...
``POST   /simulator/texts``                  ``{"from", "body", "to"?}`` -> outcome; *any* string may be ``from``
``POST   /simulator/handsets``               ``{"number", "label"?, "name"?}`` -> 201, the handset
``PATCH  /simulator/handsets/{number}``      ``{"label"?, "name"?}``
``DELETE /simulator/handsets/{number}``      204
``GET    /simulator/conversations/{number}`` texts from and to a phone, oldest first; needs no handset
``PUT    /simulator/faults``                 ``{"fault", "on"?, "number"?, "times"?}`` -> everything switched on
``DELETE /simulator/faults``                 all off
``DELETE /simulator/debugger``               the log emptied
===========================================  =========================================================================

The outcome of a text is ``{"message_sid", "http_status", "replies": [..], "errors": [..], "gloss"}``; ``http_status``
is the service's (0 when it could not be reached), ``errors`` are Twilio's numbers as the debugger log shows them.
A wrong request is answered with 400 and ``{"error": "what to do"}``. Requests must be ``application/json``, so that a
page of some other site open in the same browser can't text.
"""

from collections.abc import Callable
from dataclasses import asdict, replace
from itertools import islice
from typing import Any

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from telephony.simulator.asking import BadRequestError, asked, text_of
from telephony.simulator.call_views import call_view
from telephony.simulator.carrier import Carrier
from telephony.simulator.dialling import normalise
from telephony.simulator.faults import EVERYBODY, Fault
from telephony.simulator.glosses import fetch_examples
from telephony.simulator.views import debug_view, handset_view, message_view


def control_api(carrier: Carrier) -> Blueprint:
    """The blueprint of one carrier's control API."""
    control = Blueprint("control", __name__, url_prefix="/simulator")
    control.register_error_handler(BadRequestError, lambda error: (jsonify(error=str(error)), 400))
    _add_reading(control, carrier)
    _add_texts(control, carrier)
    _add_handsets(control, carrier)
    _add_faults(control, carrier)
    return control


def _add_reading(control: Blueprint, carrier: Carrier) -> None:
    ledger = carrier.ledger

    @control.get("/state")
    def state() -> ResponseReturnValue:
        return jsonify(
            number=carrier.settings.number,
            public_url=carrier.settings.public_url,
            regime=carrier.settings.regime,
            handsets=[handset_view(card) for card in ledger.handsets],
            calls=[call_view(call) for call in ledger.calls if not call.over],
            faults=carrier.faults.switched_on(),
            debugger=[debug_view(entry) for entry in list(ledger.debugger)],
            counted=ledger.counted(),
        )

    @control.get("/examples")
    def examples() -> ResponseReturnValue:
        return jsonify(fetch_examples(carrier.network))

    @control.get("/events")
    def events() -> ResponseReturnValue:
        stream = carrier.network.events.stream(ledger.counted)
        return Response(stream, mimetype="text/event-stream", headers={"Cache-Control": "no-store"})

    @control.get("/conversations/<number>")
    def conversation(number: str) -> ResponseReturnValue:
        recent = islice(reversed(carrier.conversation(number)), 200)
        return jsonify([message_view(message) for message in reversed(list(recent))])


def _add_texts(control: Blueprint, carrier: Carrier) -> None:
    @control.post("/texts")
    def text() -> ResponseReturnValue:
        wanted = asked()
        return jsonify(
            asdict(carrier.receive(text_of(wanted, "from"), text_of(wanted, "body"), text_of(wanted, "to", "")))
        )


def _add_handsets(control: Blueprint, carrier: Carrier) -> None:
    handsets, publish = carrier.ledger.handsets, carrier.network.events.publish

    @control.post("/handsets")
    def add() -> ResponseReturnValue:
        wanted = asked()
        try:
            phone = carrier.handset(
                text_of(wanted, "number"), text_of(wanted, "label", "citizen"), text_of(wanted, "name", "")
            )
        except ValueError as error:
            raise BadRequestError(str(error)) from error
        return _shown(phone.number), 201

    @control.patch("/handsets/<number>")
    def rename(number: str) -> ResponseReturnValue:
        wanted, address = asked(), normalise(number) or number
        changes = {name: text_of(wanted, name) for name in ("label", "name") if name in wanted}
        changed = handsets.change(address, lambda card: replace(card, **changes))
        if changed:
            publish("handset", handset_view(changed))
        return _shown(address)

    @control.delete("/handsets/<number>")
    def remove(number: str) -> ResponseReturnValue:
        address = normalise(number) or number
        handsets.remove(address)
        publish("handset_gone", {"number": address})
        return "", 204

    def _shown(number: str) -> Response:
        card = handsets.get(number)
        if card is None:
            raise BadRequestError(f"there is no handset {number}; POST /simulator/handsets makes one")
        return jsonify(handset_view(card))


def _add_faults(control: Blueprint, carrier: Carrier) -> None:
    def changed(change: Callable[[], None]) -> Response:
        change()
        carrier.network.events.publish("faults", carrier.faults.switched_on())
        return jsonify(carrier.faults.switched_on())

    @control.put("/faults")
    def switch() -> ResponseReturnValue:
        wanted = asked()
        fault, scope, times = _fault(wanted), text_of(wanted, "number", EVERYBODY), wanted.get("times")
        if not (times is None or (isinstance(times, int) and times >= 0)):
            raise BadRequestError("'times' must be a whole number, or left out for 'until switched off'")
        return changed(lambda: carrier.faults.switch(fault, on=bool(wanted.get("on", True)), scope=scope, times=times))

    @control.delete("/faults")
    def clear() -> ResponseReturnValue:
        return changed(carrier.faults.clear)

    @control.delete("/debugger")
    def forget() -> ResponseReturnValue:
        carrier.ledger.debugger.clear()
        return "", 204


def _fault(wanted: dict[str, Any]) -> Fault:
    try:
        return Fault(text_of(wanted, "fault"))
    except ValueError as error:
        raise BadRequestError(f"'fault' must be one of: {', '.join(Fault)}") from error
