"""REST resources of calls as Twilio writes them.

Sources: https://www.twilio.com/docs/voice/api/call-resource, .../queue-resource, .../recording
"""

from datetime import datetime
from typing import Any

from telephony.simulator.call_records import Call, CallStatus, Recording
from telephony.simulator.records import API_VERSION
from telephony.simulator.resources import account_path, rfc2822
from telephony.simulator.voice.queues import Member, Queue


def call_resource(call: Call) -> dict[str, Any]:
    """A Call as the API shows it."""
    uri = f"{account_path(call.account_sid)}/Calls/{call.sid}"
    subresources = ("Notifications", "Recordings", "Events", "Payments", "Siprec", "Streams", "Transcriptions")
    return {
        "account_sid": call.account_sid,
        "annotation": None,
        "answered_by": None,
        "api_version": API_VERSION,
        "caller_name": None,
        "date_created": rfc2822(call.created),
        "date_updated": rfc2822(call.updated),
        "direction": call.direction.value,
        "duration": str(call.duration) if call.ended else None,
        "end_time": rfc2822(call.ended),
        "forwarded_from": None,
        "from": call.sender,
        "from_formatted": call.sender,
        "group_sid": None,
        "parent_call_sid": call.parent_sid or None,
        "phone_number_sid": call.number_sid or None,
        "price": None,
        "price_unit": "USD",
        "queue_time": "0",
        "sid": call.sid,
        "start_time": None if call.status is CallStatus.QUEUED else rfc2822(call.created),
        "status": call.status.value,
        "subresource_uris": {name.lower(): f"{uri}/{name}.json" for name in subresources},
        "to": call.recipient,
        "to_formatted": call.recipient,
        "trunk_sid": None,
        "uri": f"{uri}.json",
    }


def queue_resource(queue: Queue, account_sid: str, now: datetime) -> dict[str, Any]:
    """A Queue as the API shows it."""
    uri = f"{account_path(account_sid)}/Queues/{queue.sid}"
    return {
        "account_sid": account_sid,
        "average_wait_time": queue.average_wait(now),
        "current_size": len(queue.members),
        "date_created": rfc2822(queue.created),
        "date_updated": rfc2822(queue.updated),
        "friendly_name": queue.name,
        "max_size": queue.max_size,
        "sid": queue.sid,
        "subresource_uris": {"members": f"{uri}/Members.json"},
        "uri": f"{uri}.json",
    }


def member_resource(queue: Queue, member: Member, account_sid: str, now: datetime) -> dict[str, Any]:
    """A call in a queue as the API shows it."""
    return {
        "call_sid": member.call_sid,
        "date_enqueued": rfc2822(member.since),
        "position": queue.position(member.call_sid),
        "queue_sid": queue.sid,
        "uri": f"{account_path(account_sid)}/Queues/{queue.sid}/Members/{member.call_sid}.json",
        "wait_time": int((now - member.since).total_seconds()),
    }


def recording_resource(recording: Recording) -> dict[str, Any]:
    """A Recording as the API shows it; its length is known once it has ended."""
    uri = f"{account_path(recording.account_sid)}/Recordings/{recording.sid}"
    return {
        "account_sid": recording.account_sid,
        "api_version": API_VERSION,
        "call_sid": recording.call_sid,
        "channels": recording.channels,
        "conference_sid": None,
        "date_created": rfc2822(recording.started),
        "date_updated": rfc2822(recording.updated),
        "duration": str(recording.duration) if recording.ended else None,
        "encryption_details": None,
        "error_code": None,
        "media_url": None,
        "price": None,
        "price_unit": "USD",
        "sid": recording.sid,
        "source": recording.source,
        "start_time": rfc2822(recording.started),
        "status": recording.status,
        "subresource_uris": {
            "add_on_results": f"{uri}/AddOnResults.json",
            "transcriptions": f"{uri}/Transcriptions.json",
        },
        "track": "both",
        "uri": f"{uri}.json",
    }
