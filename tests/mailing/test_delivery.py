"""E-mails on their way to a real SMTP server."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from codes.meeting import meet
from codes.own_passes import own_pass
from codes.regimes import preset
from codes.sharing import owe_mail
from codes.signed.qr import qr_png
from codes.signed.signed_pass import Unreadable
from codes.signed.signing import Signing
from mailing.delivery import ATTEMPTS, LEASE, post_mail, sweep
from mailing.post import SmtpPost, post_of
from store import Store
from store.sharing import Mail
from tests.clock import Clock
from tests.codes.counter import ANN, Counter
from tests.ports import free_port

ADDRESS = "anna@mail.example"


class Inbox:
    """An SMTP server's inbox; `answer` is what it says to a recipient."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """SMTP's RCPT TO."""
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """SMTP's DATA."""
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def post(inbox: Inbox) -> Iterator[SmtpPost]:
    """A server on a free port of this machine."""
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield SmtpPost(f"smtp://127.0.0.1:{controller.port}", "Passes <pass@city.example>")
    controller.stop()


@pytest.fixture
def signing(keys_dir: Path, clock: Clock) -> Signing:
    return Signing.from_folder(keys_dir, "https://pass.example", clock, production=False)


@pytest.fixture
def counter(store: Store, clock: Clock) -> Counter:
    """Anna is known, under Moscow's order."""
    found = Counter(store, clock)
    found.put_in_force(preset("moscow-2020"))
    found.introduce(ANN, name="Иванова Анна", document="4411123456")
    return found


@pytest.fixture
def mail_id(store: Store, counter: Counter) -> str:
    """An e-mail that is owed: a pass of Anna's, in Russian."""
    grant = counter.grant(ANN, 1, organisation="ООО Ромашка")
    with store.work() as work:
        meeting = meet(work, ANN)
        one = own_pass(work, meeting.holders, grant.pass_id)
        assert one
        assert owe_mail(work, meeting.phone, one, ADDRESS, "ru") is None
    return str(kept(store).id)


def kept(store: Store) -> Any:
    """The one row of mail."""
    with store.reading() as work:
        return work.row(select(Mail))


def test_a_pass_arrives_as_text_and_as_a_page_with_its_qr(
    store: Store, post: SmtpPost, signing: Signing, inbox: Inbox, mail_id: str
) -> None:
    post_mail(store, post, signing, mail_id)

    (letter,) = inbox.letters
    plain, page = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain
    assert page
    (picture,) = (part for part in letter.walk() if part.get_content_type() == "image/png")
    found = re.search(r"https://pass\.example/q#\S+", plain.get_content())
    assert found
    assert (letter["To"], letter["From"]) == (ADDRESS, "Passes <pass@city.example>")
    assert letter["Subject"] == "Пропуска Москвы: Работа"
    assert "Покажите полицейскому код или картинку" in plain.get_content()
    assert "cid:qr" in page.get_content()
    assert picture.get_content() == qr_png(found[0])
    assert not isinstance(signing.read(found[0]), Unreadable)


def test_what_is_sent_is_settled_and_its_address_forgotten(
    store: Store, post: SmtpPost, signing: Signing, inbox: Inbox, mail_id: str
) -> None:
    for _ in range(3):
        post_mail(store, post, signing, mail_id)
    seen = sweep(store, post, signing)

    assert (len(inbox.letters), seen) == (1, 0)
    assert (kept(store).state, kept(store).address_sealed) == ("sent", None)


def test_a_server_that_says_never_fails_it(
    store: Store, post: SmtpPost, signing: Signing, inbox: Inbox, mail_id: str
) -> None:
    inbox.answer = "550 no such mailbox"

    post_mail(store, post, signing, mail_id)

    assert (kept(store).state, kept(store).due_at, kept(store).address_sealed) == ("failed", None, None)


def test_a_server_that_says_later_or_is_away_is_asked_again(
    store: Store, post: SmtpPost, signing: Signing, inbox: Inbox, mail_id: str, clock: Clock
) -> None:
    inbox.answer = "451 try later"
    post_mail(store, post, signing, mail_id)
    clock.pass_by(minutes=1, seconds=1)
    sweep(store, SmtpPost("smtp://127.0.0.1:9", "a@b.example"), signing)
    clock.pass_by(minutes=1)
    too_early = sweep(store, post, signing)
    inbox.answer = "250 OK"
    clock.pass_by(minutes=1, seconds=1)

    sweep(store, post, signing)

    assert (too_early, len(inbox.letters), kept(store).attempts) == (0, 1, 3)


def test_it_fails_in_the_end(store: Store, signing: Signing, mail_id: str, clock: Clock) -> None:
    away = SmtpPost("smtp://127.0.0.1:9", "a@b.example")
    for _ in range(ATTEMPTS):
        sweep(store, away, signing)
        clock.pass_by(hours=1)

    assert kept(store).state == "failed"


def test_who_died_over_it_is_followed_by_another(
    store: Store, post: SmtpPost, signing: Signing, inbox: Inbox, mail_id: str, clock: Clock
) -> None:
    with pytest.raises(KeyboardInterrupt):
        post_mail(store, Dying(), signing, mail_id)
    at_once = sweep(store, post, signing)
    clock.pass_by(seconds=LEASE.seconds + 1)

    later = sweep(store, post, signing)

    assert (at_once, later, len(inbox.letters)) == (0, 1, 1)


class Dying:
    """Is killed while it sends."""

    def send(self, message: EmailMessage) -> None:
        """Never comes back."""
        raise KeyboardInterrupt


def test_a_pass_that_was_given_back_meanwhile_goes_nowhere(
    store: Store, post: SmtpPost, signing: Signing, inbox: Inbox, mail_id: str, counter: Counter
) -> None:
    counter.cancel(ANN)

    post_mail(store, post, signing, mail_id)

    assert (inbox.letters, kept(store).state, kept(store).address_sealed) == ([], "failed", None)


def test_development_keeps_mails_in_a_folder(store: Store, signing: Signing, mail_id: str, tmp_path: Path) -> None:
    post = post_of(f"file://{tmp_path / 'mail'}", "Passline <passes@localhost>")

    post_mail(store, post, signing, mail_id)

    (file,) = (tmp_path / "mail").iterdir()
    assert message_from_bytes(file.read_bytes(), policy=policy.default)["To"] == ADDRESS
