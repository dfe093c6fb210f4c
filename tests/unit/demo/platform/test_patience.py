"""What a service waits for at its start, and what it tells at once."""

from __future__ import annotations

import asyncio

import pytest
import sqlalchemy as sa
from alembic.util import CommandError

from demo.storefront.platform.patience import StartError, wait_for_all


def test_what_passes_is_waited_for() -> None:
    """A dependency that is not there yet is no error."""
    tries = []

    async def attempt() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise ConnectionRefusedError

    asyncio.run(wait_for_all({"database": attempt}))
    assert len(tries) == 2


@pytest.mark.parametrize(
    "error",
    [
        TypeError("a mistake"),
        CommandError("a mistake"),
        sa.exc.ProgrammingError("select", {}, Exception("a mistake")),
    ],
)
def test_what_waiting_does_not_mend_is_told_at_once(error: Exception) -> None:
    """A mistake of ours, or in a migration, does not look like a dependency that is late."""

    async def attempt() -> None:
        raise error

    with pytest.raises(StartError, match=r"The database cannot be used, .* a mistake"):
        asyncio.run(wait_for_all({"database": attempt}))
