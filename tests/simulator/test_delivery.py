"""Webhooks over real sockets: timeouts, retries, overrides in the fragment."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from twilio.request_validator import RequestValidator
from werkzeug.serving import make_server

from telephony.simulator.carrier import Carrier
from telephony.simulator.dialling import is_sender_name, normalise, same_phone
from telephony.simulator.faults import Fault, FaultBoard
from telephony.simulator.overrides import Patience, patience_of
from telephony.simulator.segments import count_segments
from telephony.simulator.signing import SignedForm, sign, signed_form
from telephony.simulator.timers import HeldTimer, ThreadTimer
from telephony.simulator.wires import Reply, UnreachableError

from .service import SETTINGS, TOKEN, FakeService, says


class FlakyWire:
    """Fails with the given kinds first, then answers."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = list(kinds)
        self.forms: list[SignedForm] = []

    def send(self, method: str, form: SignedForm, connect: float, read: float) -> Reply:
        self.forms.append(form)
        assert (method, connect <= 5, read <= 15) == ("POST", True, True)
        if self.kinds:
            kind = self.kinds.pop(0)
            if kind.isdigit():
                return Reply(int(kind))
            raise UnreachableError(kind, kind)
        return Reply(200, {"content-type": "text/plain"}, b"hello")


def ask(wire: FlakyWire, fragment: str = "") -> tuple[tuple[str, ...], tuple[int, ...]]:
    carrier = Carrier(SETTINGS, wire=wire, timer=HeldTimer())
    carrier.add_number("+15550002222", "https://pass.example/sms" + fragment)
    outcome = carrier.receive("+79990000001", "hi", "+15550002222")
    return outcome.replies, outcome.errors


def test_by_default_only_a_failed_connection_is_tried_again_and_once() -> None:
    assert ask(FlakyWire("ct")) == (("hello",), ())
    assert ask(FlakyWire("ct", "ct")) == ((), (11200,))
    assert ask(FlakyWire("rt")) == ((), (11200,))
    assert ask(FlakyWire("500")) == ((), (11200,))


def test_all_tries_carry_one_idempotency_token_and_one_signature() -> None:
    wire = FlakyWire("ct")
    ask(wire)

    assert wire.forms[0] == wire.forms[1]


def test_the_fragment_overrides_and_is_never_sent() -> None:
    wire = FlakyWire("500", "rt", "ct")

    assert ask(wire, "#rc=3&rp=all") == (("hello",), ())
    assert {form.url for form in wire.forms} == {"https://pass.example/sms"}
    assert ask(FlakyWire("ct"), "#rc=0") == ((), (11200,))
    assert ask(FlakyWire("404"), "#rp=4xx") == (("hello",), ())


@pytest.mark.parametrize(
    ("fragment", "patience"),
    [
        ("", Patience()),
        ("#rc=9&ct=1&rt=99999&tt=200", Patience(0.1, 15.0, 0.2, 5)),
        ("#ct=2000&rt=3000&rp=5xx,ct,nonsense", Patience(2.0, 3.0, retry_on=frozenset({"5xx", "ct"}))),
        ("#rc=x&rp=nonsense", Patience()),
    ],
)
def test_reading_the_fragment(fragment: str, patience: Patience) -> None:
    assert patience_of("https://pass.example/sms" + fragment) == patience


@contextmanager
def listening(service: FakeService) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, service.app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_over_http_the_service_sees_a_valid_signature() -> None:
    service = FakeService()
    service.on("/telephony/sms", lambda _: says("привет"))
    with listening(service) as url:
        carrier = Carrier(replace(SETTINGS, public_url=url), timer=HeldTimer())

        assert carrier.handset("+79990000001").text("Цель 8 «+&%»") == "привет"

    (asked,) = service.asked
    assert RequestValidator(TOKEN).validate(asked.url, asked.form, asked.headers["X-Twilio-Signature"])


def test_over_http_nobody_listening_is_a_failed_connection() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        carrier = Carrier(replace(SETTINGS, public_url=f"http://127.0.0.1:{taken.getsockname()[1]}"))

        assert carrier.receive("+79990000001", "hi").errors == (11200,)


def test_over_http_silence_ends_with_the_budget() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        carrier = Carrier(SETTINGS, timer=HeldTimer())
        carrier.network.ledger.numbers.remove(next(iter(carrier.ledger.numbers)).sid)
        carrier.add_number("2590", f"http://127.0.0.1:{silent.getsockname()[1]}/sms#rt=100")

        outcome = carrier.receive("+79990000001", "hi")

    assert (outcome.errors, outcome.http_status) == ((11200,), 0)


def test_over_http_a_flood_is_cut_at_the_limit() -> None:
    service = FakeService()
    service.on("/telephony/sms", lambda _: "x" * 1_000_000)
    with listening(service) as url:
        carrier = Carrier(replace(SETTINGS, public_url=url), timer=HeldTimer())

        assert carrier.receive("+79990000001", "hi").errors == (11750,)


def test_real_time_runs_things_in_their_order() -> None:
    timer, done, order = ThreadTimer(workers=1), threading.Event(), list[int]()
    timer.after(0.02, done.set)
    timer.after(0.01, lambda: order.append(2))
    timer.after(0.0, lambda: order.append(1))
    timer.after(0.0, lambda: order.remove(9))  # its ValueError is logged, and the timer goes on

    assert done.wait(5)
    assert order == [1, 2]


def test_settling_needs_a_held_timer() -> None:
    with pytest.raises(TypeError, match="HeldTimer"):
        Carrier(SETTINGS, timer=ThreadTimer(1)).settle()


def test_repeated_parameters_are_signed_as_twilio_does() -> None:
    url, pairs = "https://pass.example/a%20b?x=1", [("b", "2"), ("a", "1"), ("b", "2")]

    assert sign(url, pairs, TOKEN) == RequestValidator(TOKEN).compute_signature(url, {"a": "1", "b": "2"})
    assert signed_form(url, {"a": "1"}, TOKEN).body == b"a=1"


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("", 1),
        ("x" * 160, 1),
        ("x" * 161, 2),
        ("x" * 306, 2),
        ("x" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("я" * 134, 2),
        ("я" * 135, 3),
        ("🚑" * 35, 1),
        ("🚑" * 36, 2),
        ("x" * 70 + "№", 2),
    ],
)
def test_segments(text: str, segments: int) -> None:
    assert count_segments(text) == segments


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("8 (999) 000-00-01", "+79990000001"),
        ("79990000001", "+79990000001"),
        ("0035799123456", "+35799123456"),
        ("+7\u2011999\u2011000\u201100\u201101", "+79990000001"),
        ("2590", "2590"),
        ("12", None),
        ("+0123456789", None),
        ("anonymous", None),
        ("", None),
    ],
)
def test_addresses_are_normalised_or_known_to_be_none(address: str, number: str | None) -> None:
    assert normalise(address) == number


def test_names_are_senders_and_equal_only_themselves() -> None:
    assert is_sender_name("Passline")
    assert not is_sender_name("A name too long")
    assert same_phone("Passline", "Passline")
    assert not same_phone("Passline", "+79990000001")


def test_a_fault_strikes_as_often_as_it_was_told() -> None:
    faults = FaultBoard()
    faults.switch(Fault.DUPLICATE, times=2)

    assert [faults.strikes(Fault.DUPLICATE, "anybody") for _ in range(3)] == [True, True, False]
    assert faults.switched_on() == {}
