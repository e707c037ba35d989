"""Announcements of recordings: signed, kept once, early, late, doubled, of nobody's call, or of nothing at all."""

from collections.abc import Callable

import pytest
from flask import Flask, g
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from settings import Settings
from store import Keyring, Store
from store.calls import Recording
from store.jobs import KEEP_RECORDING, Ring
from telephony.recordings.announcing import OVER, Announcement, receive_announcement
from telephony.recordings.routes import read_announcement, recordings_blueprint
from telephony.simulator.signing import signed_form
from tests.conftest import TOKEN
from tests.recordings.carrier import LEG, SID
from tests.recordings.conftest import Desk
from tests.store.test_work import Bell
from wsgi import create_app

FORM = {
    "AccountSid": "AC" + "a" * 32,
    "CallSid": LEG,
    "RecordingSid": SID,
    "RecordingUrl": "http://169.254.169.254/latest/meta-data",
    "RecordingStatus": "completed",
    "RecordingDuration": "17",
    "RecordingChannels": "2",
    "RecordingSource": "DialVerb",
}
Post = Callable[..., int]


@pytest.fixture
def post(settings: Settings, store: Store) -> Post:
    """Posts a form to the real application, signed; the status."""
    client = create_app(settings, store).test_client()

    def posted(**changes: str) -> int:
        signed = signed_form("https://pass.example/telephony/recording", FORM | changes, TOKEN)
        answer = client.post("/telephony/recording", data=signed.body, headers=signed.headers)
        return answer.status_code

    return posted


def count(store: Store) -> int:
    with store.reading() as work:
        return len(work.rows(select(col(Recording.sid))))


def test_an_announcement_is_kept_once_however_often_it_comes(desk: Desk, post: Post) -> None:
    assert [post() for _ in range(3)] == [204] * 3

    row = desk.row()
    assert (row.leg_sid, row.seconds, row.due_at, row.lost) == (LEG, 17, desk.clock.now, None)
    assert count(desk.store) == 1


def test_an_announcement_that_comes_late_and_again_changes_nothing(recorded: Desk, post: Post) -> None:
    recorded.keeper.keep(SID)
    before = recorded.row()
    recorded.clock.pass_by(days=1)

    assert (post(), post(RecordingStatus="failed")) == (204, 204)
    assert recorded.row() == before


@pytest.mark.parametrize("status", ["absent", "failed"])
def test_of_what_was_not_recorded_the_reason_is_kept_and_audited(desk: Desk, post: Post, status: str) -> None:
    assert [post(RecordingStatus=status) for _ in range(2)] == [204, 204]

    assert (desk.row().lost, desk.audit(), desk.details("recording.lost")) == (
        status,
        ["recording.lost"],
        {"why": status},
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "changes",
    [
        {"RecordingStatus": "in-progress"},
        {"RecordingSid": ""},
        {"RecordingSid": SID + "RecordingSourceDialVerb"},
        {"RecordingSid": "../" + SID},
        {"CallSid": "x"},
    ],
)
def test_what_announces_nothing_leaves_nothing(desk: Desk, post: Post, changes: dict[str, str]) -> None:
    assert (post(**changes), count(desk.store)) == (204, 0)


@pytest.mark.parametrize(("told", "seconds"), [("17", 17), ("-1", None), ("", None), ("1e9", None), ("9" * 9, None)])
def test_a_length_is_read_where_it_is_one(told: str, seconds: int | None) -> None:
    announced = read_announcement(FORM | {"RecordingDuration": told})

    assert announced == Announcement(SID, LEG, "completed", seconds)


@given(st.dictionaries(st.sampled_from([*FORM, "Digits"]), st.text()))
def test_any_form_is_nothing_or_one_recording_that_is_over(form: dict[str, str]) -> None:
    told = read_announcement(FORM | form)

    names = {"RecordingSid", "CallSid"} & form.keys()
    assert told is None if names else told is None or (told.sid, told.leg_sid) == (SID, LEG)
    assert told is None or told.status in OVER


def test_a_job_is_rung_for_once_it_is_kept(database_url: str, keyring: Keyring) -> None:
    bell = Bell()
    store = Store.open(database_url, keyring, doorbell=bell)
    for _ in range(2):
        receive_announcement(store, Announcement(SID, LEG, "completed"))
    store.close()

    assert bell.rung == [(Ring(KEEP_RECORDING, SID),)]


def test_a_database_that_is_away_is_told_to_the_carrier(keyring: Keyring) -> None:
    store = Store.open("postgresql://nobody@127.0.0.1:9/nothing", keyring)
    app = Flask(__name__)
    app.register_blueprint(recordings_blueprint(store))

    @app.before_request
    def signed() -> None:
        g.form = FORM

    assert app.test_client().post("/recording").status_code == 503
    store.close()
