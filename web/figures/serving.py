"""Plots as pictures, and tables as files."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Response, abort

from codes.counts.plots import svg_of
from store import Store
from web.sheets import csv_text

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""Of the picture itself: its colours stand in it."""
Sheet = tuple[Sequence[str], Iterable[Sequence[Any]]]
"""Head and lines of a table."""


def svg_answer(store: Store, key: str) -> Response:
    """A plot that is drawn; 404 where there is none."""
    with store.reading() as work:
        svg = svg_of(work, key)
    if svg is None:
        abort(404)
    answer = Response(svg, mimetype="image/svg+xml")
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer


def zip_answer(name: str, sheets: Mapping[str, Sheet]) -> Response:
    """A download of several tables, a CSV each."""
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as packed:
        for one, (head, rows) in sheets.items():
            packed.writestr(f"{one}.csv", csv_text(head, rows))
    answer = Response(whole.getvalue(), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
