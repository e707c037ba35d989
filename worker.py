"""Every background job and every schedule: `python worker.py`.

One process watches over two. One works off the jobs that the doorbell rings for, each in a process of its own (RQ). The
other does what must not depend on Redis: it sweeps the outbox and seals the audit. It also rings for scheduled jobs.
What is killed anywhere, at any time, leaves nothing but a row that is found again.
"""

import gc
import signal
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import structlog
from rq.utils import import_attribute

import at_home
from codes.counts.hours import count_hours
from codes.counts.plots import forget_plots
from codes.counts.publishing import publish
from codes.desk.recording_ends import forget_notes
from codes.employers.destroying_accounts import close_refused, forget_lists, note_astray
from codes.review.reading_papers import destroy_papers
from codes.rights.forgetting import PAGE, destroy_past, forget_numbers
from drawing import draw_wanted
from logs import log_to_stderr
from mailing import delivery as mailing
from monitoring.cases.drafts import forget_drafts
from monitoring.weights import WrongWeights, check_weights
from queueing import connect, log_as_events, scheduler, work_off
from settings import Settings, exit_with, load_or_exit
from store import retention
from store.audit import LATE, SOON, seal_entries
from store.jobs import JOBS
from store.keyring import KeyMissing
from telephony import delivery
from telephony.recordings import pausing, seeking
from telephony.voice import lost
from tools import carefully, keys_of, tools
from watching import watch

SCHEDULE = {"worker.forget": "17 * * * *", **at_home.SCHEDULE}
"""Jobs by name, and when: crontab fields, in the machine's time zone."""
SEAL_EVERY_S, SEAL_LATE_EVERY_S, SWEEP_EVERY_S, LOOK_AT_SCHEDULE_EVERY_S = 0.5, 60.0, 1.0, 5.0
HOLD_EVERY_S, RECORDINGS_EVERY_S, SEEK_EVERY_S, LOST_CALLS_EVERY_S, PAPERS_EVERY_S = 1.0, 5.0, 30.0, 30.0, 5.0
COUNT_EVERY_S, DRAW_EVERY_S, MAILS_EVERY_S = 10.0, 1.0, 10.0
_SEALER = b"audit.sealer"
_log = structlog.get_logger("worker")


# The jobs. Each may run twice.


def deliver(message_id: str) -> None:
    """Delivers one outbox message."""
    carefully("deliver", lambda: delivery.deliver(tools().store, tools().gateway, message_id))


def keep_recording(sid: str) -> None:
    """Goes on with one recording."""
    carefully("keep_recording", lambda: tools().keeper.keep(sid))


def read_paper(paper_id: str) -> None:
    """Goes on with one paper."""
    carefully("read_paper", lambda: tools().papers.keep(paper_id))


def go_on_with_upload(upload_id: str) -> None:
    """Goes on with one employer's list."""
    carefully("go_on_with_upload", lambda: tools().uploads.keep(upload_id))


def hold_recording(call_sid: str) -> None:
    """Tells the carrier what is wanted of the recording of one call."""
    carefully("hold_recording", lambda: pausing.hold(tools().store, tools().keeper.recorder, call_sid))


def post_mail(mail_id: str) -> None:
    """Sends one e-mail."""
    if post := tools().post:
        carefully("post_mail", partial(mailing.post_mail, tools().store, post, tools().signing, mail_id))


def forget() -> None:
    """Wipes what is past its time."""
    carefully("forget", _forget)


def _forget() -> None:
    """A page at a time, so that no text waits long for the one writer."""
    forgotten = retention.PAGE
    while forgotten >= retention.PAGE:
        with tools().store.work() as work:
            forgotten = retention.forget(work).most + forget_notes(work) + destroy_papers(work) + forget_lists(work)
            forget_plots(work)
        _log.info("forgotten", count=forgotten)
    _destroy()
    with tools().store.work() as work:
        close_refused(work)
        note_astray(work)
        forget_drafts(work)


