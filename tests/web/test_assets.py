"""Styles and scripts: what make left, or a word about what to do."""

from pathlib import Path

import pytest

from web.assets import NEEDED, Assets, AssetsMissing


def test_what_was_not_built_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / NEEDED[0]).touch()

    with pytest.raises(AssetsMissing, match=f"has no {NEEDED[1]}.*make assets"):
        Assets(tmp_path)
