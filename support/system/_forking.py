"""The process that services are forked from: `python -m support.system._forking LENGTH MODULE...` imports once for all.

It is asked on its standard input, a socket, in lines of JSON (see `_births`). Each service is forked twice: its maker
ends at once, so that the control process, a subreaper, becomes its parent, as of any other part. It has then the
environment, arguments, folder, log, session and command line that it would have if it had been started plainly.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import runpy
import signal
import socket
import sys
from pathlib import Path
from typing import Any, Final

READY: Final = b"ready\n"
_PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None, use_errno=True)


def wait_for_births(modules: list[str]) -> dict[str, Any]:
    """Import, then fork; this returns in every child, with what that shall be, and ends with whoever asks."""
    line, control = socket.socket(fileno=os.dup(0)), os.getppid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    for module in modules:
        importlib.import_module(module)
        if len(list(Path("/proc/self/task").iterdir())) > 1:
            sys.exit(f"importing {module!r} starts a thread, which no fork would have: it cannot be preloaded")
    gc.collect()
    gc.freeze()
    line.sendall(READY)
    for asked in line.makefile("rb"):
        maker = os.fork()
        if not maker:
            maker = os.getpid()
            if os.fork():
                os._exit(0)
            _be_a_child_of(control, maker)
            line.sendall(b"%d\n" % os.getpid())
            os.close(line.detach())
            return dict(json.loads(asked))
        os.waitpid(maker, 0)
    sys.exit()


def _be_a_child_of(control: int, maker: int) -> None:
    """Wait until the maker has ended and we were adopted; die with who adopted us, as every part does."""
    while os.getppid() == maker:
        os.sched_yield()
    _LIBC.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != control:
        os._exit(1)


def begin(birth: dict[str, Any]) -> None:
    """Become what was asked for."""
    os.setsid()
    os.chdir(birth["folder"])
    log = os.open(birth["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for number in (1, 2):
        os.dup2(log, number)
    os.close(log)
    os.environ.clear()
    os.environ.update(birth["environment"])
    _show(birth["argv"])
    sys.argv[:] = birth["argv"][2:]
    sys.path[0] = birth["folder"]
    runpy.run_module(birth["argv"][2], run_name="__main__", alter_sys=True)


def _show(argv: list[str]) -> None:
    """Let the lists of processes show that command line: it is written over ours, which is as long as it must be."""
    start, end = map(int, Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[45:47])
    words = b"\0".join(word.encode() for word in argv)[: end - start - 1]
    if start:
        ctypes.memmove(start, words.ljust(end - start, b"\0"), end - start)


if __name__ == "__main__":
    begin(wait_for_births(sys.argv[2:]))
