"""Many texts at one moment, and what must come of them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlmodel import col

from codes.invariants import broken
from store import Store
from store.audit import AuditEntry
from store.passes import Pass
from tests.proofs.posting import Poster, at_once
from tests.stories.reading import code_in, has_code

DOCUMENT = "9219632506"
PURPOSES = (8, 3, 7, 2, 10, 9)
"""Of the order of Tatarstan, those without a limit of their own."""


SORRY = "повторите через минуту"
"""In "our mistake" and "we are busy" alike."""


def register(poster: Poster, phone: str, document: str = DOCUMENT) -> None:
    """Makes a telephone's owner known."""
    answer = poster.text(phone, f"РЕГИСТРАЦИЯ#{document}").body.decode()
    assert document[-4:] in answer, answer


def share_document(poster: Poster, first: str, second: str, document: str = DOCUMENT) -> None:
    """Two telephones each make the same document known; the first does not agree, so that each keeps a person."""
    for phone in (first, second):
        register(poster, phone, document)
    poster.text(first, "нет")


def same_message(poster: Poster, phone: str, times: int) -> Counter[str]:
    """The different answers to one message delivered so often at once, and how often each was given."""
    form = poster.form(phone, "цель 8", f"SM{'d' * 32}")
    return Counter(reply.body.decode() for reply in at_once(times, lambda index: poster.post(form, index)))


def told(answers: Iterable[str]) -> list[str]:
    """The answers but for requests to text again, which a crowded machine may bring about."""
    return [answer for answer in answers if SORRY not in answer]


def many_texts(poster: Poster, phones: Sequence[str], times: int) -> list[str]:
    """The answers to so many texts from each telephone, all at once, each for one purpose of several."""

    def ask(index: int) -> str:
        phone, purpose = phones[index % len(phones)], PURPOSES[index // len(phones) % len(PURPOSES)]
        return poster.text(phone, f"цель {purpose}").body.decode()

    return at_once(times * len(phones), ask)


def codes_in(answers: Sequence[str]) -> int:
    """How many different codes the answers hold."""
    return len({code_in(answer) for answer in answers if has_code(answer)})


def passes(store: Store) -> int:
    """How many passes there are."""
    with store.reading() as work:
        row = work.row(select(func.count()).select_from(Pass))
    return int(row[0]) if row else 0


def entries(store: Store, action: str) -> int:
    """How many audit entries say `action`."""
    with store.reading() as work:
        row = work.row(select(func.count()).where(col(AuditEntry.action) == action))
    return int(row[0]) if row else 0


def unsound(store: Store) -> list[str]:
    """What must not be, and is."""
    with store.reading() as work:
        return broken(work)
