"""The parts of the page of figures: each a table, a plot of what can be shown of it, and a line in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from monitoring.figures import counted
from monitoring.figures.counted import Count, Times
from monitoring.figures.hiding import beside_their_whole, together
from store import Work
from web.admin.figures.tables import Cell, Head, Row, Section, Told
from web.duty.evidence import outcome_words
from web.duty.figures.wording import DECIDED, GROUPS, STATES
from web.figures.charts import Request, ranks
from web.words import _

_NONE = Count()
Part = Callable[[Work, datetime, datetime], Section]


def sections(work: Work, start: datetime, end: datetime) -> list[Section]:
    """All parts, of a span."""
    return [part(work, start, end) for part in _PARTS]


def checks(work: Work, start: datetime, end: datetime) -> Section:
    """How checks ended."""
    found = counted.states(work, start, end)
    rows = [Row(state, _(words), [found.get(state, _NONE).shown]) for state, words in STATES.items()]
    told = Told("checks", _("Presence checks"), _("Checks that were asked, by how they ended."))
    asked = Row("asked_at_least", _("Asked, at least"), [together(found)])
    note = _("The number asked is the sum of those that are shown.")
    return Section(told, ("state", _("State")), [_counted()], [asked, *rows], _plot(rows), note)


def causes(work: Work, start: datetime, end: datetime) -> Section:
    """Why checks ended as they did; of each state beside the number above."""
    rows = []
    every = counted.causes(work, start, end)
    for state, found in ((one, every[one]) for one in STATES if one != "passed" and one in every):
        for cause, count in sorted(beside_their_whole(found).items(), key=lambda one: (-(one[1] or 0), one[0])):
            label = f"{_(STATES[state])}: {outcome_words(cause) or cause}"
            rows.append(Row(f"{state}:{cause}", label, [count]))
    told = Told("causes", _("Why checks ended so"), _("Misses, failures and excuses by their cause."))
    note = _("Where one cause alone would be hidden, the smallest of the others is hidden with it.")
    return Section(told, ("cause", _("Cause")), [_counted()], rows, _plot(rows), note)


def decisions(work: Work, start: datetime, end: datetime) -> Section:
    """What people decided, and what appeals overturned of it."""
    found = counted.decisions(work, start, end)
    rows = [_shown(key, _(words), found.get(key, (_NONE, _NONE))) for key, words in DECIDED.items()]
    told = Told(
        "decisions", _("Decisions"), _("Alerts that were decided in this month, and those that an appeal overturned.")
    )
    heads = [_counted(), ("overturned", _("Overturned"))]
    return Section(told, ("decision", _("Decision")), heads, rows, _plot(rows))


def readings(work: Work, start: datetime, end: datetime) -> Section:
    """How often people saw something else than the machine that read the photos."""
    found = counted.readings(work, start, end)
    rows = [_shown(one, outcome_words(one), found.get(one, (_NONE, _NONE, _NONE))) for one in counted.READINGS]
    says = _("What a machine read from photos against a patient, and how often a person, or an appeal, saw otherwise.")
    told = Told("readings", _("Overturned readings"), says)
    heads = [
        ("decided", _("Decided on by a person")),
        ("overturned_by_person", _("The person saw nothing in it")),
        ("overturned_by_appeal", _("An appeal overturned it")),
    ]
    return Section(told, ("reading", _("What was read")), heads, rows, _plot(rows))


def models(work: Work, start: datetime, end: datetime) -> Section:
    """False alarms by class of telephones."""
    found = counted.false_alarms(work, start, end)
    rows = [_shown(model or "others", model or _("All others"), counts) for model, counts in found.items()]
    says = _("Departures on which somebody decided, and those of which they said that the telephone was wrong.")
    told = Told("false_alarms", _("False alarms by telephone"), says)
    heads = [
        ("patients", _("Telephones that reported")),
        ("departures", _("Departures decided on")),
        ("false_alarms", _("False alarms")),
    ]
    note = _("Kinds of telephones that fewer than ten patients have are counted together.")
    return Section(told, ("model", _("Telephone")), heads, rows, _plot(rows, 2), note)


def times(work: Work, start: datetime, end: datetime) -> Section:
    """How long patients waited for a decision."""
    found = counted.times(work, start, end)
    rows = [_timed(key, _(words), found.get(key, Times(_NONE))) for key, words in GROUPS.items()]
    says = _("From the alert to the decision of a person, in minutes, rounded up to two figures.")
    told = Told("times", _("Time to the decision"), says)
    heads = [_counted(), ("median_min", _("Half within")), ("p90_min", _("Nine of ten within"))]
    return Section(told, ("kind", _("Kind")), heads, rows, _plot(rows, 1))


_PARTS: Sequence[Part] = (checks, causes, decisions, readings, models, times)


def _counted() -> Head:
    return "count", _("Count")


def _shown(key: str, label: str, counts: Sequence[Count]) -> Row:
    return Row(key, label, [one.shown for one in counts])


def _timed(key: str, label: str, one: Times) -> Row:
    return Row(key, label, [one.decided.shown, one.median, one.most])


def _plot(rows: Sequence[Row], column: int = 0) -> Request | None:
    """What can be shown of a column; None where nothing can."""
    values = [(one.label, value) for one in rows if isinstance(value := one.values[column], int)]
    return ranks(values) if values else None


def sheet_rows(part: Section, few: str) -> list[list[Cell]]:
    """The lines of its CSV: what is hidden says so."""
    return [[one.key, *(few if value is None else value for value in one.values)] for one in part.rows]


def by_name(parts: Sequence[Section]) -> Mapping[str, Section]:
    """Each part by what it is called in an address."""
    return {one.told.name: one for one in parts}
