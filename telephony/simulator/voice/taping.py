"""Recordings while they run: started, paused, gone on with, ended, and the callbacks that tell of it.

Source: https://www.twilio.com/docs/voice/api/recording
"""

from collections.abc import Callable
from dataclasses import replace
from email.utils import format_datetime
from functools import partial
from typing import Final

from telephony.simulator.call_records import Burst, Recording
from telephony.simulator.faults import Fault
from telephony.simulator.network import Network
from telephony.simulator.outbound import RECEIPT_DELAY
from telephony.simulator.records import API_VERSION, new_sid
from telephony.simulator.voice.pace import seconds_of
from telephony.simulator.voice.verbs import Callback
from telephony.simulator.webhooks import FetchError, ask

READY_AFTER: Final = 1.0
"""Seconds from the end of a recording until it can be fetched."""


def start(
    network: Network, call_sid: str, source: str, channels: int = 1, callback: Callback | None = None, peer: str = ""
) -> Recording:
    """Begin to record a call; ``peer`` is the other end of its bridge."""
    now, callback = network.clock(), callback or Callback()
    recording = Recording(
        *(new_sid("RE"), network.settings.account_sid, call_sid, source, channels, "in-progress", now, now),
        spans=((now, None),),
        peer_sid=peer,
        callback_url=callback.url,
        callback_method=callback.method,
        callback_events=callback.events,
    )
    network.ledger.recordings.put(recording.sid, recording)
    _show(network, recording)
    if "in-progress" in recording.callback_events:
        network.timer.after(0.0, partial(_tell, network, recording))
    return recording


def running(network: Network, call_sid: str) -> list[Recording]:
    """What records this call now, newest first; paused ones too."""
    known = reversed(network.ledger.recordings.all())
    return [one for one in known if one.running and call_sid in {one.call_sid, one.peer_sid}]


def pause(network: Network, sid: str, skip: bool = False) -> Recording | None:
    """Leave out what comes; ``skip`` shortens the recording, else the stretch is silent."""
    return _move(network, sid, "in-progress", lambda one: _closed(network, replace(one, status="paused", skip=skip)))


def resume(network: Network, sid: str) -> Recording | None:
    """Go on."""

    def resumed(one: Recording) -> Recording:
        return replace(one, status="in-progress", spans=(*one.spans, (network.clock(), None)))

    return _move(network, sid, "paused", resumed)


def stop(network: Network, sid: str) -> Recording | None:
    """The end: ready a little later, and told to the callback then, unless a fault bends it."""
    ended = network.clock()
    stopped = network.ledger.recordings.change(
        sid, lambda one: _closed(network, replace(one, status="processing", ended=ended)) if one.running else one
    )
    if stopped is None or stopped.status != "processing" or stopped.ended is not ended:
        return stopped
    _show(network, stopped)
    call = network.ledger.calls.get(stopped.call_sid)
    strikes, phone = network.faults.strikes, call.phone if call else ""
    if strikes(Fault.RECORDINGS_EARLY, phone):
        _ready(network, sid, 1)
        return network.ledger.recordings.get(sid)
    delay = READY_AFTER + (RECEIPT_DELAY if strikes(Fault.RECORDINGS_DELAYED, phone) else 0.0)
    told = 0 if strikes(Fault.RECORDINGS_MISSING, phone) else 2 if strikes(Fault.RECORDINGS_DOUBLED, phone) else 1
    network.timer.after(delay, partial(_ready, network, sid, told))
    return stopped


def burst(network: Network, call_sid: str, text: str, side: int) -> None:
    """Somebody speaks in this call: its own telephone (side 0) or whoever it hears (side 1)."""
    spoken = Burst(network.clock(), seconds_of(text), side)
    for recording in running(network, call_sid):
        if recording.call_sid == call_sid and recording.status == "in-progress":
            network.ledger.recordings.change(recording.sid, lambda one: replace(one, bursts=(*one.bursts, spoken)))


def address_of(network: Network, recording: Recording) -> str:
    """Where the sound can be fetched from."""
    return f"{network.ledger.api_url}/{API_VERSION}/Accounts/{recording.account_sid}/Recordings/{recording.sid}"


def _move(network: Network, sid: str, status: str, change: Callable[[Recording], Recording]) -> Recording | None:
    moved = network.ledger.recordings.change(sid, lambda one: change(one) if one.status == status else one)
    if moved:
        _show(network, moved)
    return moved


def _closed(network: Network, recording: Recording) -> Recording:
    """Without an open stretch."""
    now = network.clock()
    spans = tuple((start, end or now) for start, end in recording.spans)
    return replace(recording, spans=spans, updated=now)


def _show(network: Network, recording: Recording) -> None:
    for sid in filter(None, (recording.call_sid, recording.peer_sid)):
        known = running(network, sid)
        paused = bool(known) and all(one.status == "paused" for one in known)
        network.amend_call(sid, recording=bool(known), paused=paused)


def _ready(network: Network, sid: str, told: int) -> None:
    ready = network.ledger.recordings.change(sid, lambda one: replace(one, status="completed", updated=network.clock()))
    if ready and "completed" in ready.callback_events:
        for _ in range(told):
            _tell(network, ready)


def _tell(network: Network, recording: Recording) -> None:
    if not recording.callback_url:
        return
    params = {
        "AccountSid": recording.account_sid,
        "ApiVersion": API_VERSION,
        "CallSid": recording.call_sid,
        "RecordingSid": recording.sid,
        "RecordingUrl": address_of(network, recording),
        "RecordingStatus": recording.status,
        "RecordingChannels": str(recording.channels),
        "RecordingSource": recording.source,
        "RecordingTrack": "both",
        "RecordingStartTime": format_datetime(recording.started),
        "ErrorCode": "0",
    }
    if recording.status == "completed":
        params["RecordingDuration"] = str(recording.duration)
    try:
        ask(network, recording.callback_url, params, recording.callback_method)
    except FetchError as error:
        network.complain(error.code, str(error), recording.callback_url, recording.call_sid)
