"""Whatever is wrong around and beneath a run is one clear message and an exit status, or no trouble at all."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from .conftest import FEATURE, ROOT, RUN, STORE, SYSTEM, apart, can_mount, is_told, run, suite

if TYPE_CHECKING:
    from pathlib import Path

needs_mounts = pytest.mark.skipif(not can_mount(), reason="mounts of our own need root")


def test_a_port_that_is_taken_is_told_by_the_part_that_wanted_it(tmp_path: Path) -> None:
    """A service that insists on a port which somebody has is named, with what it said."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        suite(tmp_path, {"system.toml": SYSTEM.replace("{port}", str(port))})
        is_told(run(tmp_path, RUN), "front: exited with status 1.", "Address already in use")


@needs_mounts
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """Where the record cannot be written, the path and the reason are told."""
    suite(tmp_path, {})
    (tmp_path / "full").mkdir()
    full = apart(f"mount -t tmpfs -o size=64k tmpfs {tmp_path}/full; head -c 64k /dev/zero > {tmp_path}/full/x")
    is_told(
        run(tmp_path, (*RUN, "-D", "reports=full/r"), full), "record.jsonl cannot be written: No space left on device"
    )


def test_a_disk_that_fills_up_in_mid_run_is_told(tmp_path: Path) -> None:
    """A record that cannot go on ends the run with a reason, and what was written stays readable."""
    many = FEATURE + "".join(f"  Scenario: S{number}\n    Given all is well\n" for number in range(40))
    suite(tmp_path, {"features/a.feature": many})
    command = [sys.executable, *RUN]
    result = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (16000, 16000)),
    )  # fmt: skip
    is_told(result, "record.jsonl cannot be written: File too large. Make room there")


@needs_mounts
def test_a_read_only_checkout_has_its_reports_elsewhere(tmp_path: Path) -> None:
    """The run passes, and says where its reports went; a folder that was asked for is never replaced."""
    suite(tmp_path, {})
    frozen = apart(f"mount --bind {tmp_path} {tmp_path}; mount -o remount,ro,bind {tmp_path}; cd {tmp_path}")
    result = run(tmp_path, RUN, frozen)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "cannot be written to, so the reports go to " in result.stderr
    asked = run(tmp_path, (*RUN, "-D", "reports=here"), frozen)
    is_told(asked, "here/", "cannot be written: Read-only file system")


@needs_mounts
@pytest.mark.parametrize("options", ["size=1m", "ro"], ids=["tiny", "none"])
def test_shared_memory_is_not_needed(tmp_path: Path, options: str) -> None:
    """With a tiny or unusable /dev/shm, as containers have it, a system with a database starts all the same."""
    suite(tmp_path, {"system.toml": SYSTEM + STORE})
    result = run(tmp_path, RUN, apart(f"mount -t tmpfs -o {options} tmpfs /dev/shm"))
    assert result.returncode == 0, result.stdout + result.stderr
