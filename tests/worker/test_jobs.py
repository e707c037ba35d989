"""Background jobs and schedules, as functions."""

import json
from datetime import timedelta

import pytest
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer
from rq.utils import import_attribute
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import col
from structlog.testing import capture_logs

import at_home
import worker
from codes.applications import Asking
from codes.fields import Field
from codes.issuing import issue_pass
from codes.outcomes import Referral
from codes.people import add_person
from codes.regimes import activate, in_force, preset
from codes.review.papers import keep_paper
from codes.review.reviewing import refuse_application
from queueing import job_worker, scheduler
from store.calls import Recording
from store.columns import table
from store.doorbell import QUEUE, RedisDoorbell
from store.jobs import DELIVER, JOBS, KEEP_RECORDING, Ring
from store.messages import OpenDialogue
from store.papers import Paper
from store.passes import Application
from store.phones import ensure_phone
from store.work import system_clock
from telephony import delivery
from telephony.recordings.announcing import Announcement, receive_announcement
from tests.papers.files import photo
from tests.servers import Valkey
from tests.worker.conftest import NUMBER, Place
from tools import Tools


def test_every_jobs_name_leads_to_a_function_of_the_worker() -> None:
    jobs = [
        *(worker.deliver, worker.keep_recording, worker.hold_recording),
        *(worker.read_paper, worker.post_mail, worker.go_on_with_upload),
        *(at_home.judge_case_again, at_home.read_answer),
    ]
    assert [import_attribute(name) for name in JOBS] == jobs
    scheduled = {import_attribute(name) for name in worker.SCHEDULE}
    assert scheduled >= {worker.forget, at_home.judge_changed, at_home.plan_checks}


def test_the_queues_that_are_rung_are_the_queues_that_are_watched(valkey: Valkey) -> None:
    watched = job_worker(Redis.from_url(valkey.url)).queue_names()

    scheduled = scheduler(Redis.from_url(valkey.url), worker.SCHEDULE).get_jobs()
    assert {job.queue_name for job in scheduled} | {QUEUE} == set(watched)


def test_a_job_in_the_queue_is_a_name_and_a_rows_id(place: Place) -> None:
    message_id = place.owe()

    connection = Redis.from_url(place.settings.redis_url)
    (job,) = Queue(QUEUE, connection=connection, serializer=JSONSerializer).jobs
    assert (job.func_name, job.args) == (DELIVER, [message_id])
    assert json.loads(job.data) == [DELIVER, None, [message_id], {}]


def test_the_schedule_rings_by_name_in_json(place: Place) -> None:
    connection = Redis.from_url(place.settings.redis_url)
    scheduled = scheduler(connection, worker.SCHEDULE)
    assert scheduled.enqueue_jobs() == []

    for job in scheduled.get_jobs():
        job.next_enqueue_time = system_clock()
    scheduled.enqueue_jobs()

    jobs = Queue(QUEUE, connection=connection, serializer=JSONSerializer).jobs
    assert [job.func_name for job in jobs] == list(worker.SCHEDULE)
    assert not scheduled.enqueue_jobs()


def test_the_jobs_do_what_they_are_for(place: Place, tools: Tools) -> None:
    message_id = place.owe()
    with place.store.work() as work:
        for key, days in (("old", 2), ("new", 0)):
            work.insert(OpenDialogue, key=key, state_sealed=b"", expires_at=work.now - timedelta(days=days))
    worker.deliver(message_id)
    worker.forget()
    worker.sweep()
    worker.seal()

    with place.store.reading() as work:
        kept = [row.key for row in work.rows(select(col(OpenDialogue.key)))]
    assert (len(place.texts()), kept, place.unsealed()) == (1, ["new"], 0)


def test_recordings_have_jobs_and_are_swept(place: Place, tools: Tools) -> None:
    sid, leg_sid = "RE" + "1" * 32, "CA" + "1" * 32
    receive_announcement(place.store, Announcement(sid, leg_sid, "completed", 3))
    connection = Redis.from_url(place.settings.redis_url)
    (job,) = Queue(QUEUE, connection=connection, serializer=JSONSerializer).jobs
    assert (job.func_name, job.args) == (KEEP_RECORDING, [sid])

    with capture_logs() as logs:
        worker.keep_recording(sid)
        worker.hold_recording(leg_sid)
        for sweep in (worker.sweep_recordings, worker.seek_recordings, worker.hold_recordings):
            sweep()

    with place.store.reading() as work:
        assert work.row(select(col(Recording.attempts))).attempts == 1
    assert logs == []


def test_papers_have_a_job_are_swept_and_end(place: Place, tools: Tools) -> None:
    order = preset("tatarstan-2020").replace("number = 8\n", 'number = 8\napproval = "review"\npapers = { HINT }\n', 1)
    hint = 'need = "optional", hint = { ru = "Письмо", tt = "Хат", en = "Letter" }'
    with place.store.work() as work:
        activate(work, order.replace("HINT", hint), work.now, "tests")
        phone = ensure_phone(work, NUMBER)
        holder = add_person(work, phone, {Field.DOCUMENT: "9219632506"})
        under = in_force(work)
        asking = Asking(phone, holder, under.regime.by_number[8], {}, "text", phone.actor)
        referral = issue_pass(work, under, asking)
    assert isinstance(referral, Referral)
    first, second = (
        str(keep_paper(place.store, tools.papers.blobs, phone.id, referral.application, photo())) for _ in range(2)
    )

    worker.read_paper(first)
    with place.store.work() as work:
        work.run(update(table(Paper)).where(col(Paper.id) == second).values(due_at=work.now - timedelta(minutes=1)))
    worker.sweep_papers()
    read = states(place)
    with place.store.work() as work:
        refuse_application(work, referral.application, "no", "tests")
        work.run(update(table(Application)).values(decided_at=work.now - timedelta(days=400)))
    worker.forget()

    assert (read, states(place)) == ({"read"}, {"destroyed"})


def states(place: Place) -> set[str]:
    with place.store.reading() as work:
        return {row.state for row in work.rows(select(col(Paper.state)))}


def test_a_failing_job_leaves_no_words_in_redis(place: Place, tools: Tools) -> None:
    """RQ would keep a job's traceback; a statement's values stand in it."""
    with place.store.work() as work:
        work.connection.exec_driver_sql("ALTER TABLE outbox_message RENAME TO elsewhere")
    with pytest.raises(DBAPIError):
        delivery.deliver(tools.store, tools.gateway, "1" * 24)

    worker.deliver("1" * 24)  # what it raised, RQ would keep


def test_a_redis_that_did_not_answer_is_left_alone_for_a_while(own_valkey: Valkey) -> None:
    now = [100.0]
    doorbell = RedisDoorbell(own_valkey.url, timer=lambda: now[0])
    own_valkey.stop()
    doorbell.ring([Ring(DELIVER, "1" * 24)])
    own_valkey.start()
    queue = Queue(QUEUE, connection=Redis.from_url(own_valkey.url), serializer=JSONSerializer)

    doorbell.ring([Ring(DELIVER, "2" * 24)])
    assert queue.is_empty()

    now[0] += 6
    doorbell.ring([Ring(DELIVER, "3" * 24), Ring(DELIVER, "4" * 24)])
    assert queue.count == 2
