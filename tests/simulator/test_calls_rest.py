"""The unmodified twilio client looks at live calls and queues, and does something with them."""

from datetime import UTC, datetime, timedelta

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.serving import CarrierServer
from telephony.simulator.voice.phoning import PhoneCall

from .service import SETTINGS, FakeService, twiml

VOICE = "/telephony/voice"
CALLS = f"/2010-04-01/Accounts/{SETTINGS.account_sid}/Calls"


@pytest.fixture
def call(service: FakeService, phone: Handset) -> PhoneCall:
    service.on(VOICE, lambda _: twiml("<Gather><Say>Press</Say></Gather>"))
    return phone.calls()


@pytest.fixture
def waiting(service: FakeService, phone: Handset) -> PhoneCall:
    service.on(VOICE, lambda _: twiml('<Enqueue action="/queued" waitUrl="">help</Enqueue>'))
    service.on("/queued", lambda asked: twiml(f"<Say>{asked.form['QueueResult']}</Say>"))
    return phone.calls()


def refused(action: object) -> int:
    with pytest.raises(TwilioRestException) as caught:
        action()  # type: ignore[operator]
    return int(caught.value.code)


def test_a_call_has_twilios_shape(server: CarrierServer, call: PhoneCall) -> None:
    answer = requests.get(
        f"{server.url}{CALLS}/{call.sid}.json", auth=(SETTINGS.account_sid, SETTINGS.auth_tokens[0]), timeout=5
    )

    shown = answer.json()
    assert (shown["sid"], shown["status"], shown["direction"]) == (call.sid, "in-progress", "inbound")
    assert (shown["from"], shown["to"], shown["duration"], shown["end_time"]) == ("+79990000001", "2590", None, None)
    assert shown["start_time"].endswith(" +0000")
    assert shown["subresource_uris"]["recordings"] == f"{CALLS}/{call.sid}/Recordings.json"
    assert shown["phone_number_sid"].startswith("PN")


def test_an_ended_call_has_a_duration_and_can_be_deleted(client: Client, call: PhoneCall) -> None:
    assert refused(client.calls(call.sid).delete) == 20009
    call.hangs_up()

    read = client.calls(call.sid).fetch()
    assert (read.status, read.duration) == ("completed", "0")
    assert read.end_time is not None
    assert client.calls(call.sid).delete()
    assert refused(client.calls(call.sid).fetch) == 20404


def test_calls_are_listed_by_what_is_asked_for(client: Client, call: PhoneCall, carrier: Carrier) -> None:
    carrier.call("anonymous")
    now = datetime.now(UTC)

    def listed(**filters: object) -> int:
        return len(client.calls.list(**filters))

    assert listed() == 2
    assert (listed(from_="89990000001"), listed(to="2590"), listed(to="+79990000001")) == (1, 2, 0)
    assert (listed(status="in-progress"), listed(status="busy")) == (2, 0)
    assert (listed(start_time=now), listed(start_time_after=now + timedelta(hours=1))) == (2, 0)
    assert listed(start_time_before=now + timedelta(hours=1)) == 2
    assert (listed(parent_call_sid=call.sid), len(list(client.calls.stream(page_size=1)))) == (0, 2)


def test_a_live_call_is_ended(client: Client, call: PhoneCall) -> None:
    assert client.calls(call.sid).update(status="completed").status == "completed"

    assert call.status == "completed"
    assert refused(lambda: client.calls(call.sid).update(status="completed")) == 21220


def test_a_ringing_call_is_cancelled(client: Client, phone: Handset) -> None:
    for status in ("canceled", "completed"):
        made = client.calls.create(to=phone.number, from_="2590", url="https://pass.example/out")
        client.calls(made.sid).update(status=status)

        assert client.calls(made.sid).fetch().status == "canceled"
        assert phone.rings is None


def test_a_live_call_goes_on_with_another_document(client: Client, service: FakeService, call: PhoneCall) -> None:
    service.on("/other", lambda _: twiml("<Say>other</Say><Gather/>"))

    client.calls(call.sid).update(url="https://pass.example/other", method="GET")
    call.hears("other")
    client.calls(call.sid).update(twiml="<Response><Say>at once</Say></Response>")

    assert call.heard == ["Press", "other", "at once"]
    assert call.ended


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"status": "canceled"}, 21220), ({"status": "nonsense"}, 20001), ({"url": "nowhere"}, 21205), ({}, 21205)],
)
def test_what_cannot_be_done_to_a_call(client: Client, call: PhoneCall, fields: dict[str, str], code: int) -> None:
    assert refused(lambda: client.calls(call.sid).update(**fields)) == code


