"""Twilio's REST API for texts, calls and numbers, so that the unmodified ``twilio`` client works by base URL alone."""

import hmac
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from telephony.simulator.carrier import Carrier
from telephony.simulator.dialling import normalise
from telephony.simulator.errors import RefusedError
from telephony.simulator.filters import message_filter
from telephony.simulator.outbound import Draft
from telephony.simulator.paging import page_of
from telephony.simulator.records import API_VERSION, FINAL, Message, ServiceNumber
from telephony.simulator.resources import message_resource, number_resource
from telephony.simulator.rest_answers import created, found
from telephony.simulator.rest_calls import add_calls
from telephony.simulator.rest_queues import add_members, add_queues
from telephony.simulator.rest_recordings import add_call_recordings, add_recordings

_NUMBER_FIELDS: Final = (
    *("sms_url", "sms_method", "sms_fallback_url", "sms_fallback_method", "status_callback", "status_callback_method"),
    *("voice_url", "voice_method", "voice_fallback_url", "voice_fallback_method"),
)


def rest_api(carrier: Carrier) -> Blueprint:
    """The blueprint of one carrier's REST API, with basic authentication by account sid and any configured token."""
    api = Blueprint("rest", __name__, url_prefix=f"/{API_VERSION}/Accounts/<account_sid>")

    @api.url_value_preprocessor
    def keep_to_own_account(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values is None or values.pop("account_sid") != carrier.settings.account_sid:
            raise RefusedError(20003)

    @api.before_request
    def authenticate() -> None:
        given = request.authorization
        if given is None or given.username != carrier.settings.account_sid:
            raise RefusedError(20003)
        secret = (given.password or "").encode()
        if not any(hmac.compare_digest(secret, token.encode()) for token in carrier.settings.auth_tokens):
            raise RefusedError(20003)

    _add_messages(api, carrier)
    _add_numbers(api, carrier)
    for add in (add_calls, add_queues, add_members, add_recordings, add_call_recordings):
        add(api, carrier)
    return api


def _add_messages(api: Blueprint, carrier: Carrier) -> None:
    messages = carrier.ledger.messages

    @api.post("/Messages.json")
    def create_message() -> ResponseReturnValue:
        return _create(carrier, request.form)

    @api.get("/Messages.json")
    def list_messages() -> ResponseReturnValue:
        known = list(filter(message_filter(request.args), reversed(messages.all())))
        return jsonify(page_of("messages", request.path, request.args.to_dict(), known, message_resource))

    @api.get("/Messages/<sid>.json")
    def fetch_message(sid: str) -> ResponseReturnValue:
        return jsonify(message_resource(_message(carrier, sid)))

    @api.post("/Messages/<sid>.json")
    def update_message(sid: str) -> ResponseReturnValue:
        message = _message(carrier, sid)
        if "Status" in request.form:
            raise RefusedError(30409, sid)  # only scheduled messages can be cancelled, and there are none here
        if request.form.get("Body", "x"):
            raise RefusedError(20001, "Body")
        _check_finished(message)
        return jsonify(message_resource(carrier.network.amend(sid, body="") or message))

    @api.delete("/Messages/<sid>.json")
    def delete_message(sid: str) -> ResponseReturnValue:
        _check_finished(_message(carrier, sid))
        messages.remove(sid)
        return "", 204


def _add_numbers(api: Blueprint, carrier: Carrier) -> None:
    numbers, account = carrier.ledger.numbers, carrier.settings.account_sid

    def shown(number: ServiceNumber) -> dict[str, Any]:
        return number_resource(number, account)

    @api.get("/IncomingPhoneNumbers.json")
    def list_numbers() -> ResponseReturnValue:
        part = request.args.get("PhoneNumber", "")
        known = [number for number in reversed(numbers.all()) if part in number.number]
        return jsonify(page_of("incoming_phone_numbers", request.path, request.args.to_dict(), known, shown))

    @api.post("/IncomingPhoneNumbers.json")
    def create_number() -> ResponseReturnValue:
        address = normalise(request.form.get("PhoneNumber", ""))
        if address is None:
            raise RefusedError(20001, "PhoneNumber")
        added = _configured(carrier.add_number(address, ""), request.form)
        numbers.put(added.sid, added)
        return jsonify(shown(added)), 201

    @api.get("/IncomingPhoneNumbers/<sid>.json")
    def fetch_number(sid: str) -> ResponseReturnValue:
        return jsonify(shown(found(numbers.get(sid))))

    @api.post("/IncomingPhoneNumbers/<sid>.json")
    def update_number(sid: str) -> ResponseReturnValue:
        now, form = carrier.network.clock(), request.form
        changed = numbers.change(sid, lambda number: replace(_configured(number, form), updated=now))
        return jsonify(shown(found(changed)))

    @api.delete("/IncomingPhoneNumbers/<sid>.json")
    def release_number(sid: str) -> ResponseReturnValue:
        found(numbers.get(sid))
        numbers.remove(sid)
        return "", 204


def _create(carrier: Carrier, form: Mapping[str, str]) -> ResponseReturnValue:
    draft = Draft(
        to=form.get("To", ""),
        body=form.get("Body", ""),
        sender=form.get("From", ""),
        service_sid=form.get("MessagingServiceSid", ""),
        callback=form.get("StatusCallback", ""),
    )
    return created(carrier, draft.to, lambda: message_resource(carrier.send(draft)))


def _message(carrier: Carrier, sid: str) -> Message:
    return found(carrier.ledger.messages.get(sid))


def _check_finished(message: Message) -> None:
    if message.status not in FINAL:
        raise RefusedError(20009, message.status.value)


def _configured(number: ServiceNumber, form: Mapping[str, str]) -> ServiceNumber:
    """The number with what the form sets; Twilio names form fields SmsUrl where resources say sms_url."""
    given: dict[str, Any] = {name: form[_camel(name)] for name in _NUMBER_FIELDS if _camel(name) in form}
    kept = {"friendly_name": form["FriendlyName"]} if "FriendlyName" in form else {}
    return replace(number, **given, settings={**number.settings, **kept})


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))
