"""What an owner opens in a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import date

from demo.storefront.reporting.rules import Sums
from demo.storefront.reporting.schemas import Day, Sales
from demo.storefront.reporting.spreadsheet import COLUMNS, file_name, to_csv

SOLD = Sums(currency="GBP", orders=2, gross=900, cancelled_orders=1, cancelled=450, refunded_orders=1, refunded=1999)


def sales() -> Sales:
    first, last = date(2026, 3, 1), date(2026, 3, 7)
    days = [Day.of(SOLD, day=first)]
    return Sales(shop="adas-tea", time_zone="Europe/London", first=first, last=last, days=days, totals=[])


def test_each_day_is_a_line_below_the_names_of_the_columns() -> None:
    """A program that reads the columns by name finds all that the report says."""
    text = to_csv(sales())
    assert text.splitlines()[0] == "day,currency,orders,gross,cancelled_orders,cancelled,refunded_orders,refunded,net"
    (line,) = csv.DictReader(io.StringIO(text))
    expected = ["2026-03-01", "GBP", "2", "9.00", "1", "4.50", "1", "19.99", "-15.49"]
    assert line == dict(zip(COLUMNS, expected, strict=True))


def test_file_is_named_after_shop_and_period() -> None:
    """Two reports do not overwrite each other in the owner's folder."""
    assert file_name(sales()) == "sales-adas-tea-2026-03-01-2026-03-07.csv"
