from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from support.core import Evidence, Exhibit, Redactor
from support.doors._exhibits import LONGEST_BODY, SaidOnce, bounded, count, plain, readable


def test_a_long_body_says_what_was_cut() -> None:
    """A body of the allowed length stays whole; one character more is cut and counted."""
    assert bounded("x" * LONGEST_BODY) == "x" * LONGEST_BODY
    assert bounded("x" * (LONGEST_BODY + 1)).endswith(f"[cut: 1 of {LONGEST_BODY + 1} characters]")


def test_no_word_is_cut_in_half() -> None:
    """A secret that the cut would go through is left out whole: half of it could not be told from other text."""
    text = "x" * (LONGEST_BODY - 12) + ' "tea-time-canary" and more'
    assert "tea" not in bounded(text)


@pytest.mark.parametrize(
    ("content", "media_type", "shown"),
    [
        ("Tee für Ada".encode(), "text/plain", "Tee für Ada"),
        (b"\x89PNG", "image/png", "[image/png, 4 bytes]"),
        (b"a\x00b", "", "[binary, 3 bytes]"),
        (b"caf\xe9", "text/plain; charset=latin-1", "café"),
        (b"caf\xe9", "", "[binary, 4 bytes]"),
    ],
)
def test_bytes_become_readable(content: bytes, media_type: str, shown: str) -> None:
    """Text is shown as text, anything else by its type and size."""
    assert readable(content, media_type) == shown


def test_any_value_becomes_json() -> None:
    """Dates, decimals, bytes, sets and endless numbers are values that JSON can hold."""
    value = {"at": datetime(2026, 11, 22, tzinfo=UTC), "worth": Decimal("18.00"), 3: [b"ab", math.inf, {1}, None, True]}
    assert json.loads(json.dumps(plain(value), allow_nan=False)) == {
        "at": "2026-11-22T00:00:00+00:00", "worth": "18.00", "3": ["[2 bytes]", "inf", [1], None, True],
    }  # fmt: skip


def test_polling_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal looks within half a second are one exhibit; a different one, or a later one, is another."""
    now = [100.0]
    monkeypatch.setattr("support.doors._exhibits.time.monotonic", lambda: now[0])
    kept = Evidence(Redactor())
    door = SaidOnce(kept)
    for moment, outcome in ((0, "none"), (0.4, "none"), (0.8, "none"), (0.9, "one"), (1.0, "none"), (2.0, "none")):
        now[0] = 100 + moment
        door.keep(Exhibit("sql.query", outcome), same=outcome)
    assert [exhibit.summary for exhibit in kept.all()] == ["none", "one", "none", "none"]


def test_what_another_step_or_action_sees_is_said_again() -> None:
    """Each step, and each named part of one, shows what it looked at, though the one before saw the same just now."""
    step = [0]
    kept = Evidence(Redactor(), lambda: step[0])
    door = SaidOnce(kept)
    door.keep(Exhibit("sql.query", "one row"), same="one row")
    step[0] = 1
    door.keep(Exhibit("sql.query", "one row"), same="one row")
    with kept.action("count the orders"):
        door.keep(Exhibit("sql.query", "one row"), same="one row")
        door.keep(Exhibit("sql.query", "one row"), same="one row")
    assert [exhibit.action for exhibit in kept.all()] == [None, None, 0]


def test_numbers_agree_with_their_nouns() -> None:
    """None, one and many are counted in plain words."""
    assert [count(number, "row") for number in (0, 1, 2)] == ["no rows", "1 row", "2 rows"]
