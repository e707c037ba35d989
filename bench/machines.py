"""Machines that inspect by JSON, one code a request, against the least that could be done with it."""

import json
from collections.abc import Iterator
from functools import partial
from itertools import count, cycle, islice

from sqlalchemy import func, select

from bench.floor import CODES, INSPECT
from bench.measuring import Ground, Pressed, supplied, timed
from bench.requests import Request, ask, write_requests
from bench.wrk import Trouble, press
from codes.police.clients import Scope, add_client
from store.officers import Inspection

PASSES = 400
_SUPPLY = 6000
_PATH = "/api/v1/inspections"
_JSON = {"Content-Type": "application/json"}
_serial = count(1)


def press_inspections(ground: Ground, expected: float, seconds: int) -> Pressed:
    """One round of inspections of good codes."""
    return _press(ground, expected, seconds, named=False)


def press_named_inspections(ground: Ground, expected: float, seconds: int) -> Pressed:
    """The same, each with a name of its own, so that it would be stored once however often it came."""
    return _press(ground, expected, seconds, named=True)


def press_inspect_floor(ground: Ground, seconds: int) -> Pressed:
    """One round of the floor."""
    ground.databases.empty_floor(ground.floor_url)
    file = ground.folder / f"inspect-floor-{seconds}.requests"
    if not file.exists():
        asked = ({"code": code, "id": f"{n}"} for n, code in enumerate(islice(cycle(CODES), _SUPPLY * seconds)))
        write_requests((Request("POST", INSPECT, _JSON, json.dumps(one)) for one in asked), file)
    one, cpu_ms = timed(ground.floor, partial(press, ground.floor.url, file, seconds))
    return Pressed(one, 0, cpu_ms)


def _press(ground: Ground, expected: float, seconds: int, *, named: bool) -> Pressed:
    codes = [code for _, code in ground.town.holders_of([8], PASSES)]
    with ground.town.store.work() as work:
        name = f"Machine {next(_serial)}"
        key = add_client(work, name, frozenset({Scope.INSPECT}), "bench", None, 10**9, 3)

    def press_many(many: int) -> Pressed:
        requests = _requests(key, codes, named=named)
        _seen(ground, next(requests))
        file = write_requests(islice(requests, many), ground.folder / "machines.requests")
        ground.databases.settle(ground.town.url)
        before = _kept(ground)
        one, cpu_ms = timed(ground.service, partial(press, ground.service.url, file, seconds))
        if _kept(ground) - before < one.answered:
            raise Trouble(f"{one.answered} inspections were answered, and {_kept(ground) - before} stored")
        return Pressed(one, 0, cpu_ms)

    return supplied(press_many, expected * seconds)


def _requests(key: str, codes: list[str], *, named: bool) -> Iterator[Request]:
    headers = {**_JSON, "Authorization": f"Bearer {key}"}
    for code in cycle(codes):
        asked = {"code": code, "id": f"look-{next(_serial)}"} if named else {"code": code}
        yield Request("POST", _PATH, headers, json.dumps({"inspections": [asked]}))


def _seen(ground: Ground, request: Request) -> None:
    """Raises Trouble where the answer is another than meant: a fast wrong answer is no measurement."""
    found = ask(ground.service.port, request)
    if found.status != 200 or '"verdict":"valid"' not in found.body:
        raise Trouble(f"an inspection is answered {found}\n{ground.service.log()[-2000:]}")


def _kept(ground: Ground) -> int:
    with ground.town.store.reading() as work:
        return work.count(select(func.count()).select_from(Inspection))
