"""A pass as an e-mail: plain text, and HTML with its QR code inside."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from jinja2 import Environment, PackageLoader

from codes.own_passes import OwnPass
from codes.regime import Regime
from codes.signed.qr import qr_png
from language.examples import name_in
from language.moments import ending, when
from language.wording import say, word

_QR = "qr"
"""The picture's id within the message."""
_PAGES = Environment(loader=PackageLoader("mailing"), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def compose(one: OwnPass, address: str, qr_address: str, language: str, now: datetime) -> EmailMessage:
    """The message for `address`; sender and id are the post's."""
    regime, grant = one.regime, one.grant
    purpose, title = name_in(grant.name, language, regime), name_in(regime.title, language, regime)
    advice = say("mail_show", language, regime), say("mail_why", language, regime)
    message = EmailMessage()
    message["Subject"] = " ".join(f"{title}: {purpose}".split())  # an order may break its lines, a header may not
    message["To"] = address
    message["Date"] = format_datetime(now)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n\n".join((word(grant, language, regime, now), advice[0], qr_address, advice[1])) + "\n")
    page = _PAGES.get_template("pass.html").render(
        language=language, title=title, purpose=purpose, code=grant.code, span=_span(one, regime, now), advice=advice,
        holder=f"{grant.initials} *{grant.document_tail}".strip(), qr=_QR,
    )  # fmt: skip
    message.add_alternative(page, subtype="html")
    html = message.get_payload()[1]  # type: ignore[index]
    html.add_related(qr_png(qr_address), "image", "png", cid=f"<{_QR}>", filename="qr.png")  # type: ignore[union-attr]
    return message


def _span(one: OwnPass, regime: Regime, now: datetime) -> str:
    start, end = when(one.live.valid_from, regime), ending(one.live.valid_until, regime)
    return f"{start} – {end}" if one.live.valid_from > now else f"→ {end}"
