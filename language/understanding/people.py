"""Names and addresses: what is left of a text when everything that shows by itself is taken out."""

import re
from collections.abc import Iterable, Iterator

from codes.fields import Field
from language.understanding.inflection import is_russian, part_of_name
from language.understanding.reading import Reading
from language.understanding.vocabulary import Kind

_WALLS = frozenset("#*;|\n,")
_PATRONYMIC = re.compile(
    r".{2,}(?:ович|евич|ьич|овна|евна|ична|инична|ovich|evich|ovna|evna|улы|кызы|uly|kyzy|oğlu|qızı)$", re.I
)
_EMPTY_ROLES = (
    "filler",
    "ask",
    "direction",
    "go",
    "consent",
    "at",
    "in",
    "for",
    "from",
    "head",
    "pass",
    "now",
    "modal",
    "or",
)
_LONGEST_NAME = 4
_LABELLED = (Field.NAME, Field.ADDRESS, Field.ORGANISATION, Field.DESTINATION, Field.REASON)


def find_people(reading: Reading, taken: Iterable[int], certain: bool) -> dict[Field, list[int]]:
    """The tokens of the name and address among those not `taken`; `certain`: they are expected, and need not show."""
    fields: dict[Field, list[int]] = {}
    address: list[int] = []
    for label, piece in _pieces(reading, set(taken)):
        if label in _LABELLED:
            if certain or label is Field.NAME or (label is Field.ADDRESS and _is_address(reading, piece)):
                fields.setdefault(label, piece)
            continue
        name, rest = ([], piece) if Field.NAME in fields else split_name(reading, piece, certain)
        if name:
            fields[Field.NAME] = name
        placed = _is_address(reading, rest) or (certain and any(reading.role(index, "address") for index in rest))
        if rest and (address or placed or (certain and Field.NAME in fields)):
            address += rest
    if address and Field.ADDRESS not in fields:
        fields[Field.ADDRESS] = list(range(address[0], address[-1] + 1))
    return fields


def split_name(reading: Reading, piece: list[int], certain: bool) -> tuple[list[int], list[int]]:
    """The leading tokens of a piece that are a name, and the rest."""
    length = 0
    for index in piece[:_LONGEST_NAME]:
        if (
            reading.tokens[index].kind != "word"
            or reading.role(index, "address", "trouble")
            or any(mark.entry.kind is Kind.PURPOSE and not mark.fuzzy for mark in reading.by_token.get(index, ()))
        ):
            break
        length += 1
    if patronymic := next((i for i in range(1, length) if _PATRONYMIC.match(reading.tokens[piece[i]].text)), None):
        length = patronymic + 1 + (patronymic == 1 and length > 2 and len(piece) == length)
    elif length < len(piece) or length == _LONGEST_NAME:
        length = min(length, _name_words(reading, piece[:length]))
    looks = sum(_looks_like_name(reading, index, certain) for index in piece[:length])
    if length and (looks == length >= 2 or (certain and looks * 2 >= length)):
        return piece[:length], piece[length:]
    return [], piece


def _name_words(reading: Reading, words: list[int]) -> int:
    cyrillic = [index for index in words if is_russian(reading.tokens[index].text)]
    if not cyrillic:
        return 2
    return next((n for n, index in enumerate(words) if not part_of_name(reading.tokens[index].text)), len(words))


def _looks_like_name(reading: Reading, index: int, certain: bool) -> bool:
    word = reading.tokens[index].text
    if reading.by_token.get(index) and not all(mark.fuzzy for mark in reading.by_token[index]):
        return False
    return part_of_name(word) if is_russian(word) else certain or word[:1].isupper()


def _is_address(reading: Reading, piece: list[int]) -> bool:
    """«ул. Баумана, 5»: a word of places with a number, or two of them."""
    places = sum(reading.role(index, "address") for index in piece)
    return places > 1 or (places == 1 and any(reading.tokens[index].kind == "number" for index in piece))


def _pieces(reading: Reading, taken: set[int]) -> Iterator[tuple[Field | None, list[int]]]:
    """The stretches between walls, taken tokens and labels, without empty words around; and the label before each."""
    label: Field | None = None
    piece: list[int] = []
    for index, token in enumerate(reading.tokens):
        wall = token.kind == "sign" and token.text in _WALLS
        named = next((m.entry.value for m in reading.by_token.get(index, ()) if m.entry.kind is Kind.LABEL), None)
        if index in taken or named is not None or (wall and not (token.text == "," and label is Field.ADDRESS)):
            if bare := _bare(reading, piece):
                yield label, bare
            label = Field(str(named)) if named is not None else None if piece and token.text != "," else label
            piece = []
        elif token.kind != "sign":
            piece.append(index)
    if bare := _bare(reading, piece):
        yield label, bare


def _bare(reading: Reading, piece: list[int]) -> list[int]:
    piece = list(piece)
    while piece and _empty(reading, piece[0]):
        piece.pop(0)
    while piece and _empty(reading, piece[-1]):
        piece.pop()
    return piece


def _empty(reading: Reading, index: int) -> bool:
    return reading.role(index, *_EMPTY_ROLES) and not reading.role(index, "address")
