"""Texts as they may be shown."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from support.reporting._plain_text import cells, fitted, lasting, one_line, visible


def test_what_cannot_be_seen_is_spelt_out() -> None:
    """Every character that commands instead of showing is told by its number; line ends and tabs stay."""
    assert visible("a\x1b[0m\r\n\tb\x00\u202ec\ud800\x85") == "a\\x1b[0m\n\tb\\x00\\u202ec\\ud800\\x85"


def test_any_text_is_fit_for_xml() -> None:
    """Of all characters that Python knows, none breaks a document."""
    text = visible("".join(map(chr, range(0x11000)))).replace("&", "&amp;").replace("<", "&lt;")
    assert fromstring(f"<a>{text}</a>").text


def test_a_line_is_one_line() -> None:
    """Line ends become blanks, and a long text ends in dots."""
    assert one_line("a\n  b\tc\u2028d") == "a b c d"
    assert one_line("a" * 10_000, 10) == "aaaaaaa..."


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("世界", 4), ("e\u0301", 1), ("é", 1), ("", 0)])
def test_columns_are_counted_as_a_terminal_does(text: str, columns: int) -> None:
    """Wide letters take two columns, combining marks none."""
    assert cells(text) == columns


@pytest.mark.parametrize("columns", range(12))
def test_a_fitted_text_is_never_too_wide(columns: int) -> None:
    """Whatever the width: not a column more."""
    assert cells(fitted("世界 and a long tail", columns)) <= columns


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(-1, "0.0 s"), (0.04, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.6, "1 min 0 s"), (3599.7, "1 h 0 min")],
)
def test_durations_are_told_as_people_say_them(seconds: float, told: str) -> None:
    """Tenths where they matter, and never sixty of anything."""
    assert lasting(seconds) == told
