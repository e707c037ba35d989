"""Where the keys and tables of a TOML text stand, by line: for what is said about them, and to move whole parts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

Path = tuple[str | int, ...]
"""Where a value lies in an order: ``("purposes", 0, "quota", "day")``."""
_KEY = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*(\.?)""")
_SIGNS = re.compile(r"""\"\"\"|'''|"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?|\#.*|[\[\]{}]""")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that begins something: a table's header or a key. `number` counts from 0."""

    number: int
    path: Path
    header: bool


def lines(text: str) -> Iterator[Line]:
    """Headers and keys of a TOML text, in order. Of a faulty text as many as can be told."""
    table: Path = ()
    counts: dict[Path, int] = {}
    for number, line in _beginnings(text):
        if line.startswith("["):
            several = line.startswith("[[")
            table = _resolved(_keys(line.lstrip("[")), counts, adds=several)
            yield Line(number, table, header=True)
        else:
            yield Line(number, table + _keys(line), header=False)


def rows(text: str) -> list[str]:
    """The lines with their ends; nothing but a line feed ends one."""
    return [f"{row}\n" for row in text.removesuffix("\n").split("\n")] if text else []


def line_numbers(text: str) -> dict[Path, int]:
    """The lines, counted from 1, of all that begins on one."""
    return {line.path: line.number + 1 for line in reversed(tuple(lines(text)))}


def line_of(known: Mapping[Path, int], path: Path) -> int | None:
    """The line of the value at `path`, or of what it lies in, by what `line_numbers` told."""
    return next((known[path[:size]] for size in range(len(path), 0, -1) if path[:size] in known), None)


def blocks(text: str, name: str) -> list[tuple[int, int]]:
    """For each ``[[name]]`` its lines as (first, after the last), with the notes right above it."""
    written = text.split("\n")
    headers = [line for line in lines(text) if line.header]
    starts = [(_with_notes(written, line.number), line.path) for line in headers]
    ends = [after for (_, _), (after, _) in pairwise([*starts, (len(rows(text)), ())])]
    found: list[tuple[int, int]] = []
    for (start, path), end in zip(starts, ends, strict=True):
        if path[:1] != (name,):
            continue
        if len(path) == len((name, 0)) and isinstance(path[1], int):
            found.append((start, end))
        elif found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
    return found


def _with_notes(written: list[str], number: int) -> int:
    while number and written[number - 1].startswith("#"):
        number -= 1
    return number


def _beginnings(text: str) -> Iterator[tuple[int, str]]:
    """Lines that begin a header or a key: not notes, and not the rest of a long text or list."""
    within, depth = "", 0
    for number, line in enumerate(text.split("\n")):
        bare = line.strip()
        if not within and not depth:
            if bare and not bare.startswith("#"):
                yield number, bare
            if bare.startswith("["):
                continue
        within, depth = _after(line, within, depth)


def _after(line: str, within: str, depth: int) -> tuple[str, int]:
    """The quotation marks and the number of brackets that stand open after a line."""
    place = 0
    while place < len(line):
        if within:
            end = line.find(within, place)
            if end < 0:
                return within, depth
            place, within = end + len(within), ""
            continue
        sign = _SIGNS.search(line, place)
        if sign is None:
            break
        place = sign.end()
        if sign[0] in ('"""', "'''"):
            within = sign[0]
        else:
            depth += (sign[0] in "[{") - (sign[0] in "]}") if len(sign[0]) == 1 else 0
    return within, max(depth, 0)


def _keys(line: str) -> tuple[str, ...]:
    """The dotted key at the head of a line."""
    found: list[str] = []
    place = 0
    while key := _KEY.match(line, place):
        found.append(next((part for part in key.groups()[:3] if part is not None), ""))
        place = key.end()
        if not key[4]:
            break
    return tuple(found)


def _resolved(keys: tuple[str, ...], counts: dict[Path, int], *, adds: bool) -> Path:
    """A header's path, with the place of each list's last part in it."""
    path: Path = ()
    for index, key in enumerate(keys):
        path = (*path, key)
        if adds and index == len(keys) - 1:
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = (*path, counts[path] - 1)
    return path
