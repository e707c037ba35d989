"""What no browser of ours sends: values for addresses, queries and forms, and the names that pages listen to."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from flask import Flask
from werkzeug.routing import Rule

from tests.house.sources import ROOT
from tests.proofs.hostile import TEXTS
from web.access import ACCESS, PATIENT, PUBLIC, STAFF, for_citizens

ADDRESSED: Final = (
    "%00",
    "a%00b",
    "%ED%A0%BD",
    "%FF%FE",
    "%F4%8F%BF%BF",
    "0" * 3000,
    "%2e%2e",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..;",
    "%5c..%5c",
    "%0d%0aSet-Cookie:%20a=b",
    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "%27%20OR%201=1--",
    "%E2%80%AE8",
    "-1",
    "99999999999999999999999999",
    "9223372036854775808",
    "2147483648",
    "1e9",
    "%D9%A8",
    "true",
    "%7B%7B7*7%7D%7D",
    "%25s%25n",
)
"""Parts of an address, as they go over the line."""
VALUES: Final = MappingProxyType(
    TEXTS
    | {
        "an int too large for the database": "9223372036854775808",
        "many digits": "9" * 5000,
        "an infinity": "inf",
        "no number": "nan",
        "a date of one digit": "2026-2-30",
        "the last day": "9999-12-31",
        "the first day": "0001-01-01",
        "a moment": "9999-12-31T23:59:59+23:59",
        "an address far away": "https://evil.example/",
        "an address without a scheme": "//evil.example",
        "an address by backslash": "/\\evil.example",
        "a line break": "a\r\nSet-Cookie: b=c",
        "an e-mail with a header": "a@b.example\r\nBcc: c@d.example",
    }
)
"""What is typed into a field, by what is wrong with it."""
_LONG = 2000
"""So long that all of them fit into a form."""
_FIELDS = (
    re.compile(r"^    ([a-z_]+) = \w*Field\(", re.MULTILINE),
    re.compile(r"""(?:form|args)(?:\.get|\.getlist)?[\[(]["']([a-z_-]+)"""),
    re.compile(r'name="([a-z_-]+)"'),
    re.compile(r'"([a-z-]+)" (?:not )?in request'),
)


def field_names() -> list[str]:
    """Every name that a form or a query of the pages may have."""
    texts = [one.read_text("utf-8") for one in (ROOT / "web").rglob("*") if one.suffix in (".py", ".html")]
    found = {name for text in texts for pattern in _FIELDS for name in pattern.findall(text)}
    return sorted(found - {"csrf_token", "once"})


def pages(app: Flask) -> Iterator[tuple[str, Rule, str, str]]:
    """Endpoint, rule, method and somebody it opens to, for each page and each method it has."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if rule.endpoint in ACCESS:
            for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
                yield rule.endpoint, rule, method, somebody_for(rule.endpoint)


def somebody_for(endpoint: str) -> str:
    """A role that the page opens to, or nobody's."""
    opens = ACCESS[endpoint]
    if opens is PUBLIC:
        return ""
    if opens is STAFF:
        return "auditor"
    if opens is PATIENT:
        return "patient"
    return "citizen" if for_citizens(endpoint) else min(map(str, opens))  # type: ignore[arg-type]


def filled(rule: Rule, values: Mapping[str, str]) -> str:
    """The address of a page with these parts."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], str(rule))


def parts(rule: Rule) -> list[str]:
    """The names in an address."""
    return re.findall(r"<(?:\w+:)?(\w+)>", str(rule))


def address_of(rule: Rule) -> str:
    """An address of this page, whose ids nobody has."""
    return filled(rule, dict.fromkeys(parts(rule), "1"))


def somebodies(app: Flask) -> list[str]:
    """The roles that `pages` names."""
    return sorted({role for *_, role in pages(app)})


def hostile_addresses(rule: Rule) -> Iterator[str]:
    """The page with each bad value in each of its places, the others taken by what may be."""
    for name in parts(rule):
        for bad in ADDRESSED:
            yield filled(rule, {other: bad if other == name else "1" for other in parts(rule)})


def hostile_queries(names: list[str]) -> Iterator[str]:
    """Queries in which each name has another bad value, and has it twice with another one."""
    values = [value for value in ADDRESSED if "%00" not in value]
    yield "&".join(f"{name}=%00" for name in names)
    for turn in range(0, len(values), 2):
        yield "&".join(f"{name}={values[(place + turn) % len(values)]}" for place, name in enumerate(names * 2))


def hostile_forms(names: list[str]) -> Iterator[list[tuple[str, str]]]:
    """Forms in which each field has another bad value; each value comes into each field once."""
    values = [value[:_LONG] for value in VALUES.values() if "\0" not in value]
    yield [(name, "a\0b") for name in names]
    for turn in range(len(values)):
        yield [(name, values[(place + turn) % len(values)]) for place, name in enumerate(names)]
