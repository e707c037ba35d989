"""`python -m bench.servers [sqlite|postgresql]`: WSGI servers compared on the floor and on issue, by turns."""

import sys
from contextlib import ExitStack
from dataclasses import replace
from statistics import median

from bench.__main__ import chosen, ground
from bench.cases import CASES
from bench.databases import KINDS
from bench.measuring import WARM_S, Ground, Plan, Pressed, press_case
from bench.serving import FLOOR, SERVICE, Server, web_command

_GUNICORN = (
    'python -m gunicorn --bind 127.0.0.1:$PORT --workers 2 "wsgi:create_app()" --worker-class gthread --threads '
)
_GRANIAN = (
    "granian --interface wsgi --factory wsgi:create_app --host 127.0.0.1 --port $PORT --workers 2 --no-ws "
    "--log-level warning --blocking-threads "
)
SERVERS = {
    "the Procfile's": web_command(),
    "gunicorn, 4 threads": f"{_GUNICORN} 4",
    "gunicorn, 16 threads": f"{_GUNICORN} 16",
    "granian, 4 threads": f"{_GRANIAN} 4 --backpressure 64",
    "granian, 400 threads": f"{_GRANIAN} 400 --backpressure 432",
}
_ISSUE = next(case for case in CASES if case.name == "issue")


def main() -> None:
    """Prints a line a server: issue, floor, their ratio, processor time of a text."""
    kind = chosen(sys.argv[1] if len(sys.argv) > 1 else "sqlite", KINDS)[0]
    plan = Plan()
    with ground(kind) as here, ExitStack() as stack:
        grounds = {name: _on(here, command, stack) for name, command in SERVERS.items()}
        turns: dict[str, list[tuple[Pressed, Pressed]]] = {name: [] for name in grounds}
        for one in grounds.values():
            _turn(one, WARM_S)
        for _ in range(plan.rounds):
            for name, one in grounds.items():
                turns[name].append(_turn(one, plan.seconds))
    for name, pressed in turns.items():
        print(line(kind, name, pressed))


def line(kind: str, name: str, turns: list[tuple[Pressed, Pressed]]) -> str:
    """The medians of a server's rounds."""
    issue = median(one.round.rps for _, one in turns)
    floor = median(floor.round.rps for floor, _ in turns)
    ratio = median(one.round.rps / floor.round.rps for floor, one in turns)
    p99 = median(one.round.p99_ms for _, one in turns)
    cpu = median(one.cpu_ms for _, one in turns)
    return f"{kind:<12}{name:<22}{issue:>6.0f} of {floor:>5.0f}/s{ratio:>7.2f}  p99 {p99:>4.0f} ms  cpu {cpu:.2f} ms"


def _on(here: Ground, command: str, stack: ExitStack) -> Ground:
    """The same databases behind another server."""
    service = stack.enter_context(Server(SERVICE, here.town.url, here.folder, command))
    floor = stack.enter_context(Server(FLOOR, here.floor_url, here.folder, command))
    return replace(here, service=service, floor=floor)


def _turn(here: Ground, seconds: int) -> tuple[Pressed, Pressed]:
    floor = here.press_floor(seconds)
    return floor, press_case(_ISSUE, here, floor.round.rps, seconds)


if __name__ == "__main__":
    main()
