"""A case file in words, as its PDF says it: dates in full, in the language of who makes it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from codes.fields import Field
from language.moments import day, when
from monitoring.duty.opening import OpenedAlert
from store import Work
from web.duty.evidence import shown_fact
from web.duty.wording import CHANNELS, DECISIONS, KINDS, WORDS
from web.words import _


def sheet_of(work: Work, opened: OpenedAlert) -> dict[str, Any]:
    """``title`` and ``parts`` of ``heading`` and ``lines``, of an alert that was decided."""
    made = day(work.now, opened.regime)
    parts = [
        (_("The patient"), _patient(opened)),
        (_("What it rests on"), [*_facts(opened)]),
        (_("What the patient says"), [*_said(opened)]),
        (_("Decision"), _decided(opened)),
        (_("This file"), [_("Made {moment}", moment=made), _("Order: {order}", order=opened.regime.name)]),
    ]
    shown = [{"heading": heading, "lines": lines} for heading, lines in parts]
    return {"title": _("Case file: {kind}", kind=_(KINDS[opened.alert.kind])), "parts": shown}


def _patient(opened: OpenedAlert) -> list[str]:
    person, number = opened.person, opened.phone.number if opened.phone else ""
    known = (
        (_("Name"), person.name),
        (_("Document"), person.details.get(Field.DOCUMENT, "")),
        (_("Telephone"), number),
        (_("Address"), opened.case.details.address),
    )
    return [f"{label}: {said}" for label, said in known if said]


def _facts(opened: OpenedAlert) -> Iterator[str]:
    """Numbered, with a line between."""
    for number, one in enumerate(opened.weighed, 1):
        fact = shown_fact(opened, one, None)
        if number > 1:
            yield ""
        yield f"{number}. {fact['title']}"
        yield from (line for line in (*fact["lines"], fact["void"]) if line)


def _said(opened: OpenedAlert) -> Iterator[str]:
    alert, regime = opened.alert, opened.regime
    if alert.told_at and alert.answer_by:
        told, until = when(alert.told_at, regime), when(alert.answer_by, regime)
        yield _("Told at {moment}; had time to answer until {until}.", moment=told, until=until)
    for one in opened.said:
        yield f"{when(one.said_at, regime)}, {_(CHANNELS[one.channel])}: {_(WORDS[one.kind])}"
        yield from ([one.words] if one.words else [])
    if not opened.said:
        yield _("No answer came.")


def _decided(opened: OpenedAlert) -> list[str]:
    alert, regime = opened.alert, opened.regime
    until = alert.decided_at + timedelta(days=regime.isolation.appeal_days)
    return [
        f"{_(DECISIONS[alert.decision])}, {when(alert.decided_at, regime)}",
        f"{_('Why, for the record')}: {opened.reason}",
        *([f"{_('Added for the patient')}: {opened.words}"] if opened.words else []),
        _("The patient can appeal until {day}.", day=day(until, regime)),
    ]
