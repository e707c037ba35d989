"""Officers' texts: opening a shift, looking up codes, plates and cards."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from codes.code import ALPHABET, fold, length, read_code, show_code
from codes.fields import Field
from codes.regime import CodeShape
from language.intents import Inspect, Intent, OpenShift
from language.understanding.reading import Reading
from language.understanding.spelling import key
from language.understanding.vocabulary import Kind

_MOST_CODES = 11
"""One more than are answered, so that too many can be told."""
_PIN_LENGTHS = range(3, 9)
_SLACK = 2
_PIECES = 16
_LEFT_OUT = 9
"""The cost of leaving a stretch out of every code; an unsound code costs 2, and 3 more for each sign off its length."""
_WALLS = frozenset(",;\n|")
_SIGNS = frozenset(ALPHABET + "0")

Chunk = tuple[str, bool]
"""A stretch of letters and digits, and whether a wall (a comma, a line's end) follows it."""


def officer_intent(reading: Reading) -> Intent | None:
    """A shift or an inspection; None: the text is an ordinary citizen's."""
    return _shift(reading) or _inspection(reading)


def find_codes(reading: Reading) -> tuple[str, ...]:
    """The strings in a text that are codes or are meant as codes, folded, one more than are answered, each once."""
    codes: list[str] = []
    for run in _runs(reading):
        codes += _cut(run, reading.shapes)
    return tuple(dict.fromkeys(codes))[:_MOST_CODES]


def own_codes(reading: Reading) -> tuple[str, ...]:
    """The codes in a citizen's text: sound ones, and ones written in the very groups they were sent in."""
    if len(reading.text) < min(map(length, reading.shapes)):
        return ()
    return tuple(code for code in find_codes(reading) if _own(code, reading))


def _own(code: str, reading: Reading) -> bool:
    return read_code(code, *reading.shapes).sound or any(
        _as_shown(code, reading.text, shape) for shape in reading.shapes
    )


def _as_shown(code: str, text: str, shape: CodeShape) -> bool:
    groups = ["".join(chunk) for chunk in show_code(code, shape).split("-")]
    written = [fold(group) for group in re.split(r"[\s\-]+", text)]
    return (
        len(code) == length(shape) and set(code) <= _SIGNS and not code.isalpha() and all(g in written for g in groups)
    )


def _shift(reading: Reading) -> OpenShift | None:
    word = next((mark for mark in reading.of(Kind.COMMAND) if mark.entry.value == "shift"), None)
    if word is None:
        return None
    pin = next(
        (
            i
            for i in reading.words
            if reading.tokens[i].kind == "number" and len(reading.tokens[i].text) in _PIN_LENGTHS
        ),
        None,
    )
    if pin is None:
        return None
    return OpenShift(reading.tokens[pin].text, _zone(reading, pin))


def _zone(reading: Reading, pin: int) -> str | None:
    zones = reading.of(Kind.ZONE)
    if zones:
        return str(max(zones, key=lambda mark: (mark.sure, len(mark.tokens))).entry.value)
    typed = [index for index in reading.words if index > pin and not reading.role(index, "filler", "direction", "at")]
    return _near_zone(reading, reading.slice(typed)) or reading.slice(typed) or None


def _near_zone(reading: Reading, typed: str) -> str | None:
    """The one zone whose name is a slip away from what was typed."""
    sound = key(typed)[0]
    near = {
        zone.key
        for zone in reading.regime.zones
        for name in (zone.key, *zone.name.values())
        if OSA.distance(sound, key(name)[0]) <= 1
    }
    return near.pop() if len(near) == 1 else None


def _inspection(reading: Reading) -> Inspect | None:
    bound = reading.regime.bound
    looked_up = [one for one in reading.found if one.field in bound and one.fine]
    codes = find_codes(reading)
    plates = tuple(one.value for one in looked_up if one.field is Field.PLATE)
    cards = tuple(one.value for one in looked_up if one.field is Field.CARD and fold(one.value) not in codes)
    if not cards and not codes and not plates and Field.CARD in bound:
        documents = [one for one in reading.found if one.field is Field.DOCUMENT and one.value.isdigit() and one.fine]
        cards = tuple(one.value for one in documents)
    return Inspect(codes, plates, cards) if codes or plates or cards else None


def _runs(reading: Reading) -> Iterator[list[Chunk]]:
    """Sequences of stretches that can belong to codes, broken by words that cannot."""
    plates = frozenset(
        index
        for one in reading.found
        if one.field is Field.PLATE and Field.PLATE in reading.regime.bound
        for index in range(one.first, one.last + 1)
    )
    run: list[Chunk] = []
    stretch = ""
    for index, token in enumerate(reading.tokens):
        following = reading.tokens[index + 1] if index + 1 < len(reading.tokens) else None
        glued = following is not None and following.start == token.end
        if token.kind == "sign":
            if run and token.text in _WALLS:
                run[-1] = (run[-1][0], True)
            continue
        stretch += token.text
        if glued and following is not None and following.kind != "sign":
            continue
        if index not in plates and _can_be_code(reading, index, stretch):
            run.append((fold(stretch), False))
        elif run:
            yield run
            run = []
        stretch = ""
    if run:
        yield run


def _can_be_code(reading: Reading, index: int, stretch: str) -> bool:
    groups = {1, *(shape.group for shape in reading.shapes)}
    if stretch.isalpha() and reading.by_token.get(index) and len(stretch) not in groups:
        return False
    foreign = sum(sign not in _SIGNS for sign in fold(stretch))
    return foreign == 0 or (foreign == 1 and any(sign.isdigit() for sign in stretch))


def _cut(run: list[Chunk], shapes: Sequence[CodeShape]) -> list[str]:
    """A run cut into codes at the least cost; what fits none is left out."""
    chunks = [piece for chunk in run for piece in _long_apart(chunk, shapes)]
    best: list[tuple[int, list[str]]] = [(0, [])]
    for end in range(1, len(chunks) + 1):
        options = [(best[end - 1][0] + (1 if len(chunks[end - 1][0]) == 1 else _LEFT_OUT), best[end - 1][1])]
        for start in range(max(0, end - _PIECES), end):
            if not any(wall for _, wall in chunks[start : end - 1]):
                text = "".join(part for part, _ in chunks[start:end])
                cost = _code_cost(text, shapes)
                if cost is not None:
                    options.append((best[start][0] + cost, [*best[start][1], text]))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]


def _long_apart(chunk: Chunk, shapes: Sequence[CodeShape]) -> list[Chunk]:
    """Codes typed without a space between them are taken apart by length: that of the shape in which most are sound."""
    text, wall = chunk
    sizes = [size for size in map(length, shapes) if len(text) >= 2 * size and not len(text) % size]
    cuts = [[text[start : start + size] for start in range(0, len(text), size)] for size in sizes]
    best = max(cuts, key=lambda pieces: sum(read_code(piece, *shapes).sound for piece in pieces), default=[text])
    return [(piece, wall) for piece in best]


def _code_cost(text: str, shapes: Sequence[CodeShape]) -> int | None:
    off = min(abs(len(text) - length(shape)) for shape in shapes)
    if off > _SLACK:
        return None
    if off == 0 and read_code(text, *shapes).sound:
        return 0
    mixed = any(sign.isdigit() for sign in text) and any(sign.isalpha() for sign in text)
    return 2 + 3 * off if mixed else None
