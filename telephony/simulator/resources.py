"""REST resources as Twilio writes them: numbers in strings, dates of RFC 2822, relative addresses.

Source: https://www.twilio.com/docs/messaging/api/message-resource
"""

from datetime import datetime
from email.utils import format_datetime
from typing import Any

from telephony.simulator.errors import DEBUGGER
from telephony.simulator.records import API_VERSION, FINAL, Message, ServiceNumber
from telephony.simulator.segments import price_of


def account_path(account_sid: str) -> str:
    """Where an account's resources live, relative to the API's base URL."""
    return f"/{API_VERSION}/Accounts/{account_sid}"


def message_resource(message: Message) -> dict[str, Any]:
    """A Message as the API shows it; the price is known once the text's fate is."""
    uri = f"{account_path(message.account_sid)}/Messages/{message.sid}"
    return {
        "account_sid": message.account_sid,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": rfc2822(message.created),
        "date_sent": rfc2822(message.sent),
        "date_updated": rfc2822(message.updated),
        "direction": message.direction.value,
        "error_code": message.error_code,
        "error_message": DEBUGGER.get(message.error_code) if message.error_code else None,
        "from": message.sender,
        "messaging_service_sid": message.service_sid or None,
        "num_media": "0",
        "num_segments": str(message.segments),
        "price": price_of(message.segments) if message.status in FINAL else None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": message.status.value,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message.recipient,
        "uri": f"{uri}.json",
    }


def number_resource(number: ServiceNumber, account_sid: str) -> dict[str, Any]:
    """An IncomingPhoneNumber as the API shows it."""
    return {
        "account_sid": account_sid,
        "address_requirements": "none",
        "address_sid": None,
        "api_version": API_VERSION,
        "beta": False,
        "capabilities": {"voice": True, "sms": True, "mms": False, "fax": False},
        "date_created": rfc2822(number.created),
        "date_updated": rfc2822(number.updated),
        "friendly_name": number.number,
        "origin": "twilio",
        "phone_number": number.number,
        "sid": number.sid,
        "sms_application_sid": "",
        "sms_fallback_method": number.sms_fallback_method,
        "sms_fallback_url": number.sms_fallback_url,
        "sms_method": number.sms_method,
        "sms_url": number.sms_url,
        "status": "in-use",
        "status_callback": number.status_callback,
        "status_callback_method": number.status_callback_method,
        "uri": f"{account_path(account_sid)}/IncomingPhoneNumbers/{number.sid}.json",
        "voice_fallback_method": number.voice_fallback_method,
        "voice_fallback_url": number.voice_fallback_url,
        "voice_method": number.voice_method,
        "voice_url": number.voice_url,
        **number.settings,
    }


def rfc2822(moment: datetime | None) -> str | None:
    """``Mon, 23 Nov 2026 20:00:51 +0000``; None stays None."""
    return format_datetime(moment) if moment else None
