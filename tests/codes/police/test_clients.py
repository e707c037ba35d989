"""Machines that look: kept as those who looked, few guesses, keys with scopes."""

import threading

import pytest
from sqlalchemy import select

from codes.police.clients import (
    Client,
    ClientTrouble,
    Scope,
    add_client,
    client_with,
    clients,
    revoke_client,
    unlock_client,
)
from codes.police.sought import sought_code
from codes.regimes import in_force
from store.audit import AuditEntry
from store.officers import Inspection
from tests.codes.counter import ANN, Counter
from tests.codes.police.looking import KINDS, hired, look, seen_code, unknown


class TestAMachine:
    def test_is_kept_as_the_one_who_looked(self, counter: Counter, turnstile: Client) -> None:
        grant = counter.grant(ANN, 8)
        look(counter, turnstile, seen_code(counter, grant.code, "", counter.clock.now))

        with counter.store.work() as work:
            row = work.row(select(Inspection))
            entry = work.row(select(AuditEntry).where(AuditEntry.action == "pass.inspected"))  # type: ignore[arg-type]

        assert (row.client_id, row.officer_id, row.channel) == (turnstile.id, None, "api")
        assert entry.actor == f"client:{turnstile.id}"

    def test_after_three_guesses_is_answered_nothing_more(self, counter: Counter, turnstile: Client) -> None:
        grant = counter.grant(ANN, 8)
        asked = [*(unknown(counter) for _ in range(3)), grant.code]
        with counter.store.reading() as work:
            sought = [sought_code(code, in_force(work)) for code in asked]

        found = look(counter, turnstile, *sought)

        with counter.store.work() as work:
            (now,) = clients(work)
            assert unlock_client(work, "Turnstile 1", "tests") and not unlock_client(work, "Turnstile 1", "tests")
        assert [one.kind for one in found.verdicts] == [KINDS.UNKNOWN] * 3 and found.locked
        assert now.locked and now.unknown_codes == 3

    def test_may_be_given_more_guesses_which_are_counted_by_the_day(self, counter: Counter) -> None:
        gate = hired(counter, guesses=5, name="Gate")
        with counter.store.reading() as work:
            under = in_force(work)
        locked = []
        for _ in range(2):
            for _ in range(4):
                locked.append(look(counter, gate, sought_code(unknown(counter), under)).locked)
            counter.clock.pass_by(days=1)

        assert not any(locked)

    def test_counts_guesses_that_race(self, counter: Counter) -> None:
        gate = hired(counter, guesses=8, name="Gate")
        with counter.store.reading() as work:
            under = in_force(work)
        codes = [unknown(counter) for _ in range(8)]
        hands = [threading.Thread(target=look, args=(counter, gate, sought_code(code, under))) for code in codes]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()

        with counter.store.work() as work:
            (now,) = clients(work)
        assert now.unknown_codes == 8 and now.locked

    def test_has_a_key_until_it_is_revoked(self, counter: Counter) -> None:
        with counter.store.work() as work:
            key = add_client(work, "Camera", frozenset({Scope.TAXI}), "tests", None, 600, 3)
        with counter.store.work() as work:
            before = client_with(work, key)
            others = [client_with(work, other) for other in ("", "plk_", key[:-1], key + "x", key.lower())]
            done = revoke_client(work, "Camera", "tests"), revoke_client(work, "Camera", "tests")

        with counter.store.work() as work:
            assert before is not None and before.scopes == {Scope.TAXI} and client_with(work, key) is None
        assert others == [None] * 5 and done == (True, False)

    @pytest.mark.parametrize("scopes", [frozenset[Scope](), frozenset({Scope.TAXI, Scope.INSPECT})])
    def test_needs_scopes_that_go_together(self, counter: Counter, scopes: frozenset[Scope]) -> None:
        with pytest.raises(ClientTrouble, match="scopes"), counter.store.work() as work:
            add_client(work, "Camera", scopes, "tests", None, 600, 3)

    def test_has_a_name_of_its_own(self, counter: Counter, turnstile: Client) -> None:
        with pytest.raises(ClientTrouble, match="already"):
            hired(counter)
