"""Photos: decoded no larger than needed, and turned upright."""

import io
from contextlib import suppress
from types import MappingProxyType
from typing import Final

from PIL import Image, ImageOps, MpoImagePlugin, WebPImagePlugin  # noqa: F401 - see below

FORMATS: Final = MappingProxyType({"jpeg": ("JPEG",), "png": ("PNG",), "webp": ("WEBP",)})
MOST_PIXELS, MOST_JPEG_PIXELS = 40_000_000, 120_000_000
"""What is decoded whole; a JPEG can be decoded at a half or less."""
_SEE_THROUGH = ("RGBA", "LA", "PA", "P", "La", "RGBa")

# Pillow would load what it needs when it needs it, and no file can be opened then.
Image.preinit()


class TooManyPixels(Exception):
    """It would take more memory than there is."""


def upright(content: bytes, kind: str, longest: int, most: int = MOST_PIXELS) -> tuple[Image.Image, float]:
    """The photo in plain RGB, no side longer than `longest`, and how many of its own pixels one of these is long.

    `kind` is a key of `FORMATS`; `most` pixels are decoded. Raises what Pillow raises, or TooManyPixels.
    """
    Image.MAX_IMAGE_PIXELS = None  # we count them ourselves, before anything is decoded
    with Image.open(io.BytesIO(content), formats=FORMATS[kind]) as image:
        width, height = image.size
        if width * height > (MOST_JPEG_PIXELS if kind == "jpeg" else most):
            raise TooManyPixels
        share = min(1.0, longest / max(width, height))
        image.draft("RGB", (max(1, int(width * share)), max(1, int(height * share))))
        if image.width * image.height > most:
            raise TooManyPixels
        image.load()
        turned: Image.Image = image
        with suppress(Exception):  # whatever is wrong with what it says of its own making
            turned = ImageOps.exif_transpose(image)
        found = plain(turned, longest)
    return found, max(width, height) / max(found.size)


def plain(image: Image.Image, longest: int) -> Image.Image:
    """What was decoded in RGB, without anything that came along: on white where it was transparent."""
    if image.mode.startswith("I"):  # grey of 16 bits: Pillow would cut it off at 255
        image = image.convert("I").point(lambda value: value / 257).convert("L")
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    if image.mode in _SEE_THROUGH:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    found = Image.new("RGB", image.size)
    found.paste(image.convert("RGB"))
    return found
