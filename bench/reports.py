"""Patients' apps that report one position a request, against the least that could be done with it."""

import json
from collections.abc import Iterator
from functools import partial
from itertools import count, cycle, islice

from shapely import box
from sqlalchemy import func, select, update
from sqlmodel import col

from bench.measuring import Ground, Pressed, supplied, timed
from bench.requests import Request, ask, write_requests
from bench.rules import LAT, LON, M_LAT, M_LON
from bench.town import Town
from bench.wrk import Trouble, press
from monitoring.cases.opening import Plan, open_case
from monitoring.cases.watched import watched_case
from monitoring.patients.devices import add_device
from store import Work
from store.cases import Case, Fence
from store.patients import FenceState

DEVICES = 1500
"""So many that none reports more often a minute than it may."""
_PATH = "/api/v1/fixes"
_HOUSE = box(LON - 8 * M_LON, LAT - 6 * M_LAT, LON + 8 * M_LON, LAT + 6 * M_LAT)
_moment = count(1)


def press_fixes(ground: Ground, expected: float, seconds: int) -> Pressed:
    """One round of reports of people at home, each with one fix."""
    tokens = _tokens(ground.town)

    def press_many(many: int) -> Pressed:
        requests = _requests(ground.town, tokens)
        found = ask(ground.service.port, next(requests))
        if found.status != 200 or '"counted":1' not in found.body:
            raise Trouble(f"a report is answered {found}\n{ground.service.log()[-2000:]}")
        file = write_requests(islice(requests, many), ground.folder / "reports.requests")
        ground.databases.settle(ground.town.url)
        one, cpu_ms = timed(ground.service, partial(press, ground.service.url, file, seconds))
        heard = _heard(ground.town)
        if heard < min(len(tokens), one.answered):
            raise Trouble(f"{one.answered} reports were answered, and {heard} devices heard")
        return Pressed(one, 0, cpu_ms)

    return supplied(press_many, expected * seconds)


def _requests(town: Town, tokens: list[str]) -> Iterator[Request]:
    """Each later than all before, and a little elsewhere."""
    began = town.store.clock().timestamp() - 600
    for token in cycle(tokens):
        n = next(_moment)
        lat, lon = LAT + n % 97 * 1e-7, LON + n % 89 * 1e-7
        fix = {"t": began + n * 0.001, "lat": lat, "lon": lon, "accuracy": 18.0, "provider": "wifi"}
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        yield Request("POST", _PATH, headers, json.dumps({"fixes": [fix]}))


def _tokens(town: Town) -> list[str]:
    """Of people who are to stay at home from now on."""
    residents = town.residents(DEVICES)
    with town.store.work() as work:
        return [_at_home(work, one.holder.id) for one in residents]


def _at_home(work: Work, person_id: str) -> str:
    case_id = open_case(work, person_id, "bench", "bench", Plan(means="link")).case_id
    work.run(update(Case).where(col(Case.id) == case_id), enrolled_at=work.now)
    case = watched_case(work, case_id)
    assert case is not None and case.key is not None
    fence_id = work.new_id()
    sealed = case.key.seal_bytes(f"fence.shape.{fence_id}", _HOUSE.wkb)
    given = {"id": fence_id, "case_id": case_id, "role": "home", "shape_sealed": sealed, "weak": False}
    work.insert(Fence, **given, starts_at=work.now, set_by="bench", set_at=work.now)
    return add_device(work, case, "app", "bench", "bench")


def _heard(town: Town) -> int:
    with town.store.reading() as work:
        return work.count(select(func.count()).select_from(FenceState))
