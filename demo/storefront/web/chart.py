"""The bars that show how sales went; the table beside them says the same in figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .reporting import Sales

WIDTH, HEIGHT = 600, 80
FILLED = 0.72  # of the width that a day has
THINNEST = 1.0


@dataclass(frozen=True)
class Bar:
    """One day's bar, in a field of 600 to 80; ``is_loss`` hangs below the line."""

    x: float
    y: float
    width: float
    height: float
    is_loss: bool


def bars_of(sales: Sales, currency: str) -> list[Bar]:
    """Return a bar for each day with movement in a currency, as high as its net sales; none for a single day."""
    length = (sales.last - sales.first).days + 1
    nets = {(day.day - sales.first).days: day.net.minor for day in sales.days if day.currency == currency}
    highest, lowest = max(0, *nets.values(), 0), min(0, *nets.values(), 0)
    if length == 1 or highest == lowest:
        return []
    scale, step = HEIGHT / (highest - lowest), WIDTH / length
    return [_bar(place * step, step, net, highest, scale) for place, net in nets.items()]


def _bar(left: float, step: float, net: int, highest: int, scale: float) -> Bar:
    width = max(THINNEST, step * FILLED)
    x, y, height = left + (step - width) / 2, (highest - max(net, 0)) * scale, abs(net) * scale
    return Bar(round(x, 2), round(y, 2), round(width, 2), round(height, 2), net < 0)
