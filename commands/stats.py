"""`flask --app wsgi stats`: the figures of a day. They hold nothing personal."""

import click
from flask.cli import with_appcontext

from codes.counts.figures import Figures, figures
from codes.regimes import in_force
from commands.arguments import read_day
from commands.tables import Row, described
from commands.terminal import Single, json_option, out, settings, store


@click.command("stats", cls=Single)
@click.option(
    "--day", is_flag=False, flag_value="today", help="A local day: 2027-03-01, today (if left out) or yesterday."
)
@json_option
@with_appcontext
def stats(*, day: str | None, as_json: bool) -> None:
    """The figures of a day: texts, understanding, refusals, passes, segments, speed."""
    with store().reading() as work:
        regime = in_force(work).regime
        found = figures(work, read_day(day, regime, work.now), regime.zone)
    row = _row(found)
    out(as_json, row, described({**row, "refused": dict(found.refused) or "none"}))


def _row(found: Figures) -> Row:
    price = found.segments * settings().segment_price
    return {
        "day": found.day.isoformat(),
        "texts_in": found.texts_in,
        "understood_at_once": found.understood_at_once,
        "after_questions": found.after_questions,
        "asked": found.asked,
        "not_understood": found.not_understood,
        "refused": dict(found.refused),
        "isolation_attempts": found.isolation_attempts,
        "passes": found.passes,
        "segments": found.segments,
        "price": f"{price:.2f}",
        "currency": settings().segment_currency,
        "answer_p50_ms": found.answer_p50_ms,
        "answer_p99_ms": found.answer_p99_ms,
        "handed_over_within_10s": found.handed_over_within_10s,
    }
