"""Who decides at the same time as others, and what only codes can be asked for."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from codes.orders.drafting import find_draft, save_draft, start_draft
from codes.orders.proposing import FARTHEST, Answer, approve, open_proposals, propose, propose_withdrawal
from codes.regimes import activate, history, in_force, preset, withdraw
from store import Store, Work
from store.columns import table
from store.keyring import fingerprint
from store.regimes import RegimeDraftText
from tests.clock import Clock
from tests.web.people import enrolled

TEXT = preset("example-en")
FINE = fingerprint(TEXT)


@pytest.fixture
def people(store: Store) -> tuple[str, str, str]:
    """The ids of three administrators."""
    one, two, three = (enrolled(store, name, "administrator").id for name in ("Olga", "Rinat", "Timur"))
    return one, two, three


@pytest.fixture
def draft(store: Store, people: tuple[str, str, str]) -> str:
    with store.work() as work:
        activate(work, preset("tatarstan-2020"), work.now, "tests")
        return start_draft(work, TEXT, "file", people[0])


def at_once(store: Store, *acts: Callable[[Work], Answer | bool]) -> list[Answer | bool]:
    """What each came to, all begun in the same moment, each in a transaction of its own."""
    barrier = Barrier(len(acts))

    def act(one: Callable[[Work], Answer | bool]) -> Answer | bool:
        barrier.wait()
        with store.work() as work:
            return one(work)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def proposed(store: Store, draft: str, by: str) -> str:
    """The id of a proposal to put the draft in force at once."""
    with store.work() as work:
        assert propose(work, draft, 1, None, FINE, by) is Answer.DONE
    with store.reading() as work:
        return open_proposals(work)[0].id


def test_of_approvals_in_one_moment_one_counts(store: Store, people: tuple[str, str, str], draft: str) -> None:
    one = proposed(store, draft, people[0])

    became = at_once(store, *(lambda work, by=by: approve(work, one, FINE, by) for by in (people[1], people[2]) * 2))

    assert sorted(became) == [Answer.DECIDED, Answer.DECIDED, Answer.DECIDED, Answer.DONE]
    with store.reading() as work:
        assert [version.name for version in history(work)] == ["example-en", "tatarstan-2020"]


def test_of_proposals_in_one_moment_one_counts(store: Store, people: tuple[str, str, str], draft: str) -> None:
    became = at_once(store, *(lambda work, by=by: propose(work, draft, 1, None, FINE, by) for by in people))

    assert sorted(became) == [Answer.DONE, Answer.PROPOSED, Answer.PROPOSED]


def test_a_text_is_not_changed_under_an_approval(store: Store, people: tuple[str, str, str], draft: str) -> None:
    one = proposed(store, draft, people[0])

    approved, saved = at_once(
        store,
        lambda work: approve(work, one, FINE, people[1]),
        lambda work: save_draft(work, draft, 1, TEXT.replace("Harrow passes", "Other passes"), people[2]),
    )

    assert (approved, saved) in ((Answer.DONE, False), (Answer.DECIDED, True))
    with store.reading() as work:
        assert (in_force(work).regime.name == "example-en") is (approved is Answer.DONE)
        assert in_force(work).regime.title["en"] != "Other passes"


def test_of_texts_saved_in_one_moment_one_is_the_next(store: Store, people: tuple[str, str, str], draft: str) -> None:
    texts = [f"{TEXT}# {by}\n" for by in people]

    became = at_once(
        store,
        *(
            lambda work, by=by, text=text: save_draft(work, draft, 1, text, by)
            for by, text in zip(people, texts, strict=True)
        ),
    )

    assert sorted(became) == [False, False, True]
    with store.reading() as work:
        found = find_draft(work, draft)
        assert found and found.text == texts[became.index(True)] and found.revision == 2
        assert work.count(select(func.count()).select_from(table(RegimeDraftText))) == 2


def test_nothing_is_proposed_but_the_text_that_was_found_flawless(
    store: Store, people: tuple[str, str, str], draft: str, clock: Clock
) -> None:
    with store.work() as work:
        assert propose(work, draft, 1, None, "", people[0]) is Answer.FLAWED
        assert propose(work, draft, 1, None, fingerprint("other"), people[0]) is Answer.FLAWED
        assert propose(work, draft, 2, None, FINE, people[0]) is Answer.CHANGED
        assert propose(work, draft, 1, work.now - timedelta(minutes=1), FINE, people[0]) is Answer.PAST
        assert propose(work, draft, 1, work.now + FARTHEST + timedelta(days=1), FINE, people[0]) is Answer.FAR
        assert propose(work, "none", 1, None, FINE, people[0]) is Answer.ENDED
    one = proposed(store, draft, people[0])
    with store.work() as work:
        assert approve(work, one, "", people[1]) is Answer.FLAWED


def test_a_withdrawn_version_is_skipped_and_the_one_before_goes_on(
    store: Store, people: tuple[str, str, str], draft: str, clock: Clock
) -> None:
    with store.work() as work:
        version = activate(work, TEXT, work.now + timedelta(hours=1), "tests")
        assert withdraw(work, version, "a mistake", "tests", alone=True)
        assert not withdraw(work, version, "a mistake", "tests", alone=True)
        assert propose_withdrawal(work, version, "again", people[0]) is Answer.ENDED
    clock.pass_by(hours=2)

    with store.reading() as work:
        assert in_force(work).regime.name == "tatarstan-2020"
        assert [one.name for one in history(work)] == ["tatarstan-2020"]
