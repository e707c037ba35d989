"""A picked call is listened to again by somebody who had no part in it, and who does not see whose it was."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlmodel import col

from codes.desk.picked_calls import NotReviewable, Review, Why, judged_calls, open_review, open_reviews
from codes.desk.recording import Sound, Unplayable, play_some, sound_size
from codes.desk.recording_ends import forget_notes
from codes.desk.reviewing_calls import (
    LISTENS_FOR,
    Judged,
    Reason,
    Verdict,
    begin_listening,
    judge,
    listening,
    note_refusal,
)
from store import Store
from store.calls import CallReview
from store.sealing import PART
from tests.codes.counter import ANN
from tests.codes.line import Line
from tests.codes.picking import BOSS, NOTHING, WAV, Chance, employs, issue_in_call, keep, wraps
from tests.store.remembering import MemoryBlobs


@pytest.fixture
def review(line: Line, chance: Chance, issued: str) -> str:
    """A call with a pass, picked; there is a supervisor."""
    wraps(line, issued)
    employs(line, BOSS)
    return issued


class TestRules:
    def test_nobody_hears_their_own_call(self, line: Line, review: str) -> None:
        self.refused(line, "anna", review, Why.OWN)
        with line.counter.store.work() as work:
            assert open_reviews(work, "anna") == [] and len(open_reviews(work, BOSS)) == 1

    def test_nor_one_in_which_they_had_a_part(self, line: Line, chance: Chance) -> None:
        sid = line.proved()
        issue_in_call(line, sid)
        line.waits(sid)
        line.joins(line.sits("boris"), sid)
        line.ends(sid)
        wraps(line, sid, "boris")

        for one in ("anna", "boris"):
            self.refused(line, one, sid, Why.OWN)

    def test_only_picked_calls_are_heard(self, line: Line, issued: str) -> None:
        employs(line, BOSS)

        self.refused(line, BOSS, issued, Why.NOT_PICKED)
        self.refused(line, BOSS, "CAnone", Why.NOT_PICKED)

    def refused(self, line: Line, staff_id: str, sid: str, why: Why) -> None:
        acts: tuple[Callable[..., object], ...] = (
            open_review,
            lambda work, who, call: begin_listening(work, who, call, "RE1", Reason.REVIEW),
            lambda work, who, call: judge(work, who, call, Verdict.FINE, ""),
        )
        for act in acts:
            with line.counter.store.work() as work, pytest.raises(NotReviewable) as refused:
                act(work, staff_id, sid)
            assert (refused.value.why, refused.value.call_sid) == (why, sid)
        with line.counter.store.work() as work:
            note_refusal(work, staff_id, refused.value)
        assert (f"staff:{staff_id}", sid) in line.audited("review.refused")


def opened(line: Line, sid: str) -> Review:
    with line.counter.store.work() as work:
        return open_review(work, BOSS, sid)


class TestReviewing:
    def test_the_call_is_shown_without_its_agent(self, line: Line, review: str) -> None:
        found = opened(line, review)

        (one,) = found.passes
        assert (one.initials, one.tail, one.purpose) == ("И.А.И.", "2506", 8)
        assert (found.proof, found.call.outcome, found.call.agents, found.call.verdict) == (
            "document",
            "issued",
            (),
            None,
        )
        assert (f"staff:{BOSS}", line.person(ANN)) in line.audited("person.looked_at")

    def test_whoever_listens_says_why_and_hears_any_part(self, line: Line, review: str) -> None:
        blobs, store = MemoryBlobs(), line.counter.store
        name = keep(line, review, blobs)
        with store.work() as work:
            token = begin_listening(work, BOSS, review, name, Reason.REVIEW)
        assert isinstance(token, str) and not isinstance(token, Unplayable)

        with store.reading() as work:
            sound = listening(work, BOSS, token)
        assert isinstance(sound, Sound) and sound_size(blobs, sound) == len(WAV)
        for start, length in ((0, 44), (PART - 5, 10), (2 * PART, 5000), (len(WAV) - 1, 1), (0, len(WAV))):
            assert play_some(blobs, sound, start, length) == WAV[start : start + length]
        assert line.audited("recording.listened") == [(f"staff:{BOSS}", name)]

    def test_a_listening_is_its_own_and_for_a_while(self, line: Line, review: str) -> None:
        store = line.counter.store
        name = keep(line, review, MemoryBlobs())
        with store.work() as work:
            token = str(begin_listening(work, BOSS, review, name, Reason.AGAIN))
        with store.reading() as work:
            assert listening(work, "anna", token) is Unplayable.UNKNOWN
        line.counter.clock.pass_by(seconds=LISTENS_FOR.total_seconds())

        with store.reading() as work:
            assert listening(work, BOSS, token) is Unplayable.UNKNOWN

    def test_of_another_call_nothing_is_heard(self, line: Line, review: str) -> None:
        other = line.rings("+79990000055")
        name = keep(line, other, MemoryBlobs())

        with line.counter.store.work() as work:
            assert begin_listening(work, BOSS, review, name, Reason.REVIEW) is Unplayable.UNKNOWN

    def test_what_is_not_there_is_not_heard(self, line: Line, review: str) -> None:
        store = line.counter.store
        name = keep(line, review, MemoryBlobs(), **NOTHING)

        with store.work() as work:
            assert begin_listening(work, BOSS, review, name, Reason.REVIEW) is Unplayable.NOT_KEPT
        hearing = opened(line, review).hearing
        assert (hearing.awaited, hearing.playable, hearing.heard) == (True, (), False)

    def test_what_is_past_its_time_is_as_good_as_destroyed(self, line: Line, review: str) -> None:
        keep(line, review, MemoryBlobs(), destroy_at=line.counter.clock.now)

        hearing = opened(line, review).hearing

        assert (hearing.awaited, hearing.playable) == (False, ())

    def test_nobody_judges_what_they_did_not_hear(self, line: Line, review: str) -> None:
        keep(line, review, MemoryBlobs())

        assert self.judges(line, review, Verdict.FINE) is Judged.NOT_HEARD
        assert self.judges(line, review, Verdict.UNHEARD) is Judged.TO_BE_HEARD

    def test_a_recording_that_may_come_is_waited_for(self, line: Line, review: str) -> None:
        assert opened(line, review).hearing.awaited
        assert self.judges(line, review, Verdict.UNHEARD) is Judged.TO_BE_HEARD

    def test_what_is_lost_is_closed_unheard(self, line: Line, review: str) -> None:
        keep(line, review, MemoryBlobs(), **NOTHING, lost="gone")

        assert self.judges(line, review, Verdict.UNHEARD) is Judged.KEPT
        with line.counter.store.work() as work:
            assert open_reviews(work, BOSS) == []

    @pytest.mark.parametrize(("verdict", "agents"), [(Verdict.FINE, ()), (Verdict.FAULTY, ("anna",))])
    def test_the_first_verdict_stands_and_a_faulty_call_names_its_agent(
        self, line: Line, review: str, verdict: Verdict, agents: tuple[str, ...]
    ) -> None:
        name = keep(line, review, MemoryBlobs())
        with line.counter.store.work() as work:
            begin_listening(work, BOSS, review, name, Reason.REVIEW)

        assert self.judges(line, review, verdict, "Не спросила цифры") is Judged.KEPT
        assert self.judges(line, review, Verdict.FINE) is Judged.BEFORE

        found = opened(line, review)
        assert (found.call.verdict, found.call.agents, found.reviewer) == (verdict, agents, "Boss")
        assert found.note == "Не спросила цифры" and self.sealed(line.counter.store)
        with line.counter.store.work() as work:
            assert [one.verdict for one in judged_calls(work, BOSS)] == [verdict]
        assert line.audited("call.reviewed") == [(f"staff:{BOSS}", review)]

    def judges(self, line: Line, sid: str, verdict: Verdict, note: str = "") -> Judged:
        with line.counter.store.work() as work:
            return judge(work, BOSS, sid, verdict, note)

    def sealed(self, store: Store) -> bool:
        with store.reading() as work:
            return "цифры".encode() not in work.row(select(col(CallReview.note_sealed))).note_sealed

    def test_a_note_goes_with_the_recordings_time(self, line: Line, review: str) -> None:
        name = keep(line, review, MemoryBlobs())
        with line.counter.store.work() as work:
            begin_listening(work, BOSS, review, name, Reason.REVIEW)
        self.judges(line, review, Verdict.FAULTY, "Не спросила цифры")
        line.counter.clock.pass_by(days=29)
        with line.counter.store.work() as work:
            assert forget_notes(work) == 0
        line.counter.clock.pass_by(days=2)

        with line.counter.store.work() as work:
            assert forget_notes(work) == 1
        assert opened(line, review).note == ""
