"""Is it the officer? Enrolled number, the shift's PIN and a one-time code; or a passkey. Whoever is let in is on shift.

One answer for an unknown number, a wrong PIN, a wrong code and a lock. A PIN is tried only beside a right code: so a
stranger who knows a number locks this way in for a quarter of an hour, and never the officer's shift.
"""

from dataclasses import dataclass
from datetime import datetime

from codes.phones import read_phone
from codes.police.duty import Serving, officer_of_account, officer_of_number
from codes.police.officers import Shift, close_shift, open_proved_shift, open_shift
from codes.regimes import Terms, in_force
from store import Store, Work
from store.phones import NUMBER
from web.signin.accounts import change_account, row_by_id
from web.signin.checking import count_wrong, step_for
from web.signin.sessions import end_sessions, open_session
from web.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer typed; `zone` empty: the usual one."""

    number: str
    pin: str
    code: str
    zone: str


@dataclass(frozen=True, slots=True)
class Entered:
    """The cookie's value, and when it ends."""

    token: str
    until: datetime


def sign_in(store: Store, said: Said) -> Entered | None:
    """Opens the shift and a session as long; None where anything is wrong."""
    with store.work() as work:
        under = in_force(work)
        number = read_phone(said.number, under.regime.phone_region) or ""
        work.lock(work.keys.blind(NUMBER, number))  # as a text does, so that wrong PINs count together
        serving = officer_of_number(work, under, number)
        row = row_by_id(work, serving.staff_id if serving and serving.staff_id else "")
        step = step_for(work, row, said.code)
        if serving is None or step is None or row.enrol_hash is not None:
            count_wrong(work, row)
            return None
        change_account(work, row.id, totp_step=step, wrong_sign_ins=0, locked_until=None)
        return _on_shift(work, under, serving, said)


def _on_shift(work: Work, under: Terms, serving: Serving, said: Said) -> Entered | None:
    staff_id = str(serving.staff_id)
    answer = open_shift(work, serving.officer, said.pin, _zone(under, said.zone), f"staff:{staff_id}")
    if answer.shift is not Shift.OPENED or answer.until is None:
        return None
    return Entered(open_session(work, staff_id, "pin", answer.until), answer.until)


def open_by_passkey(work: Work, staff_id: str, zone: str) -> Entered | None:
    """Opens the shift of whom a passkey proved, and a session as long; None where they are no officer, or locked."""
    under = in_force(work)
    officer = officer_of_account(work, under, staff_id)
    if officer is None:
        return None
    answer = open_proved_shift(work, officer, _zone(under, zone), f"staff:{staff_id}")
    if answer.shift is not Shift.OPENED or answer.until is None:
        return None
    return Entered(open_session(work, staff_id, "passkey", answer.until), answer.until)


def sign_out(work: Work, who: Visitor) -> None:
    """Ends the shift and every session of it."""
    officer = officer_of_account(work, in_force(work), who.id)
    if officer is not None:
        close_shift(work, officer.id, who.actor)
    end_sessions(work, who.id)
    work.audit(who.actor, "staff.signed_out", who.id)


def _zone(under: Terms, named: str) -> str | None:
    return named if named in {zone.key for zone in under.regime.zones} else None
