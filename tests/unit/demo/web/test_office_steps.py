"""What staff may do with an order."""

from __future__ import annotations

import pytest

from demo.storefront.web.office_steps import STEPS, outcome_of, steps_for


@pytest.mark.parametrize(
    ("status", "owner", "clerk"),
    [
        ("pending", [], []),
        ("confirmed", ["Ship", "Cancel"], ["Ship", "Cancel"]),
        ("shipped", ["Deliver", "Refund"], ["Deliver"]),
        ("delivered", ["Refund"], []),
        ("cancelling", [], []),
        ("cancelled", [], []),
        ("refunding", [], []),
        ("refunded", [], []),
        ("rejected", [], []),
    ],
)
def test_each_status_has_its_steps(status: str, owner: list[str], clerk: list[str]) -> None:
    """Only what orders would accept is offered, and refunds only to the owner."""
    assert [step.button for step in steps_for(status, "owner")] == owner
    assert [step.button for step in steps_for(status, "clerk")] == clerk


def test_money_that_takes_its_time_is_told() -> None:
    """An order whose money is not back yet is not called cancelled."""
    assert outcome_of(STEPS["cancellation"], "cancelled") == "is cancelled"
    assert outcome_of(STEPS["cancellation"], "cancelling") == "is being cancelled"
