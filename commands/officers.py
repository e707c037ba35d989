"""`flask --app wsgi officers ...`: enroll, web, list, unlock, leave."""

import re
from collections.abc import Callable

import click

from codes.police import officers as duty
from codes.police.roster import Enrolled, roster
from codes.police.roster import leave as leave_roster
from codes.regimes import in_force
from commands.arguments import known_phone, read_number, read_zone
from commands.tables import Row, described, iso, show_rows
from commands.terminal import Failure, Group, acting, looked, looking, operator, out, settings, store
from store import Work
from web.police.accounts import close_with, invite

_PIN = re.compile(r"[0-9]{4,8}")

officers = Group("officers", help="Police officers who check passes: enroll, web, list, unlock, leave.")


@officers.command("enroll")
@click.option("--phone", required=True, help="The officer's telephone.")
@click.option("--unit", required=True, help="Where the officer serves.")
@click.option("--pin", required=True, help="What opens a shift: 4 to 8 digits.")
@click.option("--zone", help="The officer's usual zone in the order.")
@acting
def enroll(*, phone: str, unit: str, pin: str, zone: str | None, as_json: bool) -> None:
    """Enrolls an officer, or gives one a new unit, PIN and zone."""
    if not _PIN.fullmatch(pin):
        raise Failure("a PIN has 4 to 8 digits, 0 to 9")
    if not unit.strip():
        raise Failure("--unit is empty: say where the officer serves")
    with store().work() as work:
        number = read_number(work, phone)
        place = read_zone(zone, in_force(work).regime)
        officer_id = duty.enroll(work, number, unit.strip(), pin, place, operator())
    row: Row = {"id": officer_id, "phone": number, "unit": unit.strip(), "zone": place}
    out(as_json, row, described(row))


@officers.command("web")
@click.option("--phone", required=True, help="The officer's telephone.")
@acting
def web(*, phone: str, as_json: bool) -> None:
    """Lets an officer check passes on a page: prints a link that sets up codes and passkeys, once, within 24 hours.

    Again: takes codes and passkeys away and signs out, for a lost telephone, say.
    """
    with store().work() as work:
        number = read_number(work, phone)
        token = invite(work, in_force(work), number, operator())
        if token is None:
            raise Failure(f"no officer is enrolled on {number}")
    row: Row = {"phone": number, "link": f"{settings().public_url}/police/enrol/{token}"}
    out(as_json, row, described(row))


@officers.command("list")
@looking
def list_officers(*, as_json: bool) -> None:
    """Everybody enrolled, by unit."""
    with store().work() as work:
        under = in_force(work)
        looked(work, ["officers"], "officers list")
        rows = [_row(one, iso(one.shift_until, under.regime.zone)) for one in roster(work, under)]
    show_rows(as_json, rows)


def _row(one: Enrolled, shift_until: str | None) -> Row:
    officer = one.officer
    return {
        "id": officer.id,
        "phone": one.phone,
        "unit": one.unit,
        "zone": officer.zone,
        "on_shift": officer.on_shift,
        "shift_until": shift_until if officer.on_shift else None,
        "locked": officer.locked,
        "wrong_pins": officer.wrong_pins,
        "unknown_codes_today": officer.unknown_codes,
    }


@officers.command("unlock")
@click.option("--phone", required=True, help="The officer's telephone.")
@click.option(
    "--why", type=click.Choice([str(one) for one in duty.UnlockReason]), default="other", help="Stands in the audit."
)
@acting
def unlock(*, phone: str, why: str, as_json: bool) -> None:
    """Lets an officer go on after wrong PINs or unknown codes."""
    reason = duty.UnlockReason(why)

    def let_go_on(work: Work, number: str) -> bool:
        officer_id = duty.officer_on(work, number)
        if officer_id is not None:
            duty.unlock(work, officer_id, operator(), reason)
        return officer_id is not None

    _change(phone, as_json, "unlocked", let_go_on)


@officers.command("leave")
@click.option("--phone", required=True, help="The officer's telephone.")
@acting
def leave(*, phone: str, as_json: bool) -> None:
    """Ends an officer's service: the telephone is answered like everybody's."""

    def go(work: Work, number: str) -> bool:
        close_with(work, in_force(work), number, operator())
        return leave_roster(work, known_phone(work, phone), operator())

    _change(phone, as_json, "left", go)


def _change(phone: str, as_json: bool, done: str, change: Callable[[Work, str], bool]) -> None:
    with store().work() as work:
        number = read_number(work, phone)
        if not change(work, number):
            raise Failure(f"no officer is enrolled on {number}")
    row: Row = {"phone": number, done: True}
    out(as_json, row, f"{number} {done}")
