"""The shard that a run is."""

from __future__ import annotations

import pytest

from support.core import ConfigurationError
from support.execution._shards import Shard, read_shard


def test_a_shard_is_a_number_of_a_total() -> None:
    """It is written as it is read; none is none."""
    assert (read_shard("2/5"), str(Shard(2, 5)), read_shard(None)) == (Shard(2, 5), "2/5", None)


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
