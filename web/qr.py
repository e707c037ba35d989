"""QR codes on a page."""

from markupsafe import Markup, escape

from codes.signed.qr import BORDER, drawn


def qr_svg(address: str, title: str) -> Markup:
    """The QR code of `address` as inline SVG, black on white by night too; `title` is what a screen reader says."""
    svg = drawn(address).svg_inline(border=BORDER, dark="#000", light="#fff", omitsize=True, svgclass="qr")
    head, _, rest = svg.partition(">")
    named = f'role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>'
    return Markup(f"{head} {named}{rest}")  # noqa: S704 - segno's own drawing, and an escaped title
