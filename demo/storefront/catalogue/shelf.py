"""The shelf: the list of a shop's products, read through the cache.

What is guaranteed. A kept list carries the *edition* that was current before it was read, and is used only while that
is current still; a writer replaces the edition after its commit. So whoever asks after that sees the change: a slow
reader that read before the commit keeps its list under the old edition, where nobody takes it for the new. A kept list
also carries the span of the shop's clock in which it is right: from its reading to the moment at which the next hold
runs out. Where a writer cannot reach the cache, or dies between its commit and the new edition, a list is wrong for at
most KEEP_SECONDS. Without the cache each list is read from the database.
"""

from __future__ import annotations

import uuid
from datetime import datetime  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog
from pydantic import BaseModel

from demo.storefront.platform.cache import CacheError

from .reading import read_products, with_notice
from .schemas import OfficeProduct  # noqa: TC001 - pydantic reads it
from .tables import RESERVATION

if TYPE_CHECKING:
    from demo.storefront.platform.cache import Cache
    from demo.storefront.platform.database import Database
    from demo.storefront.platform.shops import ShopProfile

KEEP_SECONDS = 60
KEEP_EDITION_SECONDS = 24 * 3600  # an edition outlives every list of it, so that none can come back
log = structlog.get_logger()


class KeptList(BaseModel):
    """A list of products as it is kept."""

    edition: str | None
    since: datetime
    until: datetime | None
    products: list[OfficeProduct]

    def is_right(self, edition: str | None, now: datetime) -> bool:
        """Tell whether nothing changed since it was read, and no hold ran out."""
        return self.edition == edition and self.since <= now and (self.until is None or now < self.until)


class Shelf:
    """Lists what shops offer; it works without the cache, only slower."""

    def __init__(self, database: Database, cache: Cache) -> None:
        """Read from ``database``, and keep lists in ``cache``."""
        self._database, self._cache = database, cache

    def products(self, shop: ShopProfile) -> list[OfficeProduct]:
        """Return what a shop offers, by name."""
        now = shop.now()
        try:
            listed = self._listed(shop.shop, now)
        except CacheError as error:
            log.warning("cache.bypassed", reason=str(error))
            listed = self._read(shop.shop, None, now)
        return [with_notice(product, shop) for product in listed.products]

    def changed(self, shop: str) -> None:
        """Let no list be used any more that was read before now; call it after each commit."""
        try:
            self._cache.write(_edition_key(shop), uuid.uuid4().hex, KEEP_EDITION_SECONDS)
        except CacheError as error:
            log.warning("cache.stale", reason=str(error), at_most_seconds=KEEP_SECONDS)

    def _listed(self, shop: str, now: datetime) -> KeptList:
        edition = self._cache.read(_edition_key(shop))  # before the list is read, and never after
        text = self._cache.read(_list_key(shop))
        kept = KeptList.model_validate_json(text) if text is not None else None
        if kept is None or not kept.is_right(edition, now):
            kept = self._read(shop, edition, now)
            self._cache.write(_list_key(shop), kept.model_dump_json(), KEEP_SECONDS)
        return kept

    def _read(self, shop: str, edition: str | None, now: datetime) -> KeptList:
        held = sa.and_(RESERVATION.c.shop == shop, RESERVATION.c.status == "held", RESERVATION.c.expires_at > now)
        with self._database.transaction() as connection:
            next_to_run_out = connection.execute(sa.select(sa.func.min(RESERVATION.c.expires_at)).where(held)).scalar()
            products = read_products(connection, shop, now)
        return KeptList(edition=edition, since=now, until=next_to_run_out, products=products)


def _edition_key(shop: str) -> str:
    return f"catalogue:edition:{shop}"


def _list_key(shop: str) -> str:
    return f"catalogue:products:{shop}"
