"""How long scenarios take, as a file says that was given to a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.core import ConfigurationError
from support.execution._durations import given_durations, unknown_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("base", [".", "features"])
def test_durations_are_looked_for_in_the_root(tmp_path: Path, base: str) -> None:
    """Steps may lie beside the features or inside their folder: the root of the suite is the same."""
    (tmp_path / "features").mkdir()
    (tmp_path / "took.json").write_text('{"a": 1, "b": 2.5}')
    assert given_durations("took.json", str((tmp_path / base).resolve())) == {"a": 1.0, "b": 2.5}
    assert given_durations("", str(tmp_path)) == {}


@pytest.mark.parametrize(
    "text", ["[1]", "3", '{"a": "1"}', '{"a": -1}', '{"a": NaN}', '{"a": Infinity}', '{"a": true}', '{"a": 1e999}']
)
def test_durations_of_another_make_are_refused(tmp_path: Path, text: str) -> None:
    """What is no number of seconds would be cut another way by the next version."""
    (tmp_path / "took.json").write_text(text)
    with pytest.raises(ConfigurationError, match="stable id"):
        given_durations("took.json", str(tmp_path))


@pytest.mark.parametrize("text", [None, "", "no JSON", '{"a": 1', b"\xff", "[" * 100_000])
def test_durations_that_cannot_be_read_are_refused(tmp_path: Path, text: str | bytes | None) -> None:
    """Counting instead, unasked, would cut otherwise than the other shards."""
    if text is not None:
        (tmp_path / "took.json").write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(ConfigurationError, match=r"took\.json cannot be read"):
        given_durations("took.json", str(tmp_path))


@pytest.mark.parametrize(
    ("known", "told"),
    [("", ""), ("abcd", ""), ("abxy", ""), ("axyz", "knows 1 of 4 scenarios"), ("wxyz", "knows none of 4 scenarios")],
)
def test_durations_of_other_scenarios_are_told(known: str, told: str) -> None:
    """A file of another suite, or of long ago, balances nothing; one without any says so itself."""
    found = unknown_in(dict.fromkeys(known, 1.0), set("abcd"), "took.json")
    assert told in found
    assert bool(found) == bool(told)
