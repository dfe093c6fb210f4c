"""At its start a service waits for what it depends on, so that the order of starting does not matter."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import psycopg
import sqlalchemy as sa
import structlog
from alembic.util import CommandError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    Attempt = Callable[[], Awaitable[None]]

PATIENCE = 30.0
RETRY_EVERY = 0.03
# What no waiting mends: a mistake in a migration, in SQL, or in the service itself.
MISTAKES = (
    CommandError,
    sa.exc.ArgumentError,
    sa.exc.ProgrammingError,
    psycopg.ProgrammingError,
    AssertionError,
    AttributeError,
    ImportError,
    NameError,
    SyntaxError,
    TypeError,
)
log = structlog.get_logger()


class StartError(Exception):
    """A dependency did not answer within the patience of a start, or waiting for it is of no use."""


async def wait_for_all(attempts: Mapping[str, Attempt], patience: float = PATIENCE) -> None:
    """Try each of ``attempts`` until it succeeds; raise StartError after ``patience`` seconds, or at once."""
    await asyncio.gather(*(_wait_for(name, attempt, patience) for name, attempt in attempts.items()))


async def _wait_for(name: str, attempt: Attempt, patience: float) -> None:
    began, tries = time.monotonic(), 0
    while True:
        tries += 1
        try:
            return await attempt()
        except MISTAKES as error:
            msg = f"The {name} cannot be used, and waiting does not mend that: {type(error).__name__}: {reason(error)}."
            raise StartError(msg) from error
        except Exception as error:  # whatever it is, it may pass
            if tries == 1:
                log.info("dependency.awaited", dependency=name, reason=reason(error))
            if time.monotonic() - began > patience:
                msg = f"The {name} did not answer within {patience:g} s ({tries} tries): {reason(error)}."
                raise StartError(msg) from error
        await asyncio.sleep(RETRY_EVERY)


def reason(error: BaseException) -> str:
    """Return what went wrong in one line."""
    if isinstance(error, TimeoutError) and not str(error):
        return "no answer in time"
    if isinstance(error, ConnectionRefusedError):
        return "connection refused"
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__
