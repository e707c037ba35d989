"""Showing a pass elsewhere: by a link that ends by itself, by e-mail, by a text to the holder's own telephone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import HeaderParseError
from email.headerregistry import Address
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, func, select
from sqlmodel import col

from codes.finding import PASS_AND_PEOPLE
from codes.outcomes import Grant
from codes.own_passes import OwnPass
from codes.passes import live_pass
from codes.people import holder
from codes.regimes import terms
from store import Work
from store.jobs import POST_MAIL
from store.messages import OutboxMessage
from store.outbox import send
from store.passes import Pass
from store.phones import Telephone
from store.sharing import Mail, ShareLink
from store.tokens import new_token, token_hash

LINKS = 5
"""To one pass at a time."""
MAILS_A_DAY = 10
"""From one telephone, in any 24 hours: we are no way to write to strangers."""
TEXTS_A_DAY = 5
LONGEST_ADDRESS = 254
"""RFC 5321's longest path, without its brackets."""
_DAY = timedelta(days=1)


class NotShared(StrEnum):
    """Why a pass is not shown elsewhere."""

    OVER = "over"  # the pass is not live
    TOO_MANY = "too_many"
    NO_ADDRESS = "no_address"  # nothing can be sent to an address like this


@dataclass(frozen=True, slots=True)
class Link:
    """A link that works still, as its owner sees it; what opens it is kept nowhere."""

    id: str
    ends_at: datetime


def share(work: Work, one: OwnPass, lasting: timedelta | None, actor: str) -> str | NotShared:
    """The token of a new link, which ends after `lasting` or with the pass."""
    if not one.is_live(work.now):
        return NotShared.OVER
    work.lock(work.keys.blind("share", one.live.id))
    if len(links(work, one)) >= LINKS:
        return NotShared.TOO_MANY
    token, link_id = new_token(), work.new_id()
    ends_at = min(one.live.valid_until, work.now + lasting) if lasting else one.live.valid_until
    named = {"id": link_id, "pass_id": one.live.id, "made_at": work.now, "ends_at": ends_at}
    work.insert(ShareLink, token_hash=token_hash(token), **named)
    work.audit(actor, "pass.shared", one.live.id, {"until": ends_at.isoformat()})
    return token


def links(work: Work, one: OwnPass) -> list[Link]:
    """The links to a pass that work, oldest first."""
    open_ones = (col(ShareLink.pass_id) == one.live.id, col(ShareLink.ends_at) > work.now)
    rows = work.rows(select(ShareLink).where(*open_ones).order_by(col(ShareLink.id)))
    return [Link(row.id, row.ends_at) for row in rows]


def end_link(work: Work, one: OwnPass, link_id: str, actor: str) -> bool:
    """Ends a link to a pass; False where there is none."""
    mine = delete(ShareLink).where(col(ShareLink.id) == link_id, col(ShareLink.pass_id) == one.live.id)
    if not work.run(mine):
        return False
    work.audit(actor, "pass.link_ended", one.live.id)
    return True


def shared_pass(work: Work, token: str) -> OwnPass | None:
    """The pass that a link shows; None where it does not work (any more)."""
    mine = col(ShareLink.token_hash) == token_hash(token), col(ShareLink.ends_at) > work.now
    row = work.row(PASS_AND_PEOPLE.join(ShareLink, col(ShareLink.pass_id) == col(Pass.id)).where(*mine))
    return _own(work, row) if row else None


def owe_mail(work: Work, phone: Telephone, one: OwnPass, address: str, language: str) -> NotShared | None:
    """Owes a pass to an e-mail address; None, or why not."""
    if not one.is_live(work.now):
        return NotShared.OVER
    if not _is_address(address):
        return NotShared.NO_ADDRESS
    sent = select(func.count()).where(col(Mail.phone_id) == phone.id, col(Mail.created_at) > work.now - _DAY)
    if work.count(sent) >= MAILS_A_DAY:
        return NotShared.TOO_MANY
    mail_id = work.new_id()
    work.insert(
        Mail,
        id=mail_id,
        phone_id=phone.id,
        pass_id=one.live.id,
        address_sealed=phone.key.seal(f"mail.address.{mail_id}", address),
        language=language,
        state="created",
        attempts=0,
        created_at=work.now,
        due_at=work.now,
    )
    work.audit(phone.actor, "pass.mailed", one.live.id)
    work.ring(POST_MAIL, mail_id)
    return None


def mailed_pass(work: Work, pass_id: str) -> OwnPass:
    """The pass of an e-mail."""
    return _own(work, work.row(PASS_AND_PEOPLE.where(col(Pass.id) == pass_id)))


def text_code(work: Work, phone: Telephone, one: OwnPass, language: str) -> NotShared | None:
    """Texts the code to the holder's own telephone; None, or why not."""
    if not one.is_live(work.now):
        return NotShared.OVER
    grant: Grant = one.grant
    template = "status_ahead" if grant.valid_from > work.now else "status_live"
    theirs = (col(OutboxMessage.phone_id) == phone.id, col(OutboxMessage.created_at) > work.now - _DAY)
    asked = select(func.count()).where(*theirs, col(OutboxMessage.template).in_(("status_live", "status_ahead")))
    if work.count(asked) >= TEXTS_A_DAY:
        return NotShared.TOO_MANY
    fields: dict[str, str | int | datetime] = {
        "code": grant.code,
        "purpose": grant.name.get(language) or grant.name[one.regime.default_language],
        "valid_from": grant.valid_from,
        "valid_until": grant.valid_until,
        "initials": grant.initials,
        "tail": grant.document_tail,
    }
    send(work, phone, template, language, fields, asked=True)
    work.audit(phone.actor, "pass.texted", one.live.id)
    return None


def _own(work: Work, row: Row[Any]) -> OwnPass:
    known = holder(work, row)
    regime = terms(work, row.pass_regime_version).regime
    return OwnPass(known, live_pass(known.key, row), regime, row.pass_revoked_reason, row.pass_channel)


def _is_address(address: str) -> bool:
    try:
        parsed = Address(addr_spec=address)
    except (HeaderParseError, ValueError, IndexError):
        return False
    plain = address.isascii() and address.isprintable() and " " not in address
    return plain and "." in parsed.domain and len(address) <= LONGEST_ADDRESS
