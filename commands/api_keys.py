"""`flask --app wsgi api-keys ...`: the keys of machines that check passes."""

import click

from codes.police.clients import (
    GUESSES,
    MOST_GUESSES,
    RATE,
    ClientTrouble,
    Scope,
    add_client,
    clients,
    revoke_client,
    unlock_client,
)
from codes.regimes import in_force
from commands.tables import iso, show_rows
from commands.terminal import Failure, Group, acting, json_option, operator, out, store

api_keys = Group("api-keys", help="Keys of machines that check passes: cameras, turnstiles, taxi dispatchers.")


@api_keys.command("add")
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice([scope.value for scope in Scope]),
    help="What it opens.",
)
@click.option("--zone", help="The zone it stands in, where the order has zones.")
@click.option("--rate", default=RATE, show_default=True, type=click.IntRange(1, 100_000), help="Requests a minute.")
@click.option(
    "--guesses",
    default=GUESSES,
    show_default=True,
    type=click.IntRange(1, MOST_GUESSES),
    help="Unknown codes a day, then it is locked: more where the public types.",
)
@acting
def add(*, name: str, scopes: tuple[str, ...], zone: str | None, rate: int, guesses: int, as_json: bool) -> None:
    """Gives a machine a key, which is printed once and kept by nobody here."""
    with store().work() as work:
        zones = [one.key for one in in_force(work).regime.zones]
        if zone is not None and zone not in zones:
            raise Failure(f"no zone {zone!r}: there are {', '.join(zones) or 'none in this order'}")
        try:
            key = add_client(work, name, frozenset(map(Scope, scopes)), operator(), zone, rate, guesses)
        except ClientTrouble as error:
            raise Failure(str(error)) from None
    out(as_json, {"name": name, "key": key}, f"{name} has the key {key}\nNobody can show it again.")


@api_keys.command("list")
@json_option
def list_keys(*, as_json: bool) -> None:
    """The machines, with what their keys open; never the keys."""
    with store().reading() as work:
        clock = in_force(work).regime.zone
        rows = [
            {
                "name": one.name,
                "scopes": ", ".join(sorted(one.scopes)),
                "zone": one.zone,
                "rate": one.rate,
                "guesses": one.guesses,
                "state": "revoked" if one.revoked else "locked" if one.locked else "open",
                "added": iso(one.added_at, clock),
            }
            for one in clients(work)
        ]
    show_rows(as_json, rows)


@api_keys.command("revoke")
@click.argument("name")
@acting
def revoke(*, name: str, as_json: bool) -> None:
    """Ends a key: an inspection with it is refused from now on, a list within two seconds."""
    with store().work() as work:
        if not revoke_client(work, name, operator()):
            raise Failure(f"no key is open for {name!r}: see `api-keys list`")
    out(as_json, {"name": name, "revoked": True}, f"the key of {name} is revoked")


@api_keys.command("unlock")
@click.argument("name")
@acting
def unlock(*, name: str, as_json: bool) -> None:
    """Lets a machine go on that was locked after too many unknown codes."""
    with store().work() as work:
        if not unlock_client(work, name, operator()):
            raise Failure(f"{name!r} is not locked: see `api-keys list`")
    out(as_json, {"name": name, "unlocked": True}, f"{name} goes on")
