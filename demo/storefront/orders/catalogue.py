"""What each shop offers; the list is read through the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog
from pydantic import TypeAdapter
from sqlalchemy.dialects.postgresql import insert

from demo.storefront.platform.cache import CacheError
from demo.storefront.platform.money import Money

from .schemas import NewProduct, Price, Product
from .tables import PRODUCT

if TYPE_CHECKING:
    from demo.storefront.platform.cache import Cache
    from demo.storefront.platform.database import Database

KEEP_SECONDS = 60
_LIST = TypeAdapter(list[Product])
log = structlog.get_logger()


class Catalogue:
    """Offers products and lists them; it works without the cache, only slower."""

    def __init__(self, database: Database, cache: Cache) -> None:
        """Keep the products in ``database`` and their lists in ``cache``."""
        self._database, self._cache = database, cache

    def offer(self, shop: str, sku: str, product: NewProduct) -> tuple[Product, bool]:
        """Offer a product or change it; the second value tells whether it is new."""
        price = product.price.money
        values = {"name": product.name, "price_minor": price.minor, "currency": price.currency}
        row = insert(PRODUCT).values(shop=shop, sku=sku, **values)
        change = row.on_conflict_do_update(index_elements=[PRODUCT.c.shop, PRODUCT.c.sku], set_=values)
        is_new: sa.ColumnElement[bool] = sa.literal_column("xmax = 0", sa.Boolean)  # nothing was overwritten
        with self._database.transaction() as connection:
            created = connection.execute(change.returning(is_new)).scalar_one()
        self._forget(shop)
        return Product(sku=sku, name=product.name, price=Price.of(price)), created

    def products(self, shop: str) -> list[Product]:
        """Return what a shop offers, by name; at most a minute old."""
        try:
            return self._kept(shop) or self._keep(shop, self._stored(shop))
        except CacheError as error:
            log.warning("cache.bypassed", reason=str(error))
            return self._stored(shop)

    def _stored(self, shop: str) -> list[Product]:
        offered = sa.select(PRODUCT).where(PRODUCT.c.shop == shop).order_by(PRODUCT.c.name, PRODUCT.c.sku)
        with self._database.transaction() as connection:
            rows = connection.execute(offered).mappings().all()
        return [
            Product(sku=row["sku"], name=row["name"], price=Price.of(Money(row["price_minor"], row["currency"])))
            for row in rows
        ]

    def _kept(self, shop: str) -> list[Product] | None:
        text = self._cache.read(_key(shop))
        return _LIST.validate_json(text) if text is not None else None

    def _keep(self, shop: str, products: list[Product]) -> list[Product]:
        self._cache.write(_key(shop), _LIST.dump_json(products).decode(), KEEP_SECONDS)
        return products

    def _forget(self, shop: str) -> None:
        try:
            self._cache.forget(_key(shop))
        except CacheError as error:
            log.warning("cache.stale", reason=str(error), at_most_seconds=KEEP_SECONDS)


def _key(shop: str) -> str:
    return f"orders:products:{shop}"
