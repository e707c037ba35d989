"""Papers as reviewers see them: pages that we drew ourselves, for who is at the application, each look noted."""

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from codes.review.opening import look_at_page, look_at_paper
from codes.review.showing_papers import page_bytes
from store import Store
from store.blobs import BlobStore, NoBlob
from store.keyring import Tampered
from web.headers import picture
from web.visitor import visitor


def add_paper_pages(blueprint: Blueprint, store: Store, blobs: BlobStore) -> None:
    """GET /review/applications/NUMBER/papers/ID, and /PAGE of it."""

    @blueprint.get("/review/applications/<number>/papers/<paper_id>")
    def paper(number: str, paper_id: str) -> ResponseReturnValue:
        with store.work() as work:
            pages = look_at_paper(work, number, paper_id, visitor().actor) or abort(404)
        return render_template("review/paper.html", number=number, paper_id=paper_id, pages=pages)

    @blueprint.get("/review/applications/<number>/papers/<paper_id>/<int:page>")
    def paper_page(number: str, paper_id: str, page: int) -> Response:
        with store.work() as work:
            found = look_at_page(work, number, paper_id, page, visitor().actor) or abort(404)
        try:
            return picture(page_bytes(blobs, found), f"page-{page}.jpg")
        except (NoBlob, Tampered):  # destroyed since this request began, or changed by who had no business there
            abort(404)
