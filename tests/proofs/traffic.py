"""Citizens who text without end, and again with the same MessageSid where no answer comes, as carriers do."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from types import TracebackType
from typing import Self

from telephony.simulator.wires import Reply, UnreachableError
from tests.proofs.posting import Poster
from tests.proofs.races import SORRY
from tests.stories.reading import code_in, has_code

THREADS = 4
MOST_TRIES = 400
WAIT_S = 0.02
TEXTS = ("РЕГИСТРАЦИЯ#{document}", "цель 8", "цель 3", "цель 7", "статус")
"""Of one citizen: known, two passes, a refusal, a look."""


class Traffic:
    """Use it with ``with``: texts flow until it ends. `answered` holds each form with its answer.

    `first` is the number of the first citizen, so that another time others can text.
    """

    def __init__(self, poster: Poster, first: int = 0) -> None:
        self._first = first
        self.answered: list[tuple[dict[str, str], bytes]] = []
        self.sorry: list[str] = []
        self.tries = 0
        self._poster = poster
        self._enough = threading.Event()
        self._threads = ThreadPoolExecutor(THREADS)
        self._running: list[Future[None]] = []

    def __enter__(self) -> Self:
        self._running = [self._threads.submit(self._text_on, index) for index in range(THREADS)]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._enough.set()
        self._threads.shutdown()
        for one in self._running:
            one.result()

    @property
    def codes(self) -> set[str]:
        """Every code that was told."""
        texts = (body.decode() for _, body in self.answered)
        return {code_in(text) for text in texts if has_code(text)}

    @property
    def holders(self) -> list[str]:
        """Telephones that were told a code, in order."""
        told = (form["From"] for form, body in self.answered if has_code(body.decode()))
        return list(dict.fromkeys(told))

    def _text_on(self, index: int) -> None:
        for number in count(self._first):
            phone, document = f"+79{index}{number:08}", f"9{index}{number:08}"
            for text in TEXTS:
                if self._enough.is_set():
                    return
                self._text(phone, text.format(document=document))

    def _text(self, phone: str, text: str) -> None:
        form = self._poster.form(phone, text, self._poster.sid())
        body = self._insist(form).body
        if SORRY in body.decode():
            self.sorry.append(form["MessageSid"])
        else:
            self.answered.append((form, body))

    def _insist(self, form: dict[str, str]) -> Reply:
        for _ in range(MOST_TRIES):
            self.tries += 1
            try:
                reply = self._poster.post(form)
            except UnreachableError:
                threading.Event().wait(WAIT_S)
            else:
                assert reply.status == 200, reply
                return reply
        raise AssertionError(f"no answer to {form['MessageSid']} after {MOST_TRIES} tries")
