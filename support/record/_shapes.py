"""Which values the fields of a line may have: a record may come from another machine, or from anyone."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin, get_type_hints

from ..core import Action, ScenarioPlan
from ._verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    _Check = Callable[[Any], bool]

_MOST: Final = 1e12  # seconds: what is more cannot be told as a time
_NAMES: Final = {
    each.__name__: each for each in (Action, ScenarioPlan, Mapping, Sequence)
}  # what the lines' own module imports for type checkers only


class MisshapenError(ValueError):
    """A field that has a value which it cannot have."""


_KNOWN: Final[dict[type[Any], Mapping[str, _Check]]] = {}


def checks_of(kind: type[Any]) -> Mapping[str, _Check]:
    """What tells for each field of a kind of line whether a value read from JSON may stand in it."""
    if kind not in _KNOWN:
        _KNOWN[kind] = _checks_of(kind)
    return _KNOWN[kind]


def _checks_of(kind: type[Any]) -> Mapping[str, _Check]:
    hints = get_type_hints(kind, localns=_NAMES)
    checks = {each.name: _check(hints[each.name]) for each in dataclasses.fields(kind)}
    return checks | {"file": _is_below} if kind.__name__ == "EvidenceRecord" else checks


def check(kind: type[Any], values: Mapping[str, Any]) -> None:
    """MisshapenError names the first field with a value that it cannot have."""
    checks = checks_of(kind)
    for name, value in values.items():
        if name in checks and not checks[name](value):
            msg = f"its {name} is {str(value)[:40]!r}"
            raise MisshapenError(msg)


def _check(hint: Any) -> _Check:  # noqa: ANN401 - a type, or what typing makes of several
    arguments = get_args(hint)
    if hint is Any or hint == Verdict:  # a verdict follows from the status, whatever the line says
        return lambda _value: True
    if get_origin(hint) in {Sequence, tuple}:
        return _each(_check(arguments[0]), (list, tuple))
    if get_origin(hint) is Mapping:
        return _each(_check(arguments[1]), (dict,))
    if arguments:
        either = [_check(each) for each in arguments]
        return lambda value: any(fits(value) for fits in either)
    return _CHECKS.get(hint) or (lambda value: isinstance(value, hint))


def _each(fits: _Check, holders: tuple[type[Any], ...]) -> _Check:
    def all_fit(value: Any) -> bool:  # noqa: ANN401 - it is what was read
        return isinstance(value, holders) and all(map(fits, value.values() if isinstance(value, dict) else value))

    return all_fit


def _is_below(file: Any) -> bool:  # noqa: ANN401 - it is what was read
    """Whether a file may lie in the folder of its run: reports show what it holds to whoever may read them."""
    if not isinstance(file, str):
        return file is None
    return file.isprintable() and not {"..", "/"}.intersection(PurePosixPath(file).parts)


_CHECKS: Final[Mapping[Any, _Check]] = {
    str: lambda value: isinstance(value, str),
    bool: lambda value: isinstance(value, bool),
    int: lambda value: isinstance(value, int) and not isinstance(value, bool),
    float: lambda value: isinstance(value, int | float) and not isinstance(value, bool) and -_MOST < value < _MOST,
    NoneType: lambda value: value is None,
}
