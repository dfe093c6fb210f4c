"""A channel is a way into the shop: the website in a browser, or the app, which speaks HTTP.

The same business words work in each, so that a journey is written once and rehearsed through both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..core import Note

if TYPE_CHECKING:
    from ..world import World
    from .money import Money
    from .people import Person

THE_CHANNEL = Note["Channel"]("the channel that somebody used")


class Channel(Protocol):
    """What a customer can do, and what she can then see. Expectations raise AssertionError saying what was seen."""

    def enter(self, world: World) -> None:
        """Look at the shop's goods without signing in."""

    def open_account(self, world: World, person: Person) -> None:
        """Fill in and send the registration."""

    def sign_in(self, world: World, person: Person) -> None:
        """Sign in with the person's address and password."""

    def sign_out(self, world: World) -> None:
        """Sign out."""

    def order(self, world: World, product: str, pieces: int) -> None:
        """Order one product."""

    def order_twice(self, world: World, product: str, pieces: int) -> None:
        """Submit one and the same order twice, as an impatient customer does."""

    def expect_product(self, world: World, product: str, price: Money) -> None:
        """The product stands on the shelf at that price."""

    def expect_signed_in(self, world: World, person: Person) -> None:
        """The shop knows who is there."""

    def expect_signed_out(self, world: World) -> None:
        """The shop does not know who is there and asks to sign in."""

    def expect_asked_to_sign_in(self, world: World) -> None:
        """The shop wants to know who is there before it does what was asked."""

    def expect_told(self, world: World, words: str) -> None:
        """The shop refuses, in these words."""

    def expect_order(self, world: World, total: Money) -> None:
        """The shop confirms the order just placed, worth that much."""

    def expect_orders(self, world: World, totals: list[Money]) -> None:
        """The history lists orders worth that much, the newest first."""


def in_use(world: World) -> Channel:
    """The channel that was used last."""
    return world.notes[THE_CHANNEL]


def used(world: World, channel: Channel) -> Channel:
    """The channel, noted as the one in use."""
    world.notes[THE_CHANNEL] = channel
    return channel
