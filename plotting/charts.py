"""Charts: bars over time, stacked; lines over time, named at their ends; ranks, the longest first.

A request is what `web` asks for: ``kind``, ``narrow``, the words ready in the reader's language, the numbers.
"""

from collections.abc import Callable, Mapping, Sequence
from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from plotting.look import EDGE, INK, NARROW, SERIES, SOFT, finished, legend, plain, sheet

Request = Mapping[str, Any]
_HIGH = 260
_ROW = 34
_STEPS = (1, 2, 3, 6, 7, 14)
"""Hours are read by twos, threes and sixes, days by weeks."""
_TICKS = {True: 4, False: 12}
"""Labels of time that have room on a telephone, and on a page."""


def draw_chart(request: Request) -> str:
    """A chart as SVG; raises KeyError, TypeError or ValueError where the request is none."""
    return _KINDS[request["kind"]](request)


def _bars(request: Request) -> str:
    series, narrow = request["series"], request["narrow"]
    figure = sheet(narrow, _HIGH)
    axes = figure.subplots()
    plain(axes)
    places = range(len(request["x"]))
    foot = [0.0] * len(places)
    for one, colour in zip(series, SERIES, strict=False):
        axes.bar(places, one["values"], 0.8, bottom=foot, color=colour, linewidth=0.7, edgecolor=EDGE)
        foot = [below + value for below, value in zip(foot, one["values"], strict=True)]
    _time(axes, request)
    _numbers(axes.yaxis, request)
    axes.set_ylim(0, max(*foot, 1) * 1.05)
    if len(series) > 1:
        legend(figure, [one["name"] for one in series], SERIES, narrow)
    return finished(figure)


def _lines(request: Request) -> str:
    series, narrow = request["series"], request["narrow"]
    figure = sheet(narrow, _HIGH)
    axes = figure.subplots()
    plain(axes)
    for one, colour in zip(series, SERIES, strict=False):
        values = [float("nan") if value is None else float(value) for value in one["values"]]
        axes.plot(range(len(values)), values, color=colour, linewidth=2, marker="o", markersize=4)
    axes.set_ylim(bottom=0)
    _time(axes, request)
    _numbers(axes.yaxis, request)
    _name_ends(axes, series)
    return finished(figure)


def _name_ends(axes: Axes, series: Sequence[Mapping[str, Any]]) -> None:
    """Each line's name at its last point, moved apart where they would touch."""
    ends = []
    for one, colour in zip(series, SERIES, strict=False):
        known = [(place, value) for place, value in enumerate(one["values"]) if value is not None]
        if known:
            ends.append((known[-1][1], known[-1][0], one["name"], colour))
    least = (axes.get_ylim()[1] or 1) * 0.09
    above = -least
    for value, place, name, colour in sorted(ends, key=lambda end: end[0]):
        high = max(float(value), above + least)
        above = high
        axes.annotate(
            name,
            (place, value),
            (8, (high - value) / least * 16),
            textcoords="offset points",
            color=colour,
            fontweight="bold",
            verticalalignment="center",
            annotation_clip=False,
        )


def _time(axes: Axes, request: Request) -> None:
    labels = request["x"]
    least = (len(labels) - 1) / _TICKS[request["narrow"]]  # a day of 25 hours is labelled as one of 24
    shown = range(0, len(labels), next((step for step in _STEPS if step >= least), len(labels)))
    axes.set_xticks(list(shown), [labels[place] for place in shown])
    axes.set_xlim(-0.6, max(len(labels), 1) - 0.4)
    axes.tick_params(axis="x", pad=7)


def _numbers(axis: Any, request: Request) -> None:
    axis.set_major_locator(MaxNLocator(5, integer=True))
    axis.set_major_formatter(FuncFormatter(lambda value, _: _written(value, request)))


def _written(value: float, request: Request) -> str:
    number = f"{value:,.0f}".replace(",", request.get("thousands", ","))
    return f"{number}{request.get('unit', '')}"


def _ranks(request: Request) -> str:
    rows, narrow = request["rows"], request["narrow"]
    names = ["\n".join(wrap(row["name"], 16 if narrow else 34)) for row in rows]
    lines = sum(name.count("\n") for name in names)
    figure = sheet(narrow, _ROW * max(len(rows), 1) + 14 * lines + 16)
    axes = figure.subplots()
    plain(axes, grid="x")
    axes.grid(visible=False)
    axes.spines["left"].set_visible(True)
    values = [row["value"] for row in rows]
    axes.barh(range(len(rows)), values, 0.66, color=SERIES[0], linewidth=0)
    axes.set_yticks(range(len(rows)), names, color=INK)
    axes.set_xticks([])
    axes.invert_yaxis()
    room = 0.28 if figure.get_figwidth() * 72 <= NARROW else 0.14
    axes.set_xlim(0, max(*values, 1) * (1 + room))
    for place, value in enumerate(values):
        axes.annotate(
            _written(value, request),
            (value, place),
            (6, 0),
            textcoords="offset points",
            color=INK if value else SOFT,
            verticalalignment="center",
            fontweight="bold",
        )
    return finished(figure)


_KINDS: Mapping[str, Callable[[Request], str]] = {"bars": _bars, "lines": _lines, "ranks": _ranks}
