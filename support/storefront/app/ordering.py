"""Placing orders through the app, and finding them again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from ...core import Note, action
from ..cards import at_hand
from ..money import Money
from ..shop import FRONT, shelf_place, shop, sku
from ..states import in_words
from .exchange import THE_ANSWER, TOKEN, accepted, bearer, named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...doors import Answer
    from ...world import World
    from ..cards import Card

ORDERS_SUBMITTED = Note[int]("how many orders the app has submitted")
KNOWN_CARDS = Note["dict[tuple[str, str | None, Card], Answer]"]("which cards the app has made known")
THE_PURCHASE = Note["Purchase"]("what somebody is about to pay for in the app")


@dataclass(frozen=True, slots=True)
class Purchase:
    """One product, or the basket where there is none; and what the app has shown that it costs, if it could."""

    product: str = ""
    pieces: int = 0
    shown: Money | None = None


@dataclass(frozen=True)
class AppOrdering:
    """One exchange makes the card known, another submits the order under a key by which the shop knows it again."""

    version: str = "v2"

    def choose(self, world: World, product: str, pieces: int) -> None:
        """Ask what the product costs."""
        answer = world.http(FRONT).get(shelf_place(world, product))
        shown = Money.of(answer.json()["price"]) * pieces if answer.status == HTTPStatus.OK and pieces else None
        world.notes[THE_PURCHASE] = Purchase(product, pieces, shown)

    def choose_basket(self, world: World) -> None:
        """Ask what the basket costs."""
        answer = world.http(FRONT).get(f"/orders/v2/shops/{shop(world)}/basket", headers=bearer(world))
        total = answer.json()["total"]
        world.notes[THE_PURCHASE] = Purchase(shown=Money.of(total) if total else None)

    def pay(self, world: World, card: Card) -> None:
        """Submit the order; after a refusal the app asks anew what it costs."""
        answer = world.notes[THE_ANSWER] = self.submission(world, card)()
        purchase = world.notes[THE_PURCHASE]
        if answer.status >= HTTPStatus.BAD_REQUEST and purchase.product:
            self.choose(world, purchase.product, purchase.pieces)

    def pay_twice(self, world: World, card: Card) -> None:
        """Submit twice at the same moment under one key, as an app does when it is touched twice."""
        submit = self.submission(world, card)
        with ThreadPoolExecutor(2) as fingers:
            *_, world.notes[THE_ANSWER] = fingers.map(lambda _: submit(), range(2))

    def submission(self, world: World, card: Card, title: str = "submit the order") -> Callable[[], Answer]:
        """What submits the order, however often under one key; a card that is refused ends it before.

        Each time it is an action of that title.
        """
        known = _make_known(world, card)
        if known.status != HTTPStatus.CREATED:
            return lambda: known
        body = self._body(world.notes[THE_PURCHASE], known.json()["card"])
        headers = bearer(world) | {"Idempotency-Key": _order_key(world)}
        return named(world, title, partial(world.http(FRONT).post, self._orders(world), json=body, headers=headers))

    def expect_order(self, world: World, total: Money) -> None:
        """The last answer is a confirmed order of that worth."""
        order = accepted(world).json()
        assert Money.of(order["total"]) == total, f"expected an order worth {total}, found {Money.of(order['total'])}"
        assert order["number"], f"expected a confirmed order, found one that is {order['status']}"

    def expect_waiting(self, world: World) -> None:
        """The shop was asked again and does not know yet."""
        self.look_at(world, accepted(world).json()["order_id"])
        self.expect_state(world, "placed")

    def expect_orders(self, world: World, totals: Sequence[Money]) -> None:
        """The customer's own list of orders."""
        answer = world.http(FRONT).get(self._orders(world), headers=bearer(world))
        found = [Money.of(order["total"]) for order in self._listed(answer)]
        assert found == list(totals), f"expected orders worth {_told(totals)}, found {_told(found)}"

    def look_at(self, world: World, order_id: str) -> None:
        """Ask for the order."""
        world.notes[THE_ANSWER] = world.http(FRONT).get(f"{self._orders(world)}/{order_id}", headers=bearer(world))

    def expect_state(self, world: World, state: str) -> None:
        """The last answer is an order in that state."""
        found = self._state(accepted(world).json()["status"])
        assert found == state, f"expected the order to be {state}, found it {found}"

    def cancel(self, world: World, order_id: str) -> None:
        """Ask to cancel the order."""
        path = f"{self._orders(world)}/{order_id}/cancellation"
        world.notes[THE_ANSWER] = world.http(FRONT).post(path, headers=bearer(world))

    def expect_no_cancelling(self, world: World) -> None:
        """The app cannot know before it has asked: it is refused."""
        self.cancel(world, accepted(world).json()["order_id"])
        answer = world.notes[THE_ANSWER]
        assert answer.status >= HTTPStatus.BAD_REQUEST, (
            f"expected no way to cancel the order, but the shop says {answer}"
        )

    def _orders(self, world: World) -> str:
        return f"/orders/{self.version}/shops/{shop(world)}/orders"

    def _body(self, purchase: Purchase, card: str) -> dict[str, Any]:
        body: dict[str, Any] = {"card": card}
        if purchase.product:
            body["lines"] = [{"sku": sku(purchase.product), "quantity": purchase.pieces}]
        if purchase.shown:
            body["expected_total"] = purchase.shown.as_json()
        return body

    def _listed(self, answer: Answer) -> list[dict[str, Any]]:
        listed = answer.json()
        assert "items" in listed, f"expected a list, but the shop says {answer}"
        return list(listed["items"])

    def _state(self, status: str) -> str:
        return in_words(status)


def _make_known(world: World, card: Card) -> Answer:
    """The answer that names the card, asked for once as long as the same person is signed in."""
    known = world.notes.get(KNOWN_CARDS) or {}
    whose = (shop(world), world.notes.get(TOKEN), card)
    if whose not in known:
        answer = _show(world, at_hand(world, card))
        if answer.status != HTTPStatus.CREATED:
            return answer
        known = world.notes[KNOWN_CARDS] = known | {whose: answer}
    return known[whose]


@action("show {card} to the payment desk")
def _show(world: World, card: Card) -> Answer:
    body = {"number": card.number, "expiry": card.expiry, "cvc": card.security_code}
    return world.http(FRONT).post(f"/payments/v1/shops/{shop(world)}/cards", json=body, headers=bearer(world))


def _order_key(world: World) -> str:
    """An idempotency key that no other order has: the same for the same order of every run but for the tenant."""
    number = world.notes[ORDERS_SUBMITTED] = (world.notes.get(ORDERS_SUBMITTED) or 0) + 1
    return str(uuid5(NAMESPACE_URL, f"{world.identity.tenant}/orders/{number}"))


def _told(totals: Sequence[Money]) -> str:
    return ", ".join(map(str, totals)) or "none"
