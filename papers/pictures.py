"""Photos: decoded no larger than needed, turned upright, drawn anew without anything that came along."""

import io

from PIL import Image, ImageOps, MpoImagePlugin, WebPImagePlugin  # noqa: F401 - see below

from papers.answers import LONGEST_SIDE, Drawn

FORMATS = {"jpeg": ("JPEG",), "png": ("PNG",), "webp": ("WEBP",)}
MOST_PIXELS, MOST_JPEG_PIXELS = 40_000_000, 120_000_000
"""What is decoded whole; a JPEG can be decoded at a half or less."""
_QUALITY = 80

# Pillow would load what it needs when it needs it, and no file can be opened then.
Image.preinit()


class TooManyPixels(Exception):
    """It would take more memory than there is."""


def read_picture(content: bytes, kind: str) -> Drawn:
    """The photo as one page; raises what Pillow raises, or TooManyPixels."""
    Image.MAX_IMAGE_PIXELS = None  # we count them ourselves, before anything is decoded
    with Image.open(io.BytesIO(content), formats=FORMATS[kind]) as image:
        pixels = image.width * image.height
        if pixels > (MOST_JPEG_PIXELS if kind == "jpeg" else MOST_PIXELS):
            raise TooManyPixels
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        if image.width * image.height > MOST_PIXELS:
            raise TooManyPixels
        image.load()
        return drawn(ImageOps.exif_transpose(image))


def drawn(image: Image.Image) -> Drawn:
    """A page from what was decoded: on white where it was transparent, at most `LONGEST_SIDE`."""
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if image.mode in ("RGBA", "LA", "PA", "P", "La", "RGBa"):
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    plain = Image.new("RGB", image.size)
    plain.paste(image.convert("RGB"))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY)
    return Drawn(plain.width, plain.height, out.getvalue())
