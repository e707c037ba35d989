"""Nothing is done at the desk but in a live call of one's own, for a caller who is proved."""

import threading

import pytest

from codes.applications import BY_AGENT
from codes.desk.attending import NotAttended, Why, attend, hear, note_refusal
from codes.desk.helping import CORRECTABLE, cancel, correct, extend, issue
from codes.desk.identifying import prove_by_tail
from codes.desk.recording import want_pause
from codes.fields import Field
from codes.holding import Cancelled
from codes.listing import Wanted, passes
from codes.outcomes import Grant, Refusal, RefusalReason
from codes.registering import Lacking
from tests.codes.counter import ANN, BOB, Counter
from tests.codes.line import ANNAS_TAIL, Line

SHOP = 8


def why(line: Line, sid: str, staff_id: str = "anna") -> Why:
    """Why an agent may not act in a call."""
    with pytest.raises(NotAttended) as refused, line.counter.store.work() as work:
        attend(work, staff_id, sid)
    return refused.value.why


def test_without_a_call_nothing_is_done(line: Line) -> None:
    line.sits()

    assert why(line, "CAnone") is Why.NO_CALL


def test_before_the_proof_nothing_is_done(line: Line) -> None:
    assert why(line, line.talk()) is Why.NOT_PROVED


def test_in_the_line_a_caller_is_nobodys(line: Line) -> None:
    line.sits()

    assert why(line, line.rings()) is Why.NOT_YOURS


def test_another_agents_call_is_not_mine(line: Line) -> None:
    sid = line.proved()
    line.sits("boris")

    assert why(line, sid, "boris") is Why.NOT_YOURS


def test_a_call_that_is_over_is_over(line: Line) -> None:
    sid = line.proved()
    line.ends(sid)

    assert why(line, sid) is Why.ENDED


def test_an_agent_whose_line_broke_does_nothing_more_though_the_caller_is_there(line: Line) -> None:
    sid = line.rings()
    leg = line.joins(line.sits(), sid)
    line.hears(sid, lambda work, attended: prove_by_tail(work, attended, ANNAS_TAIL))
    line.drops(leg)

    assert why(line, sid) is Why.ENDED


def test_a_caller_who_is_joined_with_another_agent_is_theirs_and_stays_proved(line: Line) -> None:
    sid = line.rings()
    leg = line.joins(line.sits(), sid)
    line.hears(sid, lambda work, attended: prove_by_tail(work, attended, ANNAS_TAIL))
    line.drops(leg)
    line.waits(sid)
    line.joins(line.sits("boris"), sid)

    assert why(line, sid) is Why.NOT_YOURS
    assert line.attends(sid, lambda work, attended: len(attended.people), "boris") == 1


def test_a_refusal_is_audited_with_its_reason(line: Line) -> None:
    sid = line.talk()
    with line.counter.store.work() as work:
        note_refusal(work, "anna", NotAttended(Why.NOT_PROVED, sid))

    assert line.audited("desk.refused") == [("staff:anna", sid)]


def test_a_pass_is_issued_by_the_agent_and_linked_to_the_call(line: Line) -> None:
    sid = line.proved()

    grant = line.attends(sid, lambda work, one: issue(work, one, one.people[0].id, SHOP, {}))

    assert isinstance(grant, Grant)
    (listed,) = passes(line.counter.store, Wanted())
    assert (listed.channel, listed.id) == (BY_AGENT, grant.pass_id)
    assert line.audited("pass.issued") == [("staff:anna", grant.pass_id)]


def test_the_rules_are_those_of_every_channel(line: Line) -> None:
    line.counter.grant(ANN, 3)
    line.counter.grant(ANN, 7)
    sid = line.proved()

    refusal = line.attends(sid, lambda work, one: issue(work, one, one.people[0].id, SHOP, {}))

    assert isinstance(refusal, Refusal) and refusal.reason is RefusalReason.QUOTA


def test_what_a_purpose_needs_is_asked_first(line: Line, order: str, counter: Counter) -> None:
    counter.put_in_force(order.replace("number = 8\n", 'number = 8\nfields = ["destination"]\n', 1))
    sid = line.proved()

    lacking = line.attends(sid, lambda work, one: issue(work, one, one.people[0].id, SHOP, {}))
    told = {Field.DESTINATION: "Казань, аптека"}
    grant = line.attends(sid, lambda work, one: issue(work, one, one.people[0].id, SHOP, told))

    assert lacking == Lacking((Field.DESTINATION,)) and isinstance(grant, Grant)


