"""Papers that come in through a form: how large, never on a disk before they are sealed, and what is said of them."""

from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from typing import IO, Any

from flask import Blueprint, Request, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from codes.review.papers import MOST_BYTES, ListedPaper, PaperTrouble, Unread
from monitoring.photos.keeping import MOST_BYTES as MOST_ANSWER_BYTES
from monitoring.photos.keeping import MOST_REFERENCE_BYTES
from web.troubles import on_refusal, trouble_page
from web.words import _, later

UPLOADS: Mapping[str, int] = MappingProxyType(
    {"pages.citizen.add_paper": MOST_BYTES + (2 << 20), "pages.employers.upload": 3 << 20}
    | {"pages.clinic.photo": MOST_REFERENCE_BYTES + (2 << 20), "pages.clinic.bulk": 1 << 20}
    | {"pages.patient.send_photo": MOST_ANSWER_BYTES + (1 << 20)}
)
"""Bytes of a request, by endpoint: somewhat more than a paper may have, so that the page can say so."""
TOO_LARGE = (
    later("That file is too large"),
    later("A paper has at most 10 MB. Take the photo with fewer pixels, or save fewer pages, and add it again."),
)
TROUBLES: Mapping[PaperTrouble, str] = MappingProxyType(
    {
        PaperTrouble.EMPTY: later("Choose a file: a photo or a PDF"),
        PaperTrouble.TOO_LARGE: later(
            "The file has more than 10 MB. Take the photo with fewer pixels, or save fewer pages."
        ),
        PaperTrouble.HEIC: later(
            "Your telephone saved the photo as HEIC, which we can't read. Take a screenshot of it, or send it as JPEG."
        ),
        PaperTrouble.KIND: later(
            "We take photos (JPEG, PNG, WebP) and PDF. This file is something else, whatever its name."
        ),
        PaperTrouble.MIXED: later("This file is two kinds of file in one. Take a photo of the paper and add that."),
        PaperTrouble.TOO_MANY: later("You have added as many papers as one application can have."),
        PaperTrouble.NOT_WANTED: later("No papers are needed for this application."),
        PaperTrouble.NOT_WAITING: later("This application does not wait for a decision any more."),
        PaperTrouble.NO_ROOM: later("We can't keep the file just now. It is our fault: try again in some minutes."),
    }
)
"""What is wrong with a file, and what to do."""

PAPERS: Mapping[str, str] = MappingProxyType(
    {
        "arriving": later("on its way"),
        "waiting": later("is being read"),
        "refused": later("could not be read"),
        "destroyed": later("destroyed: its time is over"),
    }
)
UNREAD: Mapping[Unread, str] = MappingProxyType(
    {
        Unread.BROKEN: later("The file can't be opened. Take the photo again, or save the PDF anew."),
        Unread.LOCKED: later("The PDF opens with a password alone. Save it without one, or take a photo of it."),
        Unread.PAGES: later("It has more than 10 pages. Send only those that matter."),
        Unread.LARGE: later("It is too large to open. Take a photo with fewer pixels, or send fewer pages."),
    }
)


class InMemory(Request):
    """A request whose files stay in memory: they are people's papers."""

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002 - as werkzeug calls it
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        return BytesIO()


def shown_paper(paper: ListedPaper, number: int) -> dict[str, Any]:
    """A paper in a list."""
    return {
        "id": paper.id,
        "number": number,
        "pages": paper.pages,
        "readable": paper.state == "read",
        "unread": paper.state in ("arriving", "waiting"),
        "state": _(PAPERS[paper.state]) if paper.state in PAPERS else "",
        "advice": _(UNREAD[paper.refusal]) if paper.refusal else "",
    }


def refuse_large(blueprint: Blueprint, words: tuple[str, str] = TOO_LARGE) -> None:
    """Has a file that is larger than is even looked at answered in words."""

    @blueprint.errorhandler(413)
    def too_large(error: HTTPException) -> ResponseReturnValue:
        if request.endpoint in UPLOADS and isinstance(error, RequestEntityTooLarge):
            return trouble_page(413, words)
        return on_refusal(error)
