"""Two photos are compared, however they were taken; and what is wrong with one is said in words."""

from collections.abc import Callable

import pytest
from PIL import Image

from development.portraits import ASTRONAUT, portrait
from monitoring.readings import MATCH, NO_MATCH, SAID, Finding, Verdict, verdict
from monitoring.selfie import compare
from tests.monitoring.selfie import cameras as taken

REFERENCE, SELFIE = "obama2.jpg", "obama.jpg"


def test_two_photos_of_one_person_match() -> None:
    reading = compare(portrait(REFERENCE), portrait(SELFIE))

    assert reading.likeness is not None and reading.likeness > 0.7
    assert (reading.verdict, reading.findings, reading.words, reading.retake) == (Verdict.MATCH, (), (), False)


@pytest.mark.parametrize("name", ["biden.jpg", ASTRONAUT])
def test_two_people_do_not_match(name: str) -> None:
    reading = compare(portrait(REFERENCE), portrait(name))

    assert reading.likeness is not None and reading.likeness < NO_MATCH
    assert reading.verdict is Verdict.NO_MATCH


def test_one_photo_is_itself() -> None:
    reading = compare(portrait(SELFIE), portrait(SELFIE))

    assert reading.likeness == pytest.approx(1)


@pytest.mark.parametrize(
    "photo",
    [
        *(lambda way=way: taken.sideways(way) for way in (3, 6, 8)),
        *(lambda size=size: taken.sized(size) for size in (160, 320, 3000, 6000)),
        lambda: taken.saved(taken.image(SELFIE).convert("L")),
        lambda: taken.saved(taken.image(SELFIE).convert("L"), "PNG"),
        lambda: taken.saved(taken.image(SELFIE).convert("CMYK")),
        lambda: taken.saved(taken.image(SELFIE).convert("P"), "PNG"),
        lambda: taken.saved(taken.image(SELFIE).convert("RGBA"), "PNG"),
        lambda: taken.saved(taken.image(SELFIE), "PNG"),
        lambda: taken.saved(taken.image(SELFIE), "WEBP"),
        lambda: taken.saved(sixteen_bits(), "PNG"),
        lambda: taken.tilted(25),
        lambda: taken.tilted(90),
        lambda: taken.tilted(270),
        lambda: taken.lit(0.2),
        lambda: taken.blurred(4),
        lambda: taken.beside(SELFIE, "biden.jpg"),
    ],
)
def test_a_person_is_known_however_the_photo_was_taken(photo: Callable[[], bytes]) -> None:
    reading = compare(portrait(REFERENCE), photo())

    assert reading.likeness is not None and reading.likeness >= MATCH


def sixteen_bits() -> Image.Image:
    grey = taken.image(SELFIE).convert("L").convert("I").point(lambda value: value * 257)
    return grey.convert("I;16")


@pytest.mark.parametrize(
    ("photo", "findings"),
    [
        (lambda: taken.lit(0.2), (Finding.DARK, Finding.BLURRED)),
        (lambda: taken.lit(2), (Finding.BRIGHT,)),
        (lambda: taken.nothing(), (Finding.NO_FACE,)),
        (lambda: taken.lit(0.01), (Finding.DARK, Finding.NO_FACE)),
        (lambda: taken.beside(SELFIE, "biden.jpg"), (Finding.SEVERAL,)),
        (lambda: taken.sized(320), (Finding.FAR,)),
        (lambda: taken.poses("left")[0], (Finding.FAR, Finding.TURNED)),
        (lambda: taken.tilted(45), (Finding.TILTED,)),
        (lambda: taken.blurred(6), (Finding.BLURRED,)),
        (lambda: taken.blurred(2), (Finding.SOFT,)),
        (lambda: b"no photo", (Finding.UNREADABLE,)),
        (lambda: b"", (Finding.UNREADABLE,)),
        (lambda: portrait(SELFIE)[:5000], (Finding.UNREADABLE,)),
    ],
)
def test_what_is_wrong_is_said_in_order(photo: Callable[[], bytes], findings: tuple[Finding, ...]) -> None:
    reading = compare(portrait(REFERENCE), photo())

    assert reading.findings == findings
    assert reading.words == tuple(SAID[one] for one in findings)
    assert reading.retake is (findings != (Finding.SOFT,))


def test_the_likeness_is_missing_only_where_no_face_is_found() -> None:
    without = compare(portrait(REFERENCE), taken.nothing())
    other_way = compare(taken.nothing(), portrait(SELFIE))

    assert (without.likeness, without.verdict) == (other_way.likeness, other_way.verdict) == (None, Verdict.NO_FACE)
    assert other_way.reference_findings == (Finding.NO_FACE,)


def test_every_finding_has_words() -> None:
    assert set(SAID) == set(Finding)


@pytest.mark.parametrize(
    ("likeness", "found"),
    [
        (None, Verdict.NO_FACE),
        (-0.2, Verdict.NO_MATCH),
        (0.299, Verdict.NO_MATCH),
        (0.30, Verdict.LOOK),
        (0.399, Verdict.LOOK),
        (0.40, Verdict.MATCH),
    ],
)
def test_a_likeness_lies_in_a_band(likeness: float | None, found: Verdict) -> None:
    assert verdict(likeness) is found
