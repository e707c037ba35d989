"""What the worker does for people at home, beside `worker.py`: asks, reads, goes on, excuses.

Planning and reminding have times (`SCHEDULE`) and are rung for. They are also done now and then without being rung for,
as all the rest is: who is asked must not depend on Redis. Each may run twice, and on several hosts.
"""

from collections.abc import Callable
from typing import Final

from drawing import count_districts, draw_case_files
from monitoring.checks import enrolling, excusing, ladder, noticing, planning
from monitoring.departures import again, silence
from monitoring.duty import reconsidering, telling
from monitoring.notices import ringing
from monitoring.patients import leaving, lent_phones, reopening
from monitoring.retention import running
from tools import carefully, tools

SCHEDULE: Final = {
    "at_home.plan_checks": "*/10 * * * *",
    "at_home.remind_to_enrol": "5,20,35,50 * * * *",
    "at_home.judge_changed": "47 * * * *",
}
"""As in `worker.py`."""


def plan_checks() -> None:
    """Plans the presence checks of the coming hours."""
    carefully("plan_checks", lambda: planning.plan_checks(tools().store))


def remind_to_enrol() -> None:
    """Reminds patients who have not opened their page."""
    carefully("remind_to_enrol", lambda: enrolling.remind_to_enrol(tools().store, tools().public_url))


def judge_case_again(case_id: str) -> None:
    """Judges the telephones of a case whose fence changed."""
    carefully("judge_case_again", lambda: again.judge_case_again(tools().store, tools().last_fixes, case_id))


def judge_changed() -> None:
    """Judges what was weighed by other parameters than ours."""
    carefully("judge_changed", lambda: again.judge_changed(tools().store, tools().last_fixes))


def ask_patients() -> None:
    """Asks patients who are due to be asked, and goes on with those who have not answered."""
    ladder.go_on(tools().store, tools().public_url)


def notice_outages() -> None:
    """Says that this service is alive, and looks whether texts get through."""
    with tools().store.work() as work:
        noticing.doubt_clock(work)
        noticing.beat(work)
        noticing.watch_web(work)
        noticing.watch_carrier(work)


def read_answer(check_id: str) -> None:
    """Reads what a patient answered to a presence check."""
    carefully("read_answer", lambda: tools().answers.read(check_id))


def sweep_answers() -> None:
    """Reads answers that nobody was rung for, and deletes photos whose end has come."""
    tools().answers.sweep()


def excuse_misses() -> None:
    """Excuses misses that prove nothing, as we know by now, after withdrawing what was decided because of them."""
    reconsidering.reconsider(tools().store)
    excusing.excuse_misses(tools().store)


def end_cases() -> None:
    """Closes cases whose end has come."""
    leaving.end_in_time(tools().store)


def open_confirmed() -> None:
    """Opens the cases of lists that a second clinician confirmed."""
    reopening.open_confirmed(tools().store, tools().public_url)


def remind_of_phones() -> None:
    """Reminds patients of the telephones they were lent, and people of those that don't come back."""
    lent_phones.remind(tools().store)


def destroy_due() -> None:
    """Destroys what is past its time: photos, faces, cases."""
    running.destroy_due(tools().store)


def notice_silence() -> None:
    """Raises alerts for patients' apps that should report and don't."""
    silence.sweep(tools().store)


def tell_doubts() -> None:
    """Tells patients of doubts about them that they were not told of yet."""
    telling.tell_doubts(tools().store, tools().public_url)


def ring_for_notices() -> None:
    """Rings patients who can't read texts, to tell them what others are texted."""
    ringing.ring_for_notices(tools().store)


def draw_files() -> None:
    """Draws case files as PDF."""
    draw_case_files(tools().store)


def count_by_district() -> None:
    """Counts people at home by district, once a day."""
    count_districts(tools().store)


EVERY: Final[tuple[tuple[float, Callable[[], None]], ...]] = (
    (2.0, ask_patients),
    (5.0, sweep_answers),
    (20.0, notice_outages),
    (5.0, open_confirmed),
    (30.0, end_cases),
    (20.0, tell_doubts),
    (20.0, ring_for_notices),
    (10.0, draw_files),
    (60.0, excuse_misses),
    (300.0, remind_of_phones),
    (300.0, plan_checks),
    (300.0, remind_to_enrol),
    (300.0, notice_silence),
    (300.0, destroy_due),
    (300.0, count_by_district),
    (3600.0, judge_changed),
)
"""What goes on all the time, and every how many seconds."""
