"""The shop's goods and the basket in the app."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ..basket import BasketLine, told
from ..money import Money
from ..shop import FRONT, shop, sku
from .exchange import THE_ANSWER, accepted, bearer, items

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...doors import Answer
    from ...world import World


class AppShopping:
    """Looking at the list of products, and keeping the basket."""

    def enter(self, world: World) -> None:
        """Fetch the list of products."""
        world.notes[THE_ANSWER] = world.http(FRONT).get(f"/catalogue/v1/shops/{shop(world)}/products")

    def expect_product(self, world: World, product: str, price: Money) -> None:
        """The list of products has it."""
        found = Money.of(_listed(world, product)["price"])
        assert found == price, f"expected {product} for {price}, found it for {found}"

    def expect_notice(self, world: World, product: str, words: str) -> None:
        """The list of products has that notice for it."""
        found = _listed(world, product)["notice"] or ""
        assert found == words, f"expected {words or 'nothing'!r} beside {product}, found {found or 'nothing'!r}"

    def expect_offered(self, world: World, product: str, *, offered: bool) -> None:
        """Some of it is left, or nothing."""
        found = int(_listed(world, product)["available"])
        assert (found > 0) == offered, f"expected {'some' if offered else 'no'} {product} to be offered, {found} are"

    def expect_not_at_once(self, world: World, product: str) -> None:  # noqa: ARG002 - it is so for all products
        """The shop says that it has no express checkout."""
        answer = world.http(FRONT).get(f"/accounts/v1/shops/{shop(world)}")
        assert answer.json()["flags"]["express-checkout"] is False, f"expected no express checkout, found {answer}"

    def put(self, world: World, product: str, pieces: int) -> None:
        """Say how many pieces more the basket shall hold."""
        path = f"{_basket(world)}/lines/{sku(product)}"
        world.notes[THE_ANSWER] = world.http(FRONT).post(path, json={"quantity": pieces}, headers=bearer(world))

    def change(self, world: World, product: str, pieces: int) -> None:
        """Say how many pieces the basket shall hold."""
        path = f"{_basket(world)}/lines/{sku(product)}"
        world.notes[THE_ANSWER] = world.http(FRONT).put(path, json={"quantity": pieces}, headers=bearer(world))

    def take_out(self, world: World, product: str) -> None:
        """Remove the product's line."""
        path = f"{_basket(world)}/lines/{sku(product)}"
        world.notes[THE_ANSWER] = world.http(FRONT).delete(path, headers=bearer(world))

    def expect_basket(self, world: World, lines: Sequence[BasketLine]) -> None:
        """The basket is asked for anew."""
        found = sorted((_line(line) for line in _asked(world).json()["lines"]), key=_by_product)
        assert found == sorted(lines, key=_by_product), (
            f"expected the basket to hold {told(lines)}, it holds {told(found)}"
        )

    def expect_holds(self, world: World, product: str, pieces: int) -> None:
        """The basket is asked for anew."""
        found = [_line(line) for line in _asked(world).json()["lines"]]
        held = sum(line.pieces for line in found if line.product == product)
        assert held == pieces, f"expected {pieces} {product} in the basket, it holds {told(found)}"

    def expect_worth(self, world: World, worth: Money) -> None:
        """The basket is asked for anew."""
        total = _asked(world).json()["total"]
        found = Money.of(total) if total else None
        assert found == worth, f"expected a basket worth {worth}, found {found or 'an empty one'}"


def _basket(world: World) -> str:
    return f"/orders/v2/shops/{shop(world)}/basket"


def _asked(world: World) -> Answer:
    answer = world.http(FRONT).get(_basket(world), headers=bearer(world))
    assert answer.status == HTTPStatus.OK, f"expected the basket, but the shop says {answer}"
    return answer


def _listed(world: World, product: str) -> dict[str, Any]:
    found = {str(each["name"]): each for each in items(accepted(world))}
    assert product in found, f"expected {product} on the shelf, found {', '.join(found) or 'nothing'}"
    return found[product]


def _by_product(line: BasketLine) -> str:
    return line.product


def _line(line: dict[str, Any]) -> BasketLine:
    before = Money.of(line["price_was"]) if line["price_was"] else None
    return BasketLine(str(line["name"]), int(line["quantity"]), Money.of(line["line_total"]), before)
