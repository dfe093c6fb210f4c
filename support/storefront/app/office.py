"""The back office through the app: what clerks and owners do, by the services' own routes."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ..money import Money
from ..sales import THE_DAYS, DaySales, read_list, told
from ..shop import FRONT, shelf_place, shop
from .exchange import THE_ANSWER, accepted, bearer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ...doors import Answer
    from ...world import World
    from ..sales import Days
    from ..states import Deed


class AppOffice:
    """Each deed is one exchange; the report is the last answer."""

    def change(self, world: World, deed: Deed, order_id: str, number: str) -> None:  # noqa: ARG002 - for the website
        """Ask for the change."""
        world.notes[THE_ANSWER] = change_of(world, deed, order_id)()

    def reprice(self, world: World, product: str, price: Money) -> None:
        """Offer the product at the new price; its stock is left out, and so as it was."""
        _offer(world, product, {"name": product, "price": price.as_json()})

    def restock(self, world: World, product: str, pieces: int) -> None:
        """Offer the product at the price that it has, with the new stock."""
        shown = world.http(FRONT).get(shelf_place(world, product)).json()
        _offer(world, product, {"name": product, "price": shown["price"], "stock": pieces})

    def look_at_sales(self, world: World, days: Days) -> None:
        """Ask for the report."""
        world.notes[THE_ANSWER] = _ask(world, "sales", days)

    def expect_sales(self, world: World, sales: Sequence[DaySales]) -> None:
        """The last answer is the report."""
        found = _reported(world)
        assert found == list(sales), f"expected the report to show {told(sales)}; it shows {told(found)}"

    def expect_same_list(self, world: World) -> None:
        """The list is asked for with the same days."""
        answer, found = _ask(world, "sales.csv", world.notes[THE_DAYS]), _reported(world)
        assert answer.status == HTTPStatus.OK, f"expected the list, but the shop says {answer}"
        listed = read_list(answer.text)
        assert listed == found, f"expected the list to say {told(found)}; it says {told(listed)}"


def change_of(world: World, deed: Deed, order_id: str) -> Callable[[], Answer]:
    """What changes the order in the name of whoever is signed in now, when it is called."""
    path = f"/orders/v2/shops/{shop(world)}/orders/{order_id}/{deed.route}"
    return partial(world.http(FRONT).post, path, headers=bearer(world))


def _offer(world: World, product: str, body: Mapping[str, object]) -> None:
    world.notes[THE_ANSWER] = world.http(FRONT).put(shelf_place(world, product), json=body, headers=bearer(world))


def _reported(world: World) -> list[DaySales]:
    return [_reported_day(day) for day in accepted(world).json()["days"]]


def _reported_day(cells: Mapping[str, Any]) -> DaySales:
    return DaySales.of(cells, lambda name: Money.of(cells[name]))


def _ask(world: World, report: str, days: Days) -> Answer:
    path = f"/reporting/v1/shops/{shop(world)}/{report}?{days.as_query()}"
    return world.http(FRONT).get(path, headers=bearer(world))
