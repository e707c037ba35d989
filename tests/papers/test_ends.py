"""Papers when something goes wrong, when there are too many, and when their time is over."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from apart.starting import NoReader
from codes.outcomes import Referral
from codes.regimes import preset
from codes.review.papers import MOST_PAPERS, MOST_TRIES, PaperTrouble, keep_paper
from codes.review.reading_papers import LEASE, claim, destroy_papers
from codes.review.reviewing import refuse_application
from codes.review.showing_papers import page_bytes, pages_of
from papers.answers import Refused
from papers.keeping import PaperKeeper
from store import Store
from store.blobs import NoBlob
from store.columns import table
from store.papers import Paper
from tests.codes.counter import ANN, BOB
from tests.papers import files
from tests.papers.hand import Applicant, FakeReader
from tests.proofs.races import unsound

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def row(store: Store) -> Any:
    with store.reading() as work:
        return work.row(select(table(Paper)))


def blobs_in(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


@pytest.mark.parametrize("fault", [NoReader("not ready"), OSError("no space")])
def test_a_fault_of_the_machine_is_no_fault_of_the_paper(
    applicant: Applicant, keeper: PaperKeeper, reader: FakeReader, fault: Exception
) -> None:
    reader.fails = fault
    keeper.keep(str(applicant.adds()))
    state = applicant.papers()[0].state
    reader.fails = None
    applicant.counter.clock.pass_by(minutes=1)

    keeper.sweep()

    assert (state, applicant.papers()[0].state) == ("waiting", "read")


def test_who_dies_while_reading_leaves_it_to_the_next(
    applicant: Applicant, keeper: PaperKeeper, store: Store, folder: Path
) -> None:
    paper = str(applicant.adds())
    with store.work() as work:
        claim(work, paper)
    keeper.sweep()
    meanwhile = applicant.papers()[0].state
    applicant.counter.clock.pass_by(seconds=LEASE.total_seconds() + 3)

    keeper.sweep()

    assert (meanwhile, applicant.papers()[0].state) == ("waiting", "read")
    assert len(blobs_in(folder)) == 1


@one_database
def test_who_dies_while_it_comes_leaves_nothing(
    applicant: Applicant, keeper: PaperKeeper, store: Store, folder: Path
) -> None:
    applicant.adds()
    with store.work() as work:
        back = {"state": "arriving", "begun_blob": col(Paper.blob), "blob": None, "data_key": None, "epoch": None}
        work.run(update(table(Paper)).values(**back))
    applicant.counter.clock.pass_by(minutes=11)

    keeper.sweep()

    assert applicant.papers() == [] and blobs_in(folder) == []


class FullDisk:
    """No blob can be put."""

    def put(self, name: str) -> Iterator[object]:
        raise OSError("no space")


@one_database
def test_where_there_is_no_room_it_is_said(applicant: Applicant, store: Store) -> None:
    full = FullDisk()

    answer = keep_paper(store, full, applicant.phone_id, applicant.number, files.photo())  # type: ignore[arg-type]

    assert answer is PaperTrouble.NO_ROOM


def test_there_is_room_for_so_many_and_those_that_were_refused_do_not_count(
    applicant: Applicant, keeper: PaperKeeper, reader: FakeReader
) -> None:
    reader.answer = Refused("broken")
    keeper.keep(str(applicant.adds()))

    taken = [applicant.adds() for _ in range(MOST_PAPERS + 1)]

    assert [str(one) for one in taken].count("too_many") == 1 and taken[-1] is PaperTrouble.TOO_MANY


@one_database
def test_nobody_may_try_for_ever(applicant: Applicant, keeper: PaperKeeper, reader: FakeReader) -> None:
    reader.answer = Refused("broken")
    for _ in range(MOST_TRIES):
        keeper.keep(str(applicant.adds()))

    assert applicant.adds() is PaperTrouble.TOO_MANY


def test_a_paper_is_added_to_ones_own_waiting_application_alone(applicant: Applicant) -> None:
    counter = applicant.counter
    counter.introduce(BOB, name="Rao Ravi", document="234123412347")
    other = counter.who(BOB).phone.id
    by_another = keep_paper(counter.store, applicant.blobs, other, applicant.number, files.photo())
    with counter.store.work() as work:
        refuse_application(work, applicant.number, "no", "tests")

    assert by_another is PaperTrouble.NOT_WAITING and applicant.adds() is PaperTrouble.NOT_WAITING


@one_database
def test_none_is_taken_where_the_order_asks_for_none(applicant: Applicant) -> None:
    counter = applicant.counter
    counter.put_in_force(preset("tatarstan-2020").replace("number = 8\n", 'number = 8\napproval = "review"\n', 1))
    referral = counter.ask(ANN, 8)
    assert isinstance(referral, Referral)

    answer = keep_paper(counter.store, applicant.blobs, applicant.phone_id, referral.application, files.photo())

    assert answer is PaperTrouble.NOT_WANTED


def test_what_is_decided_is_destroyed_when_its_time_is_over(
    applicant: Applicant, paper: str, keeper: PaperKeeper, store: Store, folder: Path
) -> None:
    with store.work() as work:
        refuse_application(work, applicant.number, "no", "tests")
        (page,) = pages_of(work, work.row(select(col(Paper.application_id))).application_id, paper)
    applicant.counter.clock.pass_by(days=29)
    with store.work() as work:
        early = destroy_papers(work)
    applicant.counter.clock.pass_by(days=2)

    with store.work() as work:
        late = destroy_papers(work)
    keeper.sweep()
    applicant.counter.clock.pass_by(minutes=1)
    keeper.sweep()

    assert (early, late, applicant.papers()[0].state) == (0, 1, "destroyed")
    assert row(store).data_key is None and blobs_in(folder) == []
    with pytest.raises(NoBlob):
        page_bytes(applicant.blobs, page)


def test_one_that_can_be_seen_after_its_time_is_found(applicant: Applicant, paper: str, store: Store) -> None:
    with store.work() as work:
        refuse_application(work, applicant.number, "no", "tests")
    early = unsound(store)
    applicant.counter.clock.pass_by(days=30, hours=3)

    assert (early, unsound(store)) == ([], [f"a paper can be seen after its time: {paper}"])


def test_what_waits_is_not_destroyed(applicant: Applicant, paper: str, store: Store) -> None:
    applicant.counter.clock.pass_by(days=400)

    with store.work() as work:
        assert destroy_papers(work) == 0


def test_a_second_paper_comes_to_the_application_it_was_sent_for(applicant: Applicant) -> None:
    counter = applicant.counter
    other = counter.ask(ANN, 6, reason="exam", destination="Kochi")
    assert isinstance(other, Referral)

    applicant.adds()

    beside = Applicant(counter, applicant.blobs, applicant.phone_id, other.application)
    assert (len(applicant.papers()), len(beside.papers())) == (1, 0)
