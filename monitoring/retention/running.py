"""One run: all that is past its time, a page at a time, so that no text waits. It may run twice, be killed anywhere."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import delete
from sqlmodel import col

from monitoring.retention.cases import destroy_cases, empty_cases
from monitoring.retention.pictures import destroy_answers, destroy_references
from monitoring.retention.reports import Report
from store import Store
from store.audit import WORKER
from store.cases import CaseProposal

PROPOSED_FOR: Final = timedelta(days=7)
"""What nobody confirmed by then, a list of patients above all, is dropped."""


def destroy_due(store: Store) -> Mapping[str, int]:
    """Destroys what is due; counts by kind."""
    report = Report()
    for step in (destroy_answers, destroy_references, destroy_cases, empty_cases, _drop_proposals):
        step(store, report)
    return report.counts


def _drop_proposals(store: Store, report: Report) -> None:
    old = col(CaseProposal.state) == "proposed"
    with store.work() as work:
        waited = delete(CaseProposal).where(old, col(CaseProposal.proposed_at) < work.now - PROPOSED_FOR)
        dropped = work.run(waited)
        if dropped:
            work.audit(WORKER, "case.proposals_dropped", "cases", {"count": dropped})
        report.note(work, {"proposals": dropped})
