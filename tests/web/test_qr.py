"""QR codes to see and to keep, read again by another program; and the keys that verify them."""

import base64
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image

from codes.signed.qr import qr_png
from codes.signed.signing import Signing
from web.qr import qr_svg

ADDRESS = "https://pass.example/q#" + "A" * 36 + "." + "b" * 86


def test_a_code_has_a_title_and_no_style_of_its_own() -> None:
    drawn = str(qr_svg(ADDRESS, 'Pass <of> "Anna"'))

    assert drawn.startswith("<svg ") and 'role="img"' in drawn and 'class="qr"' in drawn
    assert "<title>Pass &lt;of&gt; &#34;Anna&#34;</title>" in drawn and "style" not in drawn


def test_a_code_is_of_version_8_with_its_white_around() -> None:
    assert 'viewBox="0 0 57 57"' in str(qr_svg(ADDRESS, "Pass"))  # 49 modules, and four on each side

    picture = Image.open(BytesIO(qr_png(ADDRESS, scale=2)))

    assert picture.size == (114, 114) and picture.format == "PNG"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_keys_are_for_everybody_and_for_a_minute(client: FlaskClient, signing: Signing) -> None:
    answer = client.get("/q/keys.json")

    (key,) = answer.get_json()["keys"]
    (public,) = signing.public_keys
    assert answer.headers["Cache-Control"] == "public, max-age=60" and "Set-Cookie" not in answer.headers
    assert base64.urlsafe_b64decode(key["key"] + "=") == public.raw
    assert (key["id"], key["test"], key["since"]) == (1, True, "2026-06-03T09:00:00+00:00")
