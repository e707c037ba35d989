"""The web server's door: nobody who lingers there keeps others waiting, and who is too many is refused at once."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from telephony.simulator.signing import signed_form
from telephony.simulator.wires import UnreachableError
from tests.proofs.posting import READ_S
from tests.proofs.running import PRELOADED, Running, running
from tests.worker.process import until

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MOST, LINGERING, THREADS = 128, 12, 4


@pytest.fixture
def service(database_url: str, tmp_path: Path) -> Iterator[Running]:
    """Two web processes with room for `MOST` together."""
    few = f"{PRELOADED} --threads {THREADS} --worker-connections {MOST // 2}"
    with running(database_url, tmp_path, gunicorn=few) as found:
        yield found


def connection(service: Running) -> socket.socket:
    """One that is made or being refused."""
    found = socket.socket()
    found.settimeout(READ_S)
    found.connect_ex(("127.0.0.1", service.settings.port))
    return found


def last_word(one: socket.socket) -> bytes:
    """What the service sends until it says that it will send no more."""
    said = bytearray()
    while part := one.recv(65536):
        said += part
    return bytes(said)


def is_refused(one: socket.socket) -> bool:
    """Whether the connection was reset; the others stay open, and hear nothing."""
    one.setblocking(False)
    try:
        return one.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def request(service: Running) -> bytes:
    """A text, on a connection that ends with its answer."""
    poster = service.poster
    form = signed_form(poster.url, poster.form("+79990000001", "цель 8", poster.sid()), poster.token)
    heads = form.headers | {"Host": "x", "Connection": "close", "Content-Length": str(len(form.body))}
    lines = ["POST /telephony/sms HTTP/1.1", *(f"{name}: {value}" for name, value in heads.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + form.body


def test_whoever_does_not_hang_up_after_the_answer_keeps_nobody_waiting(service: Running) -> None:
    with ExitStack() as open_still:
        lingering = [open_still.enter_context(connection(service)) for _ in range(LINGERING)]
        for one in lingering:
            one.sendall(request(service))
        answers = [last_word(one) for one in lingering]

        reply = service.poster.text("+79990000002", "цель 8")

    assert all(answer.startswith(b"HTTP/1.1 200") for answer in answers)
    assert reply.status == 200


def test_who_is_too_many_is_refused_and_heard_once_there_is_room(service: Running) -> None:
    with ExitStack() as silent:
        waiting = [silent.enter_context(connection(service)) for _ in range(2 * MOST)]
        until(lambda: sum(map(is_refused, waiting)) >= MOST)

    until(lambda: _answers(service))


def _answers(service: Running) -> bool:
    try:
        return service.poster.text("+79990000001", "цель 8").status == 200
    except UnreachableError:
        return False


def test_half_a_request_is_not_waited_for_for_ever(service: Running) -> None:
    with ExitStack() as silent:
        halves = [silent.enter_context(connection(service)) for _ in range(2 * THREADS)]
        for one in halves:
            one.sendall(request(service)[:-5])

        reply = service.poster.text("+79990000002", "цель 8")

    assert reply.status == 200
