"""Twilio's REST API for calls: made, listed, looked at, sent elsewhere, ended, deleted."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from telephony.simulator.call_records import Call, CallStatus
from telephony.simulator.call_resources import call_resource
from telephony.simulator.carrier import Carrier
from telephony.simulator.errors import RefusedError
from telephony.simulator.filters import call_filter
from telephony.simulator.paging import page_of
from telephony.simulator.rest_answers import created, found, whole
from telephony.simulator.voice.flow import Target
from telephony.simulator.voice.placing import LONGEST_RINGING, CallDraft, Tape, check_url
from telephony.simulator.voice.verbs import Callback


def add_calls(api: Blueprint, carrier: Carrier) -> None:
    """The routes of Calls."""
    calls = carrier.ledger.calls

    @api.post("/Calls.json")
    def create_call() -> ResponseReturnValue:
        return created(carrier, request.form.get("To", ""), lambda: call_resource(carrier.exchange.place(_draft())))

    @api.get("/Calls.json")
    def list_calls() -> ResponseReturnValue:
        known = list(filter(call_filter(request.args), reversed(calls.all())))
        return jsonify(page_of("calls", request.path, request.args.to_dict(), known, call_resource))

    @api.get("/Calls/<sid>.json")
    def fetch_call(sid: str) -> ResponseReturnValue:
        return jsonify(call_resource(found(calls.get(sid))))

    @api.post("/Calls/<sid>.json")
    def update_call(sid: str) -> ResponseReturnValue:
        return jsonify(_update(carrier, found(calls.get(sid))))

    @api.delete("/Calls/<sid>.json")
    def delete_call(sid: str) -> ResponseReturnValue:
        call = found(calls.get(sid))
        if not call.over:
            raise RefusedError(20009, call.status.value)
        calls.remove(sid)
        return "", 204


def callback_of(name: str) -> Callback:
    """Where to tell, as the request's form says it."""
    form = request.form
    events = frozenset(" ".join(form.getlist(f"{name}Event")).split()) or frozenset({"completed"})
    return Callback(form.get(name, ""), form.get(f"{name}Method", "POST").upper(), events)


def _draft() -> CallDraft:
    form = request.form
    tape = Tape(2 if form.get("RecordingChannels") == "dual" else 1, callback_of("RecordingStatusCallback"))
    return CallDraft(
        to=form.get("To", ""),
        sender=form.get("From", ""),
        target=_target(),
        timeout=whole("Timeout", 60, 1, LONGEST_RINGING, 21208),
        callback=callback_of("StatusCallback"),
        fallback=Callback(form.get("FallbackUrl", ""), form.get("FallbackMethod", "POST").upper()),
        tape=tape if form.get("Record", "").lower() == "true" else None,
    )


def _target() -> Target:
    form = request.form
    if form.get("Twiml"):
        return Target(markup=form["Twiml"].encode())
    return Target(form.get("Url", ""), form.get("Method", "POST").upper())


def _update(carrier: Carrier, call: Call) -> dict[str, Any]:
    form, exchange = request.form, carrier.exchange
    wanted = form.get("Status", "")
    if wanted not in {"", "completed", "canceled"}:
        raise RefusedError(20001, "Status")
    begun = call.status is CallStatus.IN_PROGRESS
    if call.over or (begun and wanted == "canceled") or (not begun and not wanted):
        raise RefusedError(21220, f"the call is {call.status.value}")
    if wanted:
        status = CallStatus.COMPLETED if begun else CallStatus.CANCELED
        exchange.soon(lambda: exchange.end(call.sid, status))
        return call_resource(replace(exchange.known(call), status=status))
    target = _target()
    if not target.markup:
        check_url(target.url)
    exchange.soon(lambda: exchange.move(call.sid, target))
    return call_resource(exchange.known(call))