def _destroy() -> None:
    """People whose time is over, then numbers whose owners wanted to be forgotten."""
    for step in (destroy_past, forget_numbers):
        destroyed = PAGE
        while destroyed >= PAGE:
            with tools().store.work() as work:
                destroyed = step(work)
            _log.info("forgotten", count=destroyed)


# What goes on all the time.


def sweep() -> None:
    """Delivers what nobody was rung for, or what somebody died over."""
    delivery.sweep(tools().store, tools().gateway)


def sweep_recordings() -> None:
    """Fetches, withdraws and destroys the recordings that are due."""
    tools().keeper.sweep()


def sweep_papers() -> None:
    """Reads papers that nobody was rung for, and deletes what is left of those that are over."""
    tools().papers.sweep()


def sweep_uploads() -> None:
    """Goes on with employers' lists that nobody was rung for, and with the ends of accounts."""
    tools().uploads.sweep()


def seek_recordings() -> None:
    """Asks the carrier for recordings that nobody announced."""
    seeking.sweep(tools().store, tools().keeper.recorder)


def hold_recordings() -> None:
    """Tells the carrier again to pause or to go on, where it did not do so."""
    pausing.sweep(tools().store, tools().keeper.recorder)


def end_lost_calls() -> None:
    """Ends the calls of whose end nobody told us."""
    lost.sweep(tools().store, tools().gateway)


def sweep_mails() -> None:
    """Sends the e-mails that are due."""
    if post := tools().post:
        mailing.sweep(tools().store, post, tools().signing)


def seal() -> None:
    """Chains the new audit entries."""
    _seal(SOON)


def seal_late() -> None:
    """Chains those whose transaction took long."""
    _seal(LATE)


def _seal(back: timedelta) -> None:
    """On several hosts, one after the other."""
    with tools().store.work() as work:
        work.lock(_SEALER)
        work.flush()
        seal_entries(work.connection, work.now, back)


def count() -> None:
    """Counts the hours that are due, and tells the public once an hour."""
    count_hours(tools().store)
    publish(tools().store)


def draw_plots() -> None:
    """Draws what pages asked for."""
    draw_wanted(tools().store)


def keep_going(settings: Settings) -> None:
    """Sweeps, seals and keeps the schedule, each in its own thread; never returns."""
    tools()  # before the threads share them
    scheduled = scheduler(connect(settings.redis_url), SCHEDULE)
    every = (
        (SWEEP_EVERY_S, sweep),
        (HOLD_EVERY_S, hold_recordings),
        (RECORDINGS_EVERY_S, sweep_recordings),
        (PAPERS_EVERY_S, sweep_papers),
        (SWEEP_EVERY_S, sweep_uploads),
        (MAILS_EVERY_S, sweep_mails),
        (SEEK_EVERY_S, seek_recordings),
        (LOST_CALLS_EVERY_S, end_lost_calls),
        (SEAL_EVERY_S, seal),
        (SEAL_LATE_EVERY_S, seal_late),
        (COUNT_EVERY_S, count),
        (DRAW_EVERY_S, draw_plots),
        (LOOK_AT_SCHEDULE_EVERY_S, scheduled.enqueue_jobs),
        *at_home.EVERY,
    )
    for seconds, step in every:
        threading.Thread(target=_forever, args=(seconds, step), daemon=True).start()
    signal.pause()


def _forever(seconds: float, step: Callable[[], object]) -> None:
    while True:
        carefully(step.__name__, step)
        time.sleep(seconds)


def main() -> None:
    """`python worker.py`."""
    settings = load_or_exit()
    log_to_stderr(settings.log_level)
    try:
        keys_of(settings)
        check_weights(settings.faces_dir)
    except (KeyMissing, WrongWeights) as error:
        exit_with(str(error))
    log_as_events()
    for name in (*JOBS, *SCHEDULE):
        import_attribute(name)  # a name that leads nowhere shows at the start; and no job has to import it
    gc.freeze()
    watch([partial(work_off, settings.redis_url), partial(keep_going, settings)])


if __name__ == "__main__":
    main()
