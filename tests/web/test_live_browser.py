"""Live parts in a real browser: asked for again, replaced where something changed, and nothing sent where not."""

import pytest
from flask import Response, render_template_string
from flask.typing import ResponseReturnValue
from playwright.sync_api import Page, expect

from tests.web.browsing import Site
from tests.web.people import Staff
from web.fragments import live, not_modified, tag_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PAGE = """{% extends "live.html" %}{% block body %}{{ part }}{% endblock %}"""


def test_a_part_follows_what_changes(browser_page: Page, site: Site, staff: Staff) -> None:
    waiting, answers = ["one"], []

    def part() -> Response:
        tag = tag_of(waiting)
        if not_modified(tag):
            answers.append(304)
            return Response(status=304)
        answers.append(200)
        return Response(f"<p {live('/account', tag, seconds=1)}>{waiting[-1]} waits</p>", mimetype="text/html")

    def page() -> ResponseReturnValue:
        return render_template_string(PAGE.replace("{{ part }}", part().get_data(as_text=True)))

    site.app.view_functions["pages.desk.desk"] = page
    site.app.view_functions["pages.account.account"] = part
    site.sign_in(browser_page, staff("agent"))
    browser_page.goto(f"{site.url}/desk")
    expect(browser_page.get_by_text("one waits")).to_be_visible()
    with browser_page.expect_response("**/account"):
        waiting.append("two")

    expect(browser_page.get_by_text("two waits")).to_be_visible()
    with browser_page.expect_response("**/account"):
        pass

    assert answers[:2] == [200, 200]
    assert 304 in answers


def test_a_part_of_who_is_signed_out_leads_to_sign_in(browser_page: Page, site: Site, staff: Staff) -> None:
    site.app.view_functions["pages.desk.desk"] = lambda: render_template_string(
        PAGE.replace("{{ part }}", f"<p {live('/account', tag_of(1), seconds=1)}>waits</p>")
    )
    site.sign_in(browser_page, staff("agent"))
    browser_page.goto(f"{site.url}/desk")

    browser_page.context.clear_cookies()

    expect(browser_page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    expect(browser_page).to_have_url(f"{site.url}/sign-in?back=/desk")
