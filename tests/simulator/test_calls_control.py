"""The control API of calls, as the browser's handset uses it."""

import pytest
from flask.testing import FlaskClient

from telephony.simulator.carrier import Carrier
from telephony.simulator.serving import create_app

from .service import FakeService, twiml

VOICE = "/telephony/voice"


@pytest.fixture
def control(carrier: Carrier) -> FlaskClient:
    return create_app(carrier).test_client()


@pytest.fixture
def sid(control: FlaskClient, service: FakeService) -> str:
    service.on(
        VOICE, lambda _: twiml('<Gather input="dtmf speech" numDigits="2" language="ru-RU"><Say>hi</Say></Gather>')
    )
    return str(control.post("/simulator/calls", json={"from": "89990000001"}).get_json()["sid"])


def test_a_call_is_begun_and_looked_at(control: FlaskClient, sid: str) -> None:
    view = control.get(f"/simulator/calls/{sid}").get_json()

    (line,) = view.pop("lines")
    assert (line["who"], line["kind"], line["text"], line["language"]) == ("service", "say", "hi", "en-US")
    assert view.pop("began") <= view.pop("answered")
    assert view == {
        "sid": sid,
        "number": "89990000001",
        "other": "2590",
        "direction": "outgoing",
        "status": "in-progress",
        "listening": {"keys": True, "speech": True, "finish": "#", "digits": 2, "language": "ru-RU"},
        "recording": False,
        "paused": False,
        "queue": None,
        "bridged": False,
        "ended": None,
    }


def test_keys_and_words_go_in_and_the_end_comes(control: FlaskClient, service: FakeService, sid: str) -> None:
    pressed = control.post(f"/simulator/calls/{sid}/keys", json={"digits": "12"}).get_json()
    assert [line["text"] for line in pressed["lines"]] == ["hi", "12", "hi"]

    spoken = control.post(f"/simulator/calls/{sid}/speech", json={"text": "да"}).get_json()
    assert spoken["lines"][-2]["kind"] == "speech"

    ended = control.post(f"/simulator/calls/{sid}/hangup", json={}).get_json()
    assert (ended["status"], ended["listening"], ended["ended"] is None) == ("completed", None, False)


def test_the_call_of_a_handset_is_the_live_one_or_the_last(control: FlaskClient, sid: str) -> None:
    assert control.get("/simulator/handsets/+79990000001/call").get_json()["sid"] == sid
    control.post(f"/simulator/calls/{sid}/hangup", json={})

    assert control.get("/simulator/handsets/+79990000001/call").get_json()["status"] == "completed"
    assert control.get("/simulator/handsets/+79990000002/call").get_json() is None


def test_live_calls_stand_in_the_state(control: FlaskClient, sid: str) -> None:
    assert [call["sid"] for call in control.get("/simulator/state").get_json()["calls"]] == [sid]
    control.post(f"/simulator/calls/{sid}/hangup", json={})

    assert control.get("/simulator/state").get_json()["calls"] == []


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("calls", {"to": "x"}, "'from' must be a string"),
        ("calls", {"from": "+79990000001"}, "hang up first"),
        ("calls/SID/keys", {"digits": "12a"}, "not keys"),
        ("calls/SID/keys", {"digits": ""}, "not keys"),
        ("calls/SID/speech", {}, "'text' must be a string"),
        ("calls/nowhere/hangup", {}, "there is no call"),
    ],
)
def test_a_wrong_request_is_told_what_to_do(
    control: FlaskClient, sid: str, path: str, body: dict[str, str], words: str
) -> None:
    answer = control.post(f"/simulator/{path.replace('SID', sid)}", json=body)

    assert answer.status_code == 400
    assert words in answer.get_json()["error"]


def test_an_ended_call_takes_nothing(control: FlaskClient, sid: str) -> None:
    control.post(f"/simulator/calls/{sid}/hangup", json={})

    assert control.post(f"/simulator/calls/{sid}/keys", json={"digits": "1"}).status_code == 400


def test_every_change_is_an_event(carrier: Carrier, control: FlaskClient, sid: str) -> None:
    stream = carrier.network.events.stream(dict)
    next(stream)
    control.post(f"/simulator/calls/{sid}/keys", json={"digits": "1"})

    assert next(stream).startswith(f'event: call\ndata: {{"sid": "{sid}"')
    stream.close()  # type: ignore[attr-defined]
