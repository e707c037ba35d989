"""A pass as a picture, to be kept among the photos of a telephone that has no internet later."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from codes.signed.qr import qr_png
from web.assets import FOLDER, FONTS

WIDTH, HEIGHT = 720, 1120
_MARGIN, _QR_SIDE = 48, 560
_INK, _QUIET, _GREEN = "#0b0c0c", "#4a5459", "#1c6b45"


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands around the QR code, in the reader's language."""

    title: str
    purpose: str
    span: str
    code: str
    holder: str


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FOLDER / name), size)


def pass_picture(caption: Caption, qr_address: str) -> bytes:
    """A PNG of 720 by 1120 pixels."""
    plain, bold, mono = FONTS
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, WIDTH, 16), fill=_GREEN)
    lines = (
        (caption.title, plain, 28, _QUIET, 48),
        (caption.purpose, bold, 44, _INK, 92),
        (caption.span, plain, 36, _INK, 160),
        (caption.holder, plain, 32, _INK, 216),
        (caption.code, mono, 48, _INK, 280),
    )
    for said, name, size, colour, top in lines:
        text = " ".join(said.split())
        draw.text((_MARGIN, top), text, fill=colour, font=_fitting(text, name, size))
    with Image.open(BytesIO(qr_png(qr_address, 8))) as drawn:
        qr = drawn.convert("L").resize((_QR_SIDE, _QR_SIDE), Image.Resampling.NEAREST)
    picture.paste(qr, ((WIDTH - _QR_SIDE) // 2, HEIGHT - _QR_SIDE - _MARGIN))
    kept = BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _fitting(text: str, name: str, size: int) -> ImageFont.FreeTypeFont:
    """The font in the greatest size in which the text stays within the margins."""
    room = WIDTH - 2 * _MARGIN
    while size > 18 and _font(name, size).getlength(text) > room:
        size -= 2
    return _font(name, size)
