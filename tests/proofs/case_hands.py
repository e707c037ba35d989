"""Everybody who had a hand in opening a case, by each way there is; and who may answer the appeal from a violation."""

from codes.review.appealed import About
from codes.review.appeals import decide_appeal, file_appeal
from codes.review.barring import Barred
from codes.review.openers import AGREED
from monitoring.cases.watched import telephone_of
from store.cases import CaseProposal
from tests.monitoring.duty.desk import Desk

OPENER = "staff:clinician"
SECOND, AGAIN, AGREED_AGAIN = "staff:second", "staff:again", "staff:agreed-again"
OPENERS = (OPENER, SECOND, AGAIN, AGREED_AGAIN)
"""Who opened it, who agreed to the list it stood on, who wanted it opened again, who agreed to that."""
ROSA = "staff:rosa"


def many_hands(desk: Desk, case_id: str) -> None:
    """Puts all of them down as such."""
    with desk.store.work() as work:
        work.audit(SECOND, AGREED, case_id)
        again = {"kind": "reopen", "case_id": case_id, "state": "confirmed", "rows": 1, "proposed_at": work.now}
        by = {"proposed_by": AGAIN, "decided_by": AGREED_AGAIN, "decided_at": work.now}
        work.insert(CaseProposal, id=work.new_id(), **again, **by)


def wrongly_answered(desk: Desk, case_id: str, alert_id: str, decider: str) -> str | None:
    """The patient appeals; who with a hand in it could answer, if somebody could. Else somebody without denies it."""
    with desk.store.work() as work:
        phone = telephone_of(work, desk.held(work, case_id))
        assert phone is not None
        number = file_appeal(work, phone, "Я была дома", About("alert", alert_id))
    could = next((by for by in (decider, *OPENERS) if _answers(desk, number, by) is None), None)
    assert could or _answers(desk, number, ROSA) is None, "nobody could answer"
    return could


def _answers(desk: Desk, number: str, by: str) -> Barred | None:
    with desk.store.work() as work:
        return decide_appeal(work, number, upheld=False, words="Нет", language="ru", by=by)
