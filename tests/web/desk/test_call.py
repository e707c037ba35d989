"""The page of a call: what is seen before and after the proof, issued, read out, and refused in plain words."""

import re
from dataclasses import replace

import pytest

from codes.desk.recording import want_pause
from codes.listing import Wanted, passes
from store import Store
from tests.codes.counter import ANN
from tests.codes.line import Line
from tests.stories.desk import AgentAtDesk
from tests.web.auditing import entries

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def issued(store: Store) -> list[str]:
    """The ids of all passes."""
    return [one.id for one in passes(store, Wanted())]


def test_before_the_proof_initials_alone_are_seen(anna: AgentAtDesk, call: str) -> None:
    assert "И.А.И." in anna.reads and "+7…0001" in anna.reads and "Speaks: Russian" in anna.reads
    for hidden in ("Иванова", "9219632506", "2506", "+79990000001", "Issue"):
        assert hidden not in anna.html


def test_after_the_proof_a_pass_is_issued_and_read_out(anna: AgentAtDesk, proved: str, store: Store) -> None:
    assert "И.А.И. *2506" in anna.reads

    anna.sends("/issue")

    (mine,) = issued(store)
    assert anna.page and anna.page.request.path == f"/desk/calls/{proved}/passes/{mine}"
    groups = re.findall(r'class="desk-group__signs">(.*?)</p>', anna.html)
    code = "".join(re.findall(r"<span>(.)</span>", "".join(groups)))
    assert len(groups) == 3 and len(code) == 12 and "Пропуск выдан" in anna.reads
    assert 'lang="ru"' in anna.html


def test_the_code_hides_after_the_last_group_and_comes_back_with_a_reason(
    anna: AgentAtDesk, proved: str, store: Store
) -> None:
    anna.sends("/issue")
    for left in (2, 1, 0):
        anna.sends("/tick")
        assert anna.html.count("/tick") == left
    assert "The code is hidden" in anna.reads and "desk-group__signs" not in anna.html

    anna.sends("/show", again_why="not_understood")

    assert "desk-group__signs" in anna.html
    looks = [details["why"] for _, _, details in entries(store, "person.looked_at")]
    assert sorted(looks) == ["call", "not_understood"]


@one_database
def test_no_reason_is_made_up(anna: AgentAtDesk, proved: str) -> None:
    anna.sends("/issue")
    for _ in range(3):
        anna.sends("/tick")

    anna.sends("/show", again_why="because")

    assert anna.status == 400


def test_a_wrong_end_is_told_and_a_missing_one_is_asked_for(anna: AgentAtDesk, call: str, line: Line) -> None:
    anna.sends("/tail", tail_tail="1111")
    assert "No document on file ends so" in anna.reads and "Issue" not in anna.reads

    anna.sends("/tail", tail_tail="")
    assert anna.status == 422 and "There is a problem" in anna.reads and "Enter the four digits" in anna.reads
    assert line.call(call).wrong_proofs == 1


@pytest.mark.parametrize("action", ["/issue", "/tail"])
def test_each_form_works_once_however_often_it_is_sent(
    anna: AgentAtDesk, call: str, store: Store, line: Line, action: str
) -> None:
    if action == "/tail":
        form = anna.fills("/tail", tail_tail="1111")
    else:
        anna.sends("/tail", tail_tail="2506")
        form = anna.fills("/issue")

    pages = [anna.submits(form).reads for _ in range(3)]

    assert len(set(pages)) == 1
    assert (len(issued(store)), line.call(call).wrong_proofs) == ((0, 1) if action == "/tail" else (1, 0))


def test_hours_later_the_same_form_issues_nothing_more(
    anna: AgentAtDesk, proved: str, store: Store, line: Line
) -> None:
    form = anna.fills("/issue")
    anna.submits(form)
    line.counter.clock.pass_by(minutes=5)

    anna.submits(form)

    assert len(issued(store)) == 1


def test_two_tabs_share_one_call(anna: AgentAtDesk, call: str, store: Store) -> None:
    other = replace(anna, page=None).opens(f"/desk/calls/{call}")
    anna.sends("/tail", tail_tail="2506").sends("/issue")

    other.sends("/tail", tail_tail="2506")

    assert "The caller is proved" in other.reads and "8 Food, meds, family until" in other.reads
    assert len(issued(store)) == 1


@pytest.mark.parametrize("typed", [{"once": ""}, {"once": "x y"}, {"csrf_token": "forged"}])
@one_database
def test_a_form_that_is_not_ours_does_nothing(
    anna: AgentAtDesk, proved: str, store: Store, typed: dict[str, str]
) -> None:
    form = anna.fills("/issue")

    anna.submits(replace(form, fields={**form.fields, **typed}))

    assert anna.status == 400 and not issued(store)


