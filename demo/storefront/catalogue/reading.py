"""Reading products, with what is left of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from demo.storefront.platform.flags import LOW_STOCK_NOTICE
from demo.storefront.platform.money import Money, Price

from .rules import notice
from .schemas import OfficeProduct
from .stock import has_run_out, of_reservation
from .tables import LINE, PRODUCT, RESERVATION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from demo.storefront.platform.shops import ShopProfile


def read_products(
    connection: sa.Connection, shop: str, now: datetime, *which: sa.ColumnElement[bool]
) -> list[OfficeProduct]:
    """Return products by name; what nobody holds any more at ``now`` counts as available."""
    ran_out = _pieces_that_ran_out(shop, now).subquery()
    offered = (
        sa.select(PRODUCT, sa.func.coalesce(ran_out.c.pieces, 0).label("ran_out"))
        .outerjoin(ran_out, ran_out.c.sku == PRODUCT.c.sku)
        .where(PRODUCT.c.shop == shop, *which)
        .order_by(PRODUCT.c.name, PRODUCT.c.sku)
    )
    return [product_of(row, int(row["ran_out"])) for row in connection.execute(offered).mappings()]


def with_notice(product: OfficeProduct, shop: ShopProfile) -> OfficeProduct:
    """Return the product as it stands on the shelf of its shop."""
    text = notice(product.available, tells_of_few=shop.has(LOW_STOCK_NOTICE))
    return product.model_copy(update={"notice": text})


def product_of(row: sa.RowMapping | Mapping[str, Any], ran_out: int = 0) -> OfficeProduct:
    """Return the product of a row, of whose reserved pieces so many are held by nobody any more."""
    return OfficeProduct(
        sku=row["sku"],
        name=row["name"],
        price=Price.of(Money(row["price_minor"], row["currency"])),
        stock=row["on_hand"],
        available=row["on_hand"] - row["reserved"] + ran_out,
    )


def _pieces_that_ran_out(shop: str, now: datetime) -> sa.Select[tuple[str, int]]:
    pieces = sa.select(LINE.c.sku, sa.func.sum(LINE.c.quantity).label("pieces"))
    return pieces.join(RESERVATION, of_reservation(LINE)).where(has_run_out(shop, now)).group_by(LINE.c.sku)
