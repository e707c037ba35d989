"""The way out to the carrier: the real client over real HTTP, and the one that remembers, under one contract."""

import logging
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug import Request, Response
from werkzeug.serving import make_server

from telephony.gateway import Account, Ambiguous, Gateway, Outcome, Rejected, Sent, TwilioGateway
from telephony.retrying import UNREACHED, wait_after_refusal
from telephony.simulator.carrier import Carrier
from telephony.simulator.faults import Fault
from telephony.simulator.serving import CarrierServer
from telephony.simulator.settings import CarrierSettings
from telephony.simulator.timers import HeldTimer
from tests.telephony.conftest import NUMBER
from tests.telephony.remembering import RememberingGateway

ACCOUNT = Account("AC" + "a" * 32, "token", "2590")
PUBLIC = "https://pass.example"
BEFORE = datetime.now(UTC) - timedelta(minutes=1)  # the carrier in these tests keeps real time


@dataclass
class World:
    """A gateway, the carrier's troubles by name, and the texts that the carrier has for `NUMBER`."""

    gateway: Gateway
    trouble: Callable[[str], None]
    texts: Callable[[], list[str]]


@pytest.fixture
def carrier() -> Carrier:
    told = CarrierSettings(ACCOUNT.sid, (ACCOUNT.token,), ACCOUNT.number, PUBLIC)
    return Carrier(told, timer=HeldTimer(), hang_seconds=1.0)


@pytest.fixture
def real(carrier: Carrier) -> Iterator[World]:
    with CarrierServer(carrier) as server:
        gateway = TwilioGateway(ACCOUNT, server.url, PUBLIC, timeout_s=0.5)
        yield World(
            gateway,
            lambda name: carrier.faults.switch(Fault(name), times=1),
            lambda: [text.body for text in carrier.conversation(NUMBER)],
        )


@pytest.fixture
def remembered() -> World:
    gateway = RememberingGateway()

    def trouble(name: str) -> None:
        if name == Fault.CREATED_THEN_RESET:
            gateway.lost_answers = 1
        else:
            gateway.outcomes.append(Rejected(20429) if name == Fault.RATE_LIMIT else Ambiguous())

    return World(gateway, trouble, lambda: gateway.bodies)


@pytest.fixture(params=["real", "remembered"])
def world(request: pytest.FixtureRequest) -> World:
    given: World = request.getfixturevalue(request.param)
    return given


def test_a_text_is_taken_under_an_id_and_found_by_its_words(world: World) -> None:
    first, second = (world.gateway.send(one, NUMBER, "Пропуск отозван") for one in ("1", "2"))
    world.gateway.send("3", NUMBER, "что-то другое")

    assert isinstance(first, Sent) and isinstance(second, Sent) and first != second
    assert world.gateway.find(NUMBER, "Пропуск отозван", BEFORE) == (first.sid, second.sid)
    assert world.gateway.find("+79990000009", "Пропуск отозван", BEFORE) == ()


@pytest.mark.parametrize(
    ("trouble", "outcome", "taken"),
    [
        (Fault.RATE_LIMIT, Rejected(20429), 0),
        (Fault.SERVER_ERROR, Ambiguous(), 0),
        (Fault.HANG, Ambiguous(), 0),
        (Fault.CREATED_THEN_RESET, Ambiguous(), 1),
    ],
)
def test_what_comes_of_a_text_is_told_as_it_is_known(world: World, trouble: str, outcome: Outcome, taken: int) -> None:
    world.trouble(trouble)

    assert world.gateway.send("1", NUMBER, "привет") == outcome
    assert len(world.texts()) == taken
    found = world.gateway.find(NUMBER, "привет", BEFORE)
    assert not isinstance(found, Ambiguous) and len(found) == taken
    assert isinstance(world.gateway.send("1", NUMBER, "привет"), Sent)


def test_our_id_rides_in_the_callbacks_address(real: World, carrier: Carrier) -> None:
    real.gateway.send("0190c0ffee", NUMBER, "привет")

    (text,) = carrier.conversation(NUMBER)
    assert (text.callback, text.sender) == (f"{PUBLIC}/telephony/status?message=0190c0ffee", "2590")


def test_a_messaging_service_chooses_the_sender(carrier: Carrier) -> None:
    service = "MG" + "1" * 32
    with CarrierServer(carrier) as server:
        account = Account(ACCOUNT.sid, ACCOUNT.token, ACCOUNT.number, service)
        TwilioGateway(account, server.url, PUBLIC).send("1", NUMBER, "привет")

    assert [text.service_sid for text in carrier.conversation(NUMBER)] == [service]


def test_replies_and_old_texts_are_not_taken_for_lost_ones(real: World, carrier: Carrier) -> None:
    real.gateway.send("1", NUMBER, "привет")

    assert real.gateway.find(NUMBER, "привет", datetime.now(UTC) + timedelta(hours=1)) == ()


