"""Plots that pages ask for by what they are to show, and that the worker draws: each once, however often it is seen.

A request is JSON with all words and numbers in it. Its hash is the plot's name, so that a plot always shows just what
the table beside it says; while the numbers stay the same, nothing is drawn again.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Text, bindparam, delete, select, text, update
from sqlmodel import col
from sqlmodel.sql.sqltypes import UTCDateTime

from store import Store, Work
from store.figures import Plot
from store.layers import Area
from store.prepared import Prepared

Request = Mapping[str, Any]
Draw = Callable[[bool, Sequence[Request]], Sequence[str | None]]
"""SVGs of charts, or of maps where the first argument is true; None for each that can't be drawn. Raises `NotDrawn`."""
TRIES = 3
KEPT_FOR = timedelta(days=2)
"""After it was asked for; whoever asks again has it drawn again."""
_AT_ONCE = 24
_ASK = Prepared(
    text(
        "INSERT INTO plot (key, request, asked_at, attempts) VALUES (:key, :request, :asked_at, 0) "
        "ON CONFLICT (key) DO NOTHING"
    ).bindparams(
        bindparam("key", type_=Text()), bindparam("request", type_=Text()), bindparam("asked_at", type_=UTCDateTime())
    )
)


class NotDrawn(Exception):
    """Nothing came of drawing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A plot as a page shows it."""

    key: str
    drawn: bool
    given_up: bool


def key_of(request: Request) -> str:
    """The name of a plot."""
    return hashlib.sha256(_written(request).encode()).hexdigest()[:20]


def ask_for_plots(store: Store, requests: Sequence[Request]) -> list[Asked]:
    """How far each is; those that nobody asked for before are asked for now."""
    keys = [key_of(one) for one in requests]
    with store.reading() as work:
        known = _known(work, keys)
    missing = {key: one for key, one in zip(keys, requests, strict=True) if key not in known}
    if missing:
        with store.work() as work:
            for key, one in missing.items():
                work.later(_ASK, key=key, request=_written(one), asked_at=work.now)
    return [known.get(key, Asked(key, drawn=False, given_up=False)) for key in keys]


def svg_of(work: Work, key: str) -> str | None:
    """A plot that is drawn."""
    row = work.row(select(col(Plot.svg)).where(col(Plot.key) == key))
    return row.svg if row else None


def drawn_or_given_up(work: Work, keys: Sequence[str]) -> bool:
    """Whether nothing more is to come of these; what nobody asked for is not waited for."""
    return all(one.drawn or one.given_up for one in _known(work, keys).values())


def draw_plots(store: Store, draw: Draw) -> int:
    """Draws what waits, with no transaction open meanwhile; how many could be drawn.

    What fails together is tried alone afterwards, so that one bad request keeps no other from being drawn.
    """
    with store.reading() as work:
        rows = work.rows(_WAITING)
        requests = [(row.key, row.attempts, _with_areas(work, json.loads(row.request))) for row in rows]
    drawn: dict[str, str | None] = {}
    for maps in (False, True):
        mine = [one for one in requests if (one[2]["kind"] == "map") is maps]
        together = [(key, request) for key, attempts, request in mine if not attempts]
        alone = [[(key, request)] for key, attempts, request in mine if attempts]
        for group in [together, *alone]:
            drawn.update(_draw(draw, maps, group))
    if drawn:
        with store.work() as work:
            for key, svg in drawn.items():
                change = update(Plot).where(col(Plot.key) == key, col(Plot.svg).is_(None))
                work.run(change.values(svg=svg) if svg else change.values(attempts=col(Plot.attempts) + 1))
    return sum(svg is not None for svg in drawn.values())


def forget_plots(work: Work) -> int:
    """Deletes plots that were asked for long ago; how many."""
    return work.run(delete(Plot).where(col(Plot.asked_at) < work.now - KEPT_FOR))


_WAITING = (
    select(col(Plot.key), col(Plot.attempts), col(Plot.request))
    .where(col(Plot.svg).is_(None), col(Plot.attempts) < TRIES)
    .order_by(col(Plot.asked_at), col(Plot.key))
    .limit(_AT_ONCE)
)


def _draw(draw: Draw, maps: bool, group: Sequence[tuple[str, Request]]) -> dict[str, str | None]:
    if not group:
        return {}
    keys = [key for key, _ in group]
    try:
        return dict(zip(keys, draw(maps, [request for _, request in group]), strict=True))
    except NotDrawn:
        return dict.fromkeys(keys)


def _known(work: Work, keys: Sequence[str]) -> dict[str, Asked]:
    drawn = col(Plot.svg).is_not(None).label("drawn")
    rows = work.rows(select(col(Plot.key), drawn, col(Plot.attempts)).where(col(Plot.key).in_(keys)))
    return {row.key: Asked(row.key, bool(row.drawn), not row.drawn and row.attempts >= TRIES) for row in rows}


def _with_areas(work: Work, request: dict[str, Any]) -> Request:
    """A map's request with the shapes of its layer."""
    if request["kind"] != "map":
        return request
    rows = work.rows(select(col(Area.name), col(Area.wkb)).where(col(Area.layer) == request["layer"]))
    shapes: dict[str, list[str]] = {}
    for row in rows:
        shapes.setdefault(row.name, []).append(bytes(row.wkb).hex())
    placed = [{**one, "wkb": shape} for one in request["areas"] for shape in shapes.get(one["name"], ())]
    return {**request, "areas": placed}


def _written(request: Request) -> str:
    return json.dumps(request, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
