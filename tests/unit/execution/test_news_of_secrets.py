"""What a worker tells of secrets, while threads of its steps learn more of them."""

from __future__ import annotations

import sys
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from support.core import Redactor
from support.staff import RunStaff

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def often() -> Iterator[None]:
    """Threads take turns as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("often")
def test_a_secret_that_is_learnt_meanwhile_is_told_the_next_time() -> None:
    """Each is told once, and none breaks off the telling."""
    run: Any = SimpleNamespace(redactor=Redactor(), record=SimpleNamespace(drain=dict), stopped="")
    staff, told = RunStaff(run), list[str]()
    learning = threading.Thread(target=lambda: [run.redactor.add(f"secret-{number:05}") for number in range(1000)])
    learning.start()
    while learning.is_alive():
        told += staff.worker_news()["secrets"]
    told += staff.worker_news()["secrets"]
    assert sorted(told) == [f"secret-{number:05}" for number in range(1000)]
