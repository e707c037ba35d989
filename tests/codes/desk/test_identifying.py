"""Who calls: the end of a document, a code to the number on file, a search by what was said; and wrong tries end."""

from collections.abc import Callable

import pytest

from codes.desk.attending import Attended, NotAttended, Why
from codes.desk.identifying import Found, LookReason, Proof, find_caller, prove_by_code, prove_by_tail, send_code
from codes.desk.screen import screen_of
from store import Work
from tests.codes.counter import ANN, BOB, Counter
from tests.codes.line import ANNAS_TAIL, Line

ANNAS, BOBS = "9219632506", "9219632507"
STRANGER = "+79990000077"
HIDDEN = LookReason.HIDDEN_NUMBER


def tail(said: str) -> Callable[[Work, Attended], Proof]:
    return lambda work, attended: prove_by_tail(work, attended, said)


def find(number: str, document: str) -> Callable[[Work, Attended], Found | None]:
    return lambda work, attended: find_caller(work, attended, number, document, HIDDEN)


def code_sent(counter: Counter) -> str:
    """The code in the newest text."""
    number, template, fields = counter.owed()[-1]
    assert template == "proof_code", number
    return str(fields["consent"])


def test_the_end_of_the_document_proves_the_caller_and_is_noted(line: Line) -> None:
    sid = line.talk()

    assert line.hears(sid, tail(ANNAS_TAIL)) is Proof.PROVED

    assert (line.call(sid).proof, line.call(sid).person_id) == ("document", line.person(ANN))
    assert line.audited("caller.proved") == [("staff:anna", sid)]


def test_another_end_proves_nobody_and_is_counted(line: Line) -> None:
    sid = line.talk()

    for said in ("2507", "", "25"):
        assert line.hears(sid, tail(said)) is Proof.WRONG

    assert line.call(sid).wrong_proofs == 3 and line.call(sid).person_id is None


def test_after_five_wrong_ends_a_day_not_even_the_right_one_is_taken(line: Line) -> None:
    for _ in range(2):
        sid = line.talk(staff_id=f"agent{_}")
        for _ in range(3):
            line.hears(sid, tail("0000"), line.call(sid).agent_id)

    assert line.hears(sid, tail(ANNAS_TAIL), line.call(sid).agent_id) is Proof.SPENT


def test_whoever_is_proved_stays_so_whatever_is_typed_again(line: Line) -> None:
    sid = line.proved()

    assert line.hears(sid, tail("0000")) is Proof.PROVED
    assert line.call(sid).wrong_proofs == 0


def test_a_code_to_the_callers_own_number_proves_too(line: Line) -> None:
    sid = line.talk()
    line.hears(sid, screen_of)
    person = line.person(ANN)
    assert line.hears(sid, lambda work, one: send_code(work, one, person)) is Proof.SENT

    code = code_sent(line.counter)
    assert line.hears(sid, lambda work, one: prove_by_code(work, one, person, f"{code[:3]} {code[3:]}")) is Proof.PROVED
    assert line.call(sid).proof == "code"


def test_a_code_ends_after_ten_minutes(line: Line) -> None:
    sid = line.talk()
    line.hears(sid, screen_of)
    person = line.person(ANN)
    line.hears(sid, lambda work, one: send_code(work, one, person))
    line.counter.clock.pass_by(minutes=10, seconds=1)

    code = code_sent(line.counter)
    assert line.hears(sid, lambda work, one: prove_by_code(work, one, person, code)) is Proof.WRONG


def test_no_more_than_three_codes_go_out_in_a_call_nor_five_are_tried(line: Line) -> None:
    sid = line.talk()
    line.hears(sid, screen_of)
    person = line.person(ANN)

    sent = [line.hears(sid, lambda work, one: send_code(work, one, person)) for _ in range(4)]
    assert sent == [Proof.SENT] * 3 + [Proof.SPENT]

    tried = [line.hears(sid, lambda work, one: prove_by_code(work, one, person, "x")) for _ in range(5)]
    code = code_sent(line.counter)
    assert tried == [Proof.WRONG] * 5
    assert line.hears(sid, lambda work, one: prove_by_code(work, one, person, code)) is Proof.SPENT


