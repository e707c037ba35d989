"""E-mails we owe, on their way out: claim, commit, hand over with no transaction open, record, commit.

A mail whose sender died in between goes out again once its lease is over: it may come twice, as mails do.
"""

from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import select, update
from sqlmodel import col

from codes.sharing import mailed_pass
from codes.signed.signing import Signing
from mailing.composing import compose
from mailing.post import Post, PostAway, Undeliverable
from store import Store, Work
from store.phones import phone_by_id
from store.sharing import Mail

LEASE = timedelta(minutes=2)
ATTEMPTS = 6
WAIT = timedelta(minutes=1)
"""After the first failure; twice as long after each further one."""
BATCH = 50
_log = structlog.get_logger("mailing")


def post_mail(store: Store, post: Post, signing: Signing, mail_id: str) -> None:
    """Sends a mail that is due; nothing happens if it is not, or if another is at it. May run twice."""
    with store.work() as work:
        row = _claim(work, mail_id)
        message = _worded(work, signing, row) if row else None
    if row is None or message is None:
        return
    try:
        post.send(message)
    except Undeliverable:
        _settle(store, row, "failed")
    except PostAway:
        _wait(store, row)
    else:
        _settle(store, row, "sent")


def sweep(store: Store, post: Post, signing: Signing) -> int:
    """Sends what is due and no job took; how many it saw, at most a batch."""
    with store.reading() as work:
        due = select(col(Mail.id)).where(col(Mail.due_at) <= work.now).order_by(col(Mail.due_at)).limit(BATCH)
        ids = [row.id for row in work.rows(due)]
    for mail_id in ids:
        try:
            post_mail(store, post, signing, mail_id)
        except Exception as error:
            # One row that can't be worked on must not keep the others waiting; it stays due.
            _log.error("mail_failed", message_id=mail_id, error=type(error).__name__)
    return len(ids)


def _claim(work: Work, mail_id: str) -> Any:
    due = update(Mail).where(col(Mail.id) == mail_id, col(Mail.due_at) <= work.now)
    taken = due.values(state="sending", attempts=col(Mail.attempts) + 1, due_at=work.now + LEASE)
    return work.row(taken.returning(Mail))


def _worded(work: Work, signing: Signing, row: Any) -> Any:
    """The message; None after failing one whose pass is not live any more."""
    one = mailed_pass(work, row.pass_id)
    if not one.is_live(work.now):
        _change(work, row.id, state="failed", due_at=None, settled_at=work.now, address_sealed=None)
        return None
    phone = phone_by_id(work, row.phone_id)
    address = phone.key.open(f"mail.address.{row.id}", row.address_sealed)
    qr = signing.address(signing.sign(work, one.live, one.holder))
    return compose(one, address, qr, row.language, work.now)


def _settle(store: Store, row: Any, state: str) -> None:
    """For good: the address is not needed any more."""
    with store.work() as work:
        _change(work, row.id, state=state, due_at=None, settled_at=work.now, address_sealed=None)
    _log.info("mail_settled", message_id=row.id, state=state)


def _wait(store: Store, row: Any) -> None:
    if row.attempts >= ATTEMPTS:
        _settle(store, row, "failed")
        return
    with store.work() as work:
        _change(work, row.id, state="created", due_at=work.now + WAIT * 2 ** (row.attempts - 1))
    _log.warning("mail_waits", message_id=row.id, attempt=row.attempts)


def _change(work: Work, mail_id: str, **values: Any) -> None:
    work.run(update(Mail).where(col(Mail.id) == mail_id), **values)
