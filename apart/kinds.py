"""Which kind of photo a file is, by its first bytes and never by its name."""

from typing import Final

HEADS: Final = (("jpeg", b"\xff\xd8\xff"), ("png", b"\x89PNG\r\n\x1a\n"), ("webp", b"RIFF"))


def kind_of_picture(content: bytes) -> str | None:
    """``jpeg``, ``png``, ``webp``, a key of `apart.pictures.FORMATS`; None for what is no photo."""
    kind = next((name for name, head in HEADS if content.startswith(head)), None)
    return None if kind == "webp" and content[8:12] != b"WEBP" else kind
