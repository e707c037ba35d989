"""Papers that people photograph and add to their applications."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from web.assets import FOLDER, FONTS

_SIZE = (900, 1200)
_LINES = ("СПРАВКА", "", "Дана для предъявления", "по месту требования.", "", "Городской архив, каб. 12", "26 ноября")


def letter(name: str) -> bytes:
    """A PNG of a letter about somebody."""
    page = Image.new("RGB", _SIZE, "#f7f4ec")
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(str(FOLDER / FONTS[0]), 44)
    for place, line in enumerate((*_LINES[:2], name, *_LINES[2:])):
        draw.text((90, 120 + 84 * place), line, fill="#22262a", font=font)
    kept = BytesIO()
    page.save(kept, "PNG")
    return kept.getvalue()
