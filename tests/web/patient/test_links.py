"""The way to a patient's page: a link in a text, which works once."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from monitoring.cases.closing import stop_case
from monitoring.home.links import device_model
from store.patients import Device, PatientLink
from tests.clock import Clock
from tests.monitoring.checks.ward import Ward
from tests.web.patient.household import ANDROID, AtHome, a_household
from tests.web.reading import csrf, words


def test_looking_at_a_link_uses_nothing_up_and_tells_nothing(newcomer: AtHome) -> None:
    token = newcomer.link()

    pages = [newcomer.app.test_client().get(f"/i/{token}") for _ in range(3)]

    assert {page.status_code for page in pages} == {200}
    assert "Open" in words(pages[0])
    assert not [one for one in ("И.", "Иванова", "92", newcomer.case_id) if one in words(pages[0])]
    assert [row.used_at for row in newcomer.ward.rows(PatientLink)] == [None]
    assert newcomer.ward.case(newcomer.case_id).enrolled_at is None


def test_the_first_to_open_it_is_enrolled_and_known_from_then_on(newcomer: AtHome, clock: Clock) -> None:
    answer = newcomer.opens(newcomer.link())

    assert (answer.status_code, answer.headers["Location"]) == (303, "/at-home/welcome")
    assert newcomer.ward.case(newcomer.case_id).enrolled_at == clock.now
    (device,) = newcomer.ward.rows(Device)
    assert (device.kind, device.model) == ("browser", "Android 6")
    assert "You stay at home until" in words(newcomer.browser.get("/at-home"))


def test_the_cookie_is_for_this_site_alone_and_no_script_reads_it(newcomer: AtHome) -> None:
    answer = newcomer.opens(newcomer.link())

    (cookie,) = [one for one in answer.headers.getlist("Set-Cookie") if "passline-home" in one]
    assert cookie.startswith("__Host-passline-home=pld_")
    assert all(mark in cookie for mark in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"))


def test_a_used_link_lets_nobody_else_in(ann: AtHome) -> None:
    token = ann.link()
    ann.opens(token)
    other = ann.app.test_client()

    page = other.get(f"/i/{token}")
    pressed = other.post(f"/i/{token}", data={"csrf_token": csrf(other)})

    assert (page.status_code, pressed.status_code) == (410, 410)
    assert "This link was used" in words(page)
    assert other.get("/at-home").status_code == 303


def test_who_used_it_comes_in_by_it_again(ann: AtHome) -> None:
    token = ann.link()
    ann.opens(token)

    again = ann.opens(token)

    assert (again.status_code, again.headers["Location"]) == (303, "/at-home")
    assert len(ann.ward.rows(Device)) == 1


def test_who_has_a_used_link_gets_a_new_one_by_text_and_not_on_the_page(ann: AtHome) -> None:
    token = ann.link()
    ann.opens(token)
    other = ann.app.test_client()

    answer = other.post(f"/i/{token}/again", data={"csrf_token": csrf(other, f"/i/{token}")})

    template, fields = ann.ward.texts()[-1]
    assert template == "page_link" and fields["link"].startswith("https://pass.example/i/")
    assert fields["link"].rpartition("/")[2] not in answer.text
    assert "A new link is on its way" in words(answer)


def test_links_are_texted_a_few_times_a_day(ann: AtHome) -> None:
    token = ann.link()
    ann.opens(token)
    other = ann.app.test_client()

    answers = [other.post(f"/i/{token}/again", data={"csrf_token": csrf(other, f"/i/{token}")}) for _ in range(5)]

    assert "No more links today" in words(answers[-1])
    assert ann.ward.templates().count("page_link") < 4


def test_who_asks_for_a_link_with_a_made_up_one_is_answered_alike_and_nothing_is_texted(ann: AtHome) -> None:
    other = ann.app.test_client()

    answer = other.post("/i/made-up/again", data={"csrf_token": csrf(other)})

    assert "A new link is on its way" in words(answer)
    assert "page_link" not in ann.ward.templates()


def test_a_link_whose_time_is_over_says_what_to_do(newcomer: AtHome, clock: Clock) -> None:
    token = newcomer.link("check", "check-1", minutes=60)
    clock.pass_by(minutes=61)

    page = newcomer.browser.get(f"/i/{token}")

    assert page.status_code == 410
    assert "The time of this link is over" in words(page) and "hospital, ill, asleep" in words(page)


def test_a_link_of_a_closed_case_says_that_it_is_over(ann: AtHome, clock: Clock) -> None:
    token = ann.link()
    with ann.ward.store.work() as work:
        stop_case(work, ann.ward.case(ann.case_id), "recovered", "well", "tests")

    assert "Your time at home is over" in words(ann.browser.get(f"/i/{token}"))
    assert ann.browser.get("/at-home").headers["Location"] == "/i"
    assert "Your time at home is over" in words(ann.browser.get("/i"))


def test_no_link_of_ours_is_told_as_one(client: FlaskClient) -> None:
    for token in ("x", "a" * 200, "..", "%00", "ж"):
        page = client.get(f"/i/{token}")
        assert page.status_code in (404, 308)


def test_without_a_link_the_page_says_how_to_come_by_one(client: FlaskClient) -> None:
    answer = client.get("/at-home", follow_redirects=True)

    assert "Open the link in our text" in words(answer)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_household_has_its_patients_in_one_browser(app: Flask, ward: Ward) -> None:
    mother, child = a_household(app, ward).arrives(), a_household(app, ward, "+79990000002")
    child.browser = mother.browser
    child.arrives()

    first = mother.browser.get("/at-home").text
    switched = mother.sends("/at-home/switch", case=mother.case_id)
    second = mother.browser.get("/at-home").text

    assert f'value="{mother.case_id}"' in first
    assert switched.status_code == 303
    assert f'value="{child.case_id}"' in second


def test_leaving_forgets_the_browser(ann: AtHome) -> None:
    left = ann.sends("/at-home/leave")

    assert left.status_code == 303
    assert ann.browser.get("/at-home").status_code == 303
    assert [row.ended_at is not None for row in ann.ward.rows(Device)] == [True]


@pytest.mark.parametrize(
    ("agent", "model"),
    [
        (ANDROID, "Android 6"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15", "iOS 17"),
        ("Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X)", "iOS 12"),
        ("Mozilla/5.0 (X11; Linux x86_64)", ""),
        ("Android", "Android"),
        ("", ""),
    ],
)
def test_a_browser_is_kept_as_a_class_of_telephones(agent: str, model: str) -> None:
    assert device_model(agent) == model
