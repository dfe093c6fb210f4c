"""The states that an order goes through, and what brings it from one to the next: in the words of features."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

STATES: Final = MappingProxyType(
    {
        "placed": "pending",
        "confirmed": "confirmed",
        "shipped": "shipped",
        "delivered": "delivered",
        "being cancelled": "cancelling",
        "cancelled": "cancelled",
        "being refunded": "refunding",
        "refunded": "refunded",
        "rejected": "rejected",
    }
)
"""Words for the states, by what the order desk calls them."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does to an order: the button by which it is done, and the order desk's name for it."""

    button: str
    route: str

    def __str__(self) -> str:
        return self.button.lower()


DEEDS: Final = MappingProxyType(
    {
        "ships": Deed("Ship", "shipment"),
        "delivers": Deed("Deliver", "delivery"),
        "cancels": Deed("Cancel", "cancellation"),
        "refunds": Deed("Refund", "refund"),
    }
)

WAYS: Final = MappingProxyType(
    {
        "confirmed": (),
        "rejected": (),
        "shipped": ("ships",),
        "delivered": ("ships", "delivers"),
        "being cancelled": ("cancels",),
        "cancelled": ("cancels",),
        "being refunded": ("ships", "refunds"),
        "refunded": ("ships", "refunds"),
    }
)
"""How an order gets into a state: by what the owner does, or by itself where that is nothing."""

REACHED: Final = MappingProxyType(
    {f"is {state}" if state.startswith("being ") else f"has been {state}": state for state in WAYS}
)
"""Words for having come into a state, by its name: some last only as long as something is under way."""


def in_words(status: str) -> str:
    """What the order desk's status is called in features."""
    return next((words for words, known in STATES.items() if known == status), status)
