"""Numbers, times and dates as each language writes them."""

from datetime import date, timedelta

from web.words import _, spoken

NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
NO_BREAK = "\N{NO-BREAK SPACE}"
_S, _MIN, _H = 1000, 60, 3600


def thousands() -> str:
    """What stands between the thousands."""
    return "," if spoken() == "en" else NARROW_SPACE


def number(count: int | None) -> str:
    """``12,345``; a dash where nothing is known."""
    return "–" if count is None else f"{count:,}".replace(",", thousands())


def decimal(value: float, places: int = 1) -> str:
    """``3.5`` or ``3,5``."""
    said = f"{value:.{places}f}"
    return said if spoken() == "en" else said.replace(".", ",")


def percent(part: int, whole: int) -> str:
    """``97 %`` of the whole; a dash where there is none. All but all is not 100 %."""
    if not whole:
        return "–"
    whole_percent = 100 * part // whole if part < whole else 100
    return f"{whole_percent}%" if spoken() == "en" else f"{whole_percent}{NARROW_SPACE}%"


def milliseconds(time: int | None) -> str:
    """``42 ms`` or ``1.7 s``."""
    if time is None:
        return "–"
    said = _("{count} ms", count=time) if time < _S else _("{count} s", count=decimal(time / _S))
    return said.replace(" ", NO_BREAK)


def waited(span: timedelta) -> str:
    """``45 s``, ``3 min``, ``5 h`` or ``2 d``: roughly."""
    seconds = int(span.total_seconds())
    if seconds < 2 * _MIN:
        return _("{count} s", count=seconds)
    if seconds < 2 * _H:
        return _("{count} min", count=seconds // _MIN)
    return _("{count} h", count=seconds // _H) if seconds < 48 * _H else _("{count} d", count=seconds // (24 * _H))


def written_day(day: date) -> str:
    """``25.11.2026``."""
    return f"{day.day:02}.{day.month:02}.{day.year}"


def short_day(day: date) -> str:
    """``25.11``."""
    return f"{day.day:02}.{day.month:02}"
