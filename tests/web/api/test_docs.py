"""The OpenAPI document holds what the API does, and its page says it to people."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page

from tests.web.browsing import Site
from web.api.problems import KINDS
from web.api.reading import operations_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_document_names_every_address(app: Flask, client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")]

    assert document["openapi"] == "3.1.0" and document["servers"] == [{"url": "https://pass.example"}]
    assert set(document["paths"]) == {str(rule) for rule in rules if rule.endpoint != "api.nowhere"}


def test_its_schemas_refer_to_each_other(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    schemas = document["components"]["schemas"]

    assert {name.rsplit("/", 1)[-1] for name in references(document)} <= set(schemas)
    assert "oneOf" in schemas["Asked"] and schemas["Inspections"]["properties"]["inspections"]["maxItems"] == 100


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (value for name, value in node.items() if name == "$ref")
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            yield from references(one)


def test_the_page_says_it_to_people(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    page = client.get("/api/v1/docs").get_data(as_text=True)

    for operation in operations_of(document):
        assert f"{operation.method} {operation.path}" in page
        assert all(row.name in page for part in operation.parts for row in part.rows)
    assert all(f'id="{kind}"' in page for kind in KINDS)


def test_the_page_is_for_everybody_on_any_screen(
    browser_page: Page, site: Site, assert_accessible: Callable[[Page], None]
) -> None:
    browser_page.set_viewport_size({"width": 320, "height": 640})
    browser_page.goto(f"{site.url}/api/v1/docs")

    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 320
    assert_accessible(browser_page)
