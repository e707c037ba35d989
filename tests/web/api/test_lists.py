"""The list of revoked passes over HTTP: whole, since a mark, unchanged; verified with the public keys."""

import base64
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from codes.signed.revocation_bytes import RevocationList, read_list
from codes.signed.signing import Signing
from store.signing_keys import PublicKey
from tests.codes.counter import ANN, BOB, Counter
from tests.web.api.test_inspections import token

REVOCATIONS = "/api/v1/revocations"


def published(client: FlaskClient) -> dict[int, PublicKey]:
    """The keys as anybody fetches them."""
    return {
        key["id"]: PublicKey(
            key["id"],
            base64.urlsafe_b64decode(key["key"] + "="),
            datetime.fromisoformat(key["since"]),
            key["test"],
        )
        for key in client.get("/q/keys.json").get_json()["keys"]
    }


def fetched(client: FlaskClient, address: str = REVOCATIONS) -> tuple[RevocationList, str]:
    answer = client.get(address)
    assert answer.status_code == 200 and answer.mimetype == "application/vnd.passline.revocations"
    return read_list(answer.data, published(client)), answer.headers["ETag"].strip('"')


def test_a_revoked_pass_is_on_it_by_the_serial_of_its_qr_code(
    turnstile: FlaskClient, counter: Counter, signing: Signing
) -> None:
    counter.grant(ANN, 8)
    read = signing.read(token(counter, signing))
    before, _ = fetched(turnstile)
    counter.cancel(ANN)
    counter.clock.pass_by(seconds=5)

    after, _ = fetched(turnstile)

    assert (before.serials, after.since, after.made_at) == ((), None, counter.clock.now)
    assert not isinstance(read, str) and after.serials == (read.serial,)


def test_what_came_since_is_told_and_nothing_where_nothing_did(turnstile: FlaskClient, counter: Counter) -> None:
    for phone in (ANN, BOB):
        counter.grant(phone, 8)
    counter.cancel(ANN)
    counter.clock.pass_by(minutes=2)
    whole, mark = fetched(turnstile)
    quiet = [
        turnstile.get(REVOCATIONS, headers={"If-None-Match": f'"{mark}"'}),
        turnstile.get(REVOCATIONS, query_string={"since": mark}),
    ]
    counter.cancel(BOB)
    counter.clock.pass_by(seconds=5)

    fresh, _ = fetched(turnstile, f"{REVOCATIONS}?since={mark}")
    changed = turnstile.get(REVOCATIONS, headers={"If-None-Match": f'"{mark}"'})

    assert [(one.status_code, one.data, one.headers["ETag"]) for one in quiet] == [(304, b"", f'"{mark}"')] * 2
    assert (len(whole.serials), len(fresh.serials)) == (1, 1) and whole.serials != fresh.serials
    assert fresh.since is not None and changed.status_code == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("since", ["x", "", "1-2", "zz-00000000", "0-00000000&more=1"])
def test_a_query_that_is_not_as_described_is_a_problem(turnstile: FlaskClient, since: str) -> None:
    answer = turnstile.get(f"{REVOCATIONS}?since={since}")

    assert answer.status_code == 422 and answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("held", ["*", '"x"', 'W/"x"', '""', "garbage"])
def test_a_mark_that_was_never_given_brings_the_whole_list(turnstile: FlaskClient, counter: Counter, held: str) -> None:
    counter.grant(ANN, 8)
    counter.cancel(ANN)

    answer = turnstile.get(REVOCATIONS, headers={"If-None-Match": held})

    assert answer.status_code == 200 and len(read_list(answer.data, published(turnstile)).serials) == 1
    assert answer.headers["Cache-Control"] == "private, no-cache"
