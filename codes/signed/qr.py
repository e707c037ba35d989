"""A pass's QR code as a picture."""

from io import BytesIO

import segno

_ERROR = "m"
_MASK = 2
"""Trying all eight takes four times as long as all the rest; a signature is as good as random under each."""
BORDER = 4
"""Modules of white around it: readers need them."""


def qr_png(address: str, scale: int = 6) -> bytes:
    """The QR code of `address` as PNG, black on white, `scale` pixels a module."""
    picture = BytesIO()
    drawn(address).save(picture, kind="png", scale=scale, border=BORDER, dark="#000", light="#fff")
    return picture.getvalue()


def drawn(address: str) -> segno.QRCode:
    """The QR code of `address`, to be written in whatever form."""
    return segno.make(address, error=_ERROR, boost_error=False, micro=False, mask=_MASK)
