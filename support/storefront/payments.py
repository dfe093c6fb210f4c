"""What the bank has taken and given back, and what happens when it is in trouble."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..core import action, eventually
from .accidents import out_of_reach
from .accounts import make_known
from .app import APP
from .cards import GOOD_CARD
from .goods import Goods
from .money import Money
from .ordering import be_about_to_pay, be_refused
from .shop import SHOP, move_to_another_shop, sell, shop
from .stores import database

if TYPE_CHECKING:
    from ..world import World

_MOVED: Final = """
    SELECT (SELECT COALESCE(sum(amount_minor), 0) FROM bank.charge
            WHERE shop = :shop AND status = 'succeeded') AS taken,
           (SELECT COALESCE(sum(amount_minor), 0) FROM bank.refund WHERE shop = :shop) AS given_back
"""
_CHARGED: Final = """
    SELECT count(*) FROM bank.charge
    WHERE shop = :shop AND idempotency_key = :shop || ':' || :order_id AND status = 'succeeded'
"""
_UNPAID: Final = """
    WITH kept AS (
        SELECT split_part(charge.idempotency_key, ':', 2) AS order_id, count(*) AS times,
               sum(charge.amount_minor - COALESCE(refund.amount_minor, 0)) AS minor
        FROM bank.charge AS charge LEFT JOIN (
            SELECT shop, charge, sum(amount_minor) AS amount_minor FROM bank.refund GROUP BY shop, charge
        ) AS refund USING (shop, charge)
        WHERE charge.shop = :shop AND charge.status = 'succeeded' GROUP BY 1
    ), owed AS (
        SELECT order_id, status,
               CASE WHEN status IN ('confirmed', 'shipped', 'delivered') THEN total_minor ELSE 0 END AS minor
        FROM orders.customer_order WHERE shop = :shop
    )
    SELECT order_id, status, owed.minor AS worth, kept.minor AS kept, kept.times AS charges
    FROM owed FULL JOIN kept USING (order_id)
    WHERE COALESCE(owed.minor, 0) <> COALESCE(kept.minor, 0) OR COALESCE(kept.times, 0) > 1
"""
"""Orders that the bank was not paid for exactly, or more than once, and payments without an order."""

_WANTED: Final = Goods("Earl Grey", 1)


@dataclass(frozen=True, slots=True)
class Statement:
    """What the bank has taken for the shop, and what it has given back of it."""

    taken: Money
    given_back: Money

    @property
    def kept(self) -> Money:
        """What is still with the shop."""
        return Money(self.taken.minor - self.given_back.minor)

    def __str__(self) -> str:
        return f"{self.taken} taken and {self.given_back} given back"


@action("read the bank's statement")
def expect_kept(world: World, amount: Money) -> None:
    """The bank has taken that much more than it has given back, at the latest when all that was begun is settled."""

    def check() -> None:
        found = _statement(world)
        assert found.kept == amount, f"expected the bank to have taken {amount}, found {found}"

    eventually(check)


@action("read the bank's statement")
def expect_given_back(world: World, amount: Money) -> None:
    """The bank has given that much back, and no more."""

    def check() -> None:
        found = _statement(world).given_back
        assert found == amount, f"expected the bank to have given back {amount}, found {found}"

    eventually(check)


def expect_charged(world: World, order_id: str) -> None:
    """The bank has taken the money for that order, at the latest soon."""

    def check() -> None:
        found = database(world).value(_CHARGED, shop=shop(world), order_id=order_id)
        assert found == 1, f"expected the bank to have been paid once for the order, found {found} payments"

    eventually(check)


@action("hold the bank's payments against the orders")
def expect_exact(world: World) -> None:
    """For each order the bank has kept what it is worth, in one payment: nothing for one that came to nothing."""

    def check() -> None:
        wrong = database(world).rows(_UNPAID, shop=shop(world))
        assert not wrong, f"expected the bank to have taken exactly what the orders are worth, found {wrong}"

    eventually(check)


def fail(world: World, times: int, *, elsewhere: bool) -> None:
    """Let the bank fail the shop, or another one, so many times running, and then work again."""
    here = shop(world)
    if elsewhere:
        move_to_another_shop(world)
        sell(world, _WANTED.product, Money(450))
    _fail_here(world, times)
    world.notes[SHOP] = here


def _fail_here(world: World, times: int) -> None:
    """Let Ben try to pay so often while nobody can reach the bank."""
    make_known(world, "Ben")
    be_about_to_pay(world, "Ben", _WANTED, APP)
    with out_of_reach(world, "payments", "bank"):
        for _ in range(times):
            be_refused(world, "Ben", GOOD_CARD, "try again in a moment")


def _statement(world: World) -> Statement:
    found = database(world).one(_MOVED, shop=shop(world))
    return Statement(Money(int(found["taken"])), Money(int(found["given_back"])))
