"""`flask --app wsgi doctor`: what is wrong with this installation, and what to do about it."""

from dataclasses import asdict

import click
from flask.cli import with_appcontext

from commands.checks import Check, State, examine
from commands.terminal import Single, json_option, opened_store, out, settings

_SIGNS = {State.FINE: "ok  ", State.ODD: "warn", State.WRONG: "FAIL"}


@click.command("doctor", cls=Single)
@json_option
@with_appcontext
def doctor(*, as_json: bool) -> None:
    """Checks configuration, keys, database, order, Redis, worker and carrier; the exit code is 1 where one fails."""
    checks = examine(opened_store(), settings())
    healthy = all(check.state is not State.WRONG for check in checks)
    document = {"healthy": healthy, "checks": [asdict(check) for check in checks]}
    out(as_json, document, "\n".join(map(_line, checks)))
    if not healthy:
        raise click.exceptions.Exit(1)


def _line(check: Check) -> str:
    line = f"{_SIGNS[check.state]}  {check.name:<13}  {check.found}"
    return f"{line}\n{'':<21}-> {check.do}" if check.do else line
