"""What staff may do next with an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from demo.storefront.platform.signed_in import Role


@dataclass(frozen=True)
class Step:
    """What can be done with an order: its name at orders, its button, what is said afterwards, where money goes."""

    what: str
    button: str
    done: str
    gives_back: bool = False


STEPS = {
    step.what: step
    for step in (
        Step("shipment", "Ship", "is on its way"),
        Step("delivery", "Deliver", "is delivered"),
        Step("cancellation", "Cancel", "is cancelled", gives_back=True),
        Step("refund", "Refund", "is refunded", gives_back=True),
    )
}
_POSSIBLE = {
    "confirmed": ("shipment", "cancellation"),
    "shipped": ("delivery", "refund"),
    "delivered": ("refund",),
}
_OF_THE_OWNER = ("refund",)
_UNDER_WAY = {"cancelling": "is being cancelled", "refunding": "is being refunded"}


def steps_for(status: str, role: Role) -> list[Step]:
    """Return what may be done with an order in this status by staff of this role."""
    possible = _POSSIBLE.get(status, ())
    return [STEPS[what] for what in possible if role == "owner" or what not in _OF_THE_OWNER]


def outcome_of(step: Step, status: str) -> str:
    """Return how an order is now that a step was taken; money may take its time."""
    return _UNDER_WAY.get(status, step.done)
