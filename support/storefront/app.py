"""The app: a customer's phone that speaks HTTP with the shop."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from ..core import Note
from .money import Money
from .shop import FRONT, shop, sku

if TYPE_CHECKING:
    from ..doors import Answer
    from ..world import World
    from .people import Person

THE_ANSWER = Note["Answer"]("an answer of the shop to the app")
TOKEN = Note[str]("that somebody has signed in in the app")

ORDERS_SUBMITTED = Note[int]("how many orders the app has submitted")


@dataclass(frozen=True)
class App:
    """Every action is one HTTP exchange; every expectation reads the last answer or asks again."""

    def enter(self, world: World) -> None:
        """Fetch the list of products."""
        world.notes[THE_ANSWER] = world.http(FRONT).get(f"/orders/v1/shops/{shop(world)}/products")

    def open_account(self, world: World, person: Person) -> None:
        """Register, and sign in if that worked: an app does so in one go."""
        world.notes[TOKEN] = ""
        body = {"name": person.name, "email": person.email, "password": person.password}
        answer = world.http(FRONT).post(f"{_accounts(world)}/customers", json=body)
        world.notes[THE_ANSWER] = answer
        if answer.status == HTTPStatus.CREATED:
            self.sign_in(world, person)

    def sign_in(self, world: World, person: Person) -> None:
        """Open a session and keep its token; one that was kept before is forgotten."""
        world.notes[TOKEN] = ""
        body = {"email": person.email, "password": person.password}
        answer = world.notes[THE_ANSWER] = world.http(FRONT).post(f"{_accounts(world)}/sessions", json=body)
        if answer.status == HTTPStatus.CREATED:
            world.notes[TOKEN] = str(answer.json()["token"])
            world.evidence.hide(world.notes[TOKEN])

    def sign_out(self, world: World) -> None:
        """End the session; the app keeps the token, so that a later step can try whether it still opens."""
        world.notes[THE_ANSWER] = world.http(FRONT).delete(_session(world), headers=_bearer(world))

    def order(self, world: World, product: str, pieces: int) -> None:
        """Submit an order under a key of its own."""
        world.notes[THE_ANSWER] = _submit(world, product, pieces, _order_key(world))

    def order_twice(self, world: World, product: str, pieces: int) -> None:
        """Submit, and again with the same key, as an app does when the answer was lost."""
        key = _order_key(world)
        _submit(world, product, pieces, key)
        world.notes[THE_ANSWER] = _submit(world, product, pieces, key)

    def expect_product(self, world: World, product: str, price: Money) -> None:
        """The list of products has it."""
        found = {str(each["name"]): Money.of(each["price"]) for each in _items(_good(world))}
        assert found.get(product) == price, f"expected {product} for {price}, found {_shown(found)}"

    def expect_signed_in(self, world: World, person: Person) -> None:
        """The session is that person's."""
        answer = world.http(FRONT).get(_session(world), headers=_bearer(world))
        assert answer.status == HTTPStatus.OK, f"expected {person.name} to be signed in, but the shop says {answer}"
        assert answer.json()["name"] == person.name, f"expected {person.name}, signed in is {answer.json()['name']}"

    def expect_signed_out(self, world: World) -> None:
        """The token no longer opens a session."""
        answer = world.http(FRONT).get(_session(world), headers=_bearer(world))
        assert answer.status == HTTPStatus.UNAUTHORIZED, f"expected nobody to be signed in, but the shop says {answer}"

    def expect_asked_to_sign_in(self, world: World) -> None:
        """The last answer says that nobody is signed in."""
        answer = world.notes[THE_ANSWER]
        assert answer.status == HTTPStatus.UNAUTHORIZED, f"expected to be asked to sign in, but the shop says {answer}"

    def expect_told(self, world: World, words: str) -> None:
        """The last answer is a refusal that has the words."""
        answer = world.notes[THE_ANSWER]
        assert answer.status >= HTTPStatus.BAD_REQUEST, f"expected a refusal ({words!r}), but the shop says {answer}"
        assert words in answer.text, f"expected the refusal {words!r}, but the shop says {answer}"

    def expect_order(self, world: World, total: Money) -> None:
        """The last answer is an order of that worth."""
        found = Money.of(_good(world).json()["total"])
        assert found == total, f"expected an order worth {total}, found {found}"

    def expect_orders(self, world: World, totals: list[Money]) -> None:
        """The customer's own list of orders."""
        answer = world.http(FRONT).get(_orders(world), headers=_bearer(world))
        found = [Money.of(order["total"]) for order in _items(answer)]
        assert found == totals, f"expected orders worth {_listed(totals)}, found {_listed(found)}"


def _accounts(world: World) -> str:
    return f"/accounts/v1/shops/{shop(world)}"


def _session(world: World) -> str:
    return f"{_accounts(world)}/sessions/current"


def _orders(world: World) -> str:
    return f"/orders/v1/shops/{shop(world)}/orders"


def _bearer(world: World) -> dict[str, str]:
    token = world.notes.get(TOKEN)
    return {"Authorization": f"Bearer {token}"} if token else {}


def _order_key(world: World) -> str:
    """An idempotency key that no other order has: the same for the same order of every run but for the tenant."""
    number = world.notes[ORDERS_SUBMITTED] = (world.notes.get(ORDERS_SUBMITTED) or 0) + 1
    return str(uuid5(NAMESPACE_URL, f"{world.identity.tenant}/orders/{number}"))


def _submit(world: World, product: str, pieces: int, key: str) -> Answer:
    body = {"lines": [{"sku": sku(product), "quantity": pieces}]}
    return world.http(FRONT).post(_orders(world), json=body, headers=_bearer(world) | {"Idempotency-Key": key})


def _good(world: World) -> Answer:
    answer = world.notes[THE_ANSWER]
    assert answer.status < HTTPStatus.BAD_REQUEST, f"expected the shop to accept, but it says {answer}"
    return answer


def _items(answer: Answer) -> list[dict[str, object]]:
    """The list that the shop answered."""
    items = answer.json()
    assert isinstance(items, list), f"expected a list, but the shop says {answer}"
    return items


def _shown(prices: dict[str, Money]) -> str:
    return ", ".join(f"{name} for {price}" for name, price in prices.items()) or "nothing"


def _listed(totals: list[Money]) -> str:
    return ", ".join(map(str, totals)) or "none"
