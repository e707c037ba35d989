"""A gateway that remembers what it was asked, and answers as it is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from telephony.gateway import Ambiguous, Outcome, Rejected, Sent


@dataclass(frozen=True)
class Created:
    """One text the carrier has."""

    sid: str
    message_id: str
    to: str
    body: str


@dataclass
class RememberingGateway:
    """Takes every text, unless `outcomes` says what comes of the next ones.

    An Ambiguous outcome leaves nothing behind; with `lost_answers` the text was taken all the same. `in_between` runs
    once the carrier has the text and before anybody is told.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    created: list[Created] = field(default_factory=list)
    lost_answers: int = 0
    in_between: Callable[[Created], None] = lambda _: None
    listing: bool = True
    asked: int = 0

    def send(self, message_id: str, to: str, body: str) -> Outcome:
        self.asked += 1
        outcome = self.outcomes.pop(0) if self.outcomes else Sent(f"SM{self.asked:032x}")
        if isinstance(outcome, Rejected | Ambiguous):
            return outcome
        made = Created(outcome.sid, message_id, to, body)
        self.created.append(made)
        self.in_between(made)
        if self.lost_answers:
            self.lost_answers -= 1
            return Ambiguous()
        return outcome

    def call(self, message_id: str, to: str, path: str) -> Outcome:
        return self.send(message_id, to, path)

    def call_status(self, call_sid: str) -> str | Ambiguous:
        return "completed" if self.listing else Ambiguous()

    def find_calls(self, to: str, since: datetime) -> Sequence[str] | Ambiguous:
        return tuple(made.sid for made in self.created if made.to == to) if self.listing else Ambiguous()

    def find(self, to: str, body: str, since: datetime) -> Sequence[str] | Ambiguous:
        if not self.listing:
            return Ambiguous()
        return tuple(made.sid for made in self.created if (made.to, made.body) == (to, body))

    @property
    def bodies(self) -> list[str]:
        return [made.body for made in self.created]
