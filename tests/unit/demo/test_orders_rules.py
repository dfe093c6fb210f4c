"""What orders accepts, and how it counts."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from demo.storefront.orders.pricing import PricedLine, total_of
from demo.storefront.orders.rules import order_number
from demo.storefront.orders.schemas import NewLine, NewOrder, NewProduct
from demo.storefront.platform.money import Money
from demo.storefront.platform.problems import Problem


@pytest.mark.parametrize("quantity", [1, 99])
def test_quantity_within_the_limits_is_accepted(quantity: int) -> None:
    """One piece may be ordered, and ninety-nine."""
    assert NewLine(sku="earl-grey", quantity=quantity).quantity == quantity


@pytest.mark.parametrize("quantity", [0, 100, -1, "2", 1.5, True, None])
def test_quantity_beyond_the_limits_is_refused_in_plain_words(quantity: object) -> None:
    """What is no whole number from 1 to 99 is refused in words for a customer."""
    with pytest.raises(ValidationError, match="Choose a quantity from 1 to 99"):
        NewLine.model_validate({"sku": "earl-grey", "quantity": quantity})


@pytest.mark.parametrize("count", [0, 51])
def test_order_has_at_least_one_line_and_not_too_many(count: int) -> None:
    """An order of nothing is none, and neither is one without end."""
    line = {"sku": "earl-grey", "quantity": 1}
    with pytest.raises(ValidationError, match="Order 1 to 50 products at once"):
        NewOrder.model_validate({"lines": [line] * count})


def test_product_costs_more_than_nothing() -> None:
    """A shop asks for more than nothing."""
    with pytest.raises(ValidationError, match="Ask for more than nothing"):
        NewProduct.model_validate({"name": "Earl Grey", "price": {"amount": "0.00", "currency": "GBP"}})


def test_order_numbers_begin_at_1001() -> None:
    """The first order of a shop is A-1001, the second A-1002."""
    assert [order_number(1), order_number(2)] == ["A-1001", "A-1002"]


def test_total_is_the_sum_of_all_lines() -> None:
    """What a customer pays is the sum of quantity times price."""
    lines = [
        PricedLine("earl-grey", "Earl Grey", 2, Money(450, "GBP")),
        PricedLine("assam", "Assam", 1, Money(620, "GBP")),
    ]
    assert total_of(lines) == Money(1520, "GBP")


def test_order_is_of_one_currency() -> None:
    """An order that mixes currencies is refused, and the lines are pointed to."""
    lines = [PricedLine("a", "A", 1, Money(1, "GBP")), PricedLine("b", "B", 1, Money(1, "EUR"))]
    with pytest.raises(Problem) as caught:
        total_of(lines)
    assert (caught.value.status, caught.value.errors[0].pointer) == (422, "#/lines")
