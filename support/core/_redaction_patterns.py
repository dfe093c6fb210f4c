"""Regular expressions that a user gives: which of them can be used, and what is wrong with the others."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from ._errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARSER: Final = import_module("re._parser")  # no public module tells how an expression is built
_BACKTRACKING: Final = ("MAX_REPEAT", "MIN_REPEAT")
_OFTEN: Final = 10  # times; what repeats less often takes a moment at worst
_EMPTY: Final = "fits also where nothing stands. Say in it at least one character that must be there."
_ENDLESS: Final = (
    "repeats a repetition, as in '(a+)+', which takes years on a text that almost fits. Leave one of the two out."
)


def compiled(pattern: str) -> re.Pattern[str]:
    """The expression, ready for use; ConfigurationError says what is wrong with it."""
    if fault := pattern_fault(pattern):
        msg = f"{pattern!r} {fault}"
        raise ConfigurationError(msg)
    return re.compile(pattern)


def pattern_fault(pattern: str) -> str:
    """What is wrong with an expression by which values are found, as the end of a sentence; empty if nothing is.

    Told are those that are none, those that find nothing at all everywhere, and those that repeat a repetition. Others
    may be slow, too: alternatives that begin alike, repeated.
    """
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        return f"is no regular expression: {error}. Correct it."
    tree = _PARSER.parse(pattern)
    if _may_be_empty(tree):
        return _EMPTY
    return _ENDLESS if any(_repeats_a_repetition(item) for item in _all_items(tree)) else ""


def _repeats_a_repetition(item: Any) -> bool:  # noqa: ANN401 - the parser's own have no types
    return _is_repetition(item) and item[1][1] >= _OFTEN and _can_be_repetition(item[1][2])


def _can_be_repetition(tree: Any) -> bool:  # noqa: ANN401
    """Whether what fits may be one repetition of any length, and nothing beside it."""
    for place, item in enumerate(tree):
        if all(_may_be_empty(_only(tree, other)) for at, other in enumerate(tree) if at != place):
            if _is_repetition(item) and item[1][1] > max(1, item[1][0]):
                return True
            if str(item[0]) in {"SUBPATTERN", "BRANCH"} and any(map(_can_be_repetition, _inside(item))):
                return True
    return False


def _is_repetition(item: Any) -> bool:  # noqa: ANN401
    return str(item[0]) in _BACKTRACKING


def _all_items(tree: Any) -> Iterator[Any]:  # noqa: ANN401
    for item in tree:
        yield item
        for inside in _inside(item):
            yield from _all_items(inside)


def _inside(item: Any) -> Iterator[Any]:  # noqa: ANN401
    """The expressions that an item is made of: a group has one, alternatives have several."""
    waiting = [item[1]]
    while waiting:
        each = waiting.pop()
        if isinstance(each, _PARSER.SubPattern):
            yield each
        elif isinstance(each, tuple | list):
            waiting += each


def _only(tree: Any, item: Any) -> Any:  # noqa: ANN401
    return _PARSER.SubPattern(tree.state, [item])


def _may_be_empty(tree: Any) -> bool:  # noqa: ANN401
    return bool(tree.getwidth()[0] == 0)
