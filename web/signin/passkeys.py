"""Passkeys (WebAuthn): kept on a device that checks its owner, bound to our address, signing a challenge of ours.

A challenge lasts some minutes and works once: it is refused where the passkey was used since it was given.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import delete, select, update
from sqlmodel import col
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from store import Store, Work
from store.columns import table
from store.staff import Passkey
from web.signin.accounts import row_by_id
from web.signin.checking import NOBODY
from web.signin.sessions import open_session
from web.visitor import Visitor

LASTS = timedelta(minutes=5)
_REQUIRED = UserVerificationRequirement.REQUIRED
Document = dict[str, Any]
Opening = Callable[[Work, str], str | None]
"""Opens a session for somebody on the staff."""


def _open(work: Work, staff_id: str) -> str | None:
    return open_session(work, staff_id, "passkey")


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a device must sign, and when it was asked to."""

    sign: bytes
    asked_at: datetime

    def lasts(self, now: datetime) -> bool:
        """Whether it may still be answered."""
        return self.asked_at <= now < self.asked_at + LASTS


class Passkeys:
    """Adds and checks them for one address."""

    def __init__(self, store: Store, public_url: str) -> None:
        parts = urlsplit(public_url)
        self._store = store
        self._host = parts.hostname or ""
        self._origin = f"{parts.scheme}://{parts.netloc}"

    def to_add(self, who: Visitor) -> tuple[str, bytes]:
        """What the browser is asked to make (JSON), and the challenge in it."""
        with self._store.reading() as work:
            known = [PublicKeyCredentialDescriptor(id=row.id) for row in passkeys_of(work, who.id)]
        options = generate_registration_options(
            rp_id=self._host,
            rp_name="Passline",
            user_id=who.id.encode(),
            user_name=who.name,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_REQUIRED
            ),
            exclude_credentials=known,
        )
        return options_to_json(options), options.challenge

    def add(self, who: Visitor, made: Document, challenge: Challenge) -> bool:
        """Keeps what the browser made; False where it does not hold."""
        try:
            found = verify_registration_response(
                credential=made,
                expected_challenge=challenge.sign,
                expected_rp_id=self._host,
                expected_origin=self._origin,
                require_user_verification=True,
            )
        except WebAuthnException:
            return False
        with self._store.work() as work:
            if not challenge.lasts(work.now) or _passkey(work, found.credential_id):
                return False
            work.insert(
                Passkey,
                id=found.credential_id,
                staff_id=who.id,
                public_key=found.credential_public_key,
                sign_count=found.sign_count,
                added_at=work.now,
            )
            work.audit(who.actor, "staff.passkey_added", who.id)
        return True

    def to_enter(self) -> tuple[str, bytes]:
        """What the browser is asked to sign (JSON), by whichever passkey it has for us, and the challenge in it."""
        options = generate_authentication_options(rp_id=self._host, user_verification=_REQUIRED)
        return options_to_json(options), options.challenge

    def enter(self, signed: Document, challenge: Challenge, opening: Opening = _open) -> str | None:
        """The cookie's value of a new session, by `opening`; None where the signature does not hold."""
        with self._store.work() as work:
            passkey = _passkey(work, _credential_id(signed))
            if passkey is None or not challenge.lasts(work.now) or _used_since(passkey, challenge):
                _note_refusal(work, passkey)
                return None
            try:
                found = verify_authentication_response(
                    credential=signed,
                    expected_challenge=challenge.sign,
                    expected_rp_id=self._host,
                    expected_origin=self._origin,
                    credential_public_key=passkey.public_key,
                    credential_current_sign_count=passkey.sign_count,
                    require_user_verification=True,
                )
            except WebAuthnException:
                _note_refusal(work, passkey)
                return None
            owner = row_by_id(work, passkey.staff_id)
            if owner is None or owner.closed_at is not None:
                _note_refusal(work, passkey)
                return None
            change = update(Passkey).where(col(Passkey.id) == passkey.id)
            work.run(change, sign_count=found.new_sign_count, used_at=work.now)
            return opening(work, owner.id)


def passkeys_of(work: Work, staff_id: str) -> Sequence[Any]:
    """The rows of somebody's passkeys, the oldest first."""
    return work.rows(select(table(Passkey)).where(col(Passkey.staff_id) == staff_id).order_by(col(Passkey.added_at)))


def remove_passkeys(work: Work, who: Visitor) -> None:
    """Takes every passkey of somebody away."""
    work.run(delete(Passkey).where(col(Passkey.staff_id) == who.id))
    work.audit(who.actor, "staff.passkeys_removed", who.id)


def challenge_text(challenge: bytes) -> str:
    """A challenge as a cookie keeps it."""
    return bytes_to_base64url(challenge)


def challenge_bytes(text: str) -> bytes:
    """The challenge that a cookie kept."""
    return base64url_to_bytes(text)


def _passkey(work: Work, credential_id: bytes) -> Any:
    return work.row(select(table(Passkey)).where(col(Passkey.id) == credential_id))


def _credential_id(signed: Document) -> bytes:
    try:
        return base64url_to_bytes(str(signed.get("rawId", "")))
    except ValueError:
        return b""


def _used_since(passkey: Any, challenge: Challenge) -> bool:
    return passkey.used_at is not None and passkey.used_at >= challenge.asked_at


def _note_refusal(work: Work, passkey: Any) -> None:
    work.audit(NOBODY, "staff.sign_in_refused", passkey.staff_id if passkey else NOBODY, {"by": "passkey"})
