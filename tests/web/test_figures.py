"""The pages of figures as they are sent: to whom, as which files, and to the public without a cookie."""

import csv
import io
import json
from datetime import timedelta
from random import Random
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from codes.counts.figures import Span
from codes.counts.hours import count_hours
from codes.counts.publishing import publish
from drawing import draw_wanted
from store import Store
from tests.clock import Clock
from tests.codes.days import lived
from tests.web.people import AsRole
from tests.web.reading import words

PATHS = ("/admin/figures", "/admin/figures/passes.csv", "/admin/figures/all.zip", "/admin/figures/drawn")
NAMES = {
    *("passes", "channels", "texts", "answer_times", "refusals", "review_queue", "agent_line", "inspections"),
    "texts_out",
}


@pytest.fixture
def busy(client: FlaskClient, store: Store, clock: Clock) -> Store:
    """Two days with something in them, counted and published."""
    lived(store, Span(clock.now - timedelta(hours=40), clock.now), Random(1), many=150)
    count_hours(store)
    publish(store)
    return store


@pytest.mark.parametrize("role", ["administrator", "supervisor", "auditor"])
def test_who_runs_or_checks_the_service_sees_them(as_role: AsRole, busy: Store, role: str) -> None:
    someone = as_role(role)

    assert [someone.get(path).status_code for path in PATHS] == [200] * 4


@pytest.mark.parametrize("role", ["agent", "officer", "reviewer"])
def test_nobody_else_does(as_role: AsRole, client: FlaskClient, role: str) -> None:
    someone = as_role(role)

    assert [someone.get(path).status_code for path in PATHS] == [403] * 4
    assert [client.get(path).status_code for path in PATHS] == [302] * 4


@pytest.mark.parametrize("query", ["", "?length=week", "?day=2026-06-02", "?day=1 June", "?day=0001-01-01&length=week"])
def test_any_day_can_be_asked_for(as_role: AsRole, busy: Store, query: str) -> None:
    page = as_role("auditor").get(f"/admin/figures{query}")

    assert page.status_code == 200
    assert "Figures:" in words(page)


def test_the_day_before_the_first_says_that_nothing_is_counted(as_role: AsRole, busy: Store) -> None:
    assert "Nothing is counted" in words(as_role("auditor").get("/admin/figures?day=2026-01-01"))


def test_tables_on_the_page_and_in_files_are_the_same(as_role: AsRole, busy: Store) -> None:
    someone = as_role("auditor")
    packed = ZipFile(io.BytesIO(someone.get("/admin/figures/all.zip?day=2026-06-02").data))

    assert {name.removesuffix(".csv") for name in packed.namelist()} == NAMES
    for name in NAMES:
        alone = someone.get(f"/admin/figures/{name}.csv?day=2026-06-02").data
        assert packed.read(f"{name}.csv") == alone
    rows = list(csv.DictReader(io.StringIO(packed.read("passes.csv").decode("utf-8-sig"))))
    assert len(rows) == 24
    assert rows[0]["hour"] == "2026-06-02T00:00+03:00"
    issued = sum(int(count) for row in rows for name, count in row.items() if name != "hour" and count)
    assert f"Passes issued: {issued}." in words(someone.get("/admin/figures?day=2026-06-02"))


def test_a_table_that_is_not_there_is_not_found(as_role: AsRole, busy: Store) -> None:
    someone = as_role("auditor")

    assert someone.get("/admin/figures/nothing.csv").status_code == 404
    assert someone.get("/admin/figures/plots/nothing.svg").status_code == 404


def test_plots_are_pictures_without_script_that_nobody_keeps(as_role: AsRole, busy: Store) -> None:
    someone = as_role("auditor")
    someone.get("/admin/figures")
    draw_wanted(busy)
    page = someone.get("/admin/figures").text
    address = page.split('srcset="')[1].split('"')[0]

    picture = someone.get(address)

    assert picture.mimetype == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "no-store"
    assert "script-src" not in picture.headers["Content-Security-Policy"]
    assert picture.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/figures", "/figures.json", "/figures.csv", "/figures/passes-wide.svg"])
def test_the_public_gets_no_cookie_and_may_keep_a_copy(client: FlaskClient, busy: Store, path: str) -> None:
    client.get("/figures")
    draw_wanted(busy)

    answer = client.get(path)

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Movement passes in figures"), ("ru", "Пропуска в цифрах"), ("tt", "Рөхсәтләр саннарда")],
)
def test_the_public_page_speaks_the_language_of_its_address(
    client: FlaskClient, busy: Store, language: str, title: str
) -> None:
    client.set_cookie("language", "en")

    assert title in words(client.get(f"/figures?language={language}"))
    assert title in words(client.get("/figures", headers={"Accept-Language": language}))


def test_the_public_page_says_what_the_json_says(client: FlaskClient, busy: Store) -> None:
    page, found = words(client.get("/figures")), json.loads(client.get("/figures.json").data)
    rows = list(csv.DictReader(io.StringIO(client.get("/figures.csv").data.decode("utf-8-sig"))))

    latest = found["latest_day"]
    assert latest["date"] == "2026-06-02"
    assert f"Passes issued {latest['passes']}" in page
    assert [row["value"] for row in rows if row["figure"] == "passes"][-1] == str(latest["passes"])
    assert all(int(row["value"]) >= 10 for row in rows if row["value"] and row["figure"] in ("passes", "refused"))


def test_before_the_first_day_is_over_there_is_nothing_yet(client: FlaskClient) -> None:
    page = client.get("/figures")

    assert (page.status_code, client.get("/figures.json").status_code) == (503, 503)
    assert "There are no figures yet" in words(page)


def test_the_public_can_not_ask_for_plots_of_the_staff(client: FlaskClient, busy: Store) -> None:
    assert client.get("/figures/passes-huge.svg").status_code == 404
    assert client.get("/figures/passes-wide.svg").status_code == 404  # nobody looked at the page yet
