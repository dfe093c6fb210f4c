"""Where web lets people come back to."""

from __future__ import annotations

import pytest

from demo.storefront.web.detours import safe_path, sign_in_path


@pytest.mark.parametrize(
    "path",
    ["/", "/basket", "/checkout", "/checkout?sku=earl-grey&quantity=2", "/orders", "/orders/0190-ab", "/office",
     "/office/sales", "/office/orders/0190-ab"],
)  # fmt: skip
def test_page_of_ours_is_come_back_to(path: str) -> None:
    """After signing in one is back at the page of ours that one wanted."""
    assert safe_path(path) == path


@pytest.mark.parametrize(
    "path",
    ["", "//evil.example", "https://evil.example", "/../other-shop/", "/orders/../../x", "/sign-out", "/basket\n",
     "/checkout?sku=a&quantity=1&x=2", "/orders/" + "a" * 65],
)  # fmt: skip
def test_page_of_others_is_not_come_back_to(path: str) -> None:
    """Nobody is sent from our sign-in page to anywhere else."""
    assert safe_path(path) == "/"


def test_way_back_is_written_into_the_address() -> None:
    """The sign-in page knows the way back, and none where it is the shelf."""
    assert sign_in_path("/orders/1") == "/sign-in?back=%2Forders%2F1"
    assert sign_in_path() == sign_in_path("//evil.example") == "/sign-in"
