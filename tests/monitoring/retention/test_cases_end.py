"""Whatever is known of a case is destroyed 30 days after nobody can appeal any more, and provably so."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import col

from codes.rights.nobody import NOBODY
from monitoring.cases.listing import listed_cases
from monitoring.invariants import CHECKS
from monitoring.retention.reports import destroyed_since
from monitoring.retention.running import destroy_due
from store.audit import AuditEntry
from store.cases import Appeal, Case, LentPhone
from store.columns import table
from store.duty import Alert
from store.reviews import Taking
from tests.monitoring.photos.patient import blobs_in
from tests.monitoring.retention.ending import LENT, OFFICER, TERM, Ending

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def test_nothing_goes_before_its_time(ending: Ending) -> None:
    ending.lives_through_everything()
    ending.closes()
    ending.clock.now += TERM - MINUTE

    found = ending.destroy()

    assert set(found) == {"photos", "references"}
    left = ending.remains()
    assert left.keys["case"] == 1 and left.anything_personal and left.rows["checks"] == 2
    assert left.end and left.end.at == ending.clock.now + MINUTE


def test_all_of_it_goes_when_its_time_is_over(ending: Ending, folder: Path) -> None:
    ending.lives_through_everything()
    ending.closes()
    assert all(count for name, count in ending.remains().rows.items() if name not in ("proposals", "lent_phones"))

    ending.clock.now += TERM
    found = ending.destroy()
    ending.destroy()

    left = ending.remains()
    assert not left.anything_personal and set(left.rows.values()) == {0} and left.sealed_values == left.blobs == 0
    assert set(left.keys.values()) == {0} and left.emptied_at and blobs_in(folder) == []
    assert (found["cases"], found["keys"], found["checks"], found["words"], found["alerts"]) == (1, 1, 2, 1, 2)
    assert ending.count(Taking) == 0


def test_what_stays_is_about_nobody(ending: Ending) -> None:
    ending.lives_through_everything()
    ending.closes()
    ending.clock.now += TERM
    ending.destroy()
    ending.destroy()

    (row,) = ending.rows(Case)
    with ending.store.reading() as work:
        (listed,) = listed_cases(work, open_only=False)

    assert (row.person_id, row.phone_id, row.data_key, row.clinic) == (NOBODY, None, None, None)
    assert (listed.person.name, listed.phones, listed.case.details.reason) == ("(deleted)", (), "")
    audited = [one for one in ending.rows(AuditEntry) if one.action.startswith("case.")]
    assert audited and not any(ending.person_id in one.details for one in audited)


def test_a_later_decision_begins_the_term_anew(ending: Ending) -> None:
    ending.lives_through_everything()
    ending.closes()
    ending.clock.now += 5 * DAY
    alert_id = next(row.id for row in ending.rows(Alert) if row.decided_at is None)
    ending.decides(alert_id)

    ending.clock.now += TERM - MINUTE
    ending.destroy()
    assert ending.remains().keys["case"] == 1

    ending.clock.now += MINUTE
    ending.destroy()
    assert ending.remains().keys["case"] == 0


@pytest.mark.parametrize("what", ["alert", "case"])
def test_an_open_appeal_holds_it_and_its_answer_begins_the_term_anew(ending: Ending, what: str) -> None:
    alert_id = ending.fails_a_check()
    ending.decides(alert_id, "warn")
    ending.closes()
    ending.appeals(what, alert_id if what == "alert" else ending.case_id)
    ending.clock.now += 5 * TERM
    ending.destroy()
    left = ending.remains()
    assert left.keys["case"] == 1 and left.end and left.end.why == "appeal"

    with ending.store.work() as work:
        work.run(update(Appeal), state="denied", decided_at=work.now, decided_by=OFFICER)
    ending.clock.now += TERM - MINUTE
    ending.destroy()
    assert ending.remains().keys["case"] == 1
    ending.clock.now += MINUTE
    ending.destroy()

    assert ending.remains().keys["case"] == 0
    assert [(row.about, row.about_id) for row in ending.rows(Appeal)] == [(None, None)]


def test_a_file_that_was_handed_over_holds_it_a_year_at_most(ending: Ending) -> None:
    alert_id = ending.fails_a_check()
    ending.decides(alert_id, "violation")
    ending.hands_over(alert_id)
    ending.closes()
    ending.clock.now += timedelta(days=365) - MINUTE
    ending.destroy()
    left = ending.remains()
    assert left.keys["case"] == 1 and left.end and left.end.why == "case_file"

    ending.clock.now += MINUTE
    ending.destroy()

    assert ending.remains().keys["case"] == 0


def test_of_a_telephone_that_did_not_come_back_stays_only_what_it_takes_to_get_it_back(ending: Ending) -> None:
    ending.lives_through_everything()
    ending.is_lent_a_phone()
    ending.closes()
    ending.clock.now += TERM
    ending.destroy()
    ending.destroy()

    left = ending.remains()
    assert (left.keys, left.is_nobodys) == ({"case": 0, "proposals": 0, "photos": 0, "lent_phones": 1}, False)
    assert {name: count for name, count in left.rows.items() if count} == {"lent_phones": 1}
    (lent,) = ending.rows(LentPhone)
    with ending.store.reading() as work:
        key = work.keys.unwrap(lent.data_key, lent.epoch)
        assert key.open(f"lent_phone.number.{lent.id}", lent.number_sealed) == LENT
    assert ending.rows(Case)[0].person_id == ending.person_id

    ending.gives_the_phone_back()
    assert ending.destroy() == {"lent_phones": 1}
    assert not ending.remains().anything_personal


def test_a_telephone_that_never_comes_back_is_given_up_after_a_year(ending: Ending) -> None:
    ending.is_lent_a_phone()
    ending.closes()
    ending.clock.now += timedelta(days=14 + 365)

    ending.destroy()

    assert not ending.remains().anything_personal


def test_an_open_case_is_never_destroyed(ending: Ending) -> None:
    ending.lives_through_everything()
    ending.clock.now += timedelta(days=1000)

    found = ending.destroy()

    assert set(found) == {"photos"} and ending.remains().keys["case"] == 1


def test_whoever_dies_in_between_is_followed_by_another(ending: Ending, folder: Path) -> None:
    """The rows are gone, the blobs are not: both are found again, and a second run changes nothing."""
    ending.lives_through_everything()
    ending.closes()
    ending.clock.now += TERM
    destroy_due(ending.store)
    assert ending.remains().rows["photos"] and blobs_in(folder)

    ending.destroy()
    ending.destroy()

    assert not ending.remains().anything_personal and blobs_in(folder) == []
    assert ending.destroy() == {}


def test_each_run_reports_what_it_destroyed_and_the_audit_says_so_too(ending: Ending) -> None:
    ending.lives_through_everything()
    ending.closes()
    ending.clock.now += TERM
    found = ending.destroy()
    ending.destroy()

    with ending.store.reading() as work:
        reports = destroyed_since(work, work.now - DAY)

    assert [dict(one.counts) for one in reports][-1] == dict(found)
    audited = [row.action for row in ending.rows(AuditEntry)]
    assert audited.count("case.destroyed") == 1 and "destruction.reported" in audited


def test_a_case_of_before_there_were_keys_is_destroyed_too(ending: Ending) -> None:
    plain = {"data_key": None, "epoch": None, "details_sealed": None, "seed_sealed": None}
    with ending.store.work() as work:
        work.run(update(Case), **plain, reason="order 5", closed_at=work.now, closing="ended", closed_reason="well")
    ending.clock.now += TERM

    ending.destroy()

    assert not ending.remains().anything_personal
    assert [(row.reason, row.closed_reason) for row in ending.rows(Case)] == [(None, None)]


def test_the_rules_hold_before_and_after(ending: Ending) -> None:
    ending.lives_through_everything()
    with ending.store.reading() as work:
        assert [row for check in CHECKS.values() for row in check(work)] == []
    ending.closes()
    ending.clock.now += TERM + DAY
    with ending.store.reading() as work:
        late = {rule for rule, check in CHECKS.items() if any(check(work))}
    assert late == {"a photo or face can be seen after its time", "a case can be opened after its time"}

    ending.destroy()
    ending.destroy()

    with ending.store.reading() as work:
        assert [row for check in CHECKS.values() for row in check(work)] == []


def test_a_case_that_was_destroyed_and_kept_a_sealed_value_is_noticed(ending: Ending) -> None:
    with ending.store.work() as work:
        work.run(update(table(Case)).where(col(Case.id) == ending.case_id), destroyed_at=work.now)

    with ending.store.reading() as work:
        found = list(CHECKS["a case can be opened after its time"](work))

    assert found == [ending.case_id]
