"""A link to enrol, shown once to whoever hands it over."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from web.signin.governing import Answer, Became


def link_page(public_url: str, answer: Answer, name: str) -> ResponseReturnValue:
    """The link, which is kept nowhere: asked for again, the page of the account says that it was shown."""
    path = url_for("pages.enrolment.enrol", token=answer.token)
    waits = answer.became is Became.ASKED
    return render_template(
        "admin/staff/link.html", link=f"{public_url}{path}", name=name, waits=waits, staff_id=answer.staff_id
    )
