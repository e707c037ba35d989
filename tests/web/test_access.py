"""Every page and three visitors: may, may not, not signed in."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import DictLoader
from sqlalchemy import update
from structlog.testing import capture_logs
from werkzeug.routing import Rule

from settings import Settings
from store import Keyring, Store
from store.staff import StaffSession
from tests.clock import Clock
from tests.web.auditing import entries
from tests.web.people import AsRole
from tests.web.reading import csrf, words
from web.access import ACCESS, DOORS, NAVIGATION, PATIENT, PUBLIC, for_citizens
from web.pages import DOORS_A_MINUTE
from web.roles import EXCLUSIVE, STAFF_ROLES, Role, RolesRefused, read_roles
from wsgi import create_app


def rules(app: Flask) -> dict[str, Rule]:
    """The pages, by endpoint."""
    return {rule.endpoint: rule for rule in app.url_map.iter_rules() if rule.endpoint in ACCESS}


def closed(app: Flask) -> list[tuple[str, str, str]]:
    """Endpoint, path and method of every page that is not everybody's."""
    return [
        (name, re.sub("<[^>]+>", "1", str(rule)), method)
        for name, rule in rules(app).items()
        if ACCESS[name] is not PUBLIC
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})
    ]


def without(name: str) -> str | None:
    """A role that this page does not open to."""
    opens = ACCESS[name]
    return next((role for role in STAFF_ROLES if role not in opens), None) if isinstance(opens, frozenset) else None


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(app: Flask, client: FlaskClient) -> None:
    for name, path, method in closed(app):
        answer = client.open(path, method=method)

        back = path if method == "GET" else "/"
        door = "/enter" if for_citizens(name) else "/sign-in"
        if ACCESS[name] is PATIENT:
            assert (answer.status_code, answer.headers["Location"]) == (303, "/i"), name
            continue
        way_in = "/police/sign-in" if path.startswith("/police") else f"{door}?back={back}"
        assert (answer.status_code, answer.headers["Location"]) == (302, way_in)


def test_who_has_no_role_for_a_page_is_told_and_noted(app: Flask, store: Store, as_role: AsRole) -> None:
    refused = [(name, path, method, role) for name, path, method in closed(app) if (role := without(name))]
    clients = {role: as_role(role) for _, _, _, role in refused}

    for _, path, method, role in refused:
        answer = clients[role].open(path, method=method)
        assert (answer.status_code, "This page is not for you" in words(answer)) == (403, True)

    noted = [subject for _, subject, _ in entries(store, "page.refused")]
    assert sorted(noted) == sorted(name for name, _, _, _ in refused)


def test_no_role_opens_a_patients_page(app: Flask, as_role: AsRole) -> None:
    pages = [(path, method) for name, path, method in closed(app) if ACCESS[name] is PATIENT]

    assert pages
    for role in ("citizen", "clinician", "duty_officer", "administrator"):
        client = as_role(role)
        for path, method in pages:
            assert client.open(path, method=method).headers["Location"] == "/i", (role, path)


def test_a_citizen_opens_no_page_of_the_staff(app: Flask, citizen: FlaskClient) -> None:
    for name, path, method in closed(app):
        if not for_citizens(name) and ACCESS[name] is not PATIENT:
            assert citizen.open(path, method=method).status_code == 403, name


def test_whoever_has_a_role_for_a_page_sees_it(app: Flask, as_role: AsRole) -> None:
    for name, path, method in closed(app):
        opens = ACCESS[name]
        if method != "GET" or "<" in str(rules(app)[name]) or opens is PATIENT:
            continue
        for role in opens if isinstance(opens, frozenset) else STAFF_ROLES:
            assert as_role(role).get(path).status_code in (200, 204)  # a live part with nothing new


def test_the_navigation_shows_what_one_may_open(as_role: AsRole) -> None:
    assert 'href="/desk"' in as_role("supervisor").get("/account").text
    assert 'href="/desk"' not in as_role("auditor").get("/account").text
    assert {item.endpoint for item in NAVIGATION} <= set(ACCESS)