def test_nobody_but_those_on_the_callers_telephone_is_acted_for(line: Line) -> None:
    sid, bob = line.proved(), line.person(BOB)

    with pytest.raises(NotAttended) as refused:
        line.attends(sid, lambda work, one: issue(work, one, bob, SHOP, {}))

    assert refused.value.why is Why.NOT_PROVED


def test_another_ones_pass_is_neither_made_longer_nor_given_back(line: Line) -> None:
    theirs = line.counter.grant(BOB, SHOP).pass_id
    sid = line.proved()

    longer = line.attends(sid, lambda work, one: extend(work, one, theirs))
    back = line.attends(sid, lambda work, one: cancel(work, one, theirs))

    assert longer == back == Refusal(RefusalReason.NOTHING_LIVE)
    assert line.counter.who(BOB).holders[0].live


def test_a_pass_is_made_longer_and_given_back_once(line: Line) -> None:
    mine = line.counter.grant(ANN, SHOP)
    sid = line.proved()

    longer = line.attends(sid, lambda work, one: extend(work, one, mine.pass_id))
    assert isinstance(longer, Grant) and longer.valid_until > mine.valid_until
    assert isinstance(line.attends(sid, lambda work, one: cancel(work, one, mine.pass_id)), Cancelled)

    assert line.attends(sid, lambda work, one: cancel(work, one, mine.pass_id)) == Refusal(RefusalReason.NOTHING_LIVE)
    assert line.audited("pass.extended", "pass.cancelled") == [("staff:anna", mine.pass_id)] * 2


def test_while_the_recording_is_paused_nothing_is_issued(line: Line) -> None:
    sid = line.proved()
    with line.counter.store.work() as work:
        want_pause(work, sid, paused=True, by="staff:anna")

    with pytest.raises(NotAttended) as refused:
        line.attends(sid, lambda work, one: issue(work, one, one.people[0].id, SHOP, {}))

    assert refused.value.why is Why.PAUSED
    assert not list(passes(line.counter.store, Wanted()))


def test_an_address_is_corrected_and_nothing_else(line: Line) -> None:
    sid = line.proved()
    told = {Field.ADDRESS: "Казань, ул. Баумана 2", Field.DOCUMENT: "0000000000"}

    line.attends(sid, lambda work, one: correct(work, one, one.people[0].id, told))

    assert line.details(ANN)[Field.ADDRESS] == "Казань, ул. Баумана 2"
    assert line.details(ANN)[Field.DOCUMENT] == "9219632506" and Field.DOCUMENT not in CORRECTABLE


def test_the_caller_hangs_up_while_the_agent_issues_one_comes_first(line: Line) -> None:
    """On both databases the end waits for whoever issues, or nothing is issued any more."""
    sid = line.proved()
    holding, ended = threading.Event(), threading.Event()

    def hang_up() -> None:
        holding.wait(5)
        line.ends(sid)
        ended.set()

    thread = threading.Thread(target=hang_up)
    thread.start()
    with line.counter.store.work() as work:
        attended = attend(work, "anna", sid)
        holding.set()
        assert not ended.wait(0.2)
        assert isinstance(issue(work, attended, attended.people[0].id, SHOP, {}), Grant)
    thread.join()

    assert ended.is_set() and line.call(sid).state == "ended"


def test_two_tabs_that_issue_at_once_give_one_pass(line: Line) -> None:
    sid = line.proved()
    start, grants = threading.Barrier(6), []

    def press() -> None:
        start.wait()
        grants.append(line.attends(sid, lambda work, one: issue(work, one, one.people[0].id, SHOP, {})))

    threads = [threading.Thread(target=press) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({grant.pass_id for grant in grants if isinstance(grant, Grant)}) == 1 and len(grants) == 6


def test_whoever_hears_a_call_need_not_have_proved_it(line: Line) -> None:
    sid = line.talk()

    with line.counter.store.work() as work:
        attended = hear(work, "anna", sid)

    assert attended.people == () and attended.language == "ru" and attended.actor == "staff:anna"
