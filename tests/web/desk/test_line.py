"""The desk's first page: available and away, the line, the day's calls, calls back; and wrapping up."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlmodel import col

from codes.desk.calling import owe_call_back
from codes.desk.line import desk_of
from codes.regimes import in_force
from store import Store
from store.messages import OutboxMessage
from store.phones import ensure_phone
from tests.codes.counter import ANN
from tests.codes.line import Line
from tests.stories.desk import AgentAtDesk
from tests.web.auditing import entries
from tests.web.people import Staff, signed_in

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def presence(store: Store, agent: AgentAtDesk) -> str:
    with store.reading() as work:
        return desk_of(work, agent.person.id).presence


def owe(line: Line) -> None:
    """A call back that waits for an agent."""
    with line.counter.store.work() as work:
        owe_call_back(work, ensure_phone(work, ANN), "ru", in_force(work).regime, for_agent=True)


def test_one_goes_available_and_the_number_is_remembered(anna: AgentAtDesk, store: Store) -> None:
    anna.opens("/desk")
    assert "You are away" in anna.reads and "None yet." in anna.reads and "Nobody is owed a call back" in anna.reads
    anna.sends("/desk/available", my_number="12")
    assert anna.status == 422 and "telephone number" in anna.reads

    anna.sends("/desk/available", my_number="8 999 000 00 07")
    assert "You are available" in anna.reads and presence(store, anna) == "available"
    anna.sends("/desk/away")

    assert "You are away" in anna.reads and 'value="+79990000007"' in anna.html


def test_an_old_page_that_is_sent_again_takes_nobody_back_to_the_desk(anna: AgentAtDesk, store: Store) -> None:
    form = anna.opens("/desk").fills("/desk/available", my_number="+79990000007")
    anna.submits(form).sends("/desk/away")

    anna.submits(form)

    assert presence(store, anna) == "away"


def test_the_line_is_told_live_and_only_where_it_changed(anna: AgentAtDesk, line: Line) -> None:
    anna.opens("/desk")
    first = anna.client.get("/desk/state")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert anna.client.get("/desk/state", headers=tag).status_code == 304

    line.rings()
    line.counter.clock.pass_by(seconds=65)

    changed = anna.client.get("/desk/state", headers=tag)
    assert (changed.status_code, "<dd>1</dd>" in changed.text, "1:00" in changed.text) == (200, True, True)
    assert 'hx-trigger="every 5.0s"' in changed.text


def test_a_caller_opens_by_itself(anna: AgentAtDesk, call: str) -> None:
    state = anna.client.get("/desk/state", headers={"HX-Request": "true"})

    assert (state.status_code, state.headers["HX-Redirect"]) == (204, f"/desk/calls/{call}")
    assert anna.client.get("/desk").headers["Location"] == f"/desk/calls/{call}"


@pytest.mark.parametrize(("stay", "then"), [("1", "available"), (None, "away")])
def test_after_the_call_it_is_noted_once_and_the_note_is_sealed(
    anna: AgentAtDesk, proved: str, line: Line, store: Store, stay: str | None, then: str
) -> None:
    anna.sends("/issue")
    line.ends(proved)
    anna.opens("/desk")
    assert "The call is over" in anna.reads and 'value="issued" checked' in anna.html
    anna.sends("/wrap-up", wrap_note="x" * 1001, wrap_outcome="issued")
    assert anna.status == 422 and "The note is too long" in anna.reads

    chosen: dict[str, Any] = {"stay": stay} if stay else {}
    form = anna.fills("/wrap-up", wrap_note="Просил говорить громче", wrap_outcome="changed", **chosen)
    pages = [anna.submits(form).reads for _ in range(2)]

    assert pages[0] == pages[1] and "The call is noted." in pages[0] and "Pass or details changed" in pages[0]
    assert presence(store, anna) == then and "Просил".encode() not in line.call(proved).note_sealed
    assert "Просил говорить громче" in anna.opens(f"/desk/calls/{proved}").reads


def test_a_note_on_another_agents_call_is_refused_with_what_was_typed(
    anna: AgentAtDesk, boris: AgentAtDesk, proved: str, store: Store
) -> None:
    form = anna.opens(f"/desk/calls/{proved}/wrap-up").fills("/wrap-up", wrap_outcome="issued", wrap_note="чужое")
    boris.opens("/desk")
    theirs = boris.fills("/desk/available").fields

    boris.submits(type(form)(form.url, {**form.fields, **theirs}))

    assert boris.status == 403 and "This is not your call" in boris.reads and "чужое" in boris.reads
    assert boris.opens(f"/desk/calls/{proved}/wrap-up").status == 403


def test_whose_caller_was_taken_over_is_free_again(
    anna: AgentAtDesk, boris: AgentAtDesk, line: Line, store: Store
) -> None:
    sid = line.rings()
    leg = line.joins(line.sits(anna.person.id), sid)
    anna.opens(f"/desk/calls/{sid}/wrap-up")
    stale = anna.fills("/wrap-up", wrap_outcome="broken_off", stay="1")
    line.drops(leg)
    line.waits(sid)
    line.joins(line.sits(boris.person.id), sid)
    assert "Another agent has taken your last caller over" in anna.opens("/desk").reads

    anna.sends("/desk/free")
    assert presence(store, anna) == "available"
    anna.submits(stale)

    assert presence(store, anna) == "available" and line.call(sid).outcome is None


def test_calls_back_are_made_now_or_settled_and_numbers_stay_masked(
    anna: AgentAtDesk, line: Line, store: Store
) -> None:
    owe(line)
    anna.opens("/desk")
    assert "+7…0001" in anna.reads and "waits for a free agent" in anna.reads and ANN not in anna.html
    assert "No agent is available" in anna.sends("/now").reads

    line.sits("boris")
    anna.sends("/now")
    assert "is being made now" in anna.reads and "will be called at 12:0" in anna.reads
    form = anna.fills("/done")
    assert "The call back is settled" in anna.submits(form).reads
    assert "The call back is settled" in anna.submits(form).reads and "Nobody is owed" in anna.reads
    assert [actor for actor, _, _ in entries(store, "call_back.called_now")] == [f"staff:{anna.person.id}"]


def test_one_that_failed_says_why_and_can_be_made_again(anna: AgentAtDesk, line: Line, store: Store) -> None:
    owe(line)
    with store.work() as work:
        work.run(update(OutboxMessage), state="failed", error_code=30003, settled_at=work.now, due_at=None)
    anna.opens("/desk")
    assert "failed: the telephone is off or out of reach" in anna.reads

    stale = anna.fills("/done")
    line.sits("boris")
    line.counter.clock.pass_by(seconds=1)
    anna.sends("/now")

    with store.reading() as work:
        ours = select(col(OutboxMessage.state)).where(col(OutboxMessage.template) == "call_back")
        states = {row.state for row in work.rows(ours)}
    assert states == {"failed", "created"}
    assert "was settled or made in the meantime" in anna.submits(stale).reads


def test_at_night_a_call_back_waits_for_the_morning(app: Flask, store: Store, staff: Staff, line: Line) -> None:
    owe(line)
    line.sits()
    line.counter.clock.pass_by(hours=11)
    person = staff("agent")

    page = AgentAtDesk(person, None, signed_in(app, store, person)).opens("/desk").sends("/now")

    assert "At night nobody is called. It will be made at 04.06 08:00." in page.reads


@one_database
def test_the_list_of_calls_back_is_live(anna: AgentAtDesk, line: Line) -> None:
    first = anna.client.get("/desk/call-backs")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert anna.client.get("/desk/call-backs", headers=tag).status_code == 304

    owe(line)

    assert "+7…0001" in anna.client.get("/desk/call-backs", headers=tag).text


@one_database
@pytest.mark.parametrize(
    ("language", "recorded", "issue", "spoken"),
    [
        ("ru", "Разговор записывается", "Выдать: 8 Аптека, продукты", "Язык: Русский"),
        ("tt", "Сөйләшү яздырыла", "Бирү: 8 Дару, азык-төлек", "Рус телендә сөйләшә"),
    ],
)
def test_it_speaks_a_language(
    anna: AgentAtDesk, proved: str, language: str, recorded: str, issue: str, spoken: str
) -> None:
    anna.client.set_cookie("language", language)

    assert recorded in anna.opens(f"/desk/calls/{proved}").reads
    assert issue in anna.reads and spoken in anna.reads
