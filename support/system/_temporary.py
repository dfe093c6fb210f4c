"""Where those who use a system write what is not to outlive their lease, however that ends."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from ..core import RehearsalError, wait_until
from ._leftovers import end_users

_NAME: Final = "tmp"
_GONE_WITHIN: Final = 5.0


class Temporary:
    """A folder for each lease of a system.

    They lie among the temporary files, since the system's own folder may be in memory, and by a short path, since
    browsers make sockets in there: the system's folder has a link to them, by which `temporary_of` finds them.
    """

    def __init__(self, folder: Path) -> None:
        self._all = Path(tempfile.gettempdir()) / f"rehearsal-{secrets.token_hex(5)}"
        (folder / _NAME).symlink_to(self._all)  # first: whoever is killed in between leaves nothing that nobody finds
        self._all.mkdir(mode=0o700)

    def make(self, lease_id: str) -> Path:
        """That of a lease which begins."""
        made = self._all / lease_id
        made.mkdir(mode=0o700)
        return made

    def remove(self, lease_id: str) -> None:
        """That of a lease which has ended; what still cannot be removed goes with the system."""
        remove_temporary(self._all / lease_id)


def temporary_of(folder: Path) -> Path:
    """The temporary files of the system of that folder; they need not exist."""
    return (folder / _NAME).resolve()


def remove_temporary(folder: Path) -> bool:
    """End whoever still writes there, as a browser does for a while whose run was killed; whether it is gone then."""
    if folder.is_dir():
        end_users(folder)
    return remove_folder(folder)


def remove_folder(folder: Path) -> bool:
    """Remove it, not at the first try if a dying process still writes there; whether it is gone."""
    with suppress(RehearsalError):
        return wait_until(lambda: _removed(folder), limit=_GONE_WITHIN, what=f"{folder} is gone")
    return False


def _removed(folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()