def test_another_agent_sees_and_does_nothing(anna: AgentAtDesk, boris: AgentAtDesk, proved: str, store: Store) -> None:
    form = anna.fills("/issue")
    boris.opens(f"/desk/calls/{proved}")
    assert (boris.status, "This is not your call" in boris.reads, "И.А.И." in boris.html) == (403, True, False)

    boris.opens("/desk")
    theirs = boris.fills("/desk/available")
    boris.submits(replace(form, fields={**form.fields, **theirs.fields}))

    assert boris.status == 403 and not issued(store)
    refused = entries(store, "desk.refused")
    assert refused == [(f"staff:{boris.person.id}", proved, {"why": "not_yours"})] * 2


def test_a_stale_page_after_the_end_is_refused_and_nothing_typed_is_lost(
    anna: AgentAtDesk, proved: str, store: Store, line: Line
) -> None:
    anna.opens(f"/desk/calls/{proved}/people/{line.person(ANN)}/address")
    line.ends(proved)

    anna.sends("/address", new_address="Казань, ул. Баумана 2")

    assert anna.status == 403 and "This call is over" in anna.reads
    assert "Казань, ул. Баумана 2" in anna.reads and "Wrap up the call" in anna.reads
    assert entries(store, "desk.refused") == [(f"staff:{anna.person.id}", proved, {"why": "ended"})]


def test_without_a_call_or_a_proof_nothing_is_issued(anna: AgentAtDesk, call: str, store: Store, line: Line) -> None:
    form = anna.fills("/tail", tail_tail="")
    given = {**form.fields, "person": line.person(ANN), "purpose": "8"}
    for url, why in ((f"/desk/calls/{call}/issue", "not_proved"), ("/desk/calls/CA0/issue", "no_call")):
        anna.submits(replace(form, url=url, fields=given))

        assert anna.status == 403, why
    refused = {details["why"] for _, _, details in entries(store, "desk.refused")}
    assert refused == {"not_proved", "no_call"} and not issued(store)


def test_while_the_recording_is_paused_nothing_is_issued_and_the_page_says_so(
    anna: AgentAtDesk, proved: str, store: Store, line: Line
) -> None:
    anna.sends("/recording")
    assert "The recording is being paused" in anna.reads
    anna.sends("/issue")
    assert anna.status == 403 and "The recording is paused" in anna.reads and not issued(store)
    line.counter.clock.pass_by(minutes=2, seconds=1)
    assert "Paused for more than 2 minutes" in anna.opens(f"/desk/calls/{proved}").reads

    anna.sends("/recording")

    assert "The call is recorded" in anna.reads
    assert "Read out the code" in anna.sends("/issue").reads


def test_a_code_on_the_screen_goes_when_the_recording_is_paused(anna: AgentAtDesk, proved: str, store: Store) -> None:
    anna.sends("/issue")

    anna.sends("/recording")

    assert "A code is read out on the recording alone" in anna.reads and "desk-group__signs" not in anna.html


def test_the_live_part_is_sent_where_something_changed(anna: AgentAtDesk, call: str, line: Line, store: Store) -> None:
    first = anna.client.get(f"/desk/calls/{call}/state")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert anna.client.get(f"/desk/calls/{call}/state", headers=tag).status_code == 304

    with store.work() as work:
        want_pause(work, call, paused=True, by="staff:1")
    assert "being paused" in anna.client.get(f"/desk/calls/{call}/state", headers=tag).text
    line.ends(call)
    assert "The call is over" in anna.client.get(f"/desk/calls/{call}/state", headers=tag).text


def test_an_open_page_takes_the_code_away_by_itself(anna: AgentAtDesk, proved: str, line: Line, store: Store) -> None:
    anna.sends("/issue")
    asked = re.search(r'hx-get="([^"]*state[^"]*)"', anna.html)
    assert asked and "showing=1" in asked[1]
    url = asked[1].replace("&amp;", "&")
    assert anna.client.get(url).status_code == 200

    line.counter.clock.pass_by(minutes=10)
    assert anna.client.get(url).headers["HX-Refresh"] == "true"
    assert "desk-group__signs" not in anna.opens(f"/desk/calls/{proved}/passes/{issued(store)[0]}").html
    line.ends(proved)

    assert anna.client.get(url).headers["HX-Redirect"] == f"/desk/calls/{proved}"
