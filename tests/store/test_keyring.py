"""Keys: what is sealed opens in its place alone; what is looked up is never stored."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.keyring import DataKey, KeyMissing, Keyring, Tampered, create_keys, fingerprint, read_keyring

MAY, JUNE = datetime(2026, 5, 31, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
KEYRING = Keyring(bytes(32), {"2026-05": bytes(32), "2026-06": bytes([1]) * 32})


@given(value=st.text())
def test_what_was_sealed_is_opened_half_characters_too(value: str) -> None:
    key = DataKey(bytes(32))

    assert key.open("phone.number.1", key.seal("phone.number.1", value)) == value


def test_the_same_value_sealed_twice_looks_different() -> None:
    key = DataKey(bytes(32))

    assert key.seal("a", "+79990000001") != key.seal("a", "+79990000001")


@pytest.mark.parametrize("place", ["phone.number.2", "phone.other.1", ""])
def test_a_value_moved_to_another_row_or_column_does_not_open(place: str) -> None:
    key = DataKey(bytes(32))
    sealed = key.seal("phone.number.1", "+79990000001")

    with pytest.raises(Tampered):
        key.open(place, sealed)


def test_no_single_changed_byte_goes_unnoticed() -> None:
    key = DataKey(bytes(32))
    sealed = key.seal("a", "+79990000001")

    for index in range(len(sealed)):
        with pytest.raises(Tampered):
            key.open("a", sealed[:index] + bytes([sealed[index] ^ 1]) + sealed[index + 1 :])


def test_a_data_key_is_wrapped_by_the_newest_epoch_and_unwrapped_by_its_own() -> None:
    new = KEYRING.new_key()
    sealed = new.key.seal("a", "secret")

    assert new.epoch == "2026-06"
    assert KEYRING.unwrap(new.wrapped, new.epoch).open("a", sealed) == "secret"


def test_a_wrapped_key_does_not_open_under_another_epoch() -> None:
    with pytest.raises(Tampered):
        KEYRING.unwrap(KEYRING.new_key().wrapped, "2026-05")


def test_without_its_epoch_key_a_data_key_is_gone_for_good() -> None:
    new = KEYRING.new_key()

    with pytest.raises(KeyMissing, match="2026-06"):
        Keyring(bytes(32), {"2026-05": bytes(32)}).unwrap(new.wrapped, new.epoch)


def test_a_blind_index_depends_on_kind_value_and_key() -> None:
    index = KEYRING.blind("number", "+79990000001")
    elsewhere = Keyring(bytes([2]) * 32, {"2026-05": bytes(32)})
    others = [KEYRING.blind("document", "+79990000001"), KEYRING.blind("number", "+79990000002")]

    assert index == KEYRING.blind("number", "+79990000001") and len(index) == 16
    assert index not in [*others, elsewhere.blind("number", "+79990000001")]


def test_a_value_cannot_be_shifted_into_its_kind() -> None:
    assert KEYRING.blind("ab", "c") != KEYRING.blind("a", "bc")


def test_keys_are_created_once_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    created = create_keys(folder, MAY, development=False)
    before = [path.read_text() for path in created]

    assert create_keys(folder, MAY, development=False) == []
    assert [path.name for path in created] == ["blind.key", "epoch-2026-05.key", "sign-1.key"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in created} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700 and before == [path.read_text() for path in created]


def test_a_new_month_brings_a_new_epoch_and_leaves_the_old_one(tmp_path: Path) -> None:
    create_keys(tmp_path, MAY, development=True)
    old = read_keyring(tmp_path, production=False).new_key()
    (added,) = create_keys(tmp_path, JUNE, development=True)

    keyring = read_keyring(tmp_path, production=False)

    assert added.name == "epoch-2026-06.key" and keyring.newest == "2026-06"
    assert keyring.unwrap(old.wrapped, old.epoch).open("a", old.key.seal("a", "secret")) == "secret"


def test_a_process_that_began_last_month_reads_what_this_month_sealed(tmp_path: Path) -> None:
    create_keys(tmp_path, datetime(2026, 5, 1, tzinfo=UTC), development=True)
    old = read_keyring(tmp_path, production=False)
    create_keys(tmp_path, datetime(2026, 6, 1, tzinfo=UTC), development=True)
    new = read_keyring(tmp_path, production=False).new_key()

    opened = old.unwrap(new.wrapped, new.epoch).open("a", new.key.seal("a", "secret"))

    assert opened == "secret"


def test_a_name_that_is_no_month_leads_to_no_file(tmp_path: Path) -> None:
    create_keys(tmp_path, datetime(2026, 5, 1, tzinfo=UTC), development=True)
    keyring = read_keyring(tmp_path, production=False)

    with pytest.raises(KeyMissing):
        keyring.unwrap(keyring.new_key().wrapped, "2026-05/../2026-05")


def test_production_refuses_development_keys(tmp_path: Path) -> None:
    create_keys(tmp_path, MAY, development=True)

    with pytest.raises(KeyMissing, match="development key"):
        read_keyring(tmp_path, production=True)


@pytest.mark.parametrize("text", ["", "ab", "zz" * 32, "00" * 31, "00" * 33, "-" * 64])
def test_a_spoilt_key_file_is_named(tmp_path: Path, text: str) -> None:
    create_keys(tmp_path, MAY, development=False)
    (tmp_path / "epoch-2026-05.key").write_text(text)

    with pytest.raises(KeyMissing, match=r"epoch-2026-05\.key"):
        read_keyring(tmp_path, production=True)


@pytest.mark.parametrize("gone", ["blind.key", "epoch-2026-05.key"])
def test_a_missing_key_says_what_to_run(tmp_path: Path, gone: str) -> None:
    create_keys(tmp_path, MAY, development=False)
    (tmp_path / gone).unlink()

    with pytest.raises(KeyMissing, match="run"):
        read_keyring(tmp_path, production=True)


def test_a_fingerprint_tells_texts_apart() -> None:
    assert fingerprint("a") == fingerprint("a") != fingerprint("b")