def test_nobody_can_be_sent_a_code_who_was_not_seen_in_the_call(line: Line) -> None:
    sid, bob = line.talk(), line.person(BOB)

    assert line.hears(sid, lambda work, one: send_code(work, one, bob)) is Proof.NO_NUMBER
    assert line.hears(sid, lambda work, one: prove_by_code(work, one, bob, "1")) is Proof.NO_NUMBER
    assert line.counter.owed()[1:] == []


def test_both_number_and_document_find_one_person_or_nobody(line: Line) -> None:
    sid = line.talk(None)

    assert line.hears(sid, find(ANN, BOBS)) is None
    assert line.hears(sid, find(STRANGER, ANNAS)) is None
    found = line.hears(sid, find(ANN, ANNAS))

    assert found is not None and found.person_id == line.person(ANN)
    assert line.audited("caller.not_found") == [("staff:anna", sid)] * 2
    assert line.audited("person.looked_at") == [("staff:anna", found.person_id)]


def test_a_hidden_caller_is_proved_by_the_code_alone_and_then_attended_to(line: Line) -> None:
    sid = line.talk(None)
    found = line.hears(sid, find(ANN, ANNAS))
    assert found is not None
    assert line.hears(sid, tail(ANNAS_TAIL)) is Proof.NO_NUMBER
    with pytest.raises(NotAttended) as refused:
        line.attends(sid, lambda work, one: None)
    assert refused.value.why is Why.NOT_PROVED

    line.hears(sid, lambda work, one: send_code(work, one, found.person_id))
    code = code_sent(line.counter)
    assert line.hears(sid, lambda work, one: prove_by_code(work, one, found.person_id, code)) is Proof.PROVED

    assert line.attends(sid, lambda work, one: one.phone.number) == ANN


def test_a_code_that_went_to_one_number_proves_nobody_on_another(line: Line) -> None:
    """Whoever calls from their own telephone gets a code there; it must not open who was merely looked up."""
    sid = line.talk(ANN)
    line.hears(sid, screen_of)
    ann = line.person(ANN)
    found = line.hears(sid, find(BOB, BOBS))
    assert found is not None
    line.hears(sid, lambda work, one: send_code(work, one, ann))

    code = code_sent(line.counter)
    assert line.hears(sid, lambda work, one: prove_by_code(work, one, found.person_id, code)) is Proof.WRONG


def test_each_person_on_the_screen_is_noted_once_a_call(line: Line) -> None:
    sid = line.talk()
    for _ in range(3):
        screen = line.hears(sid, screen_of)

    assert [one.initials for one in screen.people] == ["И.А.И."]
    assert line.audited("person.looked_at") == [("staff:anna", line.person(ANN))]


def test_who_was_looked_up_is_shown_alone(line: Line) -> None:
    line.counter.clock.pass_by(seconds=1)
    line.counter.introduce(BOB, name="Петрова Мария", document="9219632508")
    sid = line.talk(None)
    assert line.hears(sid, screen_of).people == ()
    line.hears(sid, find(BOB, BOBS))

    assert [one.id for one in line.hears(sid, screen_of).people] == [line.person(BOB)]


def test_the_screen_tells_refusals_passes_that_were_and_texts_that_never_came(line: Line) -> None:
    line.counter.grant(ANN, 3)
    line.counter.grant(ANN, 7)
    line.counter.ask(ANN, 8)
    line.counter.clock.pass_by(hours=2)
    sid = line.talk()

    screen = line.hears(sid, screen_of)

    assert [(one.purpose, one.reason) for one in screen.refused] == [(8, "quota")]
    assert {one.purpose for one in screen.over} == {3, 7}
    assert screen.failed == [] and not screen.people[0].live
