"""TwiML documents, and what XML 1.0 forbids in them taken out."""

import re
from html import escape

MIME_TYPE = "text/xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

SILENCE = f"{_HEAD}<Response/>"
"""Nothing is answered."""


def message(text: str) -> str:
    """A document that answers a text with `text`."""
    return response(verb("Message", said(text)))


def response(*verbs: str) -> str:
    """A document of some verbs."""
    return f"{_HEAD}<Response>{''.join(verbs)}</Response>"


def verb(name: str, *inside: str, **attributes: str | int | None) -> str:
    """A verb around other verbs or what is `said`; attributes as the carrier names them, without those that are None.

    The carrier's own library builds a tree of objects and then another, which takes half as long as a whole text.
    """
    given = "".join(f' {key}="{escape(str(value))}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{given}>{''.join(inside)}</{name}>" if inside else f"<{name}{given}/>"


def said(text: str) -> str:
    """`text` as it stands in a document."""
    return escape(printable(text), quote=False)


def printable(text: str) -> str:
    """`text` without what XML 1.0 forbids; libraries let it through."""
    return _FORBIDDEN.sub("", text)
