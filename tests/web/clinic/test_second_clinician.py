"""What needs two: cases opened by a list, a case opened again. The same person can't be both."""

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from codes.outcomes import Refusal
from codes.review.openers import openers
from monitoring.cases.consent import consents_of
from monitoring.cases.fences import fences_of
from monitoring.cases.watched import cases_on, watched_case
from monitoring.patients.reopening import open_confirmed
from store import Store
from store.cases import Case, CaseProposal
from store.columns import table
from store.phones import find_phone
from tests.clock import Clock
from tests.codes.counter import Counter
from tests.web.clinic.conftest import Clinician
from tests.web.clinic.lists import GOOD, HEAD, OTHER, proposes, tries
from tests.web.clinic.ward import PATIENT, Ward, register

URL = "https://pass.example"


def answers(ward: Ward, yes: str = "yes") -> Ward:
    ward.opens("/clinic/proposals")
    assert ward.page
    url = "/clinic/proposals/" + ward.page.text.partition('action="/clinic/proposals/')[2].partition('"')[0]
    return ward.sends(url, answer=yes)


def test_a_list_is_explained_line_by_line_and_nothing_is_done(ward: Ward, store: Store) -> None:
    tries(ward, GOOD, GOOD.replace("11;", "13;", 1), OTHER.replace("9219222222", "x"), OTHER.replace("2026-06-02", ""))

    assert "One line is fine." in ward.reads
    assert "2. Петрова Анна will be opened" in ward.reads
    assert "the same document stands in line 2" in ward.reads
    assert "Document: can't be read" in ward.reads
    assert "Consent signed on: is missing" in ward.reads and "signed on no day that can be" not in ward.reads
    with store.reading() as work:
        assert work.row(select(table(Case).c.id)) is None and work.row(select(table(CaseProposal).c.id)) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (("2026-06-20", "2026-06-02"), "the last day is past"),
        (("2026-06-20", "2027-06-20"), "the last day is past"),
        (("contact", "zombie"), "Why they stay at home: can't be read"),
        (("call", "pigeon"), "How we ask: can't be read"),
        (("+79990000011", "12"), "Telephone: can't be read"),
        ((";2026-06-02", ";2026-07-02"), "signed on no day that can be"),
        (("Приказ 7", "x" * 201), "Order or document: is too long"),
        (
            ("contact;call;2026-06-20;Приказ 7", "zombie;call;2026-06-20;"),
            "is missing; Why they stay at home: can't be",
        ),
    ],
)
def test_each_mistake_of_a_line_is_said(ward: Ward, cell: tuple[str, str], said: str) -> None:
    tries(ward, GOOD.replace(*cell), OTHER)

    assert said in ward.reads and "3. Сидоров Пётр will be opened" in ward.reads


def test_who_stays_at_home_already_is_left_out_of_a_list(ward: Ward) -> None:
    ward.admits()

    tries(ward, GOOD.replace("9219111111", PATIENT["document"]))

    assert "has an open case already" in ward.reads


@pytest.mark.parametrize(("head", "said"), [("name;document", "Some columns are missing"), (HEAD, "2")])
def test_what_is_no_list_is_said(ward: Ward, head: str, said: str) -> None:
    tries(ward, head=head) if head == HEAD else tries(ward, "a;b", head=head)

    assert ward.page and ward.page.status_code == 422 and said in ward.reads


def test_a_list_is_opened_once_a_second_clinician_agrees(ward: Ward, clinician: Clinician, store: Store) -> None:
    register(store)
    proposes(ward, GOOD, OTHER)
    assert "The list waits for a second clinician" in ward.reads
    with store.reading() as work:
        assert work.row(select(table(Case).c.id)) is None

    colleague = answers(clinician("Анна", "Клиника 1"))

    assert "The cases are being opened" in colleague.reads
    assert open_confirmed(store, URL) == 2 and open_confirmed(store, URL) == 0
    with store.reading() as work:
        first, second = (_case(work, number) for number in ("+79990000011", "+79990000012"))
        assert (first.kind, first.means, first.clinic, second.means) == ("contact", "call", "Клиника 1", "link")
        assert len(fences_of(work, first)) == 1 and fences_of(work, second) == []
        assert consents_of(work, first)[0].signature == "Петрова Анна, 2026-06-02"
        row = work.row(select(table(CaseProposal)))
        assert openers(work, first.id) == {row.proposed_by, row.decided_by}
    assert row.content_sealed is None and row.data_key is None and row.state == "confirmed"
    assert [template for template, _, _ in ward.texts()] == ["case_opened"] and ward.calls() == ["case_opened_call"]


