"""TwiML documents, and what XML 1.0 forbids in them taken out."""

import re
from xml.sax.saxutils import escape

MIME_TYPE = "text/xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

SILENCE = f"{_HEAD}<Response/>"
"""Nothing is answered."""


def message(text: str) -> str:
    """A document that answers a text with `text`."""
    return f"{_HEAD}<Response><Message>{escape(printable(text))}</Message></Response>"


def printable(text: str) -> str:
    """`text` without what XML 1.0 forbids; libraries let it through."""
    return _FORBIDDEN.sub("", text)
