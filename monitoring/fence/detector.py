"""The decision as an object that is fed: for recorded traces, simulations and whoever wants to try it."""

from dataclasses import replace
from typing import Any, Protocol

from monitoring.fence.deciding import Event, decide, nothing_proved
from monitoring.fence.fixes import Fix, NoFix, read_fix
from monitoring.fence.outlines import outline_of
from monitoring.fence.parameters import STREAM
from monitoring.fence.state import NOTHING_YET


class Geometry(Protocol):
    """What a shapely geometry can tell of itself."""

    @property
    def wkb(self) -> bytes:
        """As well-known binary."""
        ...


class Detector:
    """Decides for one telephone and one fence, by what it is fed alone: it reads no clock and keeps one fix.

    `fence` is a shapely geometry in WGS 84, longitude before latitude: a Polygon or MultiPolygon, with holes or
    without, crossing itself or the 180th degree; a Point or a line is a weak fence, of 100 m around it. `parameters`
    are those of `monitoring.fence.parameters`. Raises ValueError where the fence is empty or no place on earth,
    TypeError where it is no geometry, and for parameters that there are not.
    """

    def __init__(self, fence: Geometry, **parameters: Any) -> None:
        self._given = replace(STREAM, **parameters)
        self._outlines = (outline_of(_wkb(fence), self._given.weak_m),)
        self._state = NOTHING_YET
        self._before: Fix | None = None

    def feed(
        self,
        t: float,
        lat: float,
        lon: float,
        accuracy: float,
        provider: str = "wifi",
        mock: bool = False,
        server_now: float | None = None,
    ) -> tuple[Event, int]:
        """Takes one fix; what it means, and in how many seconds the next one is wanted.

        `t` is Unix seconds, `accuracy` the reported radius in metres, `provider` gps, wifi, cell or unknown;
        `server_now` is when it was received, at `t` where it is None. The event is "departed", "returned" or None.
        Whatever else comes is no fix, and never raises.
        """
        fix = read_fix(self._given, t, lat, lon, accuracy, provider, mock, server_now)
        if isinstance(fix, NoFix):
            decision = nothing_proved(self._given, self._state, fix)
        else:
            decision = decide(self._outlines, self._given, self._state, self._before, fix)
            if decision.distance_m is not None:
                self._before = fix
        self._state = decision.state
        return decision.event, decision.next_s


def _wkb(fence: object) -> bytes:
    """What a geometry says of itself."""
    wkb = getattr(fence, "wkb", None)
    if not isinstance(wkb, bytes):
        raise TypeError(f"a fence is a shapely geometry in WGS 84, not {type(fence).__name__}")
    return wkb
