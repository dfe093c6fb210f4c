"""What runs leave: looked for in places of their own, and in a system of their own that stays up meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text

from support.core import RehearsalError, wait_until
from support.data._clearing import _tables
from support.environments import find_kept
from support.system import load, status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.system import SystemClient

DESCRIPTION = Path("system.toml")
PROFILE = "embedded"


class Left:
    """Temporary and runtime directory of runs, and the system that they use."""

    def __init__(self, folder: Path) -> None:
        self._places = folder / "tmp", folder / "run"
        for each in self._places:
            each.mkdir(mode=0o700)
        os.environ.update(TMPDIR=str(self._places[0]), XDG_RUNTIME_DIR=str(self._places[1]))
        self._before = set[str]()

    @contextmanager
    def system(self) -> Iterator[None]:
        """Keep it up."""
        command = [sys.executable, "-m", "support"]
        subprocess.run([*command, "up"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._before = set(self.files())
        try:
            yield
        finally:
            subprocess.run([*command, "down"], check=True, stdout=subprocess.DEVNULL)

    def of_runs(self) -> list[str]:
        """Files, leases, accidents and rows that are there though no run is, when whoever clears has had time to."""
        try:
            wait_until(lambda: not self._now(), limit=10, what="nothing is left")
        except RehearsalError:
            return self._now()
        return []

    def files(self) -> list[str]:
        """Files that were not there when the system came, or at all if none is kept up."""
        systems = self._places[1] / "rehearsal"
        folders = [folder for place in self._places for folder in (place, *place.glob("rehearsal*"))]
        found = {str(path) for folder in folders for path in folder.iterdir()}
        return sorted(found - self._before - {str(systems), str(systems / ".lock")})

    def _now(self) -> list[str]:
        state = status(load(DESCRIPTION), PROFILE)
        leases = [f"lease of {run}" for run in state.runs] if state else ["no system"]
        files, client = self.files(), find_kept(DESCRIPTION, PROFILE)  # in this order: its lease has files, too
        if client is None:
            return leases
        with closing(client):
            accidents = [f"accident {rule}" for rule in client.call("decisions.list")]
            return [*files, *leases, *accidents, *_rows(client)]


def _rows(client: SystemClient) -> list[str]:
    """Tables in which tenants have rows, as nobody but scenarios makes tenants with such keys."""
    description = load(DESCRIPTION).under(PROFILE)
    found = []
    for part in description.of_kind("postgresql"):
        for name in part.databases:
            engine = create_engine(
                f"{client.addresses[part.name]}/{name}".replace("postgresql:", "postgresql+psycopg:")
            )
            with engine.connect() as connection:
                for table in _tables(connection, description.tenant_column):
                    rows = connection.execute(
                        text(f"SELECT count(*) FROM {table} WHERE {description.tenant_column} ~ '^[a-z0-9]{{8}}-'")
                    ).scalar_one()
                    found += [f"{rows} rows in {name}.{table}"] if rows else []
            engine.dispose()
    return found
