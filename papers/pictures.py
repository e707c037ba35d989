"""Photos: one page, drawn anew without anything that came along."""

import io

from PIL import Image

from apart.pictures import plain, upright
from papers.answers import LONGEST_SIDE, Drawn

_QUALITY = 80


def read_picture(content: bytes, kind: str) -> Drawn:
    """The photo as one page; raises what Pillow raises, or TooManyPixels."""
    return _page(upright(content, kind, LONGEST_SIDE)[0])


def drawn(image: Image.Image) -> Drawn:
    """A page from what was drawn or decoded: on white where it was transparent, at most `LONGEST_SIDE`."""
    return _page(plain(image, LONGEST_SIDE))


def _page(image: Image.Image) -> Drawn:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return Drawn(image.width, image.height, out.getvalue())
