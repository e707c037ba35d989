"""What is shown as a whole: refusals, channels, verdicts, texts sent, districts."""

from codes.counts.counting import Figure
from codes.counts.districts import LEAST, District
from codes.outcomes import VerdictKind
from web.admin.figures.reading import Seen
from web.admin.figures.tables import Cell, Row, Section, Told, ranked
from web.figures.charts import Request
from web.figures.numbers import number, percent, thousands
from web.figures.wording import CHANNELS, REFUSALS, STATES, VERDICTS, say
from web.words import _


def refused(seen: Seen) -> Section:
    """Refusals by reason."""
    counts = seen.whole.of(Figure.REFUSED)
    says = _("Requests refused: {count}.", count=number(counts.total()))
    rows = [(reason, say(REFUSALS, reason), times) for reason, times in counts.most_common()]
    return ranked(Told("refusals", _("Refusals by reason"), says), ("reason", _("Reason")), rows)


def channels(seen: Seen) -> Section:
    """Passes by channel."""
    counts = seen.whole.by(Figure.PASSES, -1)
    says = _("By which way passes were asked for.")
    rows = [(channel, say(CHANNELS, channel), times) for channel, times in counts.most_common()]
    return ranked(Told("channels", _("Passes by channel"), says), ("channel", _("Channel")), rows)


def inspections(seen: Seen) -> Section:
    """What officers were told."""
    counts = seen.whole.by(Figure.INSPECTED, 0)
    says = _(
        "Looks by officers: {count}; valid: {share}.",
        count=number(counts.total()),
        share=percent(counts[VerdictKind.VALID], counts.total()),
    )
    rows = [(verdict, say(VERDICTS, verdict), times) for verdict, times in counts.most_common()]
    return ranked(Told("inspections", _("Inspections by verdict"), says), ("verdict", _("Verdict")), rows)


def texts_out(seen: Seen) -> Section:
    """Texts and calls that we began, by how far they came; what everything cost in segments."""
    counts = seen.whole.by(Figure.TEXTS_OUT, -1)
    says = _(
        "Texts out that answer none: {count}; segments to pay, with all answers: {segments}.",
        count=number(counts.total()),
        segments=number(seen.whole.amount(Figure.TEXTS_OUT) + seen.whole.amount(Figure.TEXTS_IN)),
    )
    rows = [(state, say(STATES, state), counts[state]) for state in STATES if counts[state]]
    return ranked(Told("texts_out", _("Texts we sent"), says), ("state", _("State")), rows)


def districts(seen: Seen) -> Section | None:
    """The map; None where no districts are known."""
    if seen.districts is None:
        return None
    every = [*seen.districts.districts, seen.districts.elsewhere]
    rows = [Row(one.name or "elsewhere", one.name or _("In no district"), _cells(one)) for one in every]
    heads = (("inspections", _("Inspections")), ("passes", _("Passes")))
    says = _(
        "Inspections by the district of the officer's shift; nothing is counted by where people live. "
        "Numbers under {least} are not shown.",
        least=LEAST,
    )
    note = _("Passes are those of purposes that hold in some zones alone, counted in each of them.")
    told = Told("districts", _("Districts"), says)
    return Section(told, ("district", _("District")), heads, rows, _map(seen.districts.districts, seen), note)


def _cells(one: District) -> list[Cell]:
    return [one.inspections, one.passes]


def _map(known: tuple[District, ...], seen: Seen) -> Request | None:
    if seen.districts is None or not any(one.inspections for one in known):
        return None
    few = _("fewer than {least}", least=LEAST)
    areas = [
        {
            "name": one.name,
            "short": one.short,
            "value": one.inspections,
            "label": number(one.inspections) if one.inspections is not None else few,
        }
        for one in known
    ]
    drawn = {"kind": "map", "layer": "districts", "version": seen.districts.version, "areas": areas}
    return {**drawn, "few": few, "least": LEAST, "thousands": thousands()}
