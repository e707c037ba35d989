"""How the pages of orders say where a text comes from, when something was, and what was proposed."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from codes.orders.proposing import Proposal, proposed_text
from codes.regime import Regime, read_regime
from codes.regimes import NoRegime, in_force
from language.moments import day, when
from store import Work
from web.signin.accounts import row_by_id
from web.visitor import visitor
from web.words import _, later

DECISIONS: Mapping[str, str] = MappingProxyType(
    {
        "approved": later("Approved"),
        "sent_back": later("Sent back"),
        "retracted": later("Taken back by whoever proposed it"),
        "overtaken": later("Withdrawn, since the draft was changed"),
    }
)


def origin_words(origin: str, names: Mapping[str, str], in_force_now: int | None) -> str:
    """Where a text comes from."""
    kind, _sep, name = origin.partition(":")
    if kind == "preset":
        return _("Preset {name}", name=name)
    if kind == "version":
        said = _("Version {number}", number=name)
        said = f"{said}, {names[origin]}" if origin in names else said
        return f"{said} ({_('in force now')})" if name == str(in_force_now) else said
    return _("A file") if kind == "file" else _("Another draft")


def dated(moment: datetime, regime: Regime) -> str:
    """``23.11.2026 10:00`` by the clock of an order."""
    return f"{day(moment, regime)} {when(moment, regime)[-len('00:00') :]}"


def moment_words(work: Work, moment: datetime) -> str:
    """A moment by the clock of the order in force; by UTC where there is none."""
    try:
        return dated(moment, in_force(work).regime)
    except NoRegime:
        return f"{moment:%d.%m.%Y %H:%M} UTC"


def who(work: Work, actor: str | None) -> str:
    """The name of whoever did something: of the staff, or of the command line's operators."""
    kind, _sep, staff_id = (actor or "").partition(":")
    row = row_by_id(work, staff_id) if kind == "staff" else None
    return str(row.name) if row else actor or ""


def start_words(proposal: Proposal, text: str) -> str:
    """From when it is to be in force, by its own clock."""
    if proposal.starts_at is None:
        return _("as soon as it is approved")
    regime = read_regime(text)
    return f"{dated(proposal.starts_at, regime)} ({regime.time_zone})"


def proposal_shown(work: Work, one: Proposal) -> dict[str, Any]:
    """A proposal as lists show it."""
    text = proposed_text(work, one)
    return {
        "id": one.id,
        "name": read_regime(text).name,
        "withdraws": one.withdraws,
        "starts": start_words(one, text) if one.withdraws is None else "",
        "because": one.because,
        "proposer": one.proposer,
        "proposed": moment_words(work, one.proposed_at),
        "own": one.proposed_by == visitor().id,
        "sha256": one.sha256,
        "decision": _(DECISIONS[one.decision]) if one.decision else "",
        "decider": one.decider,
        "decided": moment_words(work, one.decided_at) if one.decided_at else "",
        "reason": one.reason,
        "draft_id": one.draft_id,
        "version": one.version,
    }
