"""Recordings at a carrier, for tests: a recorder that remembers, and a small carrier that speaks HTTP."""

import json
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from werkzeug import Request, Response
from werkzeug.serving import make_server

from telephony.recordings.recorder import Done, Failed, Fetched, Listed, Missing, TooLong

ACCOUNT_SID, TOKEN = "AC" + "a" * 32, "token"
LEG, OTHER_LEG = "CA" + "1" * 32, "CA" + "2" * 32
SID, OTHER_SID = "RE" + "1" * 32, "RE" + "2" * 32
_ACCOUNT = f"/2010-04-01/Accounts/{ACCOUNT_SID}"


def wav(content: bytes = b"sound" * 1000) -> bytes:
    """A WAV as a carrier makes it: 8 kHz, 16 bits, two sides."""
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(content), b"WAVE", b"fmt ", 16, 1, 2, 8000, 32000, 4, 16,
                       b"data", len(content))  # fmt: skip
    return head + content


@dataclass
class Made:
    """A recording that the carrier has."""

    leg_sid: str
    sound: bytes
    status: str = "completed"
    seconds: int = 3


@dataclass
class RememberingRecorder:
    """Has what is put into `made`, and records the legs in `paused`. `failing` comes of the next questions."""

    made: dict[str, Made] = field(default_factory=dict)
    paused: dict[str, bool] = field(default_factory=dict)
    failing: list[Failed] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    cut_after: int | None = None
    too_long: bool = False
    broken: str = ""
    in_between: Callable[[], None] = lambda: None

    def recordings_of(self, leg_sid: str) -> Sequence[Listed] | Failed:
        if trouble := self._asked("list"):
            return trouble
        mine = ((sid, one) for sid, one in self.made.items() if one.leg_sid == leg_sid)
        return tuple(Listed(sid, one.status, one.seconds) for sid, one in mine)

    def fetch(self, sid: str, take: Callable[[bytes], object]) -> Fetched | Missing | TooLong | Failed:
        if trouble := self._asked("fetch"):
            return trouble
        if sid not in self.made:
            return Missing()
        if self.too_long:
            return TooLong()
        if sid == self.broken:
            raise RuntimeError("nobody knows why")
        sound = self.made[sid].sound[: self.cut_after]
        for start in range(0, len(sound), 1000):
            take(sound[start : start + 1000])
        self.in_between()
        return Failed(20503) if self.cut_after is not None else Fetched()

    def withdraw(self, sid: str) -> Done | Failed:
        if trouble := self._asked("withdraw"):
            return trouble
        self.made.pop(sid, None)
        return Done()

    def hold(self, leg_sid: str, *, paused: bool) -> Done | Missing | Failed:
        if trouble := self._asked("pause" if paused else "resume"):
            return trouble
        if leg_sid not in self.paused:
            return Missing()
        self.paused[leg_sid] = paused
        self.in_between()
        return Done()

    def _asked(self, what: str) -> Failed | None:
        self.asked.append(what)
        return self.failing.pop(0) if self.failing else None


@dataclass
class HttpCarrier:
    """The same over HTTP; `troubles` are answered instead, one a question: a status, ``hang``, ``cut``, ``trickle``."""

    made: dict[str, Made] = field(default_factory=dict)
    paused: dict[str, bool] = field(default_factory=dict)
    troubles: list[int | str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, request: Request) -> Response:
        self.asked.append(f"{request.method} {request.path.removeprefix(_ACCOUNT)}")
        given = request.authorization
        if given is None or (given.username, given.password) != (ACCOUNT_SID, TOKEN):
            return _json({"code": 20003, "message": "no", "status": 401}, 401)
        trouble = self.troubles.pop(0) if self.troubles else None
        if isinstance(trouble, int):
            return _json({"code": 20500 if trouble >= 500 else trouble, "message": "no", "status": trouble}, trouble)
        if trouble == "hang":
            time.sleep(1.5)
        match request.path.removeprefix(_ACCOUNT).strip("/").split("/"):
            case ["Recordings", name] if name.endswith(".wav") and name[:-4] in self.made:
                return _sound(self.made[name[:-4]].sound, str(trouble))
            case ["Recordings", name] if request.method == "DELETE" and name[:-5] in self.made:
                del self.made[name[:-5]]
                return Response("", 204)
            case ["Calls", leg, "Recordings.json"]:
                mine = [_resource(sid, one) for sid, one in self.made.items() if one.leg_sid == leg]
                return _json({"recordings": mine, "page": 0, "page_size": 50})
            case ["Calls", leg, "Recordings", "Twilio.CURRENT.json"] if leg in self.paused:
                self.paused[leg] = request.form["Status"] == "paused"
                assert request.form.get("PauseBehavior", "silence") == "silence"
                return _json({"sid": SID, "status": request.form["Status"]})
        return _json({"code": 20404, "message": "no", "status": 404}, 404)


def _json(document: object, status: int = 200) -> Response:
    return Response(json.dumps(document), status, content_type="application/json")


def _resource(sid: str, made: Made) -> dict[str, str]:
    return {"sid": sid, "call_sid": made.leg_sid, "status": made.status, "duration": str(made.seconds)}


def _sound(sound: bytes, trouble: str) -> Response:
    if trouble == "cut":
        return Response(sound[: len(sound) // 2], content_type="audio/x-wav")
    if trouble == "trickle":
        return Response(_trickle(sound), content_type="audio/x-wav")
    return Response(sound, content_type="audio/x-wav")


def _trickle(sound: bytes) -> Iterator[bytes]:
    for byte in sound:
        time.sleep(0.1)
        yield bytes([byte])


@contextmanager
def listening(carrier: HttpCarrier) -> Iterator[HttpCarrier]:
    """The carrier, reachable at its `url`."""
    server = make_server("127.0.0.1", 0, Request.application(carrier.answer), threaded=True)
    carrier.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield carrier
    server.shutdown()
    thread.join()
    server.server_close()
