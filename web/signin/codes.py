"""One-time codes of an authenticator app: six digits for half a minute, each good once."""

import hmac
from datetime import datetime

import pyotp
import segno

from store.keyring import DataKey

STEP_S = 30
_ISSUER = "Passline"


def new_secret() -> str:
    """160 random bits, as an app wants them typed."""
    return pyotp.random_base32()


def place(staff_id: str) -> str:
    """Where the secret is sealed."""
    return f"staff.totp.{staff_id}"


def sealed_secret(key: DataKey, staff_id: str, secret: str) -> bytes:
    """The secret as its row keeps it."""
    return key.seal(place(staff_id), secret)


def code_of(secret: str, step: int) -> str:
    """The code of a half minute."""
    return pyotp.TOTP(secret).generate_otp(step)


def step_of(secret: str, code: str, now: datetime, used: int | None) -> int | None:
    """The half minute this code is of: this one or its neighbours, and later than `used`. None: it is no good."""
    totp, this = pyotp.TOTP(secret), int(now.timestamp()) // STEP_S
    digits = "".join(code.split())
    good = [
        step
        for step in (this - 1, this, this + 1)
        if hmac.compare_digest(totp.generate_otp(step).encode(), digits.encode("utf-8", "surrogatepass"))
    ]
    return next((step for step in good if used is None or step > used), None)


def qr(secret: str, name: str) -> str:
    """The QR an app scans, as SVG."""
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=_ISSUER)
    return segno.make(address, error="m", micro=False).svg_inline(scale=5, border=2, omitsize=False)


def grouped(secret: str) -> str:
    """The secret in groups of four, to be typed."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
