"""The measurements measure what they say; how fast anything is, is not tested."""

import json
import os
from pathlib import Path

import flask
import pytest
from werkzeug.test import EnvironBuilder

from bench.__main__ import COMPARED, OTHERS, chosen
from bench.calling import APART, STEPS, Call, walk
from bench.cases import CASES
from bench.gathering import Gathering, write
from bench.measuring import PREFIX, Figures, new_prefix
from bench.pacing import percentile
from bench.processes import memory, processor_s, tree
from bench.reporting import document, table
from bench.reporting import write as write_results
from bench.requests import PUBLIC_URL, TOKEN, Request, write_requests
from bench.serving import FLOOR, SERVICE, web_command
from bench.texts import Text, numbered
from bench.town import REGIME, code_of, settle
from bench.wrk import THREADS
from codes.invariants import broken
from codes.meeting import meet
from codes.regimes import activate_preset, in_force
from store import Store
from telephony.guard import Form, Guard

FIGURES = Figures(
    rps=812.34,
    ratio_to_floor=0.4567,
    p50_ms=9.876,
    p99_ms=21.5,
    floor_rps=1800.0,
    cpu_ms=1.5,
    floor_cpu_ms=0.7,
    segments=1.5,
)


def admitted(one: Request) -> Form | None:
    """The form of a request that the guard lets in."""
    builder = EnvironBuilder(one.path, method=one.method, data=one.body, headers=list(one.headers.items()))
    return Guard(PUBLIC_URL, [TOKEN]).admitted_form(flask.Request(builder.get_environ()))


def test_one_case_or_all_are_chosen() -> None:
    assert chosen("", ["a", "b"]) == ["a", "b"]
    assert chosen("b", ["a", "b"]) == ["b"]


def test_an_unknown_case_is_answered_with_those_that_are_known() -> None:
    with pytest.raises(SystemExit, match="There is no 'x': there are a, b"):
        chosen("x", ["a", "b"])


@pytest.mark.parametrize(("share", "wanted"), [(0.5, 50), (0.99, 99), (1.0, 100), (0.001, 1)])
def test_a_percentile_is_the_nearest_rank(share: float, wanted: float) -> None:
    assert percentile([float(value) for value in range(100, 0, -1)], share) == wanted


def test_a_percentile_of_one_value_is_that_value() -> None:
    assert percentile([7.0], 0.5) == 7.0


def test_the_table_has_a_line_a_case() -> None:
    lines = table({"sqlite": {"issue": FIGURES, "inspect": FIGURES}}).splitlines()

    assert len(lines) == 3
    assert lines[1].split() == ["sqlite", "issue", "812", "0.46", "9.9", "21.5", "1800", "1.50", "0.70"]


def test_the_results_are_one_json_document(tmp_path: Path) -> None:
    file = tmp_path / "results" / "latest.json"

    write_results(document({"sqlite": {"issue": FIGURES}}, {"growth": {"sqlite": 0.97}}), file)

    found = json.loads(file.read_text("utf-8"))
    assert found["sqlite"]["issue"]["ratio_to_floor"] == 0.457
    assert {"rps", "p50_ms", "p99_ms"} <= set(found["sqlite"]["issue"])
    assert (found["growth"], found["segments_mean"]) == ({"sqlite": 0.97}, 1.5)


def test_the_texts_of_a_round_are_all_different_and_tell_their_round() -> None:
    prefix = new_prefix()

    texts = numbered(prefix, [("+79000000001", "Цель 8")] * 3)

    assert len({text.sid for text in texts}) == 3
    assert all(len(text.sid) == 34 and text.sid[:PREFIX] == prefix for text in texts)
    assert new_prefix() != prefix


def test_what_wrk_sends_is_every_request_after_its_length(tmp_path: Path) -> None:
    text = Text(f"SM{'0' * 32}", "+79000000001", "Цель 8").request()

    file = write_requests([text, text], tmp_path / "texts")

    length, _, rest = file.read_bytes().partition(b"\n")
    assert rest[: int(length)] == text.raw()
    assert rest[int(length) :] == file.read_bytes()[: -len(rest) + int(length)]


@pytest.mark.parametrize("step", range(STEPS))
def test_the_guard_admits_each_step_of_a_call(step: int) -> None:
    call = Call(f"CA{'0' * 32}", "+79000000001", "0001")

    form = admitted(call.step(step))

    assert form is not None
    assert (form["CallSid"], form["From"], form.get("Digits", "")) == (call.sid, call.number, ["", "8#", "0001"][step])


def test_the_guard_admits_a_text() -> None:
    text = Text(f"SM{'0' * 32}", "+79000000001", "Цель 8")

    form = admitted(text.request())

    assert form is not None
    assert (form["MessageSid"], form["From"], form["Body"]) == (text.sid, text.sender, text.body)


def test_the_steps_of_a_call_follow_each_other_far_apart_on_one_thread() -> None:
    calls = [Call(f"CA{number:032}", f"+7900{number:07}", "0001") for number in range(8 * APART)]
    steps = {call.step(step).raw(): (call.sid, step) for call in calls for step in range(STEPS)}

    before, rest = ([steps[one.raw()] for one in part] for part in walk(calls))

    for thread in range(THREADS):
        lane = before[thread::THREADS] + rest[thread::THREADS]
        assert [step for _, step in rest[thread::THREADS]][:6] == [0, 1, 2, 0, 1, 2]
        places = {one: place for place, one in enumerate(lane)}
        for sid, step in lane:
            assert step == 0 or places[sid, step] - places[sid, step - 1] > APART


def test_the_service_and_the_floor_are_started_alike() -> None:
    assert web_command().count(SERVICE) == 1
    assert SERVICE.partition(":")[2] == FLOOR.partition(":")[2]


def test_every_measurement_has_a_name_of_its_own() -> None:
    names = [case.name for case in CASES]

    assert len({*names, *OTHERS}) == len(names) + len(OTHERS)
    assert list(COMPARED)[: len(names)] == names


def test_this_process_costs_something() -> None:
    pids = tree(os.getpid())

    assert pids[0] == os.getpid()
    assert processor_s(os.getpid()) > 0
    assert memory(pids[:1]).rss > 1


def test_people_written_in_bulk_are_as_if_they_had_texted(store: Store, database_url: str) -> None:
    with store.work() as work:
        activate_preset(work, REGIME, "test")
        under = in_force(work)
    gathering = Gathering(store)
    resident = settle(gathering, "+79000000001", "9219632506")
    code_of(gathering, under, resident, 8)
    code_of(gathering, under, resident, 7)

    write(database_url, gathering.take())

    with store.work() as work:
        meeting = meet(work, "+79000000001", "SM1")
        assert [one.document_tail for one in meeting.holders] == ["2506"]
        assert {live.purpose for live in meeting.holders[0].live} == {7, 8}
        # No text stands behind these passes, which is the one thing that differs.
        assert broken(work) == ["answers by text and passes differ: 0 answered with a pass, 2 passes"]
