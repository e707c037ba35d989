"""Papers of one's own application: what is asked for, what was added and what became of it, adding one more."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovFileInput
from sqlalchemy import Row
from wtforms import FileField

from codes.regimes import terms
from codes.review.papers import MOST_PAPERS, PaperTrouble, application_of, keep_paper, papers_of
from language.examples import name_in
from store import Store, Work
from store.blobs import BlobStore
from web.forms import PageForm
from web.fragments import fragment, tag_of
from web.uploads import TROUBLES, refuse_large, shown_paper
from web.visitor import visitor
from web.words import _, later, spoken

EVERY_S = 3
"""So often an open page asks while something is being read."""


class PaperForm(PageForm):
    """One file."""

    paper = FileField(
        later("Add a photo or PDF"),
        description=later("JPEG, PNG, WebP or PDF, at most 10 MB and 10 pages"),
        widget=GovFileInput(),
    )


def add_paper_pages(blueprint: Blueprint, store: Store, blobs: BlobStore) -> None:
    """GET and POST /applications/NUMBER/papers, and its live part."""

    @blueprint.get("/applications/<number>/papers")
    def papers(number: str) -> ResponseReturnValue:
        with store.reading() as work:
            return _page(work, number, PaperForm(formdata=None))

    @blueprint.get("/applications/<number>/papers/list")
    def papers_part(number: str) -> ResponseReturnValue:
        with store.reading() as work:
            shown = _shown(work, _mine(work, number))
        return fragment("citizen/papers_part.html", tag_of(shown), shown=shown, every=EVERY_S)

    @blueprint.post("/applications/<number>/papers")
    def add_paper(number: str) -> ResponseReturnValue:
        form = PaperForm()
        file = request.files.get("paper")
        content = file.stream.read() if file else b""
        came = keep_paper(store, blobs, visitor().id, number, content)
        if not isinstance(came, PaperTrouble):
            return redirect(url_for("pages.citizen.papers", number=number, added=1), 303)
        form.refuse("paper", _(TROUBLES[came]))
        with store.reading() as work:
            return _page(work, number, form), 422

    refuse_large(blueprint)


def _mine(work: Work, number: str) -> Row[Any]:
    """The application, where it is of this telephone and its order asks for papers."""
    row = application_of(work, visitor().id, number)
    if row is None or not terms(work, row.regime_version).regime.by_number[row.purpose].papers:
        abort(404)
    return row


def _page(work: Work, number: str, form: PaperForm) -> str:
    row = _mine(work, number)
    shown, regime = _shown(work, row), terms(work, row.regime_version).regime
    purpose = regime.by_number[row.purpose]
    assert purpose.papers is not None
    hint = purpose.papers.hint.get(spoken()) or purpose.papers.hint[regime.default_language]
    return render_template(
        "citizen/papers.html",
        form=form,
        shown=shown,
        tag=tag_of(shown),
        every=EVERY_S,
        purpose=name_in(purpose.name, spoken(), regime),
        hint=hint,
        required=purpose.papers.need == "required",
        added="added" in request.args,
    )


def _shown(work: Work, row: Row[Any]) -> dict[str, Any]:
    papers = [shown_paper(paper, place) for place, paper in enumerate(papers_of(work, row.id), 1)]
    there = sum(not paper["advice"] for paper in papers)
    return {
        "number": row.number,
        "papers": papers,
        "unread": any(paper["unread"] for paper in papers),
        "room": row.state == "referred" and there < MOST_PAPERS,
        "waits": row.state == "referred",
    }
