"""Photos are read in a process that can do nothing but answer; an answer is an answer of somebody who is there."""

import io
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from apart.starting import NoReader
from development.portraits import ASTRONAUT, portrait
from monitoring.answers.concluding import FAILED, PASSED, UNCLEAR, Answer, AnswerRead, conclude, read_again
from monitoring.challenges import POSES, shots
from monitoring.photos.reader import Busy, OneAtATime, SubprocessPhotos
from monitoring.readings import Finding, Look, likeness_of, used_again
from monitoring.selfie import compare
from monitoring.selfie.looking import look
from monitoring.told import UNREADABLE
from monitoring.weights import ALL, FOLDER, RECOGNISER
from tests.house.sources import ROOT
from tests.monitoring.selfie import cameras as taken

reader = SubprocessPhotos()


@pytest.fixture(scope="module")
def honest() -> list[Look]:
    """What an honest patient's photos show, in the order of `POSES`."""
    return reader.read([photo for pose in POSES for photo in taken.poses(pose)])


def answer(looks: Sequence[Look], *, template: Look | None = None, order: tuple[str, ...] = POSES) -> AnswerRead:
    [reference] = [template] if template else reader.read([portrait(ASTRONAUT)])
    assert reference.face is not None
    return conclude(Answer(order, looks, reference.face.features, position="inside"))


def test_photos_are_read_together_and_each_is_drawn_anew() -> None:
    told = Image.Exif()
    told[0x010E] = "WHERE I LIVE"
    hidden = taken.saved(taken.image("obama.jpg"), exif=told.tobytes(), comment=b"A NOTE OF MINE")

    first, second, broken = reader.read([hidden, portrait("biden.jpg"), b"nothing"])

    assert likeness_of(first.face, second.face) == pytest.approx(
        compare(hidden, portrait("biden.jpg")).likeness, abs=0.001
    )
    assert broken == UNREADABLE
    assert b"WHERE" not in first.drawn and b"NOTE" not in first.drawn
    with Image.open(io.BytesIO(first.drawn)) as image:
        assert (image.format, max(image.size)) == ("JPEG", 960)


def test_whatever_is_wrong_with_a_photo_the_process_says_what_a_look_here_says() -> None:
    """What a library imports on its first use can't be opened there any more."""
    black, dim = Image.new("RGB", (640, 480), (2, 2, 2)), taken.lit(0.25, ASTRONAUT)
    sent = [taken.saved(black), taken.saved(Image.new("RGB", (640, 480), "white")), dim]

    found = [one.findings for one in reader.read(sent)]

    assert found == [look(one).findings for one in sent]
    assert found[0] == (Finding.DARK, Finding.NO_FACE) and found[2][0] == Finding.DARK


def test_who_does_what_is_asked_passes(honest: list[Look]) -> None:
    read = answer(honest)

    assert read.outcome == (PASSED, PASSED) and read.likeness is not None and read.likeness > 0.6
    assert [shot.pose for shot in read.shots] == [*shots(POSES)]
    assert read_again(read.written()) == read


def test_a_photo_that_is_held_before_the_camera_does_not_pass(honest: list[Look]) -> None:
    read = answer([honest[0]] * len(honest))

    assert read.outcome == (FAILED, "challenge") and (UNCLEAR, "challenge") in read.doubts


def test_the_order_counts(honest: list[Look]) -> None:
    other = ("centre", "right", "left", "blink")

    assert answer(honest, order=other).outcome == (FAILED, "challenge")


def test_somebody_else_is_noticed(honest: list[Look]) -> None:
    [stranger] = reader.read([portrait("biden.jpg")])

    read = answer(honest, template=stranger)

    assert read.outcome == (FAILED, "no_match")


def test_two_who_take_turns_are_noticed(honest: list[Look]) -> None:
    [other] = reader.read([taken.poses("centre", "obama.jpg")[0]])

    read = answer([*honest[:-1], other])

    assert (FAILED, "another_face") in read.doubts


def test_a_poor_photo_is_unclear_and_nobodys_fault(honest: list[Look]) -> None:
    [dark] = reader.read([taken.lit(0.1, ASTRONAUT)])

    read = answer([dark, *honest[1:]])

    assert read.outcome[0] == UNCLEAR and read.shots[0].findings[0] == Finding.DARK


