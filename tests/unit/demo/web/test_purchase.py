"""What web makes of a purchase, and which key its next attempt has."""

from __future__ import annotations

import pytest

from demo.storefront.platform.money import Money
from demo.storefront.web.purchase import Purchase, new_key
from demo.storefront.web.refusals import RefusedError

TRIED = Purchase("earl-grey", "2", "k1", "9.00", "GBP", card="card_1", unsure=True)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(402, "payment-declined"), (409, "price-changed"), (409, "out-of-stock"), (422, "invalid-request")],
)
def test_refusal_that_is_remembered_asks_for_a_new_key(status: int, kind: str) -> None:
    """After a refusal the next attempt has another key and another card, and nothing about it is unsure."""
    again = TRIED.after(RefusedError(status, kind, []))
    assert again.key != TRIED.key
    assert (again.card, again.unsure) == ("", False)


@pytest.mark.parametrize(("status", "kind"), [(401, "unauthorized"), (429, "too-many-requests")])
def test_answer_that_says_nothing_of_the_key_keeps_it(status: int, kind: str) -> None:
    """Whoever was not let in, or asked too often, tries the same order again."""
    assert TRIED.after(RefusedError(status, kind, [])) == TRIED


def test_order_that_is_still_being_placed_keeps_its_key() -> None:
    """While an order is being placed, the next attempt is the same order, and may have been placed already."""
    sure = Purchase("earl-grey", "2", "k1", "9.00", "GBP", card="card_1")
    assert sure.after(RefusedError(409, "still-being-placed", [])) == Purchase(
        "earl-grey", "2", "k1", "9.00", "GBP", card="card_1", unsure=True
    )


def test_keys_are_never_the_same() -> None:
    """Each attempt can be told from every other."""
    assert len({new_key() for _ in range(100)}) == 100


@pytest.mark.parametrize(
    ("purchase", "complete"),
    [
        (Purchase("", "", "k", "9.00", "GBP"), True),
        (Purchase("earl-grey", "1", "k", "9.00", "GBP"), True),
        (Purchase("earl-grey", "0", "k", "9.00", "GBP"), False),
        (Purchase("earl-grey", "", "k", "9.00", "GBP"), False),
        (Purchase("", "", "k", "", ""), False),
        (Purchase("", "", "k", "9.00", "XXX"), False),
    ],
)
def test_purchase_is_complete_with_a_quantity_and_a_total(purchase: Purchase, complete: bool) -> None:  # noqa: FBT001
    """A product without a good quantity must never become an order of the basket, nor one without a total."""
    assert purchase.is_complete is complete


def test_basket_is_ordered_without_lines() -> None:
    """A purchase of the basket names no lines, one of a product names that one."""
    assert Purchase("", "", "k").lines == {}
    assert Purchase("earl-grey", "3", "k").lines == {"earl-grey": 3}


def test_price_that_was_seen_goes_with_the_purchase() -> None:
    """The total that the customer saw is the total that she is held to."""
    assert Purchase("", "", "k").at(Money(900, "GBP")).total == Money(900, "GBP")
