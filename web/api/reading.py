"""The OpenAPI document as rows that a page shows."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_ASKED = {"inspections": [{"code": "THXA-9546-C61A", "id": "gate-7/1041"}, {"token": "https://.../q#..."}]}
_TOLD = {
    "results": [
        {
            "id": "gate-7/1041",
            "verdict": "valid",
            "mark": "green",
            "shown": "THXA-9546-C61A",
            "valid_until": "2026-06-03T10:00:00Z",
            "initials": "И.А.И.",
            "document_tail": "2506",
        }
    ]
}
_REPORTED = {"fixes": [{"t": 1780473600.5, "lat": 55.79, "lon": 49.12, "accuracy": 18.0, "provider": "wifi"}]}
_CODE = {"code": "THXA-9546-C61A", "model": "Android 14"}
EXAMPLES: Mapping[str, tuple[str, str]] = {
    "connect": (json.dumps(_CODE, indent=2), json.dumps({"token": "pld_0r8GzLkQw..."}, indent=2)),
    "report": (json.dumps(_REPORTED, indent=2), json.dumps({"next_s": 600, "counted": 1}, indent=2)),
    "inspect": (json.dumps(_ASKED, indent=2), json.dumps(_TOLD, indent=2, ensure_ascii=False)),
}
"""What is sent and answered, by operation."""


@dataclass(frozen=True, slots=True)
class Row:
    """A field of what is sent or answered, or a parameter."""

    name: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """A schema with its fields."""

    name: str
    words: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Operation:
    """One address with its method."""

    id: str
    method: str
    path: str
    summary: str
    words: str
    scopes: Sequence[str]
    by_device: bool
    """Opened by the token of a patient's device."""
    parameters: Sequence[Row]
    parts: Sequence[Part]
    answers: Sequence[Row]
    example: tuple[str, str] | None


def operations_of(document: Mapping[str, Any]) -> list[Operation]:
    """Every operation, in the document's order."""
    return [
        Operation(
            said["operationId"],
            method.upper(),
            path,
            said["summary"],
            said.get("description", ""),
            [scope for one in said.get("security", ()) for scope in one.get("key", ())],
            any("device" in one for one in said.get("security", ())),
            [Row(one["name"], one["in"], one["description"]) for one in said.get("parameters", ())],
            [_part(document, name) for name in _named(document, said)],
            [Row(status, "", answer["description"]) for status, answer in said["responses"].items()],
            EXAMPLES.get(said["operationId"]),
        )
        for path, methods in document["paths"].items()
        for method, said in methods.items()
    ]


def _named(document: Mapping[str, Any], said: Any) -> list[str]:
    """The schemas of an operation, and those in them, errors aside; each once, in the order they are met."""
    found: dict[str, None] = {}
    waiting = list(_references(said))
    while waiting:
        name = waiting.pop(0)
        schema = document["components"]["schemas"][name]
        if name not in found and name != "Problem" and "properties" in schema:
            found[name] = None
            waiting += _references(schema)
    return list(found)


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if "$ref" in node:
            yield node["$ref"].rsplit("/", 1)[-1]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, Sequence) and not isinstance(node, str):
        for value in node:
            yield from _references(value)


def _part(document: Mapping[str, Any], name: str) -> Part:
    schema = document["components"]["schemas"][name]
    required = set(schema.get("required", ()))
    rows = [
        Row(field, _kind(document, of) + (", required" if field in required else ""), of.get("description", ""))
        for field, of in schema["properties"].items()
    ]
    return Part(name, schema.get("description", ""), rows)


def _kind(document: Mapping[str, Any], of: Mapping[str, Any]) -> str:
    """A type in words: ``string``, ``valid | expired``, ``array of Asked``."""
    if "$ref" in of:
        name = of["$ref"].rsplit("/", 1)[-1]
        schema = document["components"]["schemas"][name]
        return " | ".join(schema["enum"]) if "enum" in schema else str(name)
    if "enum" in of:
        return " | ".join(of["enum"])
    if "anyOf" in of:
        return " | ".join(_kind(document, one) for one in of["anyOf"])
    if of.get("type") == "array":
        return f"array of {_kind(document, of['items'])}"
    return str(of.get("format", of.get("type", "")))
