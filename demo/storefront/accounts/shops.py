"""The shops of the platform; each change is also told to the other services, through the cache."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, insert

from demo.storefront.platform.cache import CacheError
from demo.storefront.platform.database import UnconfirmedError
from demo.storefront.platform.flags import FLAGS
from demo.storefront.platform.logs import remember
from demo.storefront.platform.shops import KEEP_SECONDS, ShopClock, ShopProfile, profile_key, unknown_shop
from demo.storefront.platform.tenancy import Shop  # noqa: TC001 - FastAPI reads it

from .tables import SHOP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from demo.storefront.platform.cache import Cache
    from demo.storefront.platform.database import Database

    from .schemas import NewShop

TIME_ZONE = "Europe/London"
REAL_TIME = ShopClock()


class Shops:
    """Opens shops, finds them, and changes what they are."""

    def __init__(self, database: Database, cache: Cache) -> None:
        """Keep the shops in ``database`` and tell the other services through ``cache``."""
        self._database, self._cache = database, cache

    def find(self, shop: Shop) -> ShopProfile:
        """Return a shop; raise a 404 problem where it is not open."""
        with self._database.transaction() as connection:
            row = connection.execute(sa.select(SHOP).where(SHOP.c.shop == shop)).mappings().one_or_none()
        if row is None:
            raise unknown_shop(shop)
        profile = _profile(row)
        remember(flags=profile.features())
        return profile

    def open(self, shop: str, wanted: NewShop) -> tuple[ShopProfile, bool]:
        """Open a shop or change its name and, where one is given, its time zone; tell whether it is new."""
        new = {"time_zone": TIME_ZONE, "flags": {}, "clock_ahead_seconds": 0.0}
        given = wanted.model_dump(exclude_none=True)
        row = insert(SHOP).values(shop=shop, **(new | given))
        change = row.on_conflict_do_update(index_elements=[SHOP.c.shop], set_=given)
        is_new: sa.ColumnElement[bool] = sa.literal_column("xmax = 0", sa.Boolean)  # nothing was overwritten
        created = self._change(shop, change.returning(is_new))
        return self._tell(shop), bool(created)

    def switch(self, shop: str, flag: str, *, on: bool) -> ShopProfile:
        """Switch a feature of a shop; simultaneous switches of others are not lost."""
        flags = SHOP.c.flags.concat(sa.literal({flag: on}, JSONB))
        return self._update(shop, {"flags": flags})

    def turn_clock(self, shop: str, clock: ShopClock) -> ShopProfile:
        """Let the shop go by ``clock``."""
        values = {"clock_ahead_seconds": clock.ahead_seconds, "clock_stopped_at": clock.stopped_at}
        return self._update(shop, values)

    def _update(self, shop: str, values: Mapping[str, object]) -> ShopProfile:
        change = sa.update(SHOP).where(SHOP.c.shop == shop).values(values)
        if self._change(shop, change.returning(sa.true())) is None:
            raise unknown_shop(shop)
        return self._tell(shop)

    def _change(self, shop: str, change: sa.UpdateBase) -> bool | None:
        """Change a shop, having made sure that the others can be told and read no older profile meanwhile."""
        self._cache.forget(profile_key(shop))
        with self._database.transaction() as connection:
            changed: bool | None = connection.execute(change).scalar_one_or_none()
        return changed

    def _tell(self, shop: str) -> ShopProfile:
        """Tell the others what is committed; of simultaneous changes the last one is told last.

        Whoever tells holds the shop's row, so that a slow process cannot tell an old profile after a newer one.
        """
        with self._database.transaction() as connection:
            held = sa.select(SHOP).where(SHOP.c.shop == shop).with_for_update()
            profile = _profile(connection.execute(held).mappings().one())
            try:
                self._cache.write(profile_key(shop), profile.model_dump_json(), KEEP_SECONDS)
            except CacheError as error:
                raise UnconfirmedError from error  # stored, and perhaps not in effect: it is to be repeated
        return profile


def _profile(row: sa.RowMapping) -> ShopProfile:
    stopped_at = row["clock_stopped_at"]
    clock = ShopClock(
        ahead_seconds=row["clock_ahead_seconds"],
        stopped_at=stopped_at.astimezone(UTC) if stopped_at else None,
    )
    flags = {flag: row["flags"].get(flag, default) for flag, default in FLAGS.items()}
    return ShopProfile(shop=row["shop"], name=row["name"], time_zone=row["time_zone"], flags=flags, clock=clock)
