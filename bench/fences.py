"""What the fence costs on one core: a decision, many at once, and a hundred thousand fences in memory."""

import math
import os
import time
from dataclasses import dataclass
from random import Random
from statistics import median

import numpy as np
from shapely import Polygon

from bench.processes import memory
from bench.rules import M_LAT, M_LON
from monitoring.fence import Detector
from monitoring.fence.bulk import Fences
from monitoring.fence.outlines import outline_of
from monitoring.fence.parameters import STREAM

MANY, FIXES, DECISIONS = 100_000, 1_000_000, 20_000
_CORNERS = (4, 4, 6, 6, 8, 8, 10, 12, 16, 24)
"""As buildings have them."""


@dataclass(frozen=True, slots=True)
class FenceFigures:
    """Processor time of one core; memory in MiB."""

    decision_us: float
    decision_24_corners_us: float
    bulk_a_second: float
    outlines_mib: float
    """Of 100,000 fences as a web process would hold them; it holds one a request."""
    arrays_mib: float
    """Of 100,000 as the worker holds them for a moment."""


def fence_figures() -> FenceFigures:
    """Measures; half a minute."""
    random = Random(2590)
    wkbs = [_building(random, random.choice(_CORNERS)).wkb for _ in range(MANY)]
    before = memory([os.getpid()]).rss
    outlines = [outline_of(wkb, STREAM.weak_m) for wkb in wkbs]
    held = memory([os.getpid()]).rss
    fences = Fences(wkbs, STREAM.weak_m)
    arrays = memory([os.getpid()]).rss
    figures = FenceFigures(
        _decision_us(random, 8), _decision_us(random, 24), _bulk(fences), held - before, arrays - held
    )
    assert len(outlines) == len(fences)
    return figures


def _building(random: Random, corners: int) -> Polygon:
    lat, lon = random.uniform(55.6, 55.9), random.uniform(48.9, 49.3)
    turns = sorted(random.uniform(0, 2 * math.pi) for _ in range(corners))
    sizes = [random.uniform(6, 25) for _ in turns]
    return Polygon(
        [
            (lon + size * math.cos(turn) * M_LON, lat + size * math.sin(turn) * M_LAT)
            for size, turn in zip(sizes, turns, strict=True)
        ]
    )


def _decision_us(random: Random, corners: int) -> float:
    shape = _building(random, corners)
    detector = Detector(shape)
    lat, lon = shape.centroid.y, shape.centroid.x
    fixes = [(1e9 + n * 300.0, lat + random.gauss(0, 3e-4), lon + random.gauss(0, 3e-4)) for n in range(DECISIONS)]
    rounds = []
    for start in range(0, DECISIONS, DECISIONS // 5):
        began = time.process_time()
        for t, north, east in fixes[start : start + DECISIONS // 5]:
            detector.feed(t, north, east, 25.0, "gps")
        rounds.append((time.process_time() - began) / (DECISIONS // 5) * 1e6)
    return median(rounds)


def _bulk(fences: Fences) -> float:
    """Fixes judged a second, spread over all fences."""
    chance = np.random.default_rng(2590)
    which = chance.integers(0, len(fences), FIXES)
    lat, lon = chance.uniform(55.6, 55.9, FIXES), chance.uniform(48.9, 49.3, FIXES)
    radius, gps = chance.uniform(5, 150, FIXES), chance.integers(0, 2, FIXES).astype(bool)
    began = time.process_time()
    fences.evidence(STREAM, which, fences.distances(which, lat, lon), radius, gps)
    return FIXES / (time.process_time() - began)
