"""What the reading process says is believed in nothing."""

import io
import json

import pytest

from monitoring.readings import Finding, Look
from monitoring.told import MOST_DRAWN, UNREADABLE, most_bytes, photos_in, take_looks, write_looks, write_photos
from tests.monitoring.photos.patient import FACE, looked

LOOKS = [looked(1), Look((Finding.DARK, Finding.NO_FACE), None, 0, b""), looked(2, openness=None)]


def test_what_is_written_is_taken() -> None:
    taken = take_looks(write_looks(LOOKS), len(LOOKS))

    assert [(one.findings, one.hash, one.drawn) for one in taken] == [
        (one.findings, one.hash, one.drawn) for one in LOOKS
    ]
    assert taken[0].face is not None and taken[0].face.features == pytest.approx(FACE.features)
    assert taken[2].face is not None and taken[2].face.openness is None


def test_photos_arrive_as_they_were_sent() -> None:
    photos = [b"one", b"two " * 1000, b"x"]
    given = io.BytesIO(write_photos(photos))

    assert list(photos_in(given)) == photos


def changed(**values: object) -> bytes:
    line, _, rest = write_looks(LOOKS).partition(b"\n")
    told = json.loads(line)
    told[0].update(values)
    return json.dumps(told).encode() + b"\n" + rest


def face(**values: object) -> bytes:
    line, _, rest = write_looks(LOOKS).partition(b"\n")
    told = json.loads(line)
    told[0]["face"].update(values)
    return json.dumps(told).encode() + b"\n" + rest


@pytest.mark.parametrize(
    "written",
    [
        None,
        b"",
        b"nonsense",
        b"null\n",
        b"{}\n",
        b"[]\n",
        b"[1, 2, 3]\n",
        b"[" * 5000 + b"\n",
        b" " * most_bytes(3) + b"\n",
        write_looks(LOOKS[:2]),
        write_looks([*LOOKS, *LOOKS]),
        write_looks(LOOKS) + b"more",
        write_looks(LOOKS)[:-1],
        changed(findings=["fine"]),
        changed(findings=7),
        changed(hash="xyz"),
        changed(drawn=-1),
        changed(drawn=MOST_DRAWN + 1),
        changed(drawn="many"),
        changed(face=7),
        face(yaw=float("nan")),
        face(yaw=float("inf")),
        face(yaw="left"),
        face(score=None),
        face(features=""),
        face(features="AAAA"),
        face(features="AAAA" * 171),
        face(openness="wide"),
        write_looks([Look((), None, 0, b"GIF89a"), *LOOKS[1:]]),
    ],
)
def test_nonsense_makes_photos_that_can_not_be_read(written: bytes | None) -> None:
    assert take_looks(written, 3) == [UNREADABLE] * 3
