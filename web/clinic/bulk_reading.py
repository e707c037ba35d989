"""A list of people who have to stay at home, as a spreadsheet saves it: each line read and explained, nothing done."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from codes.fields import Field
from codes.isolation import at_home
from codes.phones import read_phone
from codes.regime import Regime
from employers.sheets import SheetTrouble, cell_of, read_cells
from language.fields import Fit, read_field
from monitoring.addresses.folding import words_of
from monitoring.addresses.searching import search_addresses
from monitoring.cases.consent import Agreed, consent_text, languages
from monitoring.cases.opening import MOST_DAYS
from monitoring.outlines import circle, write_wkb
from store import Work
from web.clinic.showing import end_of
from web.words import _, later

MOST_ROWS: Final = 200
SIGNED_WITHIN_DAYS: Final = 30
"""A consent on paper is no older."""
COLUMNS: Final = ("name", "number", "document", "language", "kind", "means", "until", "reason", "address", "signed")
NEEDED: Final = ("name", "number", "document", "kind", "until", "reason", "signed")
HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": ("name", "telephone", "document", "language", "kind", "way", "last day", "order", "address", "consent"),
        "ru": ("ФИО", "телефон", "документ", "язык", "вид", "способ", "последний день", "приказ", "адрес", "согласие"),
        "tt": ("исем", "телефон", "документ", "тел", "төр", "ысул", "соңгы көн", "боерык", "адрес", "ризалык"),
    }
)
"""What stands above the columns, by language."""
EXAMPLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "language": dict.fromkeys(HEADINGS, "ru, tt, en"),
        "kind": {
            "en": "confirmed, suspected, contact",
            "ru": "подтверждено, подозрение, контакт",
            "tt": "расланган, шик, аралашкан",
        },
        "means": {"en": "link, call, visit", "ru": "ссылка, звонок, визит", "tt": "сылтама, шалтырату, килү"},
        "until": dict.fromkeys(HEADINGS, "30.06.2026"),
        "signed": dict.fromkeys(HEADINGS, "16.06.2026"),
    }
)
"""What may stand in a column, by language; all of it is read whatever the headings are in."""
_KNOWN = MappingProxyType(
    {word.casefold(): column for said in HEADINGS.values() for word, column in zip(said, COLUMNS, strict=True)}
)
_CHOICES = MappingProxyType(
    {
        "kind": {
            **dict.fromkeys(("confirmed", "подтверждено", "подтверждённый", "расланган"), "confirmed"),
            **dict.fromkeys(("suspected", "подозрение", "шик"), "suspected"),
            **dict.fromkeys(("contact", "контакт", "аралашкан"), "contact"),
        },
        "means": {
            **dict.fromkeys(("", "link", "ссылка", "сылтама"), "link"),
            **dict.fromkeys(("call", "звонок", "шалтырату"), "call"),
            **dict.fromkeys(("visit", "визит", "килү"), "visit"),
        },
    }
)
_LONGEST: Final = 200
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "missing": later("{column}: is missing"),
        "wrong": later("{column}: can't be read"),
        "long": later("{column}: is too long"),
        "same": later("the same document stands in line {line}"),
        "open": later("has an open case already"),
        "past": later("the last day is past, or more than 90 days away"),
        "unsigned": later("the consent was signed on no day that can be"),
        "no_fence": later("the address is in no register: no home is set, and that they leave is not noticed"),
    }
)
Found = tuple[str, str | int]
"""What is said of a line: its name in the words, with a column or another line."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line explained: what is wrong with it, or what will be done."""

    line: int
    name: str
    wrong: tuple[Found, ...]
    notes: tuple[Found, ...] = ()
    content: Mapping[str, Any] = field(default_factory=dict)


def read_bulk(content: bytes) -> list[tuple[int, dict[str, str]]] | SheetTrouble:
    """The lines of a file with their numbers, by column; or why it is no such list."""
    rows = read_cells(content)
    if isinstance(rows, SheetTrouble):
        return rows
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    places = _places(filled[0][1]) if filled else {}
    if not filled[1:]:
        return SheetTrouble.EMPTY
    if not set(NEEDED) <= places.keys():
        return SheetTrouble.COLUMNS
    if len(filled) > MOST_ROWS + 1:
        return SheetTrouble.TOO_MANY_ROWS
    return [(number, {name: cell_of(row, places.get(name)) for name in COLUMNS}) for number, row in filled[1:]]


