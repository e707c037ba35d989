"""The control API, the process's settings, and the bounds of the carrier's memory."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.events import Broadcast
from telephony.simulator.ledger import Shelf
from telephony.simulator.serving import create_app
from telephony.simulator.settings import SettingsError, read_settings

from .service import FakeService, says, twiml


@pytest.fixture
def control(carrier: Carrier) -> FlaskClient:
    return create_app(carrier).test_client()


def text(control: FlaskClient, sender: str, body: str) -> dict[str, Any]:
    found: dict[str, Any] = control.post("/simulator/texts", json={"from": sender, "body": body}).get_json()
    return found


@pytest.mark.parametrize(
    ("sender", "errors"), [("anonymous", [14101]), ("Passline", [14101]), ("89990000001", []), ("+7 999 000-00-01", [])]
)
def test_a_text_from_anybody_returns_what_came_of_it(
    control: FlaskClient, service: FakeService, sender: str, errors: list[int]
) -> None:
    service.on("/telephony/sms", lambda _: twiml("<Message>ответ</Message>", **{"X-Passline-Gloss": "answer"}))

    outcome = text(control, sender, "hi")

    assert outcome.pop("message_sid").startswith("SM")
    assert outcome == {"http_status": 200, "replies": ["ответ"], "errors": errors, "gloss": "answer"}


def test_handsets_come_get_renamed_and_go(control: FlaskClient) -> None:
    added = control.post("/simulator/handsets", json={"number": "8 999 000 00 07", "label": "officer"})
    assert (added.status_code, added.get_json()["number"]) == (201, "+79990000007")

    changed = control.patch("/simulator/handsets/+79990000007", json={"name": "Anna"}).get_json()
    assert changed == {"number": "+79990000007", "label": "officer", "name": "Anna"}
    assert control.get("/simulator/state").get_json()["handsets"] == [changed]

    assert control.delete("/simulator/handsets/+79990000007").status_code == 204
    assert control.patch("/simulator/handsets/+79990000007", json={"name": "x"}).status_code == 400


def test_a_conversation_shows_both_ways_with_segments_and_price(control: FlaskClient, service: FakeService) -> None:
    service.on("/telephony/sms", lambda _: says("я" * 71))
    text(control, "89990000001", "hi")

    asked, answered = control.get("/simulator/conversations/+79990000001").get_json()

    assert (asked["way"], asked["segments"], asked["answered"]) == ("in", 1, True)
    assert (answered["way"], answered["segments"], answered["price"]) == ("out", 2, "0.01660")


def test_faults_are_switched_for_everybody_or_one_phone(control: FlaskClient) -> None:
    control.put("/simulator/faults", json={"fault": "duplicate"})
    shown = control.put("/simulator/faults", json={"fault": "429", "number": "89990000001", "times": 2}).get_json()
    assert shown == {"*": {"duplicate": None}, "+79990000001": {"429": 2}}

    assert "*" not in control.put("/simulator/faults", json={"fault": "duplicate", "on": False}).get_json()
    assert control.delete("/simulator/faults").get_json() == {}


def test_the_debugger_is_read_and_emptied(control: FlaskClient, service: FakeService) -> None:
    service.on("/telephony/sms", lambda _: ("no", 500))
    text(control, "+79990000001", "hi")

    (entry,) = control.get("/simulator/state").get_json()["debugger"]
    assert (entry["code"], entry["level"], entry["words"]) == (11200, "error", "HTTP retrieval failure")
    control.delete("/simulator/debugger")
    assert control.get("/simulator/state").get_json()["debugger"] == []


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/simulator/texts", {"from": "x"}, "'body' must be a string"),
        ("/simulator/texts", [], "JSON object"),
        ("/simulator/handsets", {"number": "nobody"}, "write it like +79990000001"),
    ],
)
def test_a_wrong_request_is_told_what_to_do(control: FlaskClient, path: str, body: object, words: str) -> None:
    answer = control.post(path, json=body)

    assert answer.status_code == 400
    assert words in answer.get_json()["error"]


@pytest.mark.parametrize("body", [{"fault": "nonsense"}, {"fault": "429", "times": "x"}])
def test_a_wrong_fault_is_refused(control: FlaskClient, body: dict[str, str]) -> None:
    assert control.put("/simulator/faults", json=body).status_code == 400


def test_forms_of_other_sites_cannot_text(control: FlaskClient) -> None:
    body = json.dumps({"from": "x", "body": "y"})

    assert control.post("/simulator/texts", data=body, content_type="text/plain").status_code == 400


def test_examples_come_from_the_service_or_are_none(control: FlaskClient, service: FakeService) -> None:
    assert control.get("/simulator/examples").get_json()["examples"] == []

    service.examples.append({"text": "цель 8", "meaning": "request", "gloss": {"en": "pass for purpose 8"}})
    assert control.get("/simulator/examples").get_json()["examples"][0]["text"] == "цель 8"


def test_health_and_the_page(control: FlaskClient) -> None:
    assert control.get("/healthz").get_json()["status"] == "ok"
    page = control.get("/")
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert control.get("/nothing").status_code == 404


def test_news_reach_a_listener_and_a_slow_one_reloads() -> None:
    broadcast = Broadcast()
    stream = broadcast.stream(lambda: {"in": 0})
    assert next(stream).startswith("event: pulse")

    broadcast.publish("debug", {"code": 11200})
    assert next(stream) == 'event: debug\ndata: {"code": 11200}\n\n'

    for _ in range(1001):
        broadcast.publish("debug", {})
    assert next(stream).startswith("event: reload")
    stream.close()  # type: ignore[attr-defined]


def test_a_full_shelf_drops_its_oldest() -> None:
    shelf: Shelf[int] = Shelf(2)
    for number in range(3):
        shelf.put(str(number), number)

    assert list(shelf) == [1, 2]
    assert shelf.change("0", lambda value: value + 1) is None


def test_a_handset_needs_a_number(carrier: Carrier) -> None:
    with pytest.raises(ValueError, match="not a telephone number"):
        carrier.handset("anonymous")


def test_a_handset_is_found_again(carrier: Carrier, phone: Handset) -> None:
    assert carrier.handset("8 999 000-00-01") == phone


def test_settings_come_from_the_file_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / "dev.env").write_text(
        "# made by make run\nTWILIO_ACCOUNT_SID=AC1\nTWILIO_AUTH_TOKEN='new, old'\nTWILIO_NUMBER=2590\n"
        "PUBLIC_URL=http://localhost:9000/\n\n"
    )

    settings = read_settings({"VAR": str(tmp_path), "TWILIO_NUMBER": "+15550002222", "CARRIER_PORT": "0"})

    assert settings.auth_tokens == ("new", "old")
    assert (settings.number, settings.public_url) == ("+15550002222", "http://localhost:9000")
    assert read_settings({"VAR": str(tmp_path), "PUBLIC_URL": "", "PORT": "8123"}).public_url.endswith(":8123")


@pytest.mark.parametrize(
    ("given", "words"),
    [({"TWILIO_ACCOUNT_SID": "AC1"}, "TWILIO_AUTH_TOKEN is not set"), ({"CARRIER_PORT": "x"}, "CARRIER_PORT")],
)
def test_a_missing_setting_is_named(tmp_path: Path, given: dict[str, str], words: str) -> None:
    complete = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t", "TWILIO_NUMBER": "2590"}
    values = {**(complete if "CARRIER_PORT" in given else {}), **given, "VAR": str(tmp_path)}

    with pytest.raises(SettingsError, match=words):
        read_settings(values)


@pytest.mark.parametrize(("host", "status"), [("evil.example:8001", 400), ("localhost:8001", 200), ("127.0.0.1", 200)])
def test_a_page_from_elsewhere_whose_name_means_this_machine_is_refused(
    control: FlaskClient, host: str, status: int
) -> None:
    assert control.get("/simulator/state", headers={"Host": host}).status_code == status
