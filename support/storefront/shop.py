"""The scenario's own shop: opened on first use, so that scenarios side by side never share anything."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from ..core import Note, RehearsalError, action
from .money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..context import Table
    from ..doors import Answer
    from ..world import World
    from .people import Person

SHOP = Note[str]("a shop")
TIME_ZONE = Note[str]("in which time zone the shop is")

SHOP_NAME = "Ada's Tea"

PLENTY: Final = 1000
"""How many pieces of a product are there unless a scenario says otherwise."""

CITIES: Final = {
    "London": "Europe/London",
    "New York": "America/New_York",
    "Auckland": "Pacific/Auckland",
}
"""Where a shop can be, with the time zone that follows."""

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


@action("open the shop {key}")
def open_shop(world: World, key: str) -> str:
    """Open a shop as the platform's operator does."""
    as_operator(world, "PUT", f"/accounts/v1/shops/{key}", {"name": SHOP_NAME, "time_zone": time_zone(world)})
    return key


def settle_in(world: World, city: str) -> None:
    """Let the shop be in a city, whose time is then the shop's."""
    world.notes[TIME_ZONE] = CITIES[city]
    open_shop(world, shop(world))


def time_zone(world: World) -> str:
    """The shop's time zone: London's, unless a step has said otherwise."""
    return world.notes.get(TIME_ZONE) or CITIES["London"]


@action("give {person.name} an account as {role}")
def employ(world: World, person: Person, role: str) -> None:
    """Give somebody an account as one of the shop's own people."""
    _accepted(try_to_employ(world, person, role))


def try_to_employ(world: World, person: Person, role: str) -> Answer:
    """Ask for an account as one of the shop's own people, and return what the shop says."""
    body = {"name": person.name, "email": person.email, "password": person.password, "role": role}
    return _as_operator(world, "POST", f"/accounts/v1/shops/{shop(world)}/staff", body)


@action("put {stock} {product} on the shelf for {price} each")
def sell(world: World, product: str, price: Money, stock: int = PLENTY) -> None:
    """Put a product on the shelves of the scenario's shop, so many pieces of it."""
    path = shelf_place(world, product)
    as_operator(world, "PUT", path, {"name": product, "price": price.as_json(), "stock": stock})


def sell_all(world: World, goods: Table) -> None:
    """Put products on the shelves, each with its price (columns: product, price, and stock where it matters)."""
    for row in goods:
        cells = row.as_dict()
        sell(world, cells["product"], Money.read(cells["price"]), int(cells.get("stock", PLENTY)))


def shelf_place(world: World, product: str) -> str:
    """Where the stock room keeps a product of the scenario's shop: the path of its address."""
    return f"/catalogue/v1/shops/{shop(world)}/products/{sku(product)}"


def sku(product: str) -> str:
    """The article number of a product: its name in small letters and dashes."""
    return product.lower().replace(" ", "-")


def as_operator(world: World, method: str, path: str, body: Mapping[str, object]) -> None:
    """Do what only the platform's operator may, to set the scene; RehearsalError if it is refused."""
    _accepted(_as_operator(world, method, path, body))


def _as_operator(world: World, method: str, path: str, body: Mapping[str, object]) -> Answer:
    key = world.secret("operator_key")
    return world.http(FRONT).request(method, path, json=body, headers={"Authorization": f"Bearer {key}"})


def _accepted(answer: Answer) -> None:
    if answer.status not in {HTTPStatus.OK, HTTPStatus.CREATED}:
        asked = f"{answer.method} {answer.url}"
        msg = f"Setting the scene failed: {asked} says {answer}. Is the operator's key the one of this system?"
        raise RehearsalError(msg)