def test_whoever_has_no_home_set_is_marked_until_it_is(ward: Ward, clinician: Clinician, store: Store) -> None:
    register(store)
    proposes(ward, GOOD, OTHER)
    answers(clinician("Анна", "Клиника 1"))
    open_confirmed(store, URL)
    with store.reading() as work:
        url = f"/clinic/cases/{_case(work, '+79990000012').id}"

    listed = ward.opens("/clinic").reads
    ward.opens(url)

    assert "One of them has no home set" in listed and listed.count("no home set") == 2
    assert "No home is set: that they leave is not noticed. Checks go on." in ward.reads
    ward.sends(f"{url}/move", aim="home").places("55.8", "49.2").sends(reason="Со слов")
    assert "No home is set" not in ward.reads and "no home set" not in ward.opens("/clinic").reads


def _case(work: Any, number: str) -> Any:
    phone = find_phone(work, number)
    assert phone is not None
    return cases_on(work, phone)[0]


def test_whoever_proposed_does_not_agree(ward: Ward, store: Store) -> None:
    proposes(ward, GOOD)

    answers(ward)

    assert "You proposed it yourself" in ward.reads and open_confirmed(store, URL) == 0


def test_the_database_refuses_one_person_twice(ward: Ward, store: Store) -> None:
    proposes(ward, GOOD)

    proposal = table(CaseProposal)
    alone = update(proposal).values(state="confirmed", decided_by=proposal.c.proposed_by)

    with pytest.raises(IntegrityError), store.work() as work:
        work.run(alone)


def test_another_clinic_does_not_see_what_is_proposed(ward: Ward, clinician: Clinician) -> None:
    proposes(ward, GOOD)
    assert ward.page
    url = "/clinic/proposals/" + ward.page.text.partition('action="/clinic/proposals/')[2].partition('"')[0]

    stranger = clinician("B", "Клиника 2").opens("/clinic/proposals")

    assert "Петрова" not in stranger.reads
    stranger.opens("/clinic")
    assert stranger.page
    token = stranger.page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = stranger.client.post(url, data={"csrf_token": token, "once": "a" * 22, "answer": "yes"})
    assert answer.status_code == 404


def test_a_list_stays_with_its_clinic_when_who_proposed_it_goes_to_another(ward: Ward, clinician: Clinician) -> None:
    proposes(ward, GOOD)
    ward.works_at("Клиника 2")

    assert "Петрова" not in clinician("B", "Клиника 2").opens("/clinic/proposals").reads
    assert "Петрова" in clinician("C", "Клиника 1").opens("/clinic/proposals").reads


def test_a_list_that_is_sent_back_is_wiped(ward: Ward, clinician: Clinician, store: Store) -> None:
    proposes(ward, GOOD)

    answers(clinician("Анна", "Клиника 1"), "no")

    with store.reading() as work:
        row = work.row(select(table(CaseProposal)))
    assert (row.state, row.content_sealed) == ("sent_back", None) and open_confirmed(store, URL) == 0


def test_a_closed_case_opens_again_with_two(ward: Ward, clinician: Clinician, store: Store, clock: Clock) -> None:
    case_id = ward.admits()
    url = f"/clinic/cases/{case_id}"
    ward.opens(f"{url}/close").sends(f"{url}/close", closing="opened_in_error", reason="Не тот человек")

    ward.opens(f"{url}/reopen").sends(until="2026-06-12", reason="Всё-таки тот")

    assert "A second clinician has to agree" in ward.reads
    answers(ward)
    assert "You proposed it yourself" in ward.reads
    answers(clinician("Анна", "Клиника 1"))
    with store.reading() as work:
        case = watched_case(work, case_id)
    assert case is not None and case.closed_at is None and case.enrolled_at is None
    assert case.ends_at and case.ends_at.isoformat() == "2026-06-12T21:00:00+00:00"
    assert ward.texts()[-1][0] == "case_opened"
    assert isinstance(Counter(store, clock).ask(PATIENT["number"], 8), Refusal)
    assert "Всё-таки тот" in ward.opens(url).reads


def test_who_has_another_case_meanwhile_is_not_opened_twice(ward: Ward, clinician: Clinician) -> None:
    case_id = ward.admits()
    url = f"/clinic/cases/{case_id}"
    ward.opens(f"{url}/close").sends(f"{url}/close", closing="ended", reason="x")
    ward.opens(f"{url}/reopen").sends(until="2026-06-12", reason="y")
    ward.admits()

    colleague = answers(clinician("Анна", "Клиника 1"))

    assert "The case can't be opened again" in colleague.reads
