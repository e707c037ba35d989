"""PDFs: each page drawn as a picture, by a PDFium that runs no scripts; forms, links and files stay behind."""

import pypdfium2
import pypdfium2.raw as pdfium

from papers.answers import LONGEST_SIDE, MOST_PAGES, Drawn
from papers.pictures import drawn

_MOST_SCALE = 4.0
"""A page the size of a stamp is not blown up further."""


class TooManyPages(Exception):
    """More than anybody would look through."""


class Locked(Exception):
    """It can't be opened without a password."""


def read_document(content: bytes) -> list[Drawn]:
    """Its pages; raises Locked, TooManyPages, or what PDFium raises."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Locked from None
        raise
    count = len(document)
    if count > MOST_PAGES:
        raise TooManyPages
    return [_page(document[number]) for number in range(count)]


def _page(page: pypdfium2.PdfPage) -> Drawn:
    longest = max(page.get_size())
    scale = min(LONGEST_SIDE / longest, _MOST_SCALE)
    bitmap = page.render(scale=scale, may_draw_forms=False, fill_color=(255, 255, 255, 255))
    found = drawn(bitmap.to_pil())
    bitmap.close()
    page.close()
    return found
