"""Citizens' pages: the last step of an application, and a pass with its QR code."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle, islice
from urllib.parse import urlencode

from bench.gathering import Gathering, write
from bench.measuring import Ground, Pressed, supplied, timed
from bench.requests import FORM, Request, ask, write_requests
from bench.town import Resident
from bench.wrk import Trouble, press
from web.citizen.drafts import Draft, begin_draft
from web.citizen.sessions import open_citizen_session
from web.cookies import Cookies

HOLDERS = 64
"""Who look at their passes by turns."""
PURPOSE = 8
COOKIE = Cookies(https=True).session_name
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def press_applications(ground: Ground, expected: float, seconds: int) -> Pressed:
    """One round of "Ask for the pass": each by somebody else, who answered every question before."""

    def requests(many: int) -> list[Request]:
        cookie, token = form(ground)
        work = Gathering(ground.town.store)
        residents = ground.town.residents(many)
        answered = [_answered(work, one) for one in residents]
        write(ground.town.url, work.take())
        body = urlencode({"csrf_token": token})
        return [
            Request("POST", f"/apply/{draft}/check", {"Cookie": f"{COOKIE}={session}; {cookie}", **FORM}, body)
            for session, draft in answered
        ]

    return _supplied(ground, requests, expected * seconds, seconds, (303, "/outcome"))


def press_passes(ground: Ground, expected: float, seconds: int) -> Pressed:
    """One round of the page of a pass."""
    holders = [one for one, _ in ground.town.holders_of([PURPOSE], HOLDERS)]
    with ground.town.store.work() as work:
        cookies = [f"{COOKIE}={open_citizen_session(work, one.phone)}" for one in holders]
    found = [ask(ground.service.port, Request("GET", "/passes", {"Cookie": cookie})).body for cookie in cookies]
    paths = [re.search(r'href="(/passes/[0-9a-f]+)"', body) for body in found]
    pages = [Request("GET", path[1], {"Cookie": cookie}) for path, cookie in zip(paths, cookies, strict=True) if path]
    return _supplied(ground, lambda many: list(islice(cycle(pages), many)), expected * seconds, seconds, (200, "<svg"))


def _supplied(
    ground: Ground,
    requests: Callable[[int], Sequence[Request]],
    expected: float,
    seconds: int,
    shows: tuple[int, str],
) -> Pressed:
    def press_many(many: int) -> Pressed:
        every = requests(many)
        _seen(ground, every[-1], *shows)
        file = write_requests(every[:-1], ground.folder / "citizens.requests")
        ground.databases.settle(ground.town.url)
        one, cpu_ms = timed(ground.service, partial(press, ground.service.url, file, seconds))
        return Pressed(one, 0, cpu_ms)

    return supplied(press_many, expected)


def _answered(work: Gathering, resident: Resident) -> tuple[str, str]:
    """A browser's cookie, and an application with every question answered."""
    told = Draft("", resident.holder.id, whom=True, purpose=PURPOSE, more=True)
    return open_citizen_session(work, resident.phone), begin_draft(work, resident.phone, told).id


def form(ground: Ground) -> tuple[str, str]:
    """A cookie with which forms are checked, and a form's token that fits."""
    page = ask(ground.service.port, Request("GET", "/enter", {}))
    found = _TOKEN.search(page.body)
    if found is None:
        raise Trouble(f"/enter is answered {page}")
    return page.headers["Set-Cookie"].partition(";")[0], found[1]


def _seen(ground: Ground, request: Request, status: int, part: str) -> None:
    """Raises Trouble where the answer is another than meant: a fast wrong answer is no measurement."""
    found = ask(ground.service.port, request)
    if found.status != status or part not in found.body + found.headers.get("Location", ""):
        raise Trouble(f"{request.path} is answered {found}\n{ground.service.log()[-2000:]}")