def test_a_live_part_tells_the_browser_to_sign_in(client: FlaskClient) -> None:
    answer = client.get("/desk", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in?back=/desk")


def test_an_address_nobody_answers_has_a_page(client: FlaskClient, desk_client: FlaskClient) -> None:
    for one, name in ((client, "Sign in"), (desk_client, "Anna")):
        answer = one.get("/nowhere")
        assert (answer.status_code, "There is no such page" in words(answer)) == (404, True)
        assert answer.headers["Cache-Control"] == "no-store"
        assert (name in words(answer)) is (one is desk_client)


def test_machines_get_bare_errors(client: FlaskClient) -> None:
    assert "Passline" not in client.get("/telephony/nowhere").text
    assert client.get("/static/0/pages.css").status_code == 404


def test_a_wrong_method_has_a_page_too(client: FlaskClient) -> None:
    answer = client.get("/sign-out", headers={"Accept-Language": "ru"})

    assert (answer.status_code, answer.headers["Allow"]) == (405, "OPTIONS, POST")
    assert "Такой страницы нет" in words(answer)


def test_who_is_signed_out_in_mid_form_comes_back_to_the_page_of_the_form(client: FlaskClient) -> None:
    answer = client.post("/appeals/new", headers={"Referer": "https://pass.example/appeals/new?about=newest"})

    assert answer.headers["Location"] == "/enter?back=/appeals/new?about%3Dnewest"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_fault_of_ours_is_a_page_and_tells_nothing(
    settings: Settings, store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    app = create_app(settings, store)
    app.view_functions["pages.start.start"] = _broken

    answer = app.test_client().get("/")

    assert (answer.status_code, "Something went wrong here" in words(answer)) == (500, True)
    assert "Ivan" not in answer.text + capfd.readouterr().err


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_not_even_a_fault_of_the_page_about_faults_tells_anything(
    settings: Settings, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(settings, store)
    app.view_functions["pages.start.start"] = _broken
    app.jinja_loader = DictLoader({})

    with capture_logs() as noted:
        answer = app.test_client().get("/")

    assert (answer.status_code, "Something went wrong here" in answer.text) == (500, True)
    assert "Ivan" not in answer.text + caplog.text + str(noted)
    assert [one["event"] for one in noted] == ["page_failed", "page_failed"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_fault_where_no_page_is_stands_in_the_log_by_its_kind_alone(
    settings: Settings, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(settings, store)
    (health,) = (rule.endpoint for rule in app.url_map.iter_rules() if str(rule) == "/healthz")
    app.view_functions[health] = _broken

    with capture_logs() as noted:
        answer = app.test_client().get("/healthz")

    assert answer.status_code == 500
    assert [one["event"] for one in noted] == ["request_failed"]
    assert "Ivan" not in answer.text + caplog.text + str(noted)


def _broken() -> str:
    raise RuntimeError("Ivan Ivanov")


def test_without_its_database_a_page_says_so(settings: Settings, keyring: Keyring) -> None:
    away = Store.open("postgresql://nobody@127.0.0.1:9/nothing", keyring)
    client = create_app(settings, away).test_client()
    client.set_cookie("__Host-passline", "some session")

    answer = client.get("/desk")

    assert (answer.status_code, "Something went wrong here" in words(answer)) == (500, True)
    away.close()


@pytest.mark.parametrize(("one", "other", "why"), EXCLUSIVE)
def test_roles_that_check_each_other_are_not_held_together(one: Role, other: Role, why: str) -> None:
    with pytest.raises(RolesRefused, match=f"nobody is {one} and {other} at once: {why}"):
        read_roles([other, "officer", one])


@pytest.mark.parametrize("names", [[], ["boss"], ["citizen"]])
def test_a_role_that_is_none_is_refused_with_those_there_are(names: list[str]) -> None:
    with pytest.raises(RolesRefused, match="there are agent, supervisor"):
        read_roles(names)


def test_roles_are_kept_once_in_the_order_of_the_table() -> None:
    assert read_roles(["supervisor", "agent", "agent"]) == (Role.AGENT, Role.SUPERVISOR)


def test_a_live_part_asked_for_while_signing_out_does_not_cover_the_page_that_says_so(
    desk_client: FlaskClient, store: Store, clock: Clock
) -> None:
    """The cookie went out with the request before the answer took it away."""
    with store.work() as work:
        work.run(update(StaffSession), ended_at=work.now)
    live = {"HX-Request": "true"}

    at_once = desk_client.get("/desk", headers=live)
    clock.pass_by(seconds=6)
    later = desk_client.get("/desk", headers=live)

    assert (at_once.status_code, at_once.data, at_once.headers.get("HX-Redirect")) == (204, b"", None)
    assert (later.status_code, later.headers["HX-Redirect"]) == (401, "/sign-in?back=/desk&ended=1")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_network_tries_the_doors_so_often_and_no_more(client: FlaskClient) -> None:
    token = csrf(client)
    fields = {"csrf_token": token, "number": "12"}

    tried = [client.post("/enter", data=fields) for _ in range(DOORS_A_MINUTE + 1)]
    elsewhere = client.post("/enter", data=fields, headers={"X-Forwarded-For": "203.0.113.9"})

    assert [answer.status_code for answer in tried] == [422] * DOORS_A_MINUTE + [429]
    assert "Too many tries from your network" in words(tried[-1])
    assert int(tried[-1].headers["Retry-After"]) > 0
    assert client.get("/enter").status_code == 200
    assert elsewhere.status_code == 422


def test_every_way_in_is_such_a_door() -> None:
    assert set(ACCESS) >= DOORS
    assert all(ACCESS[door] is PUBLIC for door in DOORS)
