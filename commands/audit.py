"""`flask --app wsgi audit verify`: does the chain of entries hold?"""

from dataclasses import asdict

import click

from commands.terminal import Group, json_option, out, store
from store.audit import AuditReport, verify_chain
from store.patience import take_time

audit = Group("audit", help="The audit: verify.")


@audit.command("verify")
@json_option
def verify(*, as_json: bool) -> None:
    """Recomputes the whole chain; the exit code is 1 where it is broken."""
    with store().reading() as work:
        take_time(work.connection)
        report = verify_chain(work.connection)
    intact = report.broken_at is None
    out(as_json, {"intact": intact, **asdict(report)}, _words(report))
    if not intact:
        raise click.exceptions.Exit(1)


def _words(report: AuditReport) -> str:
    tail = (
        f"{report.unsealed} not chained yet (the worker does it within a second)"
        if report.unsealed
        else "none unsealed"
    )
    if report.broken_at is None:
        return f"intact: {report.linked} entries chained, {tail}"
    return f"BROKEN at place {report.broken_at}: {report.linked} entries before it are intact, {tail}"
