"""An open-loop client: texts leave at their times whether or not the earlier ones were answered, as from a country.

Each has a connection of its own, as the carrier's have. Time counts from when a text was due.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from bench.floor import PATH
from bench.texts import Text, signed

_CONNECT_S = 5
"""The carrier's own limits."""
_ANSWER_S = 15


class Fate(Enum):
    """What became of a text."""

    ANSWERED = "answered"
    REFUSED = "refused"
    """No connection: the carrier tries again."""
    BROKEN = "broken"
    """A connection, and no whole answer."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A text that was sent, after how many seconds, and what it was answered."""

    text: Text
    fate: Fate
    seconds: float
    answer: str = ""


def send_paced(port: int, texts: Sequence[Text], rate: float) -> list[Sent]:
    """Sends the texts at `rate` a second; returns when the last one has its fate."""
    return asyncio.run(_send_all(port, [(text, _request(text)) for text in texts], rate))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that is not under `share` of them (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, -(-len(ranked) * round(share * 1000) // 1000) - 1)]


async def _send_all(port: int, requests: Sequence[tuple[Text, bytes]], rate: float) -> list[Sent]:
    began = asyncio.get_running_loop().time() + 0.1
    tasks = []
    for place, (text, request) in enumerate(requests):
        due = began + place / rate
        await asyncio.sleep(due - asyncio.get_running_loop().time())
        tasks.append(asyncio.create_task(_send(port, text, request, due)))
    return list(await asyncio.gather(*tasks))


async def _send(port: int, text: Text, request: bytes, due: float) -> Sent:
    loop = asyncio.get_running_loop()
    try:
        reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), _CONNECT_S)
    except (OSError, TimeoutError):
        return Sent(text, Fate.REFUSED, loop.time() - due)
    try:
        writer.write(request)
        head, _, answer = (await asyncio.wait_for(reader.read(), _ANSWER_S)).partition(b"\r\n\r\n")
    except (OSError, TimeoutError):
        return Sent(text, Fate.BROKEN, loop.time() - due)
    finally:
        writer.close()
    fate = Fate.ANSWERED if head.startswith((b"HTTP/1.1 200", b"HTTP/1.0 200")) and answer else Fate.BROKEN
    return Sent(text, fate, loop.time() - due, answer.decode("utf-8", "replace"))


def _request(text: Text) -> bytes:
    signature, body = signed(text)
    head = (
        f"POST {PATH} HTTP/1.1",
        "Host: 127.0.0.1",
        "Connection: close",
        "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
        f"X-Twilio-Signature: {signature}",
        f"Content-Length: {len(body)}",
    )
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()
