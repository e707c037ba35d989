"""QR codes, to be seen on a page, kept as a picture, printed or mailed."""

from io import BytesIO

import segno
from markupsafe import Markup, escape

_ERROR = "m"
_BORDER = 4
"""Modules of white around it: readers need them."""


def qr_svg(address: str, title: str) -> Markup:
    """The QR code of `address` as inline SVG, black on white by night too; `title` is what a screen reader says."""
    drawn = _qr(address).svg_inline(border=_BORDER, dark="#000", light="#fff", omitsize=True, svgclass="qr")
    head, _, rest = drawn.partition(">")
    named = f'role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>'
    return Markup(f"{head} {named}{rest}")  # noqa: S704 - segno's own drawing, and an escaped title


def qr_png(address: str, scale: int = 6) -> bytes:
    """The QR code of `address` as PNG, `scale` pixels a module."""
    picture = BytesIO()
    _qr(address).save(picture, kind="png", scale=scale, border=_BORDER, dark="#000", light="#fff")
    return picture.getvalue()


def _qr(address: str) -> segno.QRCode:
    return segno.make(address, error=_ERROR, boost_error=False, micro=False)
