"""What happened to a case lately, the newest first: checks, departures, words, outages, and the nights between."""

from datetime import datetime, timedelta

from language.moments import when
from monitoring.duty.opening import OpenedAlert
from monitoring.quiet import next_quiet
from store import Work
from web.duty.evidence import outcome_words
from web.duty.wording import CHANNELS, MEANS, ORIGINS, OUTAGES, STATES, WORDS
from web.words import _


def timeline(work: Work, opened: OpenedAlert) -> list[dict[str, str]]:
    """Entries with a moment, what it was, and its mark (``check``, ``away``, ``word``, ``outage`` or ``quiet``)."""
    found = [*_checks(opened), *_departures(opened), *_words(opened), *_outages(opened)]
    found += _nights(opened, min((at for at, _what, _mark in found), default=work.now), work.now)
    ordered = sorted(found, key=lambda one: one[0], reverse=True)
    return [{"at": when(at, opened.regime, work.now), "what": what, "mark": mark} for at, what, mark in ordered]


def _checks(opened: OpenedAlert) -> list[tuple[datetime, str, str]]:
    found = []
    for row in opened.checks:
        how = f"{_(MEANS[row.means])}, {_(ORIGINS[row.origin])}"
        why = outcome_words(row.outcome)
        state = f"{_(STATES[row.state])}: {why}" if why else _(STATES[row.state])
        found.append((row.asked_at or row.planned_at, _("Check ({how}): {state}", how=how, state=state), "check"))
    return found


def _departures(opened: OpenedAlert) -> list[tuple[datetime, str, str]]:
    left = [(row.left_at, _("The telephone left home"), "away") for row in opened.departures]
    back = [(row.back_at, _("The telephone is back"), "away") for row in opened.departures if row.back_at]
    return [*left, *back]


def _words(opened: OpenedAlert) -> list[tuple[datetime, str, str]]:
    return [
        (
            one.said_at,
            _("The patient, {channel}: {words}", channel=_(CHANNELS[one.channel]), words=_(WORDS[one.kind])),
            "word",
        )
        for one in opened.said
    ]


def _outages(opened: OpenedAlert) -> list[tuple[datetime, str, str]]:
    begun = [(row.starts_at, _("Outage begins: {kind}", kind=_(OUTAGES[row.kind])), "outage") for row in opened.outages]
    ended = [
        (row.ends_at, _("Outage ends: {kind}", kind=_(OUTAGES[row.kind])), "outage")
        for row in opened.outages
        if row.ends_at
    ]
    return [*begun, *ended]


def _nights(opened: OpenedAlert, since: datetime, until: datetime) -> list[tuple[datetime, str, str]]:
    """Quiet hours that began in between."""
    found, moment = [], since
    while moment < until:
        begins, ends = next_quiet(opened.regime, moment)
        if since <= begins < until:
            words = _("Quiet hours until {moment}", moment=when(ends, opened.regime, begins))
            found.append((begins, words, "quiet"))
        moment = max(ends, moment + timedelta(hours=1))
    return found
