"""Environments: a system that is found, started for a run, or kept up for many; and the control process behind it.

The composition root of what the control process hosts; what a run opens beside it is composed in run.py.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from .core import PartUnavailable, new_run
from .data import Clearing
from .faults import Decisions
from .system import SystemClient, load, serve
from .telemetry import OtlpReceiver

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .system import Guest, SystemDescription


def find_or_start(description: SystemDescription, profile: str, run_id: str) -> SystemClient:
    """A lease of the system that is up, or of a new one that ends with the lease."""
    found = SystemClient.attach(description, profile=profile, run_id=run_id)
    if found is not None:
        say(f"Using the {description.name} system that is up ({profile}).")
        return found
    return SystemClient.start(
        description, profile=profile, run_id=run_id, argv=control_argv(), owned=True, progress=say
    )


def keep_up(path: Path, profile: str) -> Mapping[str, str]:
    """Have a system that stays up until it is stopped; the addresses of its parts. One that is up stays as it is."""
    description = load(path)
    client = SystemClient.attach(description, profile=profile, run_id=new_run().run_id) or SystemClient.start(
        description, profile=profile, run_id=new_run().run_id, argv=control_argv(), owned=False, progress=say
    )
    addresses = dict(client.addresses)
    client.close()
    return addresses


def find_kept(path: Path, profile: str) -> SystemClient | None:
    """A lease of the system that is kept up, if one is."""
    return SystemClient.attach(load(path), profile=profile, run_id=new_run().run_id)


def join(folder: Path, run_id: str) -> SystemClient:
    """A lease of its own, for a worker, of the system that the run has; PartUnavailable if that is gone."""
    client = SystemClient.join(folder, run_id=run_id)
    if client is None:
        raise PartUnavailable(folder.name, "the run's system is gone, and a worker was to use it.")
    return client


def control_argv() -> list[str]:
    """The command that becomes the control process; it works under whichever name this package is imported."""
    package = __package__ or "support"
    return [sys.executable, "-m", package, "control"]


def control(description: SystemDescription, profile: str, folder: Path, *, owned: bool) -> int:
    """Be the control process: own the servers, host what watches, disturbs and clears, and give leases."""
    guests: list[Guest] = [OtlpReceiver(), Decisions(), _clearing(description.under(profile))]
    return serve(description, profile=profile, folder=folder, guests=guests, owned=owned)


def _clearing(description: SystemDescription) -> Clearing:
    return Clearing(
        description.tenant_column, {part.name: part.databases for part in description.of_kind("postgresql")}
    )


def say(words: str) -> None:
    """Tell the user at once, apart from what behave prints, and also while it captures what a scenario prints."""
    print(words, file=sys.__stderr__ or sys.stderr, flush=True)
