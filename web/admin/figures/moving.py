"""What is shown over time: texts, the time of answers, passes, applications that wait, the line for an agent."""

from codes.counts.counting import Figure
from codes.counts.tallies import Tally
from web.admin.figures.reading import Seen
from web.admin.figures.tables import Cell, Row, Section, Told, count, over_time, row, stacked, time_head
from web.figures.charts import MOST_SERIES, Series, bars, lines
from web.figures.numbers import milliseconds, number, percent, waited
from web.figures.wording import CALLS, UNDERSTOOD
from web.words import _

_PERCENTILES = (("p50_ms", 0.5), ("p95_ms", 0.95), ("p99_ms", 0.99))


def texts(seen: Seen) -> Section:
    """How texts were understood."""
    kinds = seen.whole.of(Figure.TEXTS_IN)
    says = _(
        "Texts that came in: {texts}; understood: {share}; asked back: {asked}.",
        texts=number(kinds.total()),
        share=percent(kinds.total() - kinds["not_understood"], kinds.total()),
        asked=number(kinds["after_questions"] + kinds["asked"]),
    )
    told = Told("texts", _("Texts and how they were understood"), says)
    return over_time(seen, Figure.TEXTS_IN, told, UNDERSTOOD)


def answers(seen: Seen) -> Section:
    """How long answers took."""
    heads = [(key, _("{share} of 100", share=round(share * 100))) for key, share in _PERCENTILES]
    rows = [row(one, [_time(one.tally, share) for _, share in _PERCENTILES]) for one in seen.bins]
    half, most, nearly = (milliseconds(_time(seen.whole, share)) for _, share in _PERCENTILES)
    says = _(
        "Half of all texts were answered within {half}, 95 of 100 within {most}, 99 of 100 within {nearly}.",
        half=half,
        most=most,
        nearly=nearly,
    )
    values = [[one.values[place] for one in rows] for place in range(len(heads))]
    series = [
        Series(head, [one if isinstance(one, int) else None for one in column])
        for (_, head), column in zip(heads, values, strict=True)
    ]
    unit = f" {_('{count} ms', count='').strip()}"
    plot = lines([one.label for one in rows], series, unit) if seen.whole.total(Figure.ANSWERED) else None
    told = Told("answer_times", _("Time until the answer"), says)
    return Section(told, time_head(seen), heads, rows, plot, _("In milliseconds, rounded up to two figures."))


def _time(tally: Tally | None, share: float) -> int | None:
    return tally.time(Figure.ANSWERED, share) if tally else None


def passes(seen: Seen) -> Section:
    """Passes by purpose; what has no colour of its own is drawn as one."""
    most = len(seen.purposes) if len(seen.purposes) <= MOST_SERIES else MOST_SERIES - 1
    rows = [row(one, [_by_purpose(one.tally, part) for part, _ in seen.purposes]) for one in seen.bins]
    says = _("Passes issued: {count}.", count=number(seen.whole.total(Figure.PASSES)))
    if seen.purposes:
        part, name = seen.purposes[0]
        says += " " + _("Most: {what}, {count}.", what=name, count=number(seen.whole.by_purpose()[part]))
    names = [name for _, name in seen.purposes[:most]] + ([_("All others")] if most < len(seen.purposes) else [])
    drawn = [Row(one.key, one.label, _folded(one, most)) for one in rows]
    heads = [(f"purpose_{part.replace('/', '_')}", name) for part, name in seen.purposes]
    plot = stacked(drawn, names) if seen.purposes else None
    told = Told("passes", _("Passes by purpose"), says)
    return Section(told, time_head(seen), heads, rows, plot)


def _by_purpose(tally: Tally | None, part: str) -> Cell:
    return tally.by_purpose()[part] if tally else None


def _folded(one: Row, most: int) -> list[Cell]:
    rest = one.values[most:]
    return [*one.values[:most], *([sum(map(count, rest))] if rest else [])]


def review(seen: Seen) -> Section:
    """Applications that a person decides: how many came, were decided, and waited."""
    parts = (("asked", _("Asked")), ("granted", _("Granted")), ("refused", _("Refused")))
    rows = [
        row(one, [*(one.tally.of(Figure.REFERRED)[part] if one.tally else None for part, _ in parts), waiting])
        for one, waiting in zip(seen.bins, seen.waiting_by_bin, strict=True)
    ]
    says = _("Applications that wait for a person: {count}.", count=number(seen.waiting))
    if seen.waiting:
        says += " " + _("The oldest waits for {time}.", time=waited(seen.oldest))
    some = seen.whole.total(Figure.REFERRED) or any(seen.waiting_by_bin)
    series = Series(_("Waiting at the end"), [count(one.values[-1]) for one in rows])
    plot = bars([one.label for one in rows], [series]) if some else None
    told = Told("review_queue", _("Applications that wait for a person"), says)
    return Section(told, time_head(seen), [*parts, ("waiting", _("Waiting at the end"))], rows, plot)


def line(seen: Seen) -> Section:
    """Callers who wanted an agent."""
    calls = seen.whole.of(Figure.CALLS)
    says = _(
        "Callers who asked for an agent: {count}; left without one: {lost}.",
        count=number(calls.total()),
        lost=number(calls["lost"]),
    )
    half, most = (seen.whole.time(Figure.WAITED, share) for share in (0.5, 0.95))
    if half is not None:
        says += " " + _(
            "Half of those who reached one waited {half} s at most, 95 of 100 waited {most} s.", half=half, most=most
        )
    return over_time(seen, Figure.CALLS, Told("agent_line", _("Callers in the line for an agent"), says), CALLS)
