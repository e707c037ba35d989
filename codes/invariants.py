"""What must hold of a store whatever happened to the processes that wrote it: checked after faults, and by `doctor`.

Each check yields the ids of rows that break it. All are read in one transaction, so that nothing is seen half done.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from codes.applications import BY_TEXT
from codes.desk.recording_ends import undestroyed
from codes.quotas import limits
from codes.regime import Purpose, Regime
from codes.regimes import terms
from codes.review.reading_papers import undestroyed_papers
from store import Work
from store.audit import AuditEntry, verify_chain
from store.cases import Case
from store.columns import table
from store.messages import CALL_BACK, SETTLED, UNSENT, InboundMessage, OutboxMessage
from store.passes import Application, Pass, QuotaSlot
from store.patience import take_time
from store.people import Document
from store.reviews import ApplicationReview

_MOST: Final = 20
"""As many ids as one check names."""


def broken(work: Work) -> list[str]:
    """One line for each row that should not be so; none in a sound store. A long read."""
    take_time(work.connection)
    found = []
    for rule, check in CHECKS.items():
        found += [f"{rule}: {row}" for row, _ in zip(check(work), range(_MOST), strict=False)]
    return found


def _ids(work: Work, statement: Any) -> Iterator[str]:
    return (str(row[0]) for row in work.rows(statement))


def _over_cap(work: Work) -> Iterator[str]:
    key = (col(QuotaSlot.holder), col(QuotaSlot.rule), col(QuotaSlot.period))
    full = select(func.min(col(QuotaSlot.pass_id))).group_by(*key)
    return _ids(work, full.having(func.count() > func.max(col(QuotaSlot.cap))))


def _slot_without_pass(work: Work) -> Iterator[str]:
    known = select(col(Pass.id)).where(col(Pass.id) == col(QuotaSlot.pass_id)).exists()
    return _ids(work, select(col(QuotaSlot.pass_id)).where(~known))


def _pass_without_slots(work: Work) -> Iterator[str]:
    kinds = work.rows(select(col(Pass.regime_version), col(Pass.purpose)).distinct())
    for kind in kinds:
        regime = terms(work, kind.regime_version).regime
        yield from _wrong_number_of_slots(work, kind.regime_version, regime, regime.by_number[kind.purpose])


def _wrong_number_of_slots(work: Work, version: int, regime: Regime, purpose: Purpose) -> Iterator[str]:
    wanted = len(limits(regime, purpose, work.now))
    slots = func.count(col(QuotaSlot.slot))
    held = case((col(Pass.quota_back), 0), else_=wanted)
    wrong = (
        select(col(Pass.id))
        .outerjoin(QuotaSlot, col(QuotaSlot.pass_id) == col(Pass.id))
        .where(col(Pass.regime_version) == version, col(Pass.purpose) == purpose.number)
        .group_by(col(Pass.id), col(Pass.quota_back))
        .having(slots != held)
    )
    return _ids(work, wrong)


def _pass_without_cause(work: Work) -> Iterator[str]:
    """Of those that were referred; a pass granted at once is its own record."""
    other = select(col(Application.id)).where(col(Application.id) == col(Pass.id), col(Application.state) != "granted")
    return _ids(work, select(col(Pass.id)).where(other.exists()))


def _grant_without_pass(work: Work) -> Iterator[str]:
    issued = select(col(Pass.id)).where(col(Pass.id) == col(Application.id)).exists()
    return _ids(work, select(col(Application.id)).where(col(Application.state) == "granted", ~issued))


def _not_audited_once(work: Work) -> Iterator[str]:
    entry = (col(AuditEntry.subject) == col(Pass.id)) & (col(AuditEntry.action) == "pass.issued")
    entries = select(col(Pass.id)).outerjoin(AuditEntry, entry).group_by(col(Pass.id))
    return _ids(work, entries.having(func.count(col(AuditEntry.id)) != 1))


def _texts_and_passes_differ(work: Work) -> Iterator[str]:
    """Each text answered with a new pass has one, and each pass asked for by text was answered once."""
    granted = work.count(select(func.count()).where(col(InboundMessage.intent).like("%:granted")))
    referred = select(col(Application.id)).where(col(Application.id) == col(Pass.id)).exists()
    issued = work.count(select(func.count()).select_from(Pass).where(col(Pass.channel) == BY_TEXT, ~referred))
    if granted != issued:
        yield f"{granted} answered with a pass, {issued} passes"


def _live_in_isolation(work: Work) -> Iterator[str]:
    """An open case binds whoever named one of its person's documents."""
    mine, same = aliased(Document), aliased(Document)
    at_home = select(col(Case.person_id)).where(col(Case.closed_at).is_(None))
    sharing = (
        select(col(same.person_id))
        .join(mine, col(mine.document_index) == col(same.document_index))
        .where(col(mine.person_id).in_(at_home))
    )
    isolated = col(Pass.person_id).in_(at_home.union(sharing))
    live: tuple[ColumnElement[bool], ...] = (col(Pass.valid_until) > work.now, col(Pass.revoked_at).is_(None))
    for row in work.rows(select(col(Pass.id), col(Pass.regime_version), col(Pass.purpose)).where(isolated, *live)):
        if not terms(work, row.regime_version).regime.by_number[row.purpose].isolation:
            yield row.id


def _decided_by_one(work: Work) -> Iterator[str]:
    """What a rule refused nobody decided; what a person did, two did where the order says so."""
    people = (col(Application.number).is_not(None), col(Application.state) != "referred")
    joined = select(col(Application.id), col(Application.regime_version), col(Application.purpose)).outerjoin(
        table(ApplicationReview), col(ApplicationReview.application_id) == col(Application.id)
    )
    for row in work.rows(joined.where(*people, col(ApplicationReview.confirmed_by).is_(None))):
        if terms(work, row.regime_version).regime.by_number[row.purpose].reviewers > 1:
            yield row.id


def _text_nobody_looks_after(work: Work) -> Iterator[str]:
    state = col(OutboxMessage.state)
    held = (col(OutboxMessage.template) == CALL_BACK) & (state == "created")  # until an agent is free
    forgotten = state.in_(UNSENT) & col(OutboxMessage.due_at).is_(None) & ~held
    unsettled = state.in_(SETTLED) & col(OutboxMessage.settled_at).is_(None)
    return _ids(work, select(col(OutboxMessage.id)).where(forgotten | unsettled))


def _chain_broken(work: Work) -> Iterator[str]:
    report = verify_chain(work.connection)
    if report.broken_at is not None:
        yield f"place {report.broken_at}"


CHECKS: Final[Mapping[str, Callable[[Work], Iterator[str]]]] = MappingProxyType(
    {
        "more places taken than there are": _over_cap,
        "a place is taken by no pass": _slot_without_pass,
        "a pass does not hold its places": _pass_without_slots,
        "a pass has no granted application": _pass_without_cause,
        "a granted application has no pass": _grant_without_pass,
        "a pass is not in the audit once": _not_audited_once,
        "answers by text and passes differ": _texts_and_passes_differ,
        "a live pass in isolation": _live_in_isolation,
        "a text out that nobody will look after": _text_nobody_looks_after,
        "a recording can be heard after its time": undestroyed,
        "a paper can be seen after its time": undestroyed_papers,
        "one alone decided what two decide": _decided_by_one,
        "the audit's chain is broken": _chain_broken,
    }
)
