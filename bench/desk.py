"""The agents' desk: each with a caller who proved who they are, at the screen of their call."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle, islice

from bench.measuring import Ground, Pressed, supplied, timed
from bench.requests import Answer, Request, ask, write_requests
from bench.town import Resident
from bench.wrk import Trouble, press
from store import Work
from store.calls import Call
from store.staff import Agent, Staff
from web.cookies import Cookies
from web.signin.sessions import open_session

AGENTS = 32
"""Who look at their callers by turns."""
_COOKIE = Cookies(https=True).session_name


@dataclass(frozen=True, slots=True)
class Place:
    """An agent's: the call they are in, or were in last, and the cookies of their browser."""

    call_sid: str
    cookies: str

    def screen(self) -> Request:
        """Their caller's page."""
        return self._get(f"/desk/calls/{self.call_sid}")

    def state(self, tag: str = "") -> Request:
        """The live part of that page, which the browser asks for again and again; `tag`: it has that one."""
        return self._get(f"/desk/calls/{self.call_sid}/state", tag)

    def line(self, tag: str = "") -> Request:
        """The live part of the desk's first page."""
        return self._get("/desk/state", tag)

    def _get(self, path: str, tag: str = "") -> Request:
        known = {"If-None-Match": tag} if tag else {}
        return Request("GET", path, {"Cookie": self.cookies, "HX-Request": "true", **known})


def places(ground: Ground, many: int, *, with_caller: bool = True) -> list[Place]:
    """Agents who are signed in and have their page open, each in a call; or, without a caller, waiting for one."""
    callers = ground.town.holders_of([8], many)
    with ground.town.store.work() as work:
        found = [seat(work, resident, with_caller=with_caller) for resident, _ in callers]
    return [_opened(ground, one) for one in found]


def seat(work: Work, resident: Resident, *, with_caller: bool) -> Place:
    """Somebody at the desk, signed in, in a call of the resident or after one."""
    staff_id, sid, phone_id = work.new_id(), f"CA{work.new_id():0>32}", resident.phone.id
    told = {"name": staff_id, "roles": "agent", "language": "ru", "wrong_sign_ins": 0}
    work.insert(Staff, id=staff_id, created_at=work.now, **told)
    began = {"began_at": work.now, "connected_at": work.now, "direction": "in", "language": "ru"}
    proved = {"person_id": resident.holder.id, "proof": "document", "wrong_proofs": 0}
    state = {"state": "connected" if with_caller else "ended", "pause_wanted": False, "paused": False}
    work.insert(Call, sid=sid, phone_id=phone_id, agent_id=staff_id, **began, **proved, **state)
    there = {"presence": "connected", "call_sid": sid} if with_caller else {"presence": "available"}
    work.insert(Agent, staff_id=staff_id, phone_id=phone_id, since=work.now, **there)
    return Place(sid, f"{_COOKIE}={open_session(work, staff_id, 'bench')}")


def press_screens(ground: Ground, expected: float, seconds: int) -> Pressed:
    """One round of the screen of a call."""
    agents = places(ground, AGENTS)
    pressed = _press(ground, [one.screen() for one in agents], expected, seconds)
    _seen(ground, agents[0])
    return pressed


def press_polls(ground: Ground, expected: float, seconds: int) -> Pressed:
    """One round of its live part, which has not changed."""
    requests = [one.state(tag_of(ground, one.state())) for one in places(ground, AGENTS)]
    pressed = _press(ground, requests, expected, seconds)
    for request in requests:
        if (found := ask(ground.service.port, request).status) != 304:
            raise Trouble(f"the live part of a call is answered {found}")
    return pressed


def tag_of(ground: Ground, request: Request) -> str:
    """The tag of a live part as it is now."""
    found = ask(ground.service.port, request)
    if found.status != 200 or "ETag" not in found.headers:
        raise Trouble(f"{request.path} is answered {found}")
    return found.headers["ETag"]


def _opened(ground: Ground, place: Place) -> Place:
    """With the cookie that the first page gives besides."""
    given = _seen(ground, place).headers["Set-Cookie"].partition(";")[0]
    return replace(place, cookies=f"{place.cookies}; {given}")


def _press(ground: Ground, requests: Sequence[Request], expected: float, seconds: int) -> Pressed:
    def press_many(many: int) -> Pressed:
        file = write_requests(islice(cycle(requests), many), ground.folder / "desk.requests")
        ground.databases.settle(ground.town.url)
        one, cpu_ms = timed(ground.service, partial(press, ground.service.url, file, seconds))
        return Pressed(one, 0, cpu_ms)

    return supplied(press_many, expected * seconds)


def _seen(ground: Ground, place: Place) -> Answer:
    """The page of an agent's call; raises Trouble where it doesn't show the caller."""
    found = ask(ground.service.port, place.screen())
    if found.status != 200 or place.call_sid not in found.body:
        raise Trouble(f"the screen of a call is answered {found}")
    return found
