"""Officers who look codes up on their page."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import cycle, islice

from bench.citizens import COOKIE, form
from bench.measuring import Ground, Pressed, supplied, timed
from bench.requests import Request, ask, write_requests
from bench.wrk import Trouble, press
from codes.police.duty import officer_of_number
from codes.regimes import in_force
from store.tokens import new_token, token_hash
from web.police.accounts import invite
from web.police.checking import open_by_passkey

OFFICERS, PASSES = 16, 400
_PATH = "/police/look"
_SIGNS = re.compile(r'"mark": ?"green"')


def press_looks(ground: Ground, expected: float, seconds: int) -> Pressed:
    """One round of good codes, typed by officers on their page."""
    codes = [code for _, code in ground.town.holders_of([8], PASSES)]
    cookie, token = form(ground)
    headers = [_headers(session, cookie, token) for session in _on_shift(ground)]

    def press_many(many: int) -> Pressed:
        requests = _requests(headers, codes)
        _seen(ground, next(requests))
        file = write_requests(islice(requests, many), ground.folder / "officers.requests")
        ground.databases.settle(ground.town.url)
        one, cpu_ms = timed(ground.service, partial(press, ground.service.url, file, seconds))
        return Pressed(one, 0, cpu_ms)

    return supplied(press_many, expected * seconds)


def _on_shift(ground: Ground) -> list[str]:
    """Sessions of officers whose shift is open."""
    sessions = []
    numbers = ground.town.officers(OFFICERS)
    with ground.town.store.work() as work:
        under = in_force(work)
        for number in numbers:
            invite(work, under, number, "bench")
            serving = officer_of_number(work, under, number)
            entered = open_by_passkey(work, serving.staff_id or "", "") if serving else None
            sessions.append(entered.token if entered else "")
    return sessions


def _headers(session: str, cookie: str, token: str) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={session}; {cookie}", "X-CSRFToken": token, "Content-Type": "application/json"}


def _requests(headers: Sequence[dict[str, str]], codes: Sequence[str]) -> Iterator[Request]:
    for whose, code in zip(cycle(headers), cycle(codes), strict=False):
        asked = {"kind": "code", "typed": code, "nonce": token_hash(new_token()).hex()[:32]}
        yield Request("POST", _PATH, whose, json.dumps(asked))


def _seen(ground: Ground, request: Request) -> None:
    """Raises Trouble where the answer is another than meant: a fast wrong answer is no measurement."""
    found = ask(ground.service.port, request)
    if found.status != 200 or not _SIGNS.search(found.body):
        raise Trouble(f"a look is answered {found}\n{ground.service.log()[-2000:]}")
