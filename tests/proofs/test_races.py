"""Everything at once: one pass for one message, two for a limit of two, on both databases."""

from store import Store
from tests.proofs.posting import Poster, at_once
from tests.proofs.races import (
    DOCUMENT,
    codes_in,
    entries,
    many_texts,
    passes,
    register,
    same_message,
    share_document,
    told,
    unsound,
)

PHONE, OTHER = "+79990000001", "+79990000002"


def test_a_message_delivered_two_hundred_times_at_once_gives_one_pass_and_equal_bytes(
    crowd: Poster, store: Store
) -> None:
    register(crowd, PHONE)

    answers = same_message(crowd, PHONE, 200)

    assert len(told(answers)) == codes_in(told(answers)) == 1
    assert (passes(store), entries(store, "pass.issued")) == (1, 1)


def test_a_first_message_of_an_unknown_number_delivered_two_hundred_times_is_answered_alike(
    crowd: Poster, store: Store
) -> None:
    answers = same_message(crowd, PHONE, 200)

    assert len(told(answers)) == 1 and passes(store) == 0


def test_a_hundred_texts_at_once_under_a_limit_of_two_give_two_passes(crowd: Poster, store: Store) -> None:
    register(crowd, PHONE)

    answers = many_texts(crowd, [PHONE], 100)

    assert codes_in(answers) == passes(store) == 2
    assert unsound(store) == []


def test_two_telephones_with_one_document_share_a_limit_of_two(crowd: Poster, store: Store) -> None:
    share_document(crowd, PHONE, OTHER)

    answers = many_texts(crowd, [PHONE, OTHER], 100)

    assert codes_in(answers) == passes(store) == 2
    assert unsound(store) == []


def test_two_telephones_that_name_one_document_at_the_same_moment_share_its_limit(crowd: Poster, store: Store) -> None:
    asked = many_texts(crowd, [PHONE, OTHER], 3)
    at_once(2, lambda index: crowd.text((PHONE, OTHER)[index], DOCUMENT))

    answers = many_texts(crowd, [PHONE, OTHER], 20)

    assert codes_in([*asked, *answers]) <= 2
    assert passes(store) == 2 and unsound(store) == []