def test_a_ringing_call_goes_nowhere_else(client: Client, phone: Handset) -> None:
    made = client.calls.create(to=phone.number, from_="2590", url="https://pass.example/out")

    assert refused(lambda: client.calls(made.sid).update(url="https://pass.example/other")) == 21220


def test_queues_are_made_changed_and_removed(client: Client) -> None:
    made = client.queues.create(friendly_name="help", max_size=3)
    assert (made.friendly_name, made.max_size, made.current_size, made.average_wait_time) == ("help", 3, 0, 0)
    assert refused(lambda: client.queues.create(friendly_name="help")) == 22003
    assert refused(lambda: client.queues.create(friendly_name="")) == 20001
    assert refused(lambda: client.queues.create(friendly_name="x", max_size=9999)) == 20001

    changed = client.queues(made.sid).update(friendly_name="aid", max_size=5)
    assert (changed.friendly_name, changed.max_size) == ("aid", 5)
    assert client.queues.create(friendly_name="plain").max_size == 100
    assert [queue.friendly_name for queue in client.queues.list()] == ["plain", "aid"]

    assert client.queues(made.sid).delete()
    assert refused(client.queues(made.sid).fetch) == 20404
    assert refused(client.queues(made.sid).delete) == 20404


def test_who_waits_is_seen(client: Client, waiting: PhoneCall) -> None:
    (queue,) = client.queues.list()
    assert (queue.friendly_name, queue.current_size) == ("help", 1)
    assert refused(client.queues(queue.sid).delete) == 22004

    (member,) = client.queues(queue.sid).members.list()
    assert (member.call_sid, member.position, member.wait_time) == (waiting.sid, 1, 0)
    for name in (waiting.sid, "Front"):
        assert client.queues(queue.sid).members(name).fetch().call_sid == waiting.sid
    assert refused(client.queues(queue.sid).members("CA1").fetch) == 20404


@pytest.mark.parametrize("name", ["Front", "the call"])
def test_who_waits_is_sent_elsewhere_once(client: Client, service: FakeService, waiting: PhoneCall, name: str) -> None:
    service.on("/elsewhere", lambda _: twiml("<Say>elsewhere</Say>"))
    (queue,) = client.queues.list()
    member = client.queues(queue.sid).members(waiting.sid if name == "the call" else name)

    assert member.update(url="https://pass.example/elsewhere").call_sid == waiting.sid

    waiting.hears("elsewhere")
    assert service.at("/queued")[0].form["QueueResult"] == "redirected"
    assert refused(lambda: member.update(url="https://pass.example/elsewhere")) == 20404


def test_a_caller_who_talks_is_sent_elsewhere(
    client: Client, service: FakeService, waiting: PhoneCall, carrier: Carrier
) -> None:
    service.on(VOICE, lambda _: twiml('<Dial action="/dialled"><Queue>help</Queue></Dial>'))
    agent = carrier.handset("+79990000009").calls()

    client.calls(waiting.sid).update(twiml="<Response><Say>Survey</Say></Response>")

    waiting.hears("Survey")
    assert service.at("/queued")[0].form["QueueResult"] == "redirected-from-bridged"
    assert agent.ended and service.at("/dialled")[0].form["DialCallStatus"] == "completed"


def test_a_dialled_telephone_is_sent_elsewhere(
    client: Client, service: FakeService, phone: Handset, carrier: Carrier
) -> None:
    service.on(VOICE, lambda _: twiml("<Dial>+79990000002</Dial><Say>Gone</Say>"))
    other = carrier.handset("+79990000002")
    call = phone.calls()
    talk = other.answers()

    client.calls(talk.sid).update(twiml="<Response><Say>You are free</Say></Response>")

    talk.hears("You are free")
    call.hears("Gone")


def test_where_calls_go_is_configured(client: Client, service: FakeService, phone: Handset) -> None:
    (number,) = client.incoming_phone_numbers.list()
    assert number.voice_url == "https://pass.example/telephony/voice"
    assert (number.voice_fallback_url, number.status_callback) == ("", "https://pass.example/telephony/voice/ended")
    service.on("/new", lambda _: twiml("<Say>new</Say>"))

    client.incoming_phone_numbers(number.sid).update(voice_url="https://pass.example/new", voice_method="GET")

    phone.calls().hears("new")
