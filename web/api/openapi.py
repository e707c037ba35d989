"""The OpenAPI 3.1 document of the API, made from the models."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from codes.police.clients import Scope
from web.api.guard import MOST_BYTES, OPENS
from web.api.lists import LIST
from web.api.models import MARK_PATTERN, Connected, Connecting, Fixes, Inspections, Next, Problem, Results, TaxiResults
from web.api.problems import PROBLEM

_SENT: tuple[type[BaseModel], ...] = (Inspections, Connecting, Fixes)
_ANSWERED: tuple[type[BaseModel], ...] = (Results, TaxiResults, Connected, Next, Problem)
_REF = "#/components/schemas/{model}"
_PROBLEMS = {
    "400": "The body is no JSON",
    "401": "No key, or a wrong one",
    "403": "The key has not the scope, or it is locked after too many unknown codes",
    "404": "No code is like this, or it was used, or its time is over",
    "408": "The body did not come in time",
    "413": f"The body is longer than {MOST_BYTES} bytes",
    "415": "The body is not application/json",
    "422": "The body or the query is not as described here",
    "429": "Too many requests; come again after Retry-After seconds",
    "503": "No order is in force yet",
}


@cache
def openapi(public_url: str) -> Mapping[str, Any]:
    """The document; `public_url` is where clients find us."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Passline: movement passes, for machines",
            "version": "1",
            "description": "Inspect passes by code, QR code, plate or card, and verify QR codes without a network.",
        },
        "servers": [{"url": public_url}],
        "security": [{"key": []}],
        "paths": {
            "/api/v1/inspections": {"post": _inspections()},
            "/api/v1/revocations": {"get": _revocations()},
            "/api/v1/devices": {"post": _connect(), "delete": _disconnect()},
            "/api/v1/fixes": {"post": _fixes()},
            "/api/v1/openapi.json": {"get": _this_document()},
        },
        "components": {
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "A key that an operator gave: plk_..."},
                "device": {"type": "http", "scheme": "bearer", "description": "A patient's device has it: pld_..."},
            },
            "schemas": _schemas(),
        },
    }


def _inspections() -> dict[str, Any]:
    either = {"anyOf": [_ref(Results), _ref(TaxiResults)]}
    return {
        "operationId": "inspect",
        "summary": "Inspect up to 100 passes",
        "description": (
            "Every inspection is kept. A key with the scope taxi is answered valid or not, and nothing else. "
            "Well-formed unknown codes are guesses: after as many a day as the key has, it is locked."
        ),
        "security": [{"key": _scopes("api.inspections")}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _ref(Inspections)}}},
        "responses": {
            "200": {"description": "One result each, in order", "content": {"application/json": {"schema": either}}},
            **_problems("400", "401", "403", "408", "413", "415", "422", "429", "503"),
        },
    }


def _revocations() -> dict[str, Any]:
    etag = {"ETag": {"description": "The mark for `since` and If-None-Match", "schema": {"type": "string"}}}
    body = {LIST: {"schema": {"type": "string", "contentMediaType": LIST}}}
    return {
        "operationId": "revocations",
        "summary": "The signed list of revoked passes",
        "description": "Passes revoked before their end and not past it, as 64-bit serials; docs/api.md has the bytes.",
        "security": [{"key": _scopes("api.revocations")}],
        "parameters": [
            {
                "name": "since",
                "in": "query",
                "required": False,
                "description": "An ETag that was given, without quotes: only what was revoked since",
                "schema": {"type": "string", "pattern": MARK_PATTERN},
            },
            {
                "name": "If-None-Match",
                "in": "header",
                "required": False,
                "description": "An ETag that was given: 304 where nothing was revoked since",
                "schema": {"type": "string"},
            },
        ],
        "responses": {
            "200": {"description": "The list", "headers": etag, "content": body},
            "304": {"description": "Nothing was revoked since", "headers": etag},
            **_problems("401", "403", "422", "429"),
        },
    }


def _connect() -> dict[str, Any]:
    return {
        "operationId": "connect",
        "summary": "Connect a patient's app",
        "description": (
            "A clinician shows the patient a code, as text and as a QR code: the address of this service, /i#, and the "
            "code. It works once, for a quarter of an hour; the app changes it for its token. The app that reported "
            "for this patient before is ended."
        ),
        "security": [],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _ref(Connecting)}}},
        "responses": {
            "201": {"description": "The app's token", "content": {"application/json": {"schema": _ref(Connected)}}},
            **_problems("400", "404", "408", "413", "415", "422", "429"),
        },
    }


def _disconnect() -> dict[str, Any]:
    return {
        "operationId": "disconnect",
        "summary": "Disconnect a patient's app",
        "description": (
            "Where the patient says so in the app, before it forgets its token. Of an app that falls silent a person "
            "asks what happened."
        ),
        "security": [{"device": []}],
        "responses": {"204": {"description": "The token opens nothing any more"}, **_problems("401", "429")},
    }


def _fixes() -> dict[str, Any]:
    return {
        "operationId": "report",
        "summary": "Say where a patient's device is",
        "description": (
            "Judged at once, then dropped: no position is kept. What is sent again counts once. Fixes of the last "
            "fifteen minutes count; send what waited all the same."
        ),
        "security": [{"device": []}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _ref(Fixes)}}},
        "responses": {
            "200": {"description": "When to report again", "content": {"application/json": {"schema": _ref(Next)}}},
            **_problems("400", "401", "408", "413", "415", "422", "429"),
        },
    }


def _this_document() -> dict[str, Any]:
    answer = {"description": "OpenAPI 3.1", "content": {"application/json": {"schema": {"type": "object"}}}}
    return {"operationId": "openapi", "summary": "This document", "security": [], "responses": {"200": answer}}


def _problems(*statuses: str) -> dict[str, Any]:
    content = {PROBLEM: {"schema": _ref(Problem)}}
    return {status: {"description": _PROBLEMS[status], "content": content} for status in statuses}


def _scopes(endpoint: str) -> list[Scope]:
    return sorted(OPENS[endpoint])


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REF.format(model=model.__name__)}


def _schemas() -> dict[str, Any]:
    sent = [(model, "validation") for model in _SENT]
    answered = [(model, "serialization") for model in _ANSWERED]
    _, document = models_json_schema([*sent, *answered], ref_template=_REF)  # type: ignore[list-item]
    schemas: dict[str, Any] = document["$defs"]
    return schemas
