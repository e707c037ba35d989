"""In a call: refusals in words, passes given back and made longer, callers looked up, people registered and moved."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlmodel import col

from codes.regimes import preset
from monitoring.cases.opening import open_case
from monitoring.cases.watched import watched_case
from monitoring.home.links import agrees
from store import Store
from store.cases import Consent
from store.columns import table
from store.patients import PatientWord
from tests.codes.counter import ANN, BOB
from tests.codes.line import Line
from tests.stories.desk import AgentAtDesk
from tests.web.auditing import entries

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NEW = "+79990000044"


def test_whoever_must_stay_at_home_is_shown_as_such_and_refused_in_words(
    anna: AgentAtDesk, proved: str, store: Store, line: Line
) -> None:
    ann = line.person(ANN)
    with store.work() as work:
        open_case(work, ann, "грипп", "x")
    anna.opens(f"/desk/calls/{proved}")
    assert "must stay at home" in anna.reads and "грипп" not in anna.html

    anna.sends("/issue")

    assert "No pass: must stay at home" in anna.reads and "оставаться дома" in anna.reads
    assert "Food, meds, family – must stay at home" in anna.reads


def test_what_somebody_at_home_says_is_kept_and_answered_in_their_language(
    anna: AgentAtDesk, proved: str, store: Store, line: Line
) -> None:
    ann = line.person(ANN)
    with store.work() as work:
        case_id = open_case(work, ann, "грипп", "x").case_id
    anna.opens(f"/desk/calls/{proved}/people/{ann}/home")
    assert (
        "until the case is closed" in anna.reads
        and "грипп" not in anna.html
        and "takes their consent" not in anna.reads
    )

    assert "Choose what they say" in anna.sends("/home").reads
    anna.sends("/home", said_kind="hospital", said_words="Увезли ночью")

    assert "Noted. The duty desk sees it." in anna.reads and "Сотрудник ответит до" in anna.reads
    with store.reading() as work:
        case = watched_case(work, case_id)
        said = work.row(select(table(PatientWord)).where(col(PatientWord.case_id) == case_id))
    assert case is not None and case.pause_kind == "hospital"
    assert case.opened(f"patient_word.words.{said.id}", said.words_sealed) == "Увезли ночью"
    assert entries(store, "patient.said")[-1][0] == f"staff:{anna.person.id}"


def test_nothing_is_said_of_home_before_the_caller_is_proved(
    anna: AgentAtDesk, call: str, store: Store, line: Line
) -> None:
    ann = line.person(ANN)
    with store.work() as work:
        open_case(work, ann, "грипп", "x")

    assert "Say nothing of it before the caller is proved." in anna.opens(f"/desk/calls/{call}").reads
    assert anna.opens(f"/desk/calls/{call}/people/{ann}/home").status == 403


def test_consent_is_taken_back_on_a_call(anna: AgentAtDesk, proved: str, store: Store, line: Line) -> None:
    ann = line.person(ANN)
    with store.work() as work:
        case_id = open_case(work, ann, "грипп", "x").case_id
        agreed = {"version": "1", "language": "ru", "text_hash": "", "way": "phone", "taken_by": "tests"}
        work.insert(Consent, id=work.new_id(), case_id=case_id, **agreed, given_at=work.now)

    anna.opens(f"/desk/calls/{proved}/people/{ann}/home").sends("/home", said_kind="consent_withdrawn")

    assert "Noted. The duty desk sees it." in anna.reads
    with store.reading() as work:
        assert not agrees(work, case_id)


def test_a_used_up_limit_says_when_the_next_pass_can_be_had(anna: AgentAtDesk, proved: str, line: Line) -> None:
    line.counter.grant(ANN, 3)
    line.counter.grant(ANN, 7)
    anna.opens(f"/desk/calls/{proved}").sends("/issue")

    assert "No pass: the limit is used up; possible from 04.06 00:00" in anna.reads
    assert ("Say:" in anna.reads and "завтра" in anna.reads) or "4 июня" in anna.reads


def test_a_pass_is_given_back_after_a_question_and_made_longer_at_once(
    anna: AgentAtDesk, proved: str, line: Line
) -> None:
    line.counter.grant(ANN, 8)
    anna.opens(f"/desk/calls/{proved}").sends("/extend")
    assert "The pass is longer now: until 14:0" in anna.reads and "Make longer" not in anna.reads
    mine = line.counter.who(ANN).holders[0].live[0].id

    anna.opens(f"/desk/calls/{proved}/passes/{mine}/cancel")
    assert "Give this pass back?" in anna.reads
    anna.sends("/cancel")

    assert "The pass is given back" in anna.reads and "No live pass" in anna.reads


def test_the_caller_of_another_number_is_found_by_both_and_proved_by_a_code(
    anna: AgentAtDesk, line: Line, store: Store
) -> None:
    sid = line.talk(None, anna.person.id)
    anna.opens(f"/desk/calls/{sid}")
    assert "hidden number" in anna.reads and "whole number of your document" in anna.reads
    anna.sends("/search", search_number="8 999 000-00-02", search_document="9219 632506", search_why="hidden_number")
    assert "Nobody is on file with both" in anna.reads
    anna.sends("/search", search_number="8 999 000-00-02", search_document="9219 632507", search_why="hidden_number")
    assert "One person is on file" in anna.reads and "П.Б." in anna.reads and "+7…0002" in anna.reads

    anna.sends("/code")
    number, _, fields = line.counter.owed()[-1]
    assert number == BOB and "A code is on its way" in anna.reads
    anna.sends("/code-said", code_code=str(fields["consent"]))

    assert "The caller is proved" in anna.reads and "П.Б. *2507" in anna.reads
    assert [details["why"] for _, _, details in entries(store, "person.looked_at")] == ["hidden_number"]


@one_database
def test_nothing_is_searched_by_one_of_the_two(anna: AgentAtDesk, call: str, store: Store) -> None:
    anna.sends("/search", search_number="8 999 000-00-02", search_document="", search_why="other_number")
    assert anna.status == 422 and "Enter the whole document" in anna.reads
    anna.sends("/search", search_number="abc", search_document="9219632507", search_why="other_number")
    assert anna.status == 422 and "telephone number" in anna.reads
    anna.sends("/search", search_number="8 999 000-00-02", search_document="9219632507", search_why="curious")
    assert anna.status == 422 and not entries(store, "caller.not_found")


@one_database
def test_no_address_names_a_person(anna: AgentAtDesk, proved: str) -> None:
    anna.sends("/issue")
    assert anna.page is not None
    urls = [*re.findall(r'(?:href|action|hx-get)="(/[^"]*)"', anna.html), anna.page.request.path]

    assert not [url for url in urls if re.search(r"2506|9219|79990|%D0", url)]


def test_somebody_new_is_registered_and_gets_a_pass_at_once(anna: AgentAtDesk, line: Line, store: Store) -> None:
    sid = line.talk(NEW, anna.person.id)
    anna.opens(f"/desk/calls/{sid}")
    assert "Nobody is on file with this number" in anna.reads

    anna.opens(f"/desk/calls/{sid}/register")
    anna.sends("/register", new_document="9219", new_name="Сидоров Пётр")
    assert anna.status == 422 and "Not a document: 9219" in anna.reads and "Сидоров Пётр" in anna.html
    form = anna.fills("/register", new_document="9219 639999", new_name="Сидоров Пётр")
    anna.submits(form)
    assert "Registered." in anna.reads and "С.П. *9999" in anna.reads
    assert "Registered." in anna.submits(form).reads and len(line.counter.who(NEW).holders) == 1

    assert "Read out the code" in anna.sends("/issue").reads


def test_a_child_is_registered_in_the_care_of_the_caller(anna: AgentAtDesk, proved: str, line: Line) -> None:
    anna.opens(f"/desk/calls/{proved}/register")
    anna.sends("/register", new_guardian=line.person(ANN), new_name="Иванова Маша")

    assert "И.М." in anna.reads and "in somebody's care" in anna.reads
    assert anna.sends("/issue", 2).status == 200


def test_an_address_is_corrected(anna: AgentAtDesk, proved: str, line: Line) -> None:
    anna.opens(f"/desk/calls/{proved}/people/{line.person(ANN)}/address")
    anna.sends("/address", new_address="")
    assert anna.status == 422 and "Enter this: Address" in anna.reads
    anna.sends("/address", new_address="Казань, ул. Баумана 2")

    assert "The address is corrected" in anna.reads
    assert "Казань, ул. Баумана 2" in line.details(ANN).values()


def test_a_new_number_is_where_they_are_known_and_the_old_one_hears_of_it(
    anna: AgentAtDesk, proved: str, line: Line
) -> None:
    ann = line.person(ANN)
    anna.opens(f"/desk/calls/{proved}/people/{ann}/number")
    anna.sends("/number", new_number="12")
    assert anna.status == 422
    form = anna.fills("/number", new_number="8 (999) 000-00-44")
    for _ in range(2):
        anna.submits(form)
        assert "Moved to the new number" in anna.reads and "+7…0044" in anna.reads

    assert line.counter.who(NEW).holders[0].id == ann
    assert sorted(number for number, template, _ in line.counter.owed() if template == "phone_moved") == [ANN]


def test_who_is_not_on_the_callers_telephone_is_neither_shown_nor_moved(
    anna: AgentAtDesk, proved: str, line: Line
) -> None:
    for page in ("address", "number"):
        anna.opens(f"/desk/calls/{proved}/people/{line.person(BOB)}/{page}")
        assert anna.status == 403


@one_database
def test_a_purpose_that_needs_more_asks_for_it(anna: AgentAtDesk, proved: str, line: Line, store: Store) -> None:
    order = preset("moscow-2020")
    line.counter.put_in_force(order)
    anna.opens(f"/desk/calls/{proved}")
    form = anna.fills("/issue", 1)

    anna.submits(replace(form, fields={**form.fields, "purpose": "1"}))
    assert anna.page is not None
    asked = re.findall(r'name="(ask-[a-z_]+)"', anna.html)
    assert asked and "Issue" in anna.reads

    anna.sends("/issue")
    assert anna.status == 422 and "There is a problem" in anna.reads
