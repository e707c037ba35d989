"""Twilio's REST API for recordings: listed, started, paused, stopped, deleted, and the sound itself."""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from telephony.simulator.call_records import CallStatus, Recording
from telephony.simulator.call_resources import recording_resource
from telephony.simulator.carrier import Carrier
from telephony.simulator.errors import RefusedError
from telephony.simulator.paging import page_of
from telephony.simulator.rest_answers import found
from telephony.simulator.rest_calls import callback_of
from telephony.simulator.voice.sound import wav_of
from telephony.simulator.voice.taping import pause, resume, running, start, stop


def add_recordings(api: Blueprint, carrier: Carrier) -> None:
    """The routes of Recordings; one without a suffix is the sound."""
    recordings = carrier.ledger.recordings

    @api.get("/Recordings.json")
    def list_recordings() -> ResponseReturnValue:
        return _listed(carrier, request.args.get("CallSid", ""))

    @api.get("/Recordings/<name>")
    def fetch_recording(name: str) -> ResponseReturnValue:
        sid, _, suffix = name.partition(".")
        recording = found(recordings.get(sid))
        if suffix == "json":
            return jsonify(recording_resource(recording))
        found(suffix in {"", "wav"} or None)
        found(recording.status == "completed" or None)
        channels = 1 if request.args.get("RequestedChannels") == "1" else recording.channels
        return Response(wav_of(recording, channels), mimetype="audio/x-wav")

    @api.delete("/Recordings/<sid>.json")
    def delete_recording(sid: str) -> ResponseReturnValue:
        return _deleted(carrier, found(recordings.get(sid)))


def add_call_recordings(api: Blueprint, carrier: Carrier) -> None:
    """The routes of one call's Recordings."""
    network, calls = carrier.network, carrier.ledger.calls

    def of(call_sid: str, sid: str) -> Recording:
        known = running(network, call_sid)
        if sid == "Twilio.CURRENT":
            return found(known[0] if known else None)
        recording = found(network.ledger.recordings.get(sid))
        found(call_sid in {recording.call_sid, recording.peer_sid} or None)
        return recording

    @api.get("/Calls/<call_sid>/Recordings.json")
    def list_of_call(call_sid: str) -> ResponseReturnValue:
        return _listed(carrier, found(calls.get(call_sid)).sid)

    @api.post("/Calls/<call_sid>/Recordings.json")
    def start_recording(call_sid: str) -> ResponseReturnValue:
        call = found(calls.get(call_sid))
        if call.status is not CallStatus.IN_PROGRESS:
            raise RefusedError(21220, f"the call is {call.status.value}")
        channels = 2 if request.form.get("RecordingChannels") == "dual" else 1
        callback = callback_of("RecordingStatusCallback")
        begun = start(network, call_sid, "StartCallRecordingAPI", channels, callback)
        return jsonify(recording_resource(begun)), 201

    @api.get("/Calls/<call_sid>/Recordings/<sid>.json")
    def fetch_of_call(call_sid: str, sid: str) -> ResponseReturnValue:
        return jsonify(recording_resource(of(call_sid, sid)))

    @api.post("/Calls/<call_sid>/Recordings/<sid>.json")
    def update_recording(call_sid: str, sid: str) -> ResponseReturnValue:
        return jsonify(recording_resource(_updated(carrier, of(call_sid, sid))))

    @api.delete("/Calls/<call_sid>/Recordings/<sid>.json")
    def delete_of_call(call_sid: str, sid: str) -> ResponseReturnValue:
        return _deleted(carrier, of(call_sid, sid))


def _updated(carrier: Carrier, recording: Recording) -> Recording:
    status, network = request.form.get("Status", ""), carrier.network
    if status not in {"paused", "in-progress", "stopped"}:
        raise RefusedError(20001, "Status")
    if not recording.running:
        raise RefusedError(21220, f"the recording is {recording.status}")
    if status == "paused":
        return found(pause(network, recording.sid, skip=request.form.get("PauseBehavior") == "skip"))
    return found(resume(network, recording.sid) if status == "in-progress" else stop(network, recording.sid))


def _listed(carrier: Carrier, call_sid: str) -> Response:
    known = [one for one in reversed(carrier.ledger.recordings.all()) if call_sid in {"", one.call_sid}]
    return jsonify(page_of("recordings", request.path, request.args.to_dict(), known, recording_resource))


def _deleted(carrier: Carrier, recording: Recording) -> ResponseReturnValue:
    if recording.running:
        raise RefusedError(20009, recording.status)
    carrier.ledger.recordings.remove(recording.sid)
    return "", 204
