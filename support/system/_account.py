"""The account that a server runs as which refuses to run as root."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..core import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

_CANDIDATES: Final = ("postgres", "nobody", "daemon")


@dataclass(frozen=True, slots=True)
class Account:
    """An existing account without privileges."""

    name: str
    uid: int
    gid: int


def unprivileged() -> Account | None:
    """None for an ordinary user; as root, an account that exists everywhere."""
    if os.geteuid() != 0:
        return None
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    msg = f"PostgreSQL refuses to run as root, and there is no account {' or '.join(_CANDIDATES)}. Run as another user."
    raise ConfigurationError(msg)


def is_open_to_others(path: Path) -> bool:
    """Whether other accounts can reach the path: every folder on the way lets them through."""
    return all(folder.stat().st_mode & 0o001 for folder in (path.resolve(), *path.resolve().parents))
