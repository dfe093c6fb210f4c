"""Where this user keeps what is made once and used again."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def user_caches() -> Path:
    """The platform's folder for this user's caches, or where that cannot be written to one among the temporary files.

    It need not exist yet. XDG_CACHE_HOME names another on any platform.
    """
    folder = _expected()
    if folder is not None and _can_be_written_to(folder):
        return folder
    from tempfile import gettempdir

    return Path(gettempdir()) / f"caches-of-{os.getuid()}"


def _expected() -> Path | None:
    """What is named, or lies in the user's home; None if there is no home."""
    if given := os.environ.get("XDG_CACHE_HOME"):
        return Path(given)
    try:
        home = Path.home()
    except RuntimeError:  # neither HOME nor an entry in the list of users
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") if os.access(home, os.F_OK) else None


def _can_be_written_to(folder: Path) -> bool:
    nearest = next(each for each in (folder, *folder.absolute().parents) if os.access(each, os.F_OK))
    return os.access(nearest, os.W_OK)
