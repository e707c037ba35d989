"""An order's TOML text, changed a value at a time: notes, order and spelling of all else stay.

Every change is read again and compared, so that a text says just what was asked for, or `Unwritable` is raised.
"""

import copy
import re
import tomllib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import InlineTable

from codes.orders.order_lines import Path, blocks, rows

LONGEST: Final = 64 * 1024
"""Bytes an order's text may have; the longest preset has 20,000."""
LONGEST_LINE: Final = 4000
"""Signs a line may have: what reads TOML slows down with the square of a key's length."""
DEEPEST: Final = 12
"""How far values may be nested; an order needs five."""
_WIDE: Final = 100
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Excess(StrEnum):
    """Why a text is not kept even as a draft."""

    SIZE = "size"
    LINE = "line"
    SIGNS = "signs"  # that no text holds


class Unwritable(ValueError):
    """The text can't be changed so without rewriting more of it: it is to be done by hand."""


def excess(text: str) -> Excess | None:
    """What is too much of it, if anything."""
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST:
        return Excess.SIZE
    if any(len(line) > LONGEST_LINE for line in text.split("\n")):
        return Excess.LINE
    return Excess.SIGNS if _CONTROL.search(text) else None


def document(text: str) -> dict[str, Any] | None:
    """The values of a text; None where it is not TOML, or nested beyond all measure."""
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    return found if depth(found) <= DEEPEST else None


def depth(value: Any) -> int:
    """How far a value is nested; a bare one 0."""
    level, inner = 0, [value]
    while inner := [part for one in inner for part in _parts(one)]:
        level += 1
    return level


def value_at(found: Any, path: Path) -> Any:
    """The value at `path`; None where there is none."""
    for part in path:
        if isinstance(part, int):
            found = found[part] if isinstance(found, list) and part < len(found) else None
        else:
            found = found.get(part) if isinstance(found, dict) else None
    return found


