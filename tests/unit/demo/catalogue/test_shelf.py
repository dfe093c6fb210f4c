"""When a kept list of products may be used, and when not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest

from demo.storefront.catalogue.schemas import OfficeProduct
from demo.storefront.catalogue.shelf import KeptList, Shelf
from demo.storefront.platform.cache import CacheError
from demo.storefront.platform.money import Price
from demo.storefront.platform.shops import ShopClock, ShopProfile

if TYPE_CHECKING:
    from collections.abc import Callable

    from demo.storefront.platform.cache import Cache

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
QUARTER_PAST = NOON + timedelta(minutes=15)
A_MOMENT = timedelta(seconds=1)


class Memory:
    """A cache in memory that can be out of reach."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.reachable = True

    def read(self, key: str) -> str | None:
        """Return a text."""
        self._reach()
        return self.texts.get(key)

    def write(self, key: str, text: str, _seconds: int) -> None:
        """Keep a text."""
        self._reach()
        self.texts[key] = text

    def _reach(self) -> None:
        if not self.reachable:
            raise CacheError


class ShelfOfOne(Shelf):
    """A shelf whose database holds one product and counts its readers."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(cast("Any", None), cast("Cache", memory))
        self.left, self.until, self.reads = 3, cast("datetime | None", None), 0
        self.meanwhile: Callable[[], None] = lambda: None

    def _read(self, shop: str, edition: str | None, now: datetime) -> KeptList:
        assert shop == "adas-tea"
        self.reads += 1
        price = Price(amount="4.50", currency="GBP")
        product = OfficeProduct(sku="earl-grey", name="Earl Grey", price=price, stock=9, available=self.left)
        self.meanwhile()
        return KeptList(edition=edition, since=now, until=self.until, products=[product])


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def shelf(memory: Memory) -> ShelfOfOne:
    return ShelfOfOne(memory)


def seen(shelf: Shelf, at: datetime = NOON) -> int:
    shop = ShopProfile(shop="adas-tea", name="Ada's Tea", clock=ShopClock(stopped_at=at))
    return shelf.products(shop)[0].available


def test_list_is_read_once_while_nothing_happens(shelf: ShelfOfOne) -> None:
    """The second reader gets the kept list."""
    assert (seen(shelf), seen(shelf), shelf.reads) == (3, 3, 1)


def test_change_is_seen_at_once(shelf: ShelfOfOne) -> None:
    """Who asks after a change does not get the list from before it."""
    seen(shelf)
    shelf.left = 2
    shelf.changed("adas-tea")
    assert seen(shelf) == 2


def test_slow_reader_leaves_no_old_list_behind(shelf: ShelfOfOne) -> None:
    """A reader that read before a change, and keeps its list after it, does not bring the past back."""

    def change() -> None:
        shelf.meanwhile = lambda: None
        shelf.left = 2
        shelf.changed("adas-tea")

    shelf.meanwhile = change
    assert seen(shelf) == 3, "the slow reader itself came before the change"
    assert seen(shelf) == 2


def test_list_ends_when_the_next_hold_runs_out(shelf: ShelfOfOne) -> None:
    """A kept list is right until a hold runs out by the shop's clock, and not at that moment."""
    shelf.until = QUARTER_PAST
    assert seen(shelf) == 3
    shelf.left = 5
    assert [seen(shelf, QUARTER_PAST - A_MOMENT), seen(shelf, QUARTER_PAST)] == [3, 5]


def test_list_of_a_later_time_is_not_used_for_an_earlier_one(shelf: ShelfOfOne) -> None:
    """Where a shop's clock is turned back, holds that had run out are held again."""
    shelf.left = 5
    assert seen(shelf, QUARTER_PAST) == 5
    shelf.left = 3
    assert seen(shelf, NOON) == 3


def test_shelf_works_without_the_cache(shelf: ShelfOfOne, memory: Memory) -> None:
    """Without the cache each list is read anew, and a change does not fail."""
    seen(shelf)
    memory.reachable = False
    shelf.left = 2
    shelf.changed("adas-tea")
    assert seen(shelf) == 2


def test_empty_shelf_is_kept_too(memory: Memory) -> None:
    """A list of nothing is a list."""
    kept = KeptList(edition=None, since=NOON, until=None, products=[])
    memory.texts["catalogue:products:adas-tea"] = kept.model_dump_json()
    shelf = ShelfOfOne(memory)
    shop = ShopProfile(shop="adas-tea", name="Ada's Tea", clock=ShopClock(stopped_at=NOON))
    assert (shelf.products(shop), shelf.reads) == ([], 0)