@pytest.mark.parametrize(
    ("to", "rejected"),
    [
        ("+15005550001", Rejected(21211)),
        ("+15005550009", Rejected(21614)),
        ("+15005550004", Rejected(21610)),
        ("+15005550003", Rejected(21408)),
        ("+15005550002", Rejected(21612)),
    ],
)
def test_what_twilio_refuses_for_good_is_permanent(real: World, to: str, rejected: Rejected) -> None:
    assert real.gateway.send("1", to, "привет") == rejected
    assert wait_after_refusal(rejected.code, 1) is None


def test_too_long_a_text_is_refused_for_good(real: World) -> None:
    assert real.gateway.send("1", NUMBER, "x" * 1601) == Rejected(21617)


def test_a_wrong_token_is_for_operators_to_put_right(carrier: Carrier) -> None:
    wrong = Account(ACCOUNT.sid, "another token", ACCOUNT.number)
    with CarrierServer(carrier) as server:
        outcome = TwilioGateway(wrong, server.url, PUBLIC).send("1", NUMBER, "привет")

    assert outcome == Rejected(20003)
    assert all(wait_after_refusal(code, 1) for code in (20003, 21606, 20404, 302, 403, 404))


def test_nobody_listening_is_a_definite_no() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        gateway = TwilioGateway(ACCOUNT, f"http://127.0.0.1:{taken.getsockname()[1]}", PUBLIC)

        outcome = gateway.send("1", NUMBER, "привет")
        assert outcome == Rejected(UNREACHED) and wait_after_refusal(UNREACHED, 1)
        assert gateway.find(NUMBER, "привет", BEFORE) == Ambiguous()


@contextmanager
def _answering(status: int, body: str, kind: str = "application/json") -> Iterator[TwilioGateway]:
    def application(_: Request) -> Response:
        return Response(body, status, content_type=kind)

    server = make_server("127.0.0.1", 0, Request.application(application))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield TwilioGateway(ACCOUNT, f"http://127.0.0.1:{server.server_port}", PUBLIC)
    server.shutdown()
    thread.join()
    server.server_close()


PROBLEM = '{"type": "t", "title": "t", "status": 400, "code": 21211}'


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (201, "", Ambiguous()),
        (201, "<html>", Ambiguous()),
        (201, "[]", Ambiguous()),
        (201, "{}", Ambiguous()),
        (201, '{"sid": null}', Ambiguous()),
        (201, '{"sid": "SM1", "date_created": 7}', Ambiguous()),
        (201, '{"sid": "SM1"}', Sent("SM1")),
        (302, "", Rejected(302)),
        (400, "not json", Rejected(400)),
        (400, '{"code": "many"}', Rejected(400)),
        (400, PROBLEM, Rejected(21211)),
        (404, "no such page", Rejected(404)),
        (408, "", Ambiguous()),
        (429, "slower", Rejected(20429)),
        (500, PROBLEM.replace("400", "500"), Ambiguous()),
        (503, '{"code": 20503}', Ambiguous()),
    ],
)
def test_whatever_is_answered_becomes_a_value(status: int, body: str, outcome: Outcome) -> None:
    with _answering(status, body) as gateway:
        assert gateway.send("1", NUMBER, "привет") == outcome


@pytest.mark.parametrize("body", ["", "[]", '{"messages": [{"body": "привет"}]}', '{"messages": [{"sid": 1}]}'])
def test_a_list_that_cannot_be_read_tells_nothing_or_nobody(body: str) -> None:
    with _answering(200, body) as gateway:
        assert gateway.find(NUMBER, "привет", BEFORE) in (Ambiguous(), ())


def test_a_connection_cut_before_the_answer_is_a_doubt() -> None:
    def cut(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        connection.recv(4096)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=cut, args=(listening,))
        thread.start()
        gateway = TwilioGateway(ACCOUNT, f"http://127.0.0.1:{listening.getsockname()[1]}", PUBLIC)
        assert gateway.send("1", NUMBER, "привет") == Ambiguous()
        thread.join()


def test_the_environment_does_not_reroute_and_nothing_is_logged(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name, value in (("TWILIO_REGION", "au1"), ("TWILIO_EDGE", "sydney"), ("HTTP_PROXY", "http://127.0.0.1:9")):
        monkeypatch.setenv(name, value)
    caplog.set_level(logging.INFO)
    with CarrierServer(carrier) as server:
        outcome = TwilioGateway(ACCOUNT, server.url, PUBLIC).send("1", NUMBER, "привет")

    assert isinstance(outcome, Sent)
    assert NUMBER not in caplog.text and "привет" not in caplog.text
