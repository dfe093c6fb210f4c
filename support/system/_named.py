"""Run a program for a user without an entry in the list of users: in a user namespace, where that user is `nobody`.

`python -m support.system._named PROGRAM ARGUMENT...`: PostgreSQL's initdb wants to know the name of whoever runs it.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLONE_NEWUSER: Final = 0x10000000


def prefix_if_nameless() -> tuple[str, ...]:
    """What to put before a command for a program that asks for our name; nothing if we have one."""
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        return sys.executable, "-m", f"{__package__}._named"
    return ()


def main(argv: Sequence[str]) -> None:
    """Enter the namespace and become the program."""
    user, group, nobody = os.geteuid(), os.getegid(), pwd.getpwnam("nobody")
    try:
        _enter_namespace()
        for name, text in {
            "setgroups": "deny",
            "uid_map": f"{nobody.pw_uid} {user} 1",
            "gid_map": f"{nobody.pw_gid} {group} 1",
        }.items():
            Path("/proc/self", name).write_text(text, encoding="ascii")
    except (OSError, AttributeError) as error:
        sys.exit(
            f"The user {user} has no name, which {Path(argv[0]).name} demands, and cannot be given one by a user "
            f"namespace here ({error}). Add a line for it to /etc/passwd, or run as another user."
        )
    os.execv(argv[0], list(argv))  # noqa: S606 - no shell is wanted


def _enter_namespace() -> None:
    if ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


if __name__ == "__main__":
    main(sys.argv[1:])
