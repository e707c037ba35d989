"""`flask --app wsgi staff ...`: add, roles, clinic, reset, list, close; in development, code."""

from collections.abc import Sequence

import click

from codes.regimes import in_force
from commands.arguments import Words
from commands.tables import Row, described, iso, show_rows
from commands.terminal import Failure, Group, acting, looked, looking, operator, out, settings, store
from web.roles import STAFF_ROLES, Role, RolesRefused, read_roles
from web.signin.accounts import (
    AccountRefused,
    accounts,
    add_account,
    close_account,
    reset_account,
    set_clinic,
    set_roles,
)
from web.signin.showing import current_code

_LONGEST = 80

staff = Group("staff", help="People who work on pages: add, roles, reset, list, close.")
_name = click.argument("name", type=Words())


@staff.command("add")
@_name
@click.option("--role", "roles", multiple=True, required=True, help=f"Once or more: {', '.join(STAFF_ROLES)}.")
@acting
def add(*, name: str, roles: Sequence[str], as_json: bool) -> None:
    """Adds somebody, and prints a link with which they set up password and codes: once, within 24 hours."""
    given, called = _roles(roles), " ".join(name.split())
    if len(called) > _LONGEST or not called.isprintable():
        raise Failure(f"a name has at most {_LONGEST} signs, all of them visible")
    with store().work() as work:
        try:
            staff_id, token = add_account(work, called, given, operator())
        except AccountRefused as error:
            raise Failure(str(error)) from None
    row: Row = {"id": staff_id, "name": called, "roles": list(given), "link": _link(token)}
    out(as_json, row, described(row))


@staff.command("roles")
@_name
@click.argument("roles", nargs=-1, required=True)
@acting
def roles_of(*, name: str, roles: Sequence[str], as_json: bool) -> None:
    """Gives somebody these roles in place of those they had. They must sign in again."""
    given = _roles(roles)
    with store().work() as work:
        try:
            staff_id = set_roles(work, name, given, operator())
        except AccountRefused as error:
            raise Failure(str(error)) from None
    row: Row = {"id": staff_id, "name": name, "roles": list(given)}
    out(as_json, row, described(row))


@staff.command("clinic")
@_name
@click.argument("clinic", required=False)
@acting
def clinic_of(*, name: str, clinic: str | None, as_json: bool) -> None:
    """Says at which CLINIC a clinician works, whose cases they see; without one, at none."""
    called = " ".join((clinic or "").split())
    if len(called) > _LONGEST or (called and not called.isprintable()):
        raise Failure(f"a clinic's name has at most {_LONGEST} signs, all of them visible")
    with store().work() as work:
        try:
            staff_id = set_clinic(work, name, called or None, operator())
        except AccountRefused as error:
            raise Failure(str(error)) from None
    row: Row = {"id": staff_id, "name": name, "clinic": called or None}
    out(as_json, row, described(row))


@staff.command("reset")
@_name
@acting
def reset(*, name: str, as_json: bool) -> None:
    """Takes password, codes and passkeys away, signs out, and prints a new link: for a lost telephone, say."""
    with store().work() as work:
        try:
            staff_id, token = reset_account(work, name, operator())
        except AccountRefused as error:
            raise Failure(str(error)) from None
    row: Row = {"id": staff_id, "name": name, "link": _link(token)}
    out(as_json, row, described(row))


@staff.command("list")
@looking
def list_staff(*, as_json: bool) -> None:
    """Everybody, with roles and whether they are enrolled."""
    with store().work() as work:
        zone = in_force(work).regime.zone
        looked(work, ["staff"], "staff list")
        rows: list[Row] = [
            {
                "id": one.id,
                "name": one.name,
                "roles": list(one.roles),
                "state": one.state,
                "added": iso(one.created_at, zone),
            }
            for one in accounts(work)
        ]
    show_rows(as_json, rows)


@staff.command("close")
@_name
@acting
def close(*, name: str, as_json: bool) -> None:
    """Ends somebody's account for good and signs them out."""
    with store().work() as work:
        try:
            close_account(work, name, operator())
        except AccountRefused as error:
            raise Failure(str(error)) from None
    out(as_json, {"name": name, "closed": True}, f"{name} closed")


@staff.command("code")
@_name
@acting
def code(*, name: str, as_json: bool) -> None:
    """Prints the code that somebody's authenticator app would show now. In development alone."""
    if settings().environment != "development":
        raise Failure("codes come from people's own authenticator apps: only a development machine prints them")
    with store().work() as work:
        try:
            shown, seconds = current_code(work, name, operator())
        except AccountRefused as error:
            raise Failure(str(error)) from None
    out(as_json, {"name": name, "code": shown, "seconds": seconds}, f"{shown}  (for {seconds} s)")


def _roles(written: Sequence[str]) -> tuple[Role, ...]:
    try:
        return read_roles(written)
    except RolesRefused as error:
        raise Failure(str(error)) from None


def _link(token: str) -> str:
    return f"{settings().public_url}/enrol/{token}"
