"""Days made up row by row, with what counting them must come to."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlmodel import SQLModel

from codes.counts.counting import Figure, time_class
from codes.counts.figures import Span, text_kind
from store import Store
from store.calls import Call
from store.columns import table
from store.ids import new_id
from store.messages import STATES, InboundMessage, OutboxMessage
from store.officers import Inspection
from store.passes import Application, Pass
from store.phones import ensure_phone
from tests.codes.people import officer_and_person

LABELS = ("request:granted", "dialogue.request:granted", "request:ask.name", "x:unclear", "request:refused.quota")
VERDICTS = ("valid", "expired", "unknown", "mistyped")
CHANNELS = ("text", "voice", "web")


@dataclass
class Truth:
    """What happened within a span."""

    counts: dict[Figure, Counter[str]] = field(default_factory=dict)
    segments_in: int = 0
    segments_out: int = 0

    def note(self, figure: Figure, part: str) -> None:
        self.counts.setdefault(figure, Counter())[part] += 1


class Day:
    """Rows to be written, each at a moment of its own."""

    def __init__(self, store: Store, random: Random) -> None:
        self.store = store
        self.random = random
        self.rows: list[tuple[Any, dict[str, Any]]] = []
        with store.work() as work:
            self.phone_id = ensure_phone(work, "+79990000001").id
            self.officer_id, self.person_id = officer_and_person(work)

    def text(self, at: datetime, label: str, ms: int, segments: int) -> None:
        given = {"sid": new_id(at), "phone_id": self.phone_id, "reply_sealed": b"", "intent": label}
        self.rows.append((InboundMessage, {**given, "segments": segments, "received_at": at, "answered_ms": ms}))

    def pass_(self, at: datetime, purpose: int, channel: str, row_id: str = "") -> None:
        given = {"id": row_id or new_id(at), "person_id": self.person_id, "phone_id": self.phone_id}
        more = {"regime_version": 1, "purpose": purpose, "channel": channel, "issued_at": at, "valid_from": at}
        sealed = {
            "code_index": self.random.randbytes(16),
            "face_sealed": b"",
            "quota_holder": b"",
            "extended": 0,
            "quota_back": False,
        }
        self.rows.append((Pass, {**given, **more, **sealed, "valid_until": at + timedelta(hours=1)}))

    def application(self, at: datetime, **given: Any) -> str:
        reviewed = given["state"] == "referred" or "decided_at" in given
        number = "".join(self.random.choices("123456789", k=8)) if reviewed else None
        decided = None if given["state"] == "referred" else at
        refusal = "review" if given["state"] == "refused" else None
        who = {"id": new_id(at), "person_id": self.person_id, "phone_id": self.phone_id}
        row = {**who, "number": number, "regime_version": 1, "purpose": 1, "channel": "web", "asked_at": at}
        self.rows.append((Application, {**row, "decided_at": decided, "refusal": refusal, **given}))
        return str(who["id"])

    def call(self, at: datetime, wait: timedelta | None, ended: bool) -> None:
        given = {"sid": new_id(at), "direction": "in", "language": "en", "began_at": at, "queued_at": at}
        when = {"connected_at": at + wait if wait is not None else None, "ended_at": at if ended else None}
        self.rows.append((Call, {**given, **when, "state": "ended"}))

    def inspection(self, at: datetime, verdict: str, channel: str, zone: str | None) -> None:
        given = {"id": new_id(at), "officer_id": self.officer_id, "verdict": verdict, "asked_index": b""}
        when = {"seen_at": at - timedelta(hours=5), "stored_at": at}
        self.rows.append((Inspection, {**given, **when, "channel": channel, "zone": zone}))

    def text_out(self, at: datetime, template: str, state: str, segments: int | None) -> None:
        given = {"id": new_id(at), "phone_id": self.phone_id, "template": template, "fields_sealed": None}
        more = {"language": "en", "state": state, "created_at": at, "due_at": None, "segments": segments}
        went = {"sent_at": at, "settled_at": None if state in ("created", "sent") else at}
        self.rows.append((OutboxMessage, {**given, **more, **went}))

    def write(self) -> None:
        with self.store.work() as work:
            for model, values in self.rows:
                work.insert(model, **{**_usual(model), **values})


def _usual(model: type[SQLModel]) -> dict[str, Any]:
    """What columns have where nothing else is said."""
    defaults = ((column.name, column.default) for column in table(model).columns)
    return {name: one.arg for name, one in defaults if isinstance(one, ScalarElementColumnDefault)}


def lived(store: Store, span: Span, random: Random, many: int = 40) -> Truth:
    """A day full of all sorts, and the days around it too; what happened within the span."""
    made, truth = Day(store, random), Truth()
    around = timedelta(hours=7)
    for _ in range(many):
        at = span.start - around + (span.end - span.start + 2 * around) * random.random()
        at = random.choice([at, at, span.start, span.end, at.replace(minute=0, second=0, microsecond=0)])
        _moment(made, truth if span.start <= at < span.end else Truth(), at, span, truth)
    made.write()
    return truth


def _moment(made: Day, mine: Truth, at: datetime, span: Span, whole: Truth) -> None:
    """One of everything."""
    random = made.random
    label, ms, segments = random.choice(LABELS), random.randrange(20_000), random.randrange(1, 4)
    made.text(at, label, ms, segments)
    mine.note(Figure.TEXTS_IN, text_kind(label))
    mine.note(Figure.ANSWERED, str(time_class(ms)))
    mine.segments_in += segments
    if label.endswith("quota"):
        mine.note(Figure.REFUSED, "quota")
    purpose, channel = random.randrange(1, 4), random.choice(CHANNELS)
    made.pass_(at, purpose, channel)
    mine.note(Figure.PASSES, f"1/{purpose}/{channel}")
    verdict, zone = random.choice(VERDICTS), random.choice([None, "north"])
    made.inspection(at, verdict, channel, zone)
    mine.note(Figure.INSPECTED, f"{verdict}/{channel}")
    mine.note(Figure.INSPECTED_IN, zone or "")
    state = random.choice(STATES)
    made.text_out(at, "revoked", state, segments)
    mine.note(Figure.TEXTS_OUT, f"revoked/{state}")
    mine.segments_out += segments
    wait = random.choice([None, timedelta(seconds=random.randrange(900))])
    made.call(at, wait, ended=True)
    mine.note(Figure.CALLS, "lost" if wait is None else "reached")
    if wait is not None:
        mine.note(Figure.WAITED, str(time_class(int(wait.total_seconds()))))
    _decided(made, mine, at, span, whole)


def _decided(made: Day, mine: Truth, at: datetime, span: Span, whole: Truth) -> None:
    """Asked now, decided at once or by a person later, perhaps on another day."""
    random = made.random
    if random.random() < 0.3:
        made.application(at, state="refused", refusal="hours")
        mine.note(Figure.REFUSED, "hours")
        return
    decided_at = at + timedelta(hours=random.randrange(1, 30))
    state = random.choice(["granted", "refused"])
    row_id = made.application(at, state=state, decided_at=decided_at)
    mine.note(Figure.REFERRED, "asked")
    then = whole if span.start <= decided_at < span.end else Truth()
    then.note(Figure.REFERRED, state)
    if state == "refused":
        then.note(Figure.REFUSED, "review")
    else:
        made.pass_(decided_at, 9, "web", row_id)
        then.note(Figure.PASSES, "1/9/web")
