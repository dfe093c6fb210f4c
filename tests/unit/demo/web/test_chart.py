"""How the sales of some days are drawn."""

from __future__ import annotations

from demo.storefront.web.chart import HEIGHT, Bar, bars_of
from demo.storefront.web.reporting import Sales


def sales(first: str, last: str, **nets: str) -> Sales:
    nothing = {"amount": "0.00", "currency": "GBP"}
    rest = {"currency": "GBP", "orders": 1, "gross": nothing, "cancelled_orders": 0, "cancelled": nothing}
    rest |= {"refunded_orders": 0, "refunded": nothing}
    days = [
        {"day": f"2026-03-{day[1:]}", "net": {"amount": net, "currency": "GBP"}, **rest} for day, net in nets.items()
    ]
    return Sales.model_validate({"from": first, "to": last, "days": days, "totals": []})


def test_best_day_is_as_high_as_the_chart() -> None:
    """Bars stand at their days, the best fills the height, and a day without sales has none."""
    best, half = bars_of(sales("2026-03-01", "2026-03-03", d01="8.00", d03="4.00"), "GBP")
    assert (best.y, best.height, half.y, half.height) == (0, HEIGHT, HEIGHT / 2, HEIGHT / 2)
    assert half.x - best.x == 400


def test_loss_hangs_below_the_line() -> None:
    """A day that only gives back hangs where the others stand."""
    gain, loss = bars_of(sales("2026-03-01", "2026-03-02", d01="6.00", d02="-2.00"), "GBP")
    assert (gain.is_loss, loss.is_loss) == (False, True)
    assert loss == Bar(x=342, y=60, width=216, height=20, is_loss=True)


def test_nothing_is_drawn_of_a_single_day() -> None:
    """One day, days without money, and another currency have nothing to compare."""
    assert bars_of(sales("2026-03-01", "2026-03-01", d01="6.00"), "GBP") == []
    assert bars_of(sales("2026-03-01", "2026-03-02", d01="0.00"), "GBP") == []
    assert bars_of(sales("2026-03-01", "2026-03-02", d01="6.00"), "EUR") == []
