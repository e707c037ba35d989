"""Calls that were picked are heard again: by whom, what of them, in the browser's pieces; and the verdict."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlmodel import col

from settings import Settings
from store import Store
from store.blobs import FolderBlobs
from store.calls import CallReview, Recording
from tests.clock import Clock
from tests.codes.counter import ANN
from tests.codes.line import Line
from tests.codes.picking import NOTHING, WAV, Chance, issue_in_call, keep, wraps
from tests.stories.desk import AgentAtDesk
from tests.web.auditing import entries
from tests.web.people import Staff, signed_in
from web.supervision.sound import MOST

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def blobs(settings: Settings) -> FolderBlobs:
    return FolderBlobs(settings.blobs_dir)


@pytest.fixture
def kept(picked: str, line: Line, blobs: FolderBlobs) -> str:
    """As `picked`, with its recording."""
    keep(line, picked, blobs)
    return picked


def source(boss: AgentAtDesk) -> str:
    """Where the player of the page finds the sound."""
    return boss.html.partition('src="/desk/reviews/')[2].partition('"')[0].join(("/desk/reviews/", ""))


@one_database
def test_before_any_call_is_picked_it_says_what_will_be_there(boss: AgentAtDesk) -> None:
    boss.opens("/desk/reviews")

    assert "No call waits to be heard." in boss.reads and "None yet." in boss.reads


def test_a_picked_call_is_shown_without_its_agent(boss: AgentAtDesk, kept: str, store: Store) -> None:
    assert "Call of" in boss.opens("/desk/reviews").reads and f"/desk/reviews/{kept}" in boss.html

    boss.opens(f"/desk/reviews/{kept}")

    assert "By the end of the document" in boss.reads and "И.А.И. *2506" in boss.reads and "3:00" in boss.reads
    assert "1 pass issued" in boss.reads and "Anna" not in boss.reads and "<audio" not in boss.html
    assert [actor for actor, _, told in entries(store, "person.looked_at") if told["at"] == "review"] == [
        f"staff:{boss.person.id}"
    ]


def test_its_agent_is_refused_and_that_is_noted(
    app: Flask, store: Store, staff: Staff, line: Line, boss: AgentAtDesk
) -> None:
    store.random = Chance()
    both = staff("agent", "supervisor", name="Both")
    client = signed_in(app, store, both)
    sid = line.talk(ANN, both.id)
    AgentAtDesk(both, None, client).opens(f"/desk/calls/{sid}").sends("/tail", tail_tail="2506")
    issue_in_call(line, sid, both.id)
    line.ends(sid)
    wraps(line, sid, both.id)

    refused = AgentAtDesk(both, None, client).opens(f"/desk/reviews/{sid}")

    assert refused.status == 403 and "You had a part in this call" in refused.reads
    assert client.get(f"/desk/reviews/{sid}/sound/1").status_code == 403
    assert "No call waits to be heard." in refused.opens("/desk/reviews").reads
    told = (f"staff:{both.id}", sid, {"why": "own"})
    assert entries(store, "review.refused") == [told, told]
    assert boss.opens("/desk/reviews/CA1").status == 403 and "was not picked" in boss.reads


def test_who_says_why_hears_any_part_of_it(boss: AgentAtDesk, kept: str, store: Store) -> None:
    boss.opens(f"/desk/reviews/{kept}").sends("/listen", listen_why="review")
    url = source(boss)

    for wanted, told, expected in (
        ("bytes=0-", f"bytes 0-{len(WAV) - 1}/{len(WAV)}", WAV),
        ("bytes=100000-100099", f"bytes 100000-100099/{len(WAV)}", WAV[100_000:100_100]),
        ("bytes=-5", f"bytes {len(WAV) - 5}-{len(WAV) - 1}/{len(WAV)}", WAV[-5:]),
    ):
        some = boss.client.get(url, headers={"Range": wanted})
        assert (some.status_code, some.headers["Content-Range"], some.data) == (206, told, expected)
        assert (some.mimetype, some.headers["Cache-Control"]) == ("audio/wav", "no-store")
    whole = boss.client.get(url)
    assert (whole.status_code, whole.data, whole.headers["Accept-Ranges"]) == (200, WAV, "bytes")
    beyond = boss.client.get(url, headers={"Range": f"bytes={len(WAV)}-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(WAV)}")
    ((actor, _, why),) = entries(store, "recording.listened")
    assert (actor, why["why"]) == (f"staff:{boss.person.id}", "review")


@one_database
def test_one_answer_is_half_a_minute_at_most(
    boss: AgentAtDesk, picked: str, line: Line, blobs: FolderBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.codes.picking.WAV", WAV * 10)
    keep(line, picked, blobs)
    boss.opens(f"/desk/reviews/{picked}").sends("/listen", listen_why="review")

    some = boss.client.get(source(boss), headers={"Range": "bytes=7-"})

    assert some.headers["Content-Range"] == f"bytes 7-{MOST + 6}/{10 * len(WAV)}" and len(some.data) == MOST


@one_database
def test_nobody_else_hears_by_the_same_address_and_nobody_later(
    boss: AgentAtDesk, kept: str, app: Flask, store: Store, staff: Staff, clock: Clock
) -> None:
    boss.opens(f"/desk/reviews/{kept}").sends("/listen", listen_why="review")
    url, other = source(boss), signed_in(app, store, staff("supervisor"))
    assert other.get(url).status_code == 404
    for _ in range(6):
        clock.pass_by(minutes=10)
        boss.opens("/desk/team")

    assert boss.client.get(url).status_code == 404


@one_database
def test_a_recording_that_is_destroyed_meanwhile_is_gone(boss: AgentAtDesk, kept: str, blobs: FolderBlobs) -> None:
    boss.opens(f"/desk/reviews/{kept}").sends("/listen", listen_why="again")
    blobs.delete("blob")

    assert boss.client.get(source(boss)).status_code == 404


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({**NOTHING}, "On its way here."),
        ({**NOTHING, "lost": "gone"}, "Lost: the carrier no longer has it."),
        ({**NOTHING, "lost": "absent"}, "Lost: the carrier recorded nothing."),
    ],
)
@one_database
def test_what_cannot_be_heard_is_told_in_words(
    boss: AgentAtDesk, picked: str, line: Line, blobs: FolderBlobs, given: dict[str, str], words: str
) -> None:
    keep(line, picked, blobs, **given)

    boss.opens(f"/desk/reviews/{picked}")

    assert words in boss.reads and "/listen" not in boss.html
    assert ("Nobody can hear this call any more." in boss.reads) is ("lost" in given)


@one_database
def test_a_recording_past_its_time_is_told_so_also_on_an_old_page(
    boss: AgentAtDesk, kept: str, store: Store, clock: Clock
) -> None:
    form = boss.opens(f"/desk/reviews/{kept}").fills("/listen", listen_why="review")
    with store.work() as work:
        work.run(update(Recording), destroy_at=work.now)

    assert "The recording is destroyed: its time is over." in boss.submits(form).reads
    assert "Destroyed: its time is over." in boss.opens(f"/desk/reviews/{kept}").reads
    boss.sends("/verdict", unheard="1")
    assert "Your verdict is noted." in boss.reads and "Could not be heard" in boss.reads


@one_database
def test_before_it_came_one_waits(boss: AgentAtDesk, picked: str, line: Line) -> None:
    assert "No recording is here yet." in boss.opens(f"/desk/reviews/{picked}").reads


def test_a_faulty_call_names_its_agent_on_the_pages_of_supervisors(
    boss: AgentAtDesk, kept: str, store: Store, desk_client: FlaskClient
) -> None:
    boss.opens(f"/desk/reviews/{kept}")
    form = boss.fills("/verdict", verdict_verdict="faulty", verdict_note="Не спросила цифры")
    assert "Listen to the call first." in boss.submits(form).reads
    boss.opens(f"/desk/reviews/{kept}").sends("/listen", listen_why="review")
    assert "Choose what you think" in boss.sends("/verdict").reads and boss.status == 422

    boss.sends("/verdict", verdict_verdict="faulty", verdict_note="Не спросила цифры")

    assert "The agent: Anna" in boss.reads and "Не спросила цифры" in boss.reads and "Zoya" in boss.reads
    assert "Faulty – Anna" in boss.opens("/desk/reviews").reads
    assert desk_client.get("/desk/reviews").status_code == 403
    with store.reading() as work:
        assert work.row(select(col(CallReview.verdict))).verdict == "faulty"
