"""Twilio's pages of a list: newest first, relative addresses, stable while new resources come in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from telephony.simulator.errors import RefusedError

DEFAULT_SIZE: Final = 50
LARGEST_SIZE: Final = 1000


@dataclass(frozen=True)
class Wish:
    """Which page: its size, its index from 0, and the newest sid the first page had (empty: the newest now)."""

    size: int
    index: int
    anchor: str


def read_wish(query: Mapping[str, str]) -> Wish:
    """The page asked for by PageSize, Page and PageToken. Raises :class:`RefusedError` 20001 when one is no number."""
    size = _whole(query, "PageSize", DEFAULT_SIZE)
    return Wish(
        min(max(size, 1), LARGEST_SIZE), _whole(query, "Page", 0), query.get("PageToken", "").removeprefix("PA")
    )


def page_of(
    key: str, path: str, query: Mapping[str, str], values: list[Any], render: Callable[[Any], dict[str, Any]]
) -> dict[str, Any]:
    """One page of ``values`` (newest first, each with a ``sid``) under ``key``, with its neighbours' addresses."""
    wish = read_wish(query)
    start = next((place for place, value in enumerate(values) if value.sid == wish.anchor), 0)
    known = values[start:]
    first = wish.index * wish.size
    shown = known[first : first + wish.size]
    filters = {name: value for name, value in query.items() if name not in {"PageSize", "Page", "PageToken"}}

    def address(index: int) -> str:
        anchor = {"PageToken": f"PA{known[0].sid}"} if index and known else {}
        return f"{path}?{urlencode({**filters, 'PageSize': wish.size, 'Page': index, **anchor})}"

    return {
        "first_page_uri": address(0),
        "end": first + max(len(shown) - 1, 0),
        "previous_page_uri": address(wish.index - 1) if wish.index else None,
        key: [render(value) for value in shown],
        "uri": address(wish.index),
        "page_size": wish.size,
        "start": first,
        "next_page_uri": address(wish.index + 1) if first + wish.size < len(known) else None,
        "page": wish.index,
    }


def _whole(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name) or str(default)
    if not (text.isascii() and text.isdigit()):
        raise RefusedError(20001, name)
    return int(text)