def put(text: str, changes: Mapping[Path, Any]) -> str:
    """The text with each value at its path; None strikes it out. Raises Unwritable."""
    wanted = copy.deepcopy(document(text))
    if wanted is None:
        raise Unwritable("it is not TOML")
    try:
        written = tomlkit.parse(text)
        for path, value in changes.items():
            _put_plain(wanted, path, value)
            _put(written, path, value)
        return _kept(written.as_string(), wanted)
    except (TOMLKitError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise Unwritable(str(error)) from error


def put_table(text: str, name: str, table: str, key: str, value: str) -> str:
    """As `put` for a text in ``[name.table]``, which is added at the end where there is none."""
    found = document(text) or {}
    if value_at(found, (name, table)) is not None or (name in found and not blocks_of_table(text, name)):
        return put(text, {(name, table, key): value})
    wanted = copy.deepcopy(found)
    _put_plain(wanted, (name, table, key), value)
    return _kept(f"{''.join(rows(text))}\n[{name}.{_key(table)}]\n{_key(key)} = {toml_of(value)}\n", wanted)


def blocks_of_table(text: str, name: str) -> bool:
    """Whether ``[name...]`` stands there as a header, so that another can stand beside it."""
    return any(line.lstrip().startswith(f"[{name}") for line in text.split("\n"))


def add_item(text: str, name: str, item: Mapping[str, Any]) -> str:
    """The text with one more ``[[name]]`` behind the others. Raises Unwritable."""
    wanted = copy.deepcopy(document(text) or {})
    items = wanted.setdefault(name, [])
    if not isinstance(items, list):
        raise Unwritable(f"{name} is no list")
    items.append(dict(item))
    places = blocks(text, name)
    if len(places) != len(items) - 1:
        return put(text, {(name,): items})
    written = rows(text)
    at = places[-1][1] if places else len(written)
    block = f"[[{name}]]\n" + "".join(f"{_key(key)} = {toml_of(value)}\n" for key, value in item.items())
    before, after = "".join(written[:at]).rstrip("\n"), "".join(written[at:])
    return _kept(f"{before}\n\n{block}" + (f"\n{after}" if after else ""), wanted)


def remove_item(text: str, name: str, index: int) -> str:
    """The text without that ``[[name]]``. Raises Unwritable."""
    items = _items(text, name, index)
    return _arranged(text, name, items, [place for place in range(len(items)) if place != index])


def move_item(text: str, name: str, index: int, to: int) -> str:
    """The text with that ``[[name]]`` at another place among them. Raises Unwritable."""
    items = _items(text, name, max(index, to))
    order = [place for place in range(len(items)) if place != index]
    return _arranged(text, name, items, [*order[:to], index, *order[to:]])


def toml_of(value: Any) -> str:
    """A value as it is written in an order."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        literal = "\\" in value and "'" not in value and "\n" not in value and not _CONTROL.search(value)
        return (
            f"'{value}'" if literal and "\t" not in value and "\r" not in value else tomlkit.string(value).as_string()
        )
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {toml_of(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, Sequence):
        return _list_of([toml_of(one) for one in value])
    return str(tomlkit.item(value).as_string())


def _list_of(written: list[str]) -> str:
    short = f"[{', '.join(written)}]"
    if len(short) <= _WIDE or any(one.startswith("{") for one in written):
        return short
    lines = [""]
    for one in written:
        if len(lines[-1]) + len(one) > _WIDE:
            lines.append("")
        lines[-1] += f"{' ' if lines[-1] else '    '}{one},"
    return "[\n" + "\n".join(line for line in lines if line) + "\n]"


def _arranged(text: str, name: str, items: list[Any], order: list[int]) -> str:
    wanted = document(text) or {}
    wanted[name] = [items[place] for place in order]
    if not order:
        del wanted[name]
    places = blocks(text, name)
    if len(places) != len(items):
        return put(text, {(name,): wanted.get(name)})
    written = rows(text)
    parts = ["".join(written[start:end]) for start, end in places]
    made, last = "", 0
    for place, (start, end) in enumerate(places):
        made += "".join(written[last:start])
        made += _spaced(parts[order[place]]) if place < len(order) else ""
        last = end
    return _kept((made + "".join(written[last:])).rstrip("\n") + "\n", wanted)


def _spaced(block: str) -> str:
    return block.rstrip("\n") + "\n\n"


def _items(text: str, name: str, index: int) -> list[Any]:
    items = value_at(document(text), (name,))
    if not isinstance(items, list) or index >= len(items):
        raise Unwritable(f"there is no {name} {index + 1}")
    return items


def _kept(made: str, wanted: Mapping[str, Any]) -> str:
    if document(made) != wanted:
        raise Unwritable("the text would say something else")
    return made


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else tomlkit.string(key).as_string()


def _parts(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def _put(written: Any, path: Path, value: Any) -> None:
    head, *rest = path
    if not rest:
        if value is not None:
            written[head] = _item(value)
        elif head in written:
            del written[head]
        return
    inner = written[head] if isinstance(head, int) or head in written else None
    if inner is None or isinstance(inner, InlineTable) or not hasattr(inner, "append"):
        plain = inner.unwrap() if isinstance(inner, InlineTable) else {}
        _put_plain(plain, tuple(rest), value)
        if plain:
            written[head] = _item(plain)
        elif head in written:
            del written[head]
    else:
        _put(inner, tuple(rest), value)
        if inner == {}:
            del written[head]


def _put_plain(found: Any, path: Path, value: Any) -> None:
    head, *rest = path
    if rest:
        if not isinstance(head, int) and not isinstance(found.get(head), dict | list):
            found[head] = {}
        _put_plain(found[head], tuple(rest), value)
        if found[head] == {}:
            del found[head]  # a group without keys says nothing
    elif value is not None:
        found[head] = value
    elif isinstance(found, dict):
        found.pop(head, None)


def _item(value: Any) -> Any:
    return tomlkit.parse(f"x = {toml_of(value)}\n")["x"]
