"""A channel is a way into the shop: the website in a browser, or the app, which speaks HTTP.

The same business words work in each, so that a journey is written once and rehearsed through both. What can be done
through a channel is told by concept, one small protocol each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ..core import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..world import World
    from .basket import BasketLine
    from .cards import Card
    from .money import Money
    from .people import Person
    from .rooms import Room
    from .sales import Days, DaySales
    from .states import Deed

THE_CHANNEL = Note["Channel"]("the channel that somebody used")
SIGNED_IN = Note["tuple[str, Channel] | None"]("who is signed in, and where")


class Accounts(Protocol):
    """Opening an account, signing in and out."""

    def open_account(self, world: World, person: Person) -> None:
        """Fill in and send the registration."""

    def sign_in(self, world: World, person: Person) -> None:
        """Sign in with the person's address and password."""

    def expect_let_in(self, world: World, person: Person) -> None:
        """The person, who has signed in this moment, was let in."""

    def sign_out(self, world: World) -> None:
        """Sign out."""

    def carry_session(self, world: World, old_shop: str) -> None:
        """Show the scenario's shop the session that another shop has given."""

    def expect_signed_in(self, world: World, person: Person) -> None:
        """The shop knows who is there."""

    def expect_signed_out(self, world: World) -> None:
        """The shop does not know who is there and asks to sign in."""


class Rooms(Protocol):
    """Going to a part of the shop, as far as one is let."""

    def go(self, world: World, room: Room) -> None:
        """Go there."""

    def ask_for_order(self, world: World, order_id: str) -> None:
        """Ask to see one order, whoever's it is."""

    def expect_inside(self, world: World, room: Room) -> None:
        """The shop shows what is in that room."""

    def expect_words(self, world: World, words: str) -> None:
        """What is shown has the words, exactly as they are written."""


class Shopping(Protocol):
    """Looking at the shop's goods, and collecting some of them in the basket."""

    def enter(self, world: World) -> None:
        """Look at the shop's goods without signing in."""

    def expect_product(self, world: World, product: str, price: Money) -> None:
        """The product stands on the shelf at that price."""

    def expect_notice(self, world: World, product: str, words: str) -> None:
        """The shelf says that beside the product; "" is nothing at all."""

    def expect_offered(self, world: World, product: str, *, offered: bool) -> None:
        """The product can be chosen from the shelf, or not."""

    def expect_not_at_once(self, world: World, product: str) -> None:
        """The product cannot be bought without the basket."""

    def put(self, world: World, product: str, pieces: int) -> None:
        """Put so many pieces of a product into the basket, besides those that are in it."""

    def change(self, world: World, product: str, pieces: int) -> None:
        """Have so many pieces of a product in the basket in place of those that are in it."""

    def take_out(self, world: World, product: str) -> None:
        """Have no piece of a product in the basket."""

    def expect_basket(self, world: World, lines: Sequence[BasketLine]) -> None:
        """The basket holds these products and no other."""

    def expect_holds(self, world: World, product: str, pieces: int) -> None:
        """So many pieces of the product are in the basket."""

    def expect_worth(self, world: World, worth: Money) -> None:
        """The basket costs that much."""


class Ordering(Protocol):
    """Placing orders, and finding them again."""

    def choose(self, world: World, product: str, pieces: int) -> None:
        """Choose one product to pay at once."""

    def choose_basket(self, world: World) -> None:
        """Choose to pay for the basket."""

    def pay(self, world: World, card: Card) -> None:
        """Pay for what was chosen, which is what submits the order; where choosing was refused, nothing happens."""

    def pay_twice(self, world: World, card: Card) -> None:
        """Submit one and the same order twice, as an impatient customer does."""

    def expect_order(self, world: World, total: Money) -> None:
        """The shop confirms the order just placed, worth that much."""

    def expect_waiting(self, world: World) -> None:
        """The shop says that it does not know yet what becomes of the order."""

    def expect_orders(self, world: World, totals: Sequence[Money]) -> None:
        """The history lists orders worth that much, the newest first."""

    def look_at(self, world: World, order_id: str) -> None:
        """Look at one order."""

    def expect_state(self, world: World, state: str) -> None:
        """The order that was looked at or changed is in that state, in the words of features."""

    def cancel(self, world: World, order_id: str) -> None:
        """Cancel an order of one's own."""

    def expect_no_cancelling(self, world: World) -> None:
        """The shop offers no way to cancel the order that was looked at."""


class Office(Protocol):
    """What the shop's own people do behind the counter."""

    def change(self, world: World, deed: Deed, order_id: str, number: str) -> None:
        """Ship, deliver, cancel or refund somebody's order."""

    def reprice(self, world: World, product: str, price: Money) -> None:
        """Let a product cost that much from now on."""

    def restock(self, world: World, product: str, pieces: int) -> None:
        """Say how many pieces of a product there are."""

    def look_at_sales(self, world: World, days: Days) -> None:
        """Ask for the sales of these days."""

    def expect_sales(self, world: World, sales: Sequence[DaySales]) -> None:
        """The report shows these days and no other."""

    def expect_same_list(self, world: World) -> None:
        """The list that the bookkeeper gets has the days and the sums that the report shows."""


class Refusals(Protocol):
    """What the shop says where it does not do what was asked."""

    def expect_told(self, world: World, words: str) -> None:
        """The shop refuses, in these words."""

    def expect_asked_to_sign_in(self, world: World) -> None:
        """The shop wants to know who is there before it does what was asked."""

    def expect_not_permitted(self, world: World) -> None:
        """The shop knows who is there, and that she may not."""


@dataclass(frozen=True, slots=True)
class Channel:
    """What somebody can do, and what she can then see. Expectations raise AssertionError saying what was seen."""

    words: str
    accounts: Accounts
    rooms: Rooms
    shopping: Shopping
    ordering: Ordering
    office: Office
    refusals: Refusals

    def __str__(self) -> str:
        return self.words


def in_use(world: World) -> Channel:
    """The channel that was used last."""
    return world.notes[THE_CHANNEL]


def used(world: World, channel: Channel) -> Channel:
    """The channel, noted as the one in use."""
    world.notes[THE_CHANNEL] = channel
    return channel
