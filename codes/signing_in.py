"""Citizens sign in on the pages by a code that is texted to them; what is sent is limited, since each text costs money.

These limits bind texts that somebody at a browser makes us send to any number; a text of one's own is always answered.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import phonenumbers
from phonenumbers import PhoneNumberType
from sqlalchemy import ColumnElement, func, select, true, update
from sqlmodel import col

from store import Work
from store.citizens import SignInCode
from store.outbox import send
from store.phones import Telephone, ensure_phone_alike, phone_by_id
from store.tokens import new_token, token_hash

DIGITS = 8
LASTS = timedelta(minutes=10)
TRIES = 3
CODES_A_DAY = 4
"""For one telephone, in any 24 hours."""
_IN_BLOCK = 3
"""Numbers that differ in so many last digits are one block."""
BLOCK_CODES, BLOCK_SHARE, BLOCK_WITHIN = 10, 0.2, timedelta(hours=6)
"""So many codes to a block lately, of which less than this share was entered, are a fraud that sells texts."""
SIGN_IN_CODE = "sign_in_code"
"""The sentence that carries the code."""
_DAY = timedelta(days=1)
_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


class NotSent(StrEnum):
    """Why no code goes out."""

    NOT_MOBILE = "not_mobile"  # no mobile number of a country we text on somebody's word at a browser
    TOO_MANY = "too_many"  # four in a day went to it
    SPENT = "spent"  # of the day's money, or this block of numbers looks like a fraud


@dataclass(frozen=True, slots=True)
class CodeSent:
    """A code is on its way; `token` belongs into the browser that asked, and alone there the code works."""

    token: str


class Denied(StrEnum):
    """Why a code opens nothing."""

    WRONG = "wrong"
    OVER = "over"  # too old, used, or tried too often: a new one is needed


@dataclass(frozen=True, slots=True)
class TextLimits:
    """What a browser may make us send: to which countries beside the order's own (ISO 3166), how many a day in all."""

    regions: Collection[str] = ()
    codes_a_day: int = 20_000


def send_code(work: Work, number: str, language: str, region: str, limits: TextLimits) -> CodeSent | NotSent:
    """Texts eight digits to the E.164 `number`; `region` is the order's. Nobody learns who is known here."""
    if not is_mobile(number, {region, *limits.regions}):
        return NotSent.NOT_MOBILE
    block = work.keys.blind("number_block", number[:-_IN_BLOCK])
    if _spent(work, block, limits):
        return NotSent.SPENT
    phone = ensure_phone_alike(work, number)
    if _sent(work, col(SignInCode.phone_id) == phone.id, _DAY) >= CODES_A_DAY:
        return NotSent.TOO_MANY
    token, code = new_token(), f"{work.random.randrange(10**DIGITS):0{DIGITS}}"
    work.insert(
        SignInCode,
        browser_hash=token_hash(token),
        phone_id=phone.id,
        block_index=block,
        code_index=_code_index(work, token, code),
        sent_at=work.now,
        wrong=0,
    )
    send(work, phone, SIGN_IN_CODE, language, {"code": code}, asked=True)
    work.audit("browser", "citizen.code_sent", phone.id)
    return CodeSent(token)


def enter(work: Work, token: str, code: str) -> Telephone | Denied:
    """Whose telephone the code was sent to, where it is the one of this browser. A wrong one is counted."""
    work.lock(token_hash(token))
    mine = col(SignInCode.browser_hash) == token_hash(token)
    row = work.row(select(SignInCode).where(mine))
    if row is None or row.entered_at or row.wrong >= TRIES or work.now - row.sent_at > LASTS:
        return Denied.OVER
    if row.code_index != _code_index(work, token, code):
        work.run(update(SignInCode).where(mine), wrong=row.wrong + 1)
        work.audit("browser", "citizen.code_wrong", row.phone_id, {"wrong": row.wrong + 1})
        return Denied.OVER if row.wrong + 1 >= TRIES else Denied.WRONG
    work.run(update(SignInCode).where(mine), entered_at=work.now)
    return phone_by_id(work, row.phone_id)


def is_mobile(number: str, regions: Collection[str]) -> bool:
    """Whether an E.164 number is a mobile one of these countries (ISO 3166)."""
    parsed = phonenumbers.parse(number)
    return (
        phonenumbers.is_valid_number(parsed)
        and phonenumbers.region_code_for_number(parsed) in regions
        and phonenumbers.number_type(parsed) in _MOBILE
    )


def _spent(work: Work, block: bytes, limits: TextLimits) -> bool:
    if _sent(work, true(), _DAY) >= limits.codes_a_day:
        return True
    in_block = col(SignInCode.block_index) == block
    sent = _sent(work, in_block, BLOCK_WITHIN)
    entered = _sent(work, in_block & col(SignInCode.entered_at).is_not(None), BLOCK_WITHIN)
    return sent >= BLOCK_CODES and entered < sent * BLOCK_SHARE


def _sent(work: Work, which: ColumnElement[bool], within: timedelta) -> int:
    lately = col(SignInCode.sent_at) > work.now - within
    return work.count(select(func.count()).select_from(SignInCode).where(lately, which))


def _code_index(work: Work, token: str, code: str) -> bytes:
    return work.keys.blind(SIGN_IN_CODE, f"{token}/{code}")
