"""Files as people send them, and as people send them who mean harm."""

import io
import struct
import zlib

from PIL import Image

FACE = (180, 120, 40)
"""The colour of every photo here, so that one can see whether it is the same."""


def photo(width: int = 400, height: int = 300, kind: str = "JPEG", **more: object) -> bytes:
    """A photo with something on it."""
    image = Image.new("RGB", (width, height), FACE)
    image.paste((20, 20, 20), (width // 4, height // 4, width // 2, height // 2))
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def pdf(pages: int = 1) -> bytes:
    """A document with so many pages, each a photo."""
    out, page = io.BytesIO(), Image.new("RGB", (200, 280), FACE)
    page.save(out, "PDF", save_all=True, append_images=[page] * (pages - 1))
    return out.getvalue()


def many_pages(count: int) -> bytes:
    """A small document of a thousand pages."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[" % count + b"3 0 R " * count + b"]>>"]
    return written([*objects, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"])


def written(objects: list[bytes], extra: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + one + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, start)
    return bytes(out)


def with_javascript() -> bytes:
    """A document that would run a script as it is opened, and when its page is."""
    script = b"<</S/JavaScript/JS(app.alert\\(1\\);this.exportDataObject\\({cName:'x',nLaunch:2}\\))>>"
    catalogue = b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R/Names<</JavaScript<</Names[(a)4 0 R]>>>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/AA<</O 4 0 R>>>>"
    return written([catalogue, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, script])


def with_password() -> bytes:
    """A document that opens with a password alone."""
    secret = b"/Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>" % (b"5a" * 32, b"6b" * 32)
    pages = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"
    extra = b"/Encrypt 4 0 R/ID[<%s><%s>]" % (b"7c" * 16, b"7c" * 16)
    return written([*pages, page, b"<<" + secret + b">>"], extra)


def png(width: int, height: int, data: bytes, *more: tuple[bytes, bytes]) -> bytes:
    """A PNG that says it is so large, with this packed data and other chunks."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), *more, (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def zeros(count: int) -> bytes:
    """So many MiB of zero bytes, packed: a thousandth of it."""
    packer = zlib.compressobj(9)
    one = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)  # after which the next can be the same
    head, body = one[:2], one[2:]
    sum_of_all = ((count << 20) % 65521) << 16 | 1  # Adler's, of zeros
    return head + body * count + b"\x03\x00" + struct.pack(">I", sum_of_all)


def bomb() -> bytes:
    """A PNG that is small, and says it is, and holds 400 MB; and as much in a note."""
    note = (b"zTXt", b"note\x00\x00" + zeros(200))
    return png(600, 600, zeros(400), note)


def wide_bomb() -> bytes:
    """A PNG of 30,000 by 30,000 pixels in 1 MB."""
    return png(30_000, 30_000, zeros(1 << 10))


def hidden_page() -> bytes:
    """A photo that is a page with a script for whoever opens it as one."""
    return photo(comment=b"<html><script>alert(1)</script></html>")


def gif_page() -> bytes:
    """A GIF that is a script."""
    return b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//<script>alert(1)</script>"


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
DOCX = b"PK\x03\x04\x14\x00\x06\x00word/document.xml"
