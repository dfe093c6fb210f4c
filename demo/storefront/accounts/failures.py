"""The tallies of wrong passwords, one row for each address that was tried, known or not."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from .lockout import Tally
from .tables import SIGN_IN_FAILURE

if TYPE_CHECKING:
    from datetime import datetime

CLEARED_AT_ONCE = 10


def read_tally(connection: sa.Connection, shop: str, email: str) -> Tally:
    """Return the tally of an address as it is at this moment; others may be changing it."""
    query = sa.select(SIGN_IN_FAILURE).filter_by(**_key(shop, email))
    row = connection.execute(query).mappings().one_or_none()
    return _tally(row) if row else Tally()


def claim_tally(connection: sa.Connection, shop: str, email: str, now: datetime) -> Tally:
    """Return the tally of an address; until the transaction ends nobody else has it."""
    row = insert(SIGN_IN_FAILURE).values(**_key(shop, email), failed_at=[], outdated_at=now)
    # An update that changes nothing locks a row that is there and returns what its last owner left.
    claim = row.on_conflict_do_update(index_elements=["shop", "address_digest"], set_={"shop": row.excluded.shop})
    returned = claim.returning(SIGN_IN_FAILURE.c.failed_at, SIGN_IN_FAILURE.c.locked_until)
    return _tally(connection.execute(returned).mappings().one())


def keep_tally(connection: sa.Connection, shop: str, email: str, tally: Tally) -> None:
    """Keep a claimed tally."""
    values = {
        "failed_at": list(tally.failed_at),
        "locked_until": tally.locked_until,
        "outdated_at": tally.outdated_at,
    }
    connection.execute(sa.update(SIGN_IN_FAILURE).filter_by(**_key(shop, email)).values(values))


def drop_tally(connection: sa.Connection, shop: str, email: str) -> None:
    """Forget a claimed tally."""
    connection.execute(sa.delete(SIGN_IN_FAILURE).filter_by(**_key(shop, email)))


def clear_outdated(connection: sa.Connection, shop: str, now: datetime) -> None:
    """Forget some tallies that no longer matter, so that guessing at addresses does not fill the table for good."""
    table = SIGN_IN_FAILURE
    outdated = sa.select(table.c.address_digest).where(table.c.shop == shop, table.c.outdated_at <= now)
    # Those that somebody has claimed are left alone: whoever waits for nothing takes part in no deadlock.
    unclaimed = outdated.limit(CLEARED_AT_ONCE).with_for_update(skip_locked=True)
    connection.execute(sa.delete(table).where(table.c.shop == shop, table.c.address_digest.in_(unclaimed)))


def _key(shop: str, email: str) -> dict[str, str]:
    return {"shop": shop, "address_digest": hashlib.sha256(email.encode()).hexdigest()}


def _tally(row: sa.RowMapping) -> Tally:
    return Tally(tuple(row["failed_at"]), row["locked_until"])
