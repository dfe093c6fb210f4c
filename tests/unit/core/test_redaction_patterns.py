"""Which regular expressions of a user are taken, and what is said about the others."""

from __future__ import annotations

import pytest

from support.core import REDACTED, ConfigurationError, Redactor, pattern_fault


@pytest.mark.parametrize(
    "pattern",
    [
        r"CUST-\d{6}",
        r"[\w.]+@([\w-]+\.)+\w+",  # a repetition within one, but each round ends in a dot
        r"(\d{4} ?){4}",
        r"(?:a++)+x",
        r"(a{3})+",
        r"(?i)iban: [a-z]{2}\d{2,30}",
    ],
)
def test_what_finds_values_in_a_bounded_time_is_taken(pattern: str) -> None:
    """Repetitions within each other are no fault where every round has something of its own."""
    assert pattern_fault(pattern) == ""
    Redactor(patterns=[pattern])


@pytest.mark.parametrize("pattern", ["", "a*", r"\b", "(?=x)", "(a|b?)", "x{0}"])
def test_what_fits_where_nothing_stands_is_refused(pattern: str) -> None:
    """It would put the mark of a secret between all letters."""
    assert pattern_fault(pattern).startswith("fits also where nothing stands.")


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+", "(a*)*b", "x(?:a{1,3})+y", r"(a+,?)*;", "((a+)|b)+x", r"(\s*\w+\s*)+:", "(?:(?:a+))*x", "(?=(a+)+b)x"],
)
def test_what_repeats_a_repetition_is_refused(pattern: str) -> None:
    """Thirty letters that almost fit would hold up a run for hours."""
    assert pattern_fault(pattern).startswith("repeats a repetition, as in '(a+)+'")


@pytest.mark.parametrize(
    ("pattern", "why"), [("(", "missing )"), ("a{99999999999}", "too large"), ("[z-a]", "bad character range")]
)
def test_what_is_no_expression_is_refused_with_the_reason(pattern: str, why: str) -> None:
    """The message names the expression and what Python says of it."""
    with pytest.raises(ConfigurationError) as caught:
        Redactor(patterns=[pattern])
    assert str(caught.value).startswith(f"{pattern!r} is no regular expression: ")
    assert why in str(caught.value)


def test_numbers_are_searched_as_texts_are() -> None:
    """What is personal is so without quotes, too: of a pattern, of a card, of a known value; others stay numbers."""
    redactor = Redactor(secrets=["987654321"], patterns=["7700[0-9]{4}"])
    given = {"customer": 77001234, "paid_with": 4111111111111111, "code": 987654321, "total": 1250, "share": 0.25}
    secret = {"customer": REDACTED, "paid_with": REDACTED, "code": REDACTED}
    assert redactor.mapping(given) == {**given, **secret}