def explain(work: Work, regime: Regime, lines: Sequence[tuple[int, dict[str, str]]]) -> list[Row]:
    """Each line: read, held against the others and against cases that are open."""
    seen: dict[str, int] = {}
    return [_explained(work, regime, number, cells, seen) for number, cells in lines]


def _places(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        column = _KNOWN.get(" ".join(cell.split()).casefold())
        if column:
            found.setdefault(column, place)
    return found


def _explained(work: Work, regime: Regime, line: int, cells: dict[str, str], seen: dict[str, int]) -> Row:
    wrong: list[Found] = [("missing", name) for name in NEEDED if not cells[name]]
    wrong += [("long", name) for name in COLUMNS if len(cells[name]) > _LONGEST]
    read, unread = _read(regime, cells, work.now)
    wrong += [one for one in unread if one[1] not in {column for _, column in wrong}]
    document = read.get("document", "")
    if document and (first := seen.setdefault(document, line)) != line:
        wrong.append(("same", first))
    if document and at_home(work, document):
        wrong.append(("open", ""))
    if wrong:
        return Row(line, cells["name"][:_LONGEST], tuple(wrong))
    wkb, weak = _home(work, cells["address"])
    notes: tuple[Found, ...] = () if wkb else (("no_fence", ""),)
    return Row(line, cells["name"], (), notes, _content(line, cells, read, wkb, weak=weak))


def _read(regime: Regime, cells: dict[str, str], now: datetime) -> tuple[dict[str, Any], list[Found]]:
    """What can be read of a line, and what can't."""
    today = now.astimezone(regime.zone).date()
    fields = {name: read_field(Field(name), cells[name], regime, today) for name in ("name", "document")}
    read: dict[str, Any] = {name: one.value for name, one in fields.items() if one.fit is Fit.FINE}
    number = read_phone(cells["number"], regime.phone_region)
    read |= {"number": number} if number else {}
    read |= {name: known[said] for name, known in _CHOICES.items() if (said := cells[name].casefold()) in known}
    offered = dict.fromkeys((*regime.languages, *languages()))
    language = cells["language"].casefold() or regime.default_language
    read |= {"language": language} if language in offered else {}
    needed = ("name", "document", "number", "kind", "means", "language")
    wrong: list[Found] = [("wrong", name) for name in needed if name not in read]
    last, signed = _day(cells["until"]), _day(cells["signed"])
    if last is None or not 0 <= (last - today).days <= MOST_DAYS:
        wrong.append(("past", "until"))
    else:
        read["ends_at"] = end_of(last, regime).isoformat()
    if signed is None or not 0 <= (today - signed).days <= SIGNED_WITHIN_DAYS:
        wrong.append(("unsigned", "signed"))
    return read, wrong


def _home(work: Work, address: str) -> tuple[str, bool]:
    """The fence of an address that is in a register just so: its shape as hex, and whether it is weak."""
    asked = set(words_of(address))
    for one in search_addresses(work, address)[:1] if address else ():
        known = set(words_of(one.text))
        if known <= asked and all(word in known for word in asked if word[0].isdigit()):
            return write_wkb(one.outline or circle(one.lon, one.lat)).hex(), one.outline is None
    return "", False


def _content(line: int, cells: dict[str, str], read: dict[str, Any], wkb: str, *, weak: bool) -> dict[str, Any]:
    text = consent_text(read["language"])
    agreed = Agreed(text.language, text.digest, "signed", f"{read['name']}, {cells['signed']}")
    return {
        "line": line,
        "number": read["number"],
        "fields": {name: read[name] for name in ("name", "document")},
        **{name: read[name] for name in ("language", "kind", "means", "ends_at")},
        "reason": cells["reason"],
        "address": cells["address"],
        "wkb": wkb,
        "weak": weak,
        "consent": asdict(agreed),
    }


def found_words(found: Sequence[Any]) -> str:
    """What is said of a line, in the language of the request."""
    said = []
    for code, about in found:
        column = _(COLUMN_WORDS[about]) if about in COLUMN_WORDS else ""
        said.append(_(_WORDS[code], column=column, line=about))
    return "; ".join(said)


def _day(written: str) -> date | None:
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(written.strip(), form).date()  # noqa: DTZ007 - a date alone has no zone
        except ValueError:
            continue
    return None


COLUMN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "name": later("Name"),
        "number": later("Telephone"),
        "document": later("Document"),
        "language": later("Language"),
        "kind": later("Why they stay at home"),
        "means": later("How we ask"),
        "until": later("Last day"),
        "reason": later("Order or document"),
        "address": later("Address"),
        "signed": later("Consent signed on"),
    }
)