def test_whose_eyes_were_not_seen_shut_is_unclear_alone(honest: list[Look]) -> None:
    assert answer([*honest[:3], *[honest[0]] * 6]).doubts == ((UNCLEAR, "challenge"),)


def test_a_photo_sent_again_is_known_though_it_was_saved_anew(honest: list[Look]) -> None:
    first = taken.image(ASTRONAUT)
    again = taken.saved(first.resize((400, 400)), quality=40)
    cropped = taken.saved(first.crop((30, 10, 512, 490)), quality=85)

    [original, anew, moved] = reader.read([portrait(ASTRONAUT), again, cropped])

    assert used_again(original.hash, anew.hash) and not used_again(original.hash, moved.hash)
    assert not used_again(0, 0)


def test_networks_that_are_not_the_right_ones_are_not_used(tmp_path: Path) -> None:
    for one in ALL:
        shutil.copy(FOLDER / one.file, tmp_path)
    with (tmp_path / RECOGNISER.file).open("r+b") as file:
        file.seek(5_000_000)
        file.write(b"changed")

    with pytest.raises(NoReader):
        SubprocessPhotos(tmp_path).read([portrait(ASTRONAUT)])
    command = [sys.executable, "-m", "monitoring.selfie", str(tmp_path), "1"]
    done = subprocess.run(command, cwd=ROOT, input=b"", capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert RECOGNISER.file in done.stderr.decode() and "python -m monitoring.weights" in done.stderr.decode()


INSIDE = """
import os, socket
from pathlib import Path
from apart.limits import give_up_everything
from monitoring.selfie.networks import networks
from monitoring.selfie.reading import MEMORY
from monitoring.weights import FOLDER
networks(FOLDER)
give_up_everything(MEMORY, 5)
done = []
for what in (lambda: open("/etc/passwd"), lambda: socket.socket(), lambda: bytearray(512 << 20)):
    try:
        what()
        done.append("could")
    except (OSError, MemoryError):
        done.append("could not")
print(done)
"""


def test_the_process_can_open_no_file_and_no_connection_and_take_no_memory() -> None:
    told = subprocess.run([sys.executable, "-c", INSIDE], cwd=ROOT, capture_output=True, text=True, check=True)

    assert told.stdout.strip() == str(["could not"] * 3)


WITHOUT_NETWORK = """
import socket
from development.portraits import portrait
from monitoring.photos.reader import SubprocessPhotos
from monitoring.readings import likeness_of
try:
    socket.create_connection(("127.0.0.1", 9), timeout=1)
except OSError as error:
    print(error.strerror)
first, second = SubprocessPhotos().read([portrait("obama.jpg"), portrait("obama2.jpg")])
print(likeness_of(first.face, second.face) > 0.7)
"""


def test_photos_are_read_where_there_is_no_network() -> None:
    """Not even this machine's own: a namespace with no interface that is up."""
    command = ["unshare", "--map-root-user", "--net", sys.executable, "-c", WITHOUT_NETWORK]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert told.stdout.splitlines() == [os.strerror(101), "True"], told.stderr


class Slow:
    """A reader that reads when it is told to."""

    def __init__(self) -> None:
        self.begun, self.may_end, self.at_once, self.most = threading.Semaphore(0), threading.Event(), 0, 0

    def read(self, photos: Sequence[bytes]) -> list[Look]:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.begun.release()
        assert self.may_end.wait(10)
        self.at_once -= 1
        return [UNREADABLE] * len(photos)


def test_in_a_web_process_one_is_read_one_waits_and_others_are_told() -> None:
    slow = Slow()
    bounded = OneAtATime(slow)
    waiting = [threading.Thread(target=bounded.read, args=([b""],)) for _ in range(2)]
    waiting[0].start()
    assert slow.begun.acquire(timeout=10)
    waiting[1].start()
    while bounded._few.acquire(blocking=False):  # until the second has its place
        bounded._few.release()

    with pytest.raises(Busy):
        bounded.read([b""])
    slow.may_end.set()
    for one in waiting:
        one.join()

    assert slow.most == 1 and bounded.read([b"", b""]) == [UNREADABLE] * 2
