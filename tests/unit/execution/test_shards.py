"""The shard that a run is, and the durations by which it was cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.core import ConfigurationError
from support.execution._shards import Shard, read_durations, read_shard

if TYPE_CHECKING:
    from pathlib import Path


def test_a_shard_is_a_number_of_a_total() -> None:
    """It is written as it is read; none is none."""
    assert (read_shard("2/5"), str(Shard(2, 5)), read_shard("")) == (Shard(2, 5), "2/5", None)


@pytest.mark.parametrize("text", ["6/5", "0/5", "x", "2/0", "2", "2/", "/2", "-1/2", "1/2/3", "1.0/2", "²/5"])
def test_a_shard_that_cannot_be_is_one_message(text: str) -> None:
    """It names the value, and what is expected."""
    with pytest.raises(
        ConfigurationError, match=r"-D shard=.*: there is no such shard\. Expected NUMBER/TOTAL, "
    ) as told:
        read_shard(text)
    assert f"shard={text}:" in str(told.value)


def test_a_total_is_told_its_numbers() -> None:
    """Whoever counts from 0 reads which shards there are."""
    with pytest.raises(ConfigurationError, match="1/5 to 5/5"):
        read_shard("0/5")


@pytest.mark.parametrize("base", [".", "features"])
def test_durations_are_looked_for_in_the_root(tmp_path: Path, base: str) -> None:
    """Steps may lie beside the features or inside their folder: the root of the suite is the same."""
    (tmp_path / "features").mkdir()
    (tmp_path / "took.json").write_text('{"a": 1, "b": 2.5}')
    assert read_durations("took.json", str((tmp_path / base).resolve())) == {"a": 1.0, "b": 2.5}
    assert read_durations("", str(tmp_path)) is None


@pytest.mark.parametrize("text", ["[1]", '{"a": "1"}', '{"a": -1}', '{"a": NaN}', '{"a": Infinity}', '{"a": true}'])
def test_durations_of_another_make_are_refused(tmp_path: Path, text: str) -> None:
    """What is no number of seconds would be cut another way by the next version."""
    (tmp_path / "took.json").write_text(text)
    with pytest.raises(ConfigurationError, match="stable id"):
        read_durations("took.json", str(tmp_path))


@pytest.mark.parametrize("text", [None, "no JSON", b"\xff"])
def test_durations_that_cannot_be_read_are_refused(tmp_path: Path, text: str | bytes | None) -> None:
    """Counting instead, unasked, would cut otherwise than the other shards."""
    if text is not None:
        (tmp_path / "took.json").write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(ConfigurationError, match=r"took\.json cannot be read"):
        read_durations("took.json", str(tmp_path))
