"""Offering products, and finding one."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from demo.storefront.platform.lines import no_product
from demo.storefront.platform.problems import FieldError, Problem

from .reading import product_of, read_products, with_notice
from .stock import lock_products
from .tables import PRODUCT

if TYPE_CHECKING:
    from demo.storefront.platform.database import Database
    from demo.storefront.platform.shops import ShopProfile

    from .schemas import NewProduct, OfficeProduct
    from .shelf import Shelf


class Products:
    """What shops offer."""

    def __init__(self, database: Database, shelf: Shelf) -> None:
        """Keep the products in ``database``, and tell ``shelf`` of each change."""
        self._database, self._shelf = database, shelf

    def offer(self, shop: ShopProfile, sku: str, wanted: NewProduct) -> tuple[OfficeProduct, bool]:
        """Offer a product or change it; the second value tells whether it is new."""
        with self._database.transaction() as connection:
            is_new = _create(connection, shop.shop, sku, wanted)
            row = lock_products(connection, shop.shop, [sku], shop.now())[sku]
            stock = row["on_hand"] if wanted.stock is None else wanted.stock
            if stock < row["reserved"]:
                raise _stock_is_reserved(row)
            values = {**_offered(wanted), "on_hand": stock}
            connection.execute(sa.update(PRODUCT).filter_by(shop=shop.shop, sku=sku).values(values))
        self._shelf.changed(shop.shop)
        return with_notice(product_of({**row, **values}), shop), is_new

    def find(self, shop: ShopProfile, sku: str) -> OfficeProduct:
        """Return a product; raise a 404 problem where the shop does not offer it."""
        with self._database.transaction() as connection:
            found = read_products(connection, shop.shop, shop.now(), PRODUCT.c.sku == sku)
        if not found:
            raise Problem(HTTPStatus.NOT_FOUND, "unknown-product", no_product(sku))
        return with_notice(found[0], shop)


def _create(connection: sa.Connection, shop: str, sku: str, wanted: NewProduct) -> bool:
    """Store a product that has no pieces yet, unless it is there: whoever comes next has a row to lock."""
    row = insert(PRODUCT).values(shop=shop, sku=sku, on_hand=0, reserved=0, **_offered(wanted))
    created = row.on_conflict_do_nothing().returning(PRODUCT.c.sku)
    return connection.execute(created).scalar_one_or_none() is not None


def _offered(wanted: NewProduct) -> dict[str, str | int]:
    price = wanted.price.money
    return {"name": wanted.name, "price_minor": price.minor, "currency": price.currency}


def _stock_is_reserved(row: sa.RowMapping) -> Problem:
    detail = f"{row['reserved']} of {row['name']} {'is' if row['reserved'] == 1 else 'are'} on hold for customers."
    errors = [FieldError(detail=f"{detail} Enter at least {row['reserved']}.", pointer="#/stock")]
    return Problem(HTTPStatus.CONFLICT, "stock-is-reserved", errors[0].detail, errors)
