"""Whoever had a hand in opening a case decides nothing against its patient."""

import pytest

from monitoring.cases.clinics import Clinician
from monitoring.cases.proposals import REOPEN, proposal_for, propose, settle_proposal
from monitoring.duty.deciding import WhyNot
from tests.monitoring.duty.desk import Desk


@pytest.mark.parametrize("by", ["staff:proposer", "staff:second"])
def test_nobody_who_opened_the_case_again_decides_so(desk: Desk, by: str) -> None:
    alert_id = desk.ripe()
    with desk.store.work() as work:
        case_id = desk.alert(alert_id).case_id
        proposal_id = propose(work, REOPEN, {}, "staff:proposer", case_id=case_id)
        proposal = proposal_for(work, Clinician("proposer", None), proposal_id)
        assert proposal and settle_proposal(work, proposal, "staff:second", yes=True, wiped=True)

    assert desk.decides(alert_id, by=by) == (WhyNot.OPENED_CASE,)
