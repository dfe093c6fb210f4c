"""On what a run ran: the machine, and the versions of what matters."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def machine() -> str:
    """The operating system and the processor."""
    return f"{platform.system()} {platform.machine()}"


def versions(**ours: str) -> Mapping[str, str]:
    """Versions by name: those given, Python's, and those of the installed libraries that a verdict may depend on."""
    libraries = ("behave", "playwright", "requests", "sqlalchemy")
    return {**ours, "python": platform.python_version()} | {name: metadata.version(name) for name in libraries}
