"""The shops of the platform."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from demo.storefront.platform.problems import Problem

from .schemas import Shop
from .tables import SHOP

if TYPE_CHECKING:
    from demo.storefront.platform.database import Database


class Shops:
    """Opens shops and finds them."""

    def __init__(self, database: Database) -> None:
        """Keep the shops in ``database``."""
        self._database = database

    def open(self, shop: str, name: str) -> tuple[Shop, bool]:
        """Open a shop or rename it; the second value tells whether it is new."""
        rename = insert(SHOP).on_conflict_do_update(index_elements=[SHOP.c.shop], set_={"name": name})
        is_new: sa.ColumnElement[bool] = sa.literal_column("xmax = 0", sa.Boolean)  # nothing was overwritten
        with self._database.transaction() as connection:
            created = connection.execute(rename.values(shop=shop, name=name).returning(is_new)).scalar_one()
        return Shop(shop=shop, name=name), created

    def find(self, shop: str) -> Shop:
        """Return a shop; raise a 404 problem where it is not open."""
        with self._database.transaction() as connection:
            name = connection.execute(sa.select(SHOP.c.name).where(SHOP.c.shop == shop)).scalar_one_or_none()
        if name is None:
            raise Problem(HTTPStatus.NOT_FOUND, "unknown-shop", f"There is no shop {shop!r}.")
        return Shop(shop=shop, name=name)
