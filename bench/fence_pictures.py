"""The pictures of docs/fence.md: `TRACES=/path/fixes.csv.gz python -m bench.fence_pictures [FOLDER]`.

A recorded stay of a telephone whose fixes lie far around, on the map of a house; what the decision makes of that, of
an access point that is believed for a while, and of somebody who left; and the table, as the last
`CASE=fence-table make bench` measured it. Metres from home alone are drawn, no place on earth.
"""

import json
import math
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.patches import Circle
from shapely import box

from bench.fence_table import AWAY_S
from bench.phones import Habits, Phone
from bench.reporting import RESULTS
from bench.rules import LAT, LON, M_LAT, M_LON, house
from bench.traces import read, stays
from monitoring.fence.deciding import decide, nothing_proved
from monitoring.fence.fixes import NoFix, read_fix
from monitoring.fence.outlines import outline_of, plane_at
from monitoring.fence.parameters import STREAM
from monitoring.fence.state import NOTHING_YET
from plotting.look import HALO, INK, PAPER, SERIES, SOFT, finished, legend, plain, sheet

FOLDER: Final = Path("docs/pictures")
_HOME, _AWAY, _NOTHING = SERIES[0], SERIES[1], SERIES[5]
_WORDS = ("speaks for home", "speaks for being away", "proves nothing")
_MARKS: Final = dict(zip((_HOME, _AWAY, _NOTHING), _WORDS, strict=True))
_HALF_M: Final = 330.0
_FAR_M: Final = 300.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A fix, metres from home, and what came of it; `t` in seconds."""

    t: float
    east: float
    north: float
    radius: float
    colour: str
    score: float
    event: str | None


Reported = tuple[float, float, float, float, str]
"""Seconds, metres east and north of home, radius, provider."""


def judged(fixes: Iterable[Reported]) -> list[Judged]:
    """Fed one after the other, as the service does."""
    outline, state, before, found = outline_of(house().wkb, STREAM.weak_m), NOTHING_YET, None, []
    for t, east, north, radius, provider in fixes:
        lat, lon = LAT + north * M_LAT, LON + east * M_LON
        fix = read_fix(STREAM, 1_780_000_000 + t, lat, lon, radius, provider, False, None)
        if isinstance(fix, NoFix):
            made, colour = nothing_proved(STREAM, state, fix), _NOTHING
        else:
            made = decide([outline], STREAM, state, before, fix)
            before, colour = fix, _AWAY if _is_away(made.state.score, state.score, made.distance_m) else _HOME
        state = made.state
        found.append(Judged(t, east, north, radius, colour, state.score, made.event))
    return found


def _is_away(score: float, was: float, distance: float | None) -> bool:
    return (distance or 0.0) > STREAM.buffer_m and score > was * 0.99


def recorded(file: Path) -> list[Reported]:
    """The recorded stay whose fixes err most while being no trip: metres from its middle."""
    found = [_laid(stay) for fixes in read(file).values() for stay in stays(fixes)]
    at_home = [one for one in found if max(_off(one)) < _HALF_M]
    if not at_home:
        sys.exit("there is no stay among these traces")
    return max(at_home, key=lambda one: max(_off(one)))


def _off(fixes: Iterable[Reported]) -> list[float]:
    return [math.hypot(east, north) for _, east, north, radius, _ in fixes if radius <= STREAM.most_radius_m]


def _laid(stay: Sequence[Any]) -> list[Reported]:
    good = [fix for fix in stay if fix.radius <= STREAM.most_radius_m] or stay
    middle = len(good) // 2
    plane = plane_at(sorted(fix.lat for fix in good)[middle], sorted(fix.lon for fix in good)[middle])
    return [(fix.t - stay[0].t, *plane.place(fix.lat, fix.lon), fix.radius, "unknown") for fix in stay]


def jump(minutes: float = 6.0) -> list[Reported]:
    """A simulated telephone at home that believes an access point in another street for some minutes, all too often."""
    habits = Habits(gps_share=0.2, mast_share=0.05, tunnels_a_day=0.0, wrong_a_day=8.0, wrong_s=minutes * 60)
    phone, found = Phone(Random(8), habits), []
    for n in range(180):
        told = phone.report(n * 60.0, (0.0, 0.0))
        if told is not None:
            found.append((n * 60.0, told.east, told.north, told.radius, told.provider))
    return found


def leaving(stay: Sequence[Reported]) -> list[Reported]:
    """The recorded stay, for forty minutes in its middle somewhere else."""
    left = stay[-1][0] / 2 - AWAY_S / 2
    return [
        (t, east + _FAR_M * (left <= t < left + AWAY_S), north, radius, provider)
        for t, east, north, radius, provider in stay
    ]


def the_map(fixes: Sequence[Judged]) -> str:
    """Where the fixes lie around the house, each with its radius."""
    figure = sheet(False, 520)
    axes = figure.subplots()
    plain(axes)
    axes.set_aspect("equal")
    for one in fixes:
        ring = Circle((one.east, one.north), one.radius, fill=False, edgecolor=one.colour, linewidth=0.5)
        ring.set_alpha({_HOME: 0.3, _AWAY: 0.9}.get(one.colour, 0.1))
        axes.add_patch(ring)
        axes.plot(one.east, one.north, "o", markersize=4, color=one.colour, markeredgecolor=PAPER, markeredgewidth=0.5)
    home = box(-8, -6, 8, 6)
    axes.fill(*home.exterior.xy, color=INK, zorder=3)
    axes.plot(*home.buffer(STREAM.buffer_m).exterior.xy, color=INK, linewidth=1.5, linestyle="--", zorder=3)
    axes.text(0, -18 - STREAM.buffer_m, "the house and 50 m", ha="center", gid=HALO, zorder=4)
    axes.set_xlim(-_HALF_M * 1.3, _HALF_M * 1.3)
    axes.set_ylim(-_HALF_M * 0.8, _HALF_M * 0.8)
    axes.set_xlabel("metres from home")
    legend(figure, list(_MARKS.values()), list(_MARKS), False)
    return finished(figure)


def the_evidence(lives: Mapping[str, Sequence[Judged]]) -> str:
    """The score over time, of several lives."""
    figure = sheet(False, 190 * len(lives))
    for axes, (name, fixes) in zip(figure.subplots(len(lives), 1, squeeze=False)[:, 0], lives.items(), strict=True):
        _score(axes, name, fixes)
    axes.set_xlabel("minutes")
    legend(figure, list(_MARKS.values()), list(_MARKS), False)
    return finished(figure)


def _score(axes: Axes, name: str, fixes: Sequence[Judged]) -> None:
    plain(axes)
    axes.set_title(name, loc="left", fontsize=12, color=INK)
    times, scores = [one.t / 60 for one in fixes], [one.score for one in fixes]
    axes.step(times, scores, where="post", color=SOFT, linewidth=1.0)
    for one in fixes:
        axes.plot(
            one.t / 60, one.score, "o", markersize=4, color=one.colour, markeredgecolor=PAPER, markeredgewidth=0.5
        )
        if one.event:
            axes.annotate(one.event, (one.t / 60, one.score), (4, 8), textcoords="offset points", fontweight="bold")
            axes.axvline(one.t / 60, color=INK, linewidth=0.8)
    axes.axhline(STREAM.alarm_at, color=INK, linewidth=1, linestyle="--")
    axes.set_ylim(-0.5, STREAM.most_score + 2.2)
    axes.set_yticks([0, STREAM.alarm_at, STREAM.most_score])


def the_table(lines: Mapping[str, Mapping[str, Any]]) -> str:
    """Alarms a day at home and absences missed, by rule, each with what the measurement leaves open."""
    figure = sheet(False, 380)
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=(1.2, 1))
    names = list(lines)
    for axes, what, scale in (
        (left, ("stays", "stress", "all_wrong"), 1.0),
        (right, ("missed_200", "missed_300"), 100),
    ):
        plain(axes, grid="x")
        for place, part in enumerate(what):
            for row, name in enumerate(names):
                value, low, high = (one * scale for one in lines[name][part])
                at = row + (place - (len(what) - 1) / 2) * 0.24
                axes.plot([low, high], [at, at], color=SERIES[place if axes is left else place + 3], linewidth=2)
                axes.plot(value, at, "o", markersize=6, color=SERIES[place if axes is left else place + 3])
        axes.set_yticks(range(len(names)), names, color=INK)
    left.set_xscale("symlog", linthresh=0.01, linscale=0.5)
    left.set_xticks([0, 0.01, 0.1, 1, 10], ["0", "0.01", "0.1", "1", "10"])
    left.set_xlim(-0.001, 40)
    left.axvline(0.25, color=INK, linewidth=1, linestyle="--")
    left.set_xlabel("false alarms a patient-day")
    right.set_xlabel("% of absences missed")
    right.set_xlim(-0.5, None)
    left.invert_yaxis()
    said = ("at home", "three wrong spells a day", "satellites wrong too", "missed, 200 m", "missed, 300 m")
    legend(figure, said, SERIES[:5], False)
    return finished(figure)


def main() -> None:
    """Draws all three."""
    if "TRACES" not in os.environ:
        sys.exit("TRACES is not set: the path of recorded fixes, a CSV with user, ts, lat, lon, acc")
    table = json.loads(RESULTS.read_text("utf-8")).get("fence_table") if RESULTS.is_file() else None
    if not table:
        sys.exit("there is no table yet: CASE=fence-table make bench")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    stay = recorded(Path(os.environ["TRACES"]))
    lives = {
        "At home, recorded: no alarm": judged(stay),
        "At home, simulated: an access point of another street is believed for some minutes": judged(jump()),
        f"The recorded one, moved {_FAR_M:.0f} m for forty minutes": judged(leaving(stay)),
    }
    drawn = {
        "fence-map": the_map(judged(stay)),
        "fence-evidence": the_evidence(lives),
        "fence-table": the_table(table),
    }
    for name, picture in drawn.items():
        (folder / f"{name}.svg").write_text(picture + "\n", "utf-8")
        print(folder / f"{name}.svg", len(picture))


if __name__ == "__main__":
    main()
