"""Photos as people take them, made of portraits: well, and in every way that goes wrong."""

import io
from functools import cache
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from development.acting import Portrait, before_camera, posing
from development.portraits import ASTRONAUT, portrait
from monitoring.challenges import BURST


@cache
def camera(name: str = ASTRONAUT) -> Portrait:
    """Somebody before a camera of 640 by 480 pixels."""
    return before_camera(portrait(name))


def jpeg(picture: Any) -> bytes:
    """As a browser's camera saves it."""
    return bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 85])[1])


@cache
def poses(pose: str, name: str = ASTRONAUT) -> tuple[bytes, ...]:
    """Photos of a pose; of a blink as many as it takes."""
    return tuple(jpeg(one) for one in posing(camera(name), pose, BURST if pose == "blink" else 1))


def image(name: str = ASTRONAUT) -> Image.Image:
    """A portrait, decoded."""
    return Image.open(io.BytesIO(portrait(name))).convert("RGB")


def saved(picture: Image.Image, kind: str = "JPEG", **more: Any) -> bytes:
    """A photo as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def sideways(orientation: int, name: str = "obama.jpg") -> bytes:
    """A photo whose pixels lie on a side, and say so."""
    undone = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    told = Image.Exif()
    told[0x0112] = orientation
    return saved(image(name).transpose(undone[orientation]), exif=told.tobytes())


def lit(by: float, name: str = "obama.jpg") -> bytes:
    """A photo with so many times its light."""
    return saved(ImageEnhance.Brightness(image(name)).enhance(by))


def blurred(radius: float, name: str = "obama.jpg") -> bytes:
    """A photo out of focus."""
    return saved(image(name).filter(ImageFilter.GaussianBlur(radius)))


def sized(longest: int, name: str = "obama.jpg") -> bytes:
    """A photo of another size."""
    whole = image(name)
    scale = longest / max(whole.size)
    return saved(whole.resize((round(whole.width * scale), round(whole.height * scale)), Image.Resampling.LANCZOS))


def tilted(degrees: float, name: str = "obama.jpg") -> bytes:
    """A photo of somebody who holds the head to a side."""
    return saved(image(name).rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=(128, 128, 128)))


def beside(*names: str) -> bytes:
    """Several people on one photo."""
    pictures = [image(name).resize((600, 800)) for name in names]
    together = Image.new("RGB", (600 * len(pictures), 800))
    for place, one in enumerate(pictures):
        together.paste(one, (600 * place, 0))
    return saved(together)


def nothing() -> bytes:
    """A photo of a wall."""
    noise = np.random.default_rng(4).integers(100, 160, (480, 640, 3), np.uint8)
    return jpeg(noise)
