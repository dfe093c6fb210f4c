"""The app as it was a year ago: it knows an earlier version of the shop, which is still served."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from .exchange import accepted, items
from .ordering import AppOrdering

if TYPE_CHECKING:
    from datetime import date

    from ...doors import Answer
    from ...world import World
    from .ordering import Purchase


@dataclass(frozen=True)
class OlderAppOrdering(AppOrdering):
    """It knows neither the price that it has shown nor the way of an order, and fewer states."""

    version: str = "v1"

    def expect_waiting(self, world: World) -> None:
        """The shop was asked again and does not know yet: the older app has a word of its own for that."""
        self.look_at(world, accepted(world).json()["order_id"])
        self.expect_state(world, "pending")

    def expect_end(self, world: World, day: date) -> None:
        """The last answer said that this app is out of date, and on which day it ends."""
        headers = accepted(world).headers
        assert "Deprecation" in headers, "expected the older app to be told that it is out of date, it was not"
        assert "Sunset" in headers, "expected the older app to be told when it ends, it was not"
        found = parsedate_to_datetime(headers["Sunset"]).date()
        assert found == day, f"expected the older app to end on {day}, it was told {found}"

    def _body(self, purchase: Purchase, card: str) -> dict[str, Any]:
        body = super()._body(purchase, card)
        return {name: body[name] for name in ("lines", "card")}

    def _listed(self, answer: Answer) -> list[dict[str, Any]]:
        return items(answer)

    def _state(self, status: str) -> str:
        return status
