"""Baskets: what a customer has gathered, at the prices of now."""

from __future__ import annotations

import asyncio
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from demo.storefront.platform.lines import MOST_PIECES, good_lines, no_product
from demo.storefront.platform.money import Money, Price
from demo.storefront.platform.problems import FieldError, invalid

from .rules import basket_is_full
from .schemas import Basket, BasketLine, Line
from .stored import PricedLine, StoredLine
from .tables import BASKET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from demo.storefront.platform.database import Database

    from .schemas import NewOrder
    from .stock import Product, Stock


NOTHING = sa.literal(0)


class Baskets:
    """Keeps the baskets of all customers."""

    def __init__(self, database: Database, stock: Stock) -> None:
        """Keep them in ``database``; names and prices are those of ``stock``."""
        self._database, self._stock = database, stock

    async def show(self, shop: str, customer_id: str) -> Basket:
        """Return a customer's basket."""
        rows = await asyncio.to_thread(self._stored, shop, customer_id)
        offered = await self._stock.products(shop) if rows else {}
        lines = [_line(row, offered[row["sku"]]) for row in rows if row["sku"] in offered]
        return Basket(lines=lines, total=in_total(lines))

    async def put(self, shop: str, customer_id: str, sku: str, quantity: int) -> Basket:
        """Have so many pieces of a product in the basket; raise a 422 problem where there is no such product."""
        product = await self._offered(shop, sku)
        await asyncio.to_thread(self._put, shop, customer_id, product, quantity)
        return await self.show(shop, customer_id)

    async def add(self, shop: str, customer_id: str, sku: str, quantity: int) -> Basket:
        """Have so many pieces more in the basket; raise a 422 problem where those would be too many."""
        product = await self._offered(shop, sku)
        await asyncio.to_thread(self._put, shop, customer_id, product, quantity, besides=BASKET.c.quantity)
        return await self.show(shop, customer_id)

    async def remove(self, shop: str, customer_id: str, sku: str) -> Basket:
        """Take a product out of the basket, if it is there."""
        await asyncio.to_thread(self._remove, shop, customer_id, sku)
        return await self.show(shop, customer_id)

    def _stored(self, shop: str, customer_id: str) -> Sequence[sa.RowMapping]:
        with self._database.transaction() as connection:
            return stored_lines(connection, shop, customer_id)

    async def _offered(self, shop: str, sku: str) -> Product:
        product = (await self._stock.products(shop)).get(sku)
        if product is None:
            raise invalid([FieldError(detail=no_product(sku), pointer="#/sku")])
        return product

    def _put(
        self,
        shop: str,
        customer_id: str,
        product: Product,
        quantity: int,
        besides: sa.ColumnElement[int] = NOTHING,
    ) -> None:
        """A line that is there keeps its place, and the price at which it was added."""
        price = product.price.money
        values = {"quantity": quantity, "price_minor": price.minor, "currency": price.currency}
        line = insert(BASKET).values(shop=shop, customer_id=customer_id, sku=product.sku, **values)
        key = [BASKET.c.shop, BASKET.c.customer_id, BASKET.c.sku]
        then = besides + quantity
        line = line.on_conflict_do_update(index_elements=key, set_={"quantity": then}, where=then <= MOST_PIECES)
        with self._database.transaction() as connection:
            is_stored = connection.execute(line.returning(BASKET.c.sku)).scalar_one_or_none() is not None
            rows = stored_lines(connection, shop, customer_id)
            if not is_stored:
                held = next(row["quantity"] for row in rows if row["sku"] == product.sku)
                raise invalid([FieldError(detail=basket_is_full(product.name, held), pointer="#/quantity")])
            _limited(rows)

    def _remove(self, shop: str, customer_id: str, sku: str) -> None:
        with self._database.transaction() as connection:
            connection.execute(sa.delete(BASKET).filter_by(shop=shop, customer_id=customer_id, sku=sku))


def wanted_lines(connection: sa.Connection, shop: str, customer_id: str, wanted: NewOrder) -> Sequence[StoredLine]:
    """Return the lines of an order, or else those of the basket; raise a 422 problem where that is empty."""
    if wanted.lines is not None:
        return [StoredLine(line.sku, line.quantity) for line in wanted.lines]
    rows = stored_lines(connection, shop, customer_id)
    if not rows:
        raise invalid([FieldError(detail="Your basket is empty.", pointer="#/lines")])
    return [StoredLine(row["sku"], row["quantity"]) for row in rows]


def stored_lines(connection: sa.Connection, shop: str, customer_id: str) -> Sequence[sa.RowMapping]:
    """Return a basket's rows, in the order in which they were added."""
    mine = sa.select(BASKET).filter_by(shop=shop, customer_id=customer_id)
    return connection.execute(mine.order_by(BASKET.c.position)).mappings().all()


def _limited(rows: Sequence[sa.RowMapping]) -> None:
    try:
        good_lines(rows)
    except ValueError as error:
        raise invalid([FieldError(detail=str(error), pointer="#/sku")]) from error


def _line(row: sa.RowMapping, product: Product) -> BasketLine:
    price, was = product.price.money, Money(row["price_minor"], row["currency"])
    line = Line.of(PricedLine(product.sku, row["quantity"], product.name, price))
    return BasketLine(**dict(line), price_was=Price.of(was) if was != price else None)


def in_total(lines: Sequence[BasketLine]) -> Price | None:
    """Return the sum of the lines; none where there is none, or the currencies differ."""
    totals = [line.line_total.money for line in lines]
    if len({total.currency for total in totals}) != 1:
        return None
    return Price.of(reduce(add, totals))
