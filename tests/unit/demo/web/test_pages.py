"""What the pages show of money, days, pictures, and what they send along."""

from __future__ import annotations

from datetime import UTC, date, datetime

import httpx
import pytest

from demo.storefront.platform.money import Money
from demo.storefront.platform.peers import PeerUnavailableError
from demo.storefront.web.accounts import Shop
from demo.storefront.web.answers import money_of, read
from demo.storefront.web.catalogue import Product
from demo.storefront.web.cookies import Visit
from demo.storefront.web.errors import shelf_of
from demo.storefront.web.headers import headers_in
from demo.storefront.web.periods import usual_periods
from demo.storefront.web.pictures import picture_of
from demo.storefront.web.refusals import WITHOUT_WORDS, Mistake, refused
from demo.storefront.web.rendering import day_and_time, given_back, signed

MIDNIGHT = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


def shop_in(time_zone: str) -> Shop:
    return Shop.model_validate(
        {
            "shop": "adas-tea",
            "name": "Ada's Tea",
            "time_zone": time_zone,
            "flags": {},
            "clock": {"stopped_at": MIDNIGHT},
        }
    )


@pytest.mark.parametrize(
    ("time_zone", "text", "today"),
    [
        ("Europe/London", "1 March 2026, 23:30", date(2026, 3, 1)),
        ("Asia/Tokyo", "2 March 2026, 08:30", date(2026, 3, 2)),
        ("America/New_York", "1 March 2026, 18:30", date(2026, 3, 1)),
    ],
)
def test_times_are_those_of_the_shop(time_zone: str, text: str, today: date) -> None:
    """The same moment is shown by each shop's own clock, and so is its day."""
    shop = shop_in(time_zone)
    assert (day_and_time(shop.local(MIDNIGHT)), shop.today) == (text, today)


def test_periods_end_today() -> None:
    """The periods that are looked at most reach back from today, over the ends of months and years."""
    shown = {period.name: period.query for period in usual_periods(date(2026, 1, 1))}
    assert shown == {
        "Today": "from=2026-01-01&to=2026-01-01",
        "Yesterday": "from=2025-12-31&to=2025-12-31",
        "Last 7 days": "from=2025-12-26&to=2026-01-01",
        "This month": "from=2026-01-01&to=2026-01-01",
    }


@pytest.mark.parametrize(
    ("amount", "minor", "shown", "back"),
    [("4.50", 450, "£4.50", "−£4.50"), ("-4.50", -450, "−£4.50", "£4.50"), ("0.00", 0, "£0.00", "£0.00")],  # noqa: RUF001
)
def test_amount_below_nothing_has_its_sign_before_the_currency(amount: str, minor: int, shown: str, back: str) -> None:
    """A report's figures are read to the penny, and nothing has no sign."""
    money = money_of({"amount": amount, "currency": "GBP"})
    assert (money, signed(money), given_back(money)) == (Money(minor, "GBP"), shown, back)


def test_picture_is_always_the_same() -> None:
    """A product keeps its picture, and another product has another."""
    assert picture_of("earl-grey") == picture_of("earl-grey") != picture_of("assam")


def test_answer_of_the_mesh_is_not_shown() -> None:
    """What a mesh says in its own words is no message for a customer."""
    error = refused(httpx.Response(404, text="no route"))
    assert (error.status, error.kind, error.mistakes) == (404, "", [Mistake(WITHOUT_WORDS)])


def test_mistake_is_shown_at_a_field_of_the_page_or_at_none() -> None:
    """A peer's field is the page's field, or there is no link to it."""
    body = {"type": "x/invalid", "detail": "No.", "errors": [{"detail": "Bad.", "pointer": "#/lines/0/quantity"}]}
    error = refused(httpx.Response(422, json=body, headers={"Content-Type": "application/problem+json"}))
    assert error.mistakes_at({"quantity": "quantity-tea"}) == [Mistake("Bad.", "quantity-tea")]
    assert error.mistakes_at({}) == [Mistake("Bad.")]


@pytest.mark.parametrize(("environment", "asked"), [("production", True), ("development", False), ("test", False)])
def test_browsers_are_held_to_tls_where_there_is_some(environment: str, asked: bool) -> None:  # noqa: FBT001
    """Outside of development and test, browsers never come by plain http again."""
    assert ("Strict-Transport-Security" in headers_in(environment)) is asked


def test_basket_of_somebody_else_is_not_counted() -> None:
    """Who signs in or out does not see how many pieces the one before had."""
    visit = Visit("adas-tea", "secret", "session", pieces="3")
    assert visit.signed_in("other").pieces == visit.signed_out().pieces == ""


@pytest.mark.parametrize(
    ("path", "shelf"),
    [
        ("/shops/adas-tea/nothing", "/shops/adas-tea/"),
        ("/shops/adas-tea", ""),
        ("/shops/A.B/x", ""),
        ("/", ""),
    ],
)
def test_way_out_of_an_error_leads_into_the_shop(path: str, shelf: str) -> None:
    """An error page leads back to the shop whose page it stands for, where there can be one."""
    assert shelf_of(path) == shelf


@pytest.mark.parametrize(
    "body",
    ["", "[]", '{"sku": 1}', '{"sku": "a", "name": "A", "price": {}, "available": 1, "notice": null}'],
)
def test_answer_that_cannot_be_read_is_a_lost_one(body: str) -> None:
    """What a peer did is not known where its answer makes no sense, and nobody is told that nothing happened."""
    with pytest.raises(PeerUnavailableError) as raised:
        read(Product, httpx.Response(200, text=body))
    assert raised.value.may_have_acted
