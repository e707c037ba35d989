"""`python -m plotting.maps`: districts in the shade of their number, each large one with its name.

A request, of `codes.counts.plots`: ``areas`` with ``name``, ``wkb`` (hex, WGS 84), ``value`` and ``label``; a
value that is None is hidden or not counted, and its label says so. Where values are rounded down, ``step`` says to
multiples of what: 20 in steps of 5 is shown as 20–24.
"""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

import geopandas
import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from shapely import from_wkb, maximum_inscribed_circle

from plotting.look import EDGE, GRID, HALO, INK, NARROW, SOFT, STEPS, WIDE, finished, legend, sheet
from plotting.working import work_off

Request = Mapping[str, Any]
_FINE = {True: 200, False: 300}
"""Outlines are simplified to the width of the map by this."""
_HIGHEST = {True: 420, False: 560}
_LEAST_SHARE = {True: 0.02, False: 0.01}
"""Of the whole map's area; smaller areas have their names in the table alone."""


def draw_map(request: Request) -> str:
    """A map as SVG; raises KeyError, TypeError or ValueError where the request is none."""
    narrow, areas = request["narrow"], request["areas"]
    shapes = geopandas.GeoSeries(from_wkb([bytes.fromhex(one["wkb"]) for one in areas]), crs=4326)
    flat = shapes.to_crs(shapes.estimate_utm_crs())
    left, bottom, right, top = flat.total_bounds
    wide = NARROW if narrow else WIDE
    high = min(wide * (top - bottom) / (right - left), _HIGHEST[narrow])
    simple = flat.simplify_coverage((right - left) / _FINE[narrow])
    bounds = _bounds([one["value"] for one in areas if one["value"] is not None])
    colours = [_colour(one["value"], bounds) for one in areas]
    figure = sheet(narrow, round(high) + (64 if narrow else 40))
    axes = figure.subplots()
    axes.set_axis_off()
    simple.plot(ax=axes, color=colours, edgecolor=EDGE, linewidth=1.0, aspect="equal")
    _name(figure, axes, simple, areas, narrow)
    names = [*_spans(bounds, request), request["few"]]
    legend(figure, names, [*STEPS[: len(bounds)], GRID], narrow)
    return finished(figure)


def _bounds(values: Sequence[float]) -> list[int]:
    """The highest number of each step, at most as many as there are shades; as many areas to each as can be."""
    if not values:
        return []
    steps = np.unique(np.quantile(values, np.linspace(0, 1, len(STEPS) + 1)[1:], method="higher"))
    return [int(one) for one in steps]


def _colour(value: float | None, bounds: Sequence[int]) -> str:
    return GRID if value is None else STEPS[int(np.searchsorted(bounds, value))]


def _spans(bounds: Sequence[int], request: Request) -> list[str]:
    """How the legend says the steps: each from behind the one before, to the end of the last number in it."""
    marks, step = request.get("thousands", ","), request.get("step", 1)
    lows = [request["least"], *(one + step for one in bounds[:-1])]
    pairs = zip(lows, [one + step - 1 for one in bounds], strict=False)
    return [
        f"{low:,}–{high:,}".replace(",", marks) if low < high else f"{high:,}".replace(",", marks)
        for low, high in pairs
    ]


def _name(figure: Figure, axes: Axes, shapes: Any, areas: Sequence[Request], narrow: bool) -> None:
    """Names where there is room, the larger areas first; none over another."""
    sizes = shapes.area / shapes.area.sum()
    taken: list[Any] = []
    figure.draw_without_rendering()
    for place in np.argsort(-sizes.to_numpy()):
        if sizes.iloc[place] < _LEAST_SHARE[narrow]:
            break
        text = _label(axes, _middle(shapes.iloc[place]), areas[place], narrow)
        box = text.get_window_extent().padded(1)
        if any(box.overlaps(other) for other in taken):
            text.remove()
        else:
            taken.append(box)


def _middle(shape: Any) -> tuple[float, float]:
    """Where an area is widest."""
    x, y = maximum_inscribed_circle(shape).coords[0]
    return float(x), float(y)


def _label(axes: Axes, point: tuple[float, float], area: Request, narrow: bool) -> Any:
    return axes.text(
        *point,
        "\n".join([*wrap(area["short"], 13, break_long_words=False), area["label"]]),
        color=INK if area["value"] is not None else SOFT,
        fontsize=9 if narrow else 10.5,
        horizontalalignment="center",
        verticalalignment="center",
        linespacing=1.05,
        gid=HALO,
    )


if __name__ == "__main__":
    mpl.rcParams["path.simplify"] = False
    work_off(draw_map)
