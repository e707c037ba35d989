"""What proof-reading found, as pages say it: in their language, by gravity, each with the place to put it right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from codes.orders.order_lines import Path, line_numbers, line_of
from codes.orders.order_text import document as read_document
from language.proofreading import Finding, Gravity
from web.admin.regimes.checking import Checked
from web.admin.regimes.labels import LABELS
from web.admin.regimes.parts import WORDING, mend_url, part_of, path_of, path_words
from web.admin.regimes.shapes import Document, Entry
from web.words import _, later

GRAVITIES: Mapping[Gravity, str] = MappingProxyType(
    {
        Gravity.UNREADABLE: later("Can't be read as an order"),
        Gravity.CONTRADICTION: later("Contradicts itself"),
        Gravity.WORDS: later("Names and words that won't do"),
        Gravity.EXAMPLES: later("Not understood as published"),
        Gravity.SENTENCES: later("Sentences that don't fit"),
    }
)
_VALUES: Mapping[object, str] = MappingProxyType(
    {
        "day": later("day"),
        "week": later("week"),
        "month": later("month"),
        "a text in quotes": later("a text in quotes"),
        "a whole number": later("a whole number"),
        "true or false": later("true or false"),
        "a list in [ ]": later("a list in [ ]"),
        "texts by language in { }": later("texts by language in { }"),
        "a group of keys in { }": later("a group of keys in { }"),
        "say either minutes or days": later("say either minutes or days"),
        'write a time of day as "07:30"': later('write a time of day as "07:30"'),
        "this is no time zone of the IANA list": later("this is no time zone of the IANA list"),
    }
)
"""Values of findings that are words themselves."""
MOST: Final = 40
"""As many faults of one gravity as a page shows."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right: where, in words and as a path; what to do; the page to do it on; the line of the text."""

    place: str
    path: Path
    what: str
    url: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one gravity: the first of it, and how many there are."""

    title: str
    faults: list[Fault]
    count: int


def grouped(checked: Checked, draft_id: str, text: str) -> list[Group]:
    """The findings by gravity, the gravest first."""
    document, known = read_document(text) or {}, line_numbers(text)

    def faults(findings: Sequence[Finding]) -> list[Fault]:
        return [_fault(one, draft_id, document, known) for one in findings[:MOST]]

    every = checked.findings.items()
    return [Group(_(GRAVITIES[one]), faults(findings), len(findings)) for one, findings in every if findings]


def counts(checked: Checked, text: str) -> dict[str, int]:
    """How many there are in each part of the order."""
    document = read_document(text) or {}
    found: dict[str, int] = {}
    for finding in checked.all:
        part = part_of(path_of(finding.where, document))
        found[part] = found.get(part, 0) + 1
    return found


def beside(
    findings: Iterable[Finding], entries: Sequence[Entry], document: Document
) -> tuple[dict[str, list[str]], list[str]]:
    """Of what was found in these entries: what stands beside each, by its name; and what belongs to no single one."""
    by_name: dict[str, list[str]] = {}
    above: list[str] = []
    item = entries[0].path[:2] if entries and len(entries[0].path) > len(("list", 0)) else None
    for finding in findings:
        path = path_of(finding.where, document)
        name = next((one.name for one in entries if path and _touch(path, one.path)), None)
        if path == item:
            above.append(said(finding))
        elif name:
            by_name.setdefault(name, []).append(said(finding))
    return by_name, above


def said(finding: Finding) -> str:
    """What to do, in the language of the page."""
    values = {
        name: _(_VALUES[value]) if isinstance(value, str) and value in _VALUES else value
        for name, value in finding.values.items()
    }
    text = _(finding.text)
    what = text.format(**values) if values else text
    return f"{what[:1].upper()}{what[1:]}"


def _touch(one: Path, other: Path) -> bool:
    """Whether one lies in the other, or is it."""
    size = min(len(one), len(other))
    return one[:size] == other[:size]


def _fault(finding: Finding, draft_id: str, document: Document, known: Mapping[Path, int]) -> Fault:
    path = path_of(finding.where, document)
    line = int(finding.where.split()[1]) if finding.where.startswith("line ") else line_of(known, path)
    return Fault(_place(path, document), path, said(finding), mend_url(draft_id, path, document), line)


def _place(path: Path, document: Document) -> str:
    """``Purpose: 8 Shop, Name``."""
    key = _key(path)
    field = _(LABELS[key][0]) if key in LABELS and key != WORDING else ""
    return ", ".join(part for part in (path_words(path, document), field) if part)


def _key(path: Path) -> str:
    """The key of the label: without places in lists and without languages."""
    parts = [str(part) for part in path if not isinstance(part, int)]
    for size in range(len(parts), 0, -1):
        if ".".join(parts[:size]) in LABELS:
            return ".".join(parts[:size])
    return ""
