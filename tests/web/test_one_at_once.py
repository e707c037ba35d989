"""Answers to one appeal and uses of one link at one moment: one counts, and the others read that they are too late."""

from collections import Counter as Tally
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlmodel import col

from codes.regimes import in_force
from codes.review.appeals import NotOpen, decide_appeal, file_appeal
from codes.review.taking import APPEAL, take
from store import Store
from store.audit import AuditEntry
from store.cases import Appeal
from store.phones import ensure_phone
from tests.clock import Clock
from tests.codes.counter import BOB
from tests.proofs.posting import at_once
from tests.web.citizen.entering import texts
from tests.web.people import Staff, signed_in
from tests.web.police.conftest import enrolled_officer
from tests.web.reading import csrf, words
from tests.web.review.office import Reviewer, sent_by
from web.police.accounts import invite
from web.roles import Role
from web.signin.accounts import add_account, data_key, row_by_id
from web.signin.codes import place


def only(store: Store, table: Any) -> Any:
    with store.reading() as work:
        (row,) = work.rows(select(table))
        return row


def entries(store: Store, action: str) -> int:
    with store.reading() as work:
        return work.count(select(func.count()).where(col(AuditEntry.action) == action))


def appeal(store: Store) -> tuple[str, str]:
    """An open appeal of Bob's: its id and number."""
    with store.work() as work:
        number = file_appeal(work, ensure_phone(work, BOB), "Мне отказали по ошибке")
    return str(only(store, Appeal).id), number


def test_of_many_who_answer_an_appeal_at_once_one_does(app: Flask, store: Store) -> None:
    _, number = appeal(store)

    def decide(index: int) -> str:
        try:
            with store.work() as work:
                said = {"upheld": bool(index % 2), "words": f"answer {index}", "language": "ru"}
                return str(decide_appeal(work, number, by=f"staff:{index}", **said))  # type: ignore[arg-type]
        except NotOpen:
            return "too late"

    told = Tally(at_once(6, decide))

    assert told == {"None": 1, "too late": 5}
    (sent,) = [*texts(store, "appeal_upheld"), *texts(store, "appeal_denied")]
    upheld = only(store, Appeal).state == "upheld"
    assert upheld is bool(int(str(sent["text"])[-1]) % 2)
    assert entries(store, "appeal.upheld") + entries(store, "appeal.denied") == 1


def test_the_second_reviewer_reads_that_an_appeal_is_answered(
    app: Flask, store: Store, clock: Clock, staff: Staff
) -> None:
    """One took it and forgot it; another took it then. Both press what their pages show."""
    appeal_id, number = appeal(store)
    rosa, sven = (staff("reviewer", name=name) for name in ("Rosa", "Sven"))
    forms: list[tuple[FlaskClient, dict[str, str]]] = []
    for one in (rosa, sven):
        with store.work() as work:
            assert take(work, APPEAL, appeal_id, f"staff:{one.id}")
        client = signed_in(app, store, one)
        forms.append((client, sure(client, number, one.name)))
        clock.pass_by(minutes=16)
    clients = [signed_in(app, store, one) for one in (rosa, sven)]
    for client, (_, form) in zip(clients, forms, strict=True):
        form["csrf_token"] = csrf(client, "/review/appeals")
    with store.work() as work:
        assert take(work, APPEAL, appeal_id, f"staff:{sven.id}")

    def press(index: int) -> str:
        url = f"/review/appeals/{number}/decide"
        answer = clients[index].post(url, data=forms[index][1], follow_redirects=True)
        assert answer.status_code == 200
        return words(answer)

    said = at_once(2, press)

    assert len([*texts(store, "appeal_upheld"), *texts(store, "appeal_denied")]) == 1
    assert "Sven" in only_answer(store) and ("Sven" in said[0] or "answered" in said[0].lower()), said


def sure(client: FlaskClient, number: str, name: str) -> dict[str, str]:
    """The form that sends an answer, as the page shows it before."""
    typed = {"appeal-verdict": "upheld", "appeal-words": f"by {name}"}
    page = Reviewer(client).presses(f"/review/appeals/{number}", "/decide", **typed)
    return {**sent_by(page, "/decide"), "sure": "1"}


def only_answer(store: Store) -> str:
    (sent,) = texts(store, "appeal_upheld")
    return str(sent["text"])


def link_of(store: Store) -> tuple[str, str]:
    """The link of somebody new, and the code their app shows."""
    with store.work() as work:
        staff_id, token = add_account(work, "Anna", [Role.AGENT], "tests")
        work.flush()
        row = row_by_id(work, staff_id)
        secret = data_key(work, row).open(place(staff_id), row.totp_sealed)
    return f"/enrol/{token}", pyotp.TOTP(secret).at(store.clock())


def at_one_link(app: Flask, link: str, **typed: str) -> list[tuple[int, str]]:
    """Five browsers send the form of one link at once: status and words of each."""
    clients = [app.test_client() for _ in range(5)]
    tokens = [csrf(one, link) for one in clients]

    def press(index: int) -> tuple[int, str]:
        answer = clients[index].post(link, data={"csrf_token": tokens[index], **typed})
        return answer.status_code, words(answer)

    return at_once(len(clients), press)


def assert_used_once(told: list[tuple[int, str]]) -> None:
    assert Tally(status for status, _ in told) == {302: 1, 404: 4}
    assert all("It was used already" in said for status, said in told if status == 404)


def test_one_link_used_by_several_at_once_sets_up_one_account(app: Flask, store: Store) -> None:
    link, code = link_of(store)

    told = at_one_link(app, link, password="several words of mine", code=code)

    assert_used_once(told)
    assert entries(store, "staff.enrolled") == 1


def test_an_officers_link_too(app: Flask, store: Store, officers_link: Callable[[], tuple[str, str]]) -> None:
    link, code = officers_link()

    assert_used_once(at_one_link(app, link, code=code))


@pytest.fixture
def officers_link(app: Flask, store: Store) -> Callable[[], tuple[str, str]]:
    """The link of an officer, and the code their app shows."""
    from_admin = enrolled_officer(store)

    def made() -> tuple[str, str]:
        with store.work() as work:
            token = str(invite(work, in_force(work), from_admin.number, "tests"))
            work.flush()
            row = row_by_id(work, from_admin.staff_id)
            secret = data_key(work, row).open(place(row.id), row.totp_sealed)
        return f"/police/enrol/{token}", pyotp.TOTP(secret).at(store.clock())

    return made
