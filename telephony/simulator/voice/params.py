"""What the service is told with every request about a call.

Source: https://www.twilio.com/docs/voice/twiml#request-parameters
"""

from telephony.simulator.call_records import Call, CallStatus
from telephony.simulator.dialling import country_of
from telephony.simulator.records import API_VERSION


def call_params(call: Call) -> dict[str, str]:
    """The standard parameters; a call that is dialled tells its parent too."""
    params = {
        "AccountSid": call.account_sid,
        "ApiVersion": API_VERSION,
        "CallSid": call.sid,
        "CallStatus": call.status.value,
        "Direction": call.direction.value,
    }
    for names, address in ((("From", "Caller"), call.sender), (("To", "Called"), call.recipient)):
        for name in names:
            params[name] = address
            params |= {f"{name}City": "", f"{name}State": "", f"{name}Zip": "", f"{name}Country": country_of(address)}
    if call.parent_sid:
        params["ParentCallSid"] = call.parent_sid
    return params


def progress_params(call: Call, status: str, number: int, stamp: str) -> dict[str, str]:
    """What a status callback says: ``number`` is its place among all events of the call."""
    params = {
        **call_params(call),
        "CallStatus": status,
        "CallbackSource": "call-progress-events",
        "SequenceNumber": str(number),
        "Timestamp": stamp,
    }
    if call.over:
        params |= {"CallDuration": str(call.duration), "Duration": str(-(-call.duration // 60))}
        params["SipResponseCode"] = _SIP.get(call.status, "200")
    return params


_SIP = {CallStatus.BUSY: "486", CallStatus.NO_ANSWER: "480", CallStatus.CANCELED: "487", CallStatus.FAILED: "404"}
