"""The scenario's own shop: opened on first use, so that scenarios side by side never share anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core import Note, RehearsalError
from .money import Money

if TYPE_CHECKING:
    from ..context import Table
    from ..world import World

SHOP = Note[str]("a shop")

SHOP_NAME = "Ada's Tea"

FRONT = "mesh"
"""The part in front of all services, by its name in system.toml."""


def shop(world: World) -> str:
    """The key of the scenario's shop; opens it if no step has."""
    key = world.notes.get(SHOP)
    if key is None:
        key = world.notes[SHOP] = open_shop(world, world.identity.tenant)
    return key


def move_to_another_shop(world: World) -> None:
    """Let the rest of the scenario happen in a second shop."""
    world.notes[SHOP] = open_shop(world, f"{world.identity.tenant}-2")


def open_shop(world: World, key: str) -> str:
    """Open a shop as the platform's operator does."""
    _as_operator(world, f"/accounts/v1/shops/{key}", {"name": SHOP_NAME})
    return key


def sell(world: World, product: str, price: Money) -> None:
    """Put a product on the shelves of the scenario's shop."""
    path = f"/orders/v1/shops/{shop(world)}/products/{sku(product)}"
    _as_operator(world, path, {"name": product, "price": price.as_json()})


def sell_all(world: World, goods: Table) -> None:
    """Put products on the shelves, each with its price (columns: product, price)."""
    for row in goods:
        sell(world, row["product"], Money.read(row["price"]))


def sku(product: str) -> str:
    """The article number of a product: its name in small letters and dashes."""
    return product.lower().replace(" ", "-")


def _as_operator(world: World, path: str, body: dict[str, object]) -> None:
    key = world.secret("operator_key")
    answer = world.http(FRONT).put(path, json=body, headers={"Authorization": f"Bearer {key}"})
    if answer.status not in {200, 201}:
        msg = f"Setting the scene failed: PUT {path} says {answer}. Is the operator's key the one of this system?"
        raise RehearsalError(msg)
