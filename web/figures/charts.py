"""Plots as they are asked for: requests in the words of the page, and where the pictures are once they are drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codes.counts.plots import Asked, ask_for_plots
from store import Store
from web.figures.numbers import thousands

Request = Mapping[str, Any]
MOST_SERIES = 6
"""Colours that can be told apart."""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers over time under one name."""

    name: str
    values: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Picture:
    """A plot in both sizes."""

    wide: str
    narrow: str
    drawn: bool
    given_up: bool


def bars(x: Sequence[str], series: Sequence[Series]) -> Request:
    """Bars over time, one series upon the other."""
    return {"kind": "bars", "x": list(x), "series": _listed(series), "thousands": thousands()}


def lines(x: Sequence[str], series: Sequence[Series], unit: str) -> Request:
    """Lines over time, each named at its end."""
    return {"kind": "lines", "x": list(x), "series": _listed(series), "unit": unit, "thousands": thousands()}


def ranks(rows: Sequence[tuple[str, int]]) -> Request:
    """Bars beside each other, in the order given."""
    named = [{"name": name, "value": value} for name, value in rows]
    return {"kind": "ranks", "rows": named, "thousands": thousands()}


def pictures(store: Store, requests: Mapping[str, Request]) -> dict[str, Picture]:
    """Each plot, in both sizes; what is not there yet is asked for."""
    both = [{**one, "narrow": narrow} for one in requests.values() for narrow in (False, True)]
    asked = ask_for_plots(store, both)
    pairs = zip(asked[::2], asked[1::2], strict=True)
    return {name: _picture(wide, narrow) for name, (wide, narrow) in zip(requests, pairs, strict=True)}


def _picture(wide: Asked, narrow: Asked) -> Picture:
    return Picture(wide.key, narrow.key, wide.drawn and narrow.drawn, wide.given_up or narrow.given_up)


def _listed(series: Sequence[Series]) -> list[dict[str, Any]]:
    return [{"name": one.name, "values": list(one.values)} for one in series]
