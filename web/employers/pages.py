"""Everything that a citizen who acts for an organisation opens, and what reviewers open."""

from flask import Blueprint

from store import Store
from web.employers.account_pages import add_account_pages
from web.employers.opening_pages import add_opening_pages
from web.employers.result_pages import add_result_pages
from web.employers.review_pages import add_review_pages
from web.employers.upload_pages import add_upload_pages
from web.employers.worker_pages import add_worker_pages


def employers_blueprint(store: Store) -> Blueprint:
    """/employer and what is below it."""
    blueprint = Blueprint("employers", __name__)
    add_opening_pages(blueprint, store)
    add_account_pages(blueprint, store)
    add_upload_pages(blueprint, store)
    add_result_pages(blueprint, store)
    add_worker_pages(blueprint, store)
    return blueprint


def organisations_blueprint(store: Store) -> Blueprint:
    """/review/organisations and what is below it."""
    blueprint = Blueprint("organisations", __name__)
    add_review_pages(blueprint, store)
    return blueprint
