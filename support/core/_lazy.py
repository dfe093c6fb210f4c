"""Packages that import what they offer when it is asked for: who needs little of one does not wait for the rest."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def lazily(package: str, offered: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of a package; `offered` are the names (with spaces between) that each of its modules has.

    What they are is said to type checkers beside it, under `if TYPE_CHECKING`.
    """
    homes = {name: module for module, names in offered.items() for name in names.split()}

    def get(name: str) -> object:
        if name not in homes:
            msg = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(msg)
        found: object = getattr(import_module(f".{homes[name]}", package), name)
        setattr(sys.modules[package], name, found)  # from now on, nobody asks
        return found

    return get
