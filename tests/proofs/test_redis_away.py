"""Redis is stopped: texts are answered all the same, and what is owed goes out, at the latest when it is back."""

from pathlib import Path

import pytest

from tests.proofs.kills import isolate, unsettled
from tests.proofs.posting import at_once
from tests.proofs.races import codes_in, register, unsound
from tests.proofs.running import running
from tests.worker.process import until

PHONES = [f"+7999000000{digit}" for digit in range(6)]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_without_redis_answers_go_out_and_with_it_the_outbox_is_empty(database_url: str, tmp_path: Path) -> None:
    with running(database_url, tmp_path) as service:
        for number, phone in enumerate(PHONES):
            register(service.poster, phone, f"92196325{number:02}")

        service.valkey.kill()
        answers = at_once(len(PHONES), lambda index: service.poster.text(PHONES[index], "цель 8").body.decode())
        for phone in PHONES:
            isolate(service.store, phone)
        refused = service.poster.text(PHONES[0], "цель 3").body.decode()
        service.valkey.start()
        until(lambda: unsettled(service.store) == 0, 60)

        assert codes_in(answers) == len(PHONES) and codes_in([refused]) == 0
        assert [len(service.carrier.conversation(phone)) for phone in PHONES] == [1] * len(PHONES)
        assert unsound(service.store) == []
