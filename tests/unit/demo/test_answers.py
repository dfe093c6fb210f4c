"""What the storefront promises about its errors, its forms and what it makes of a peer's silence."""

from __future__ import annotations

import json

import httpx
import pytest

from demo.storefront.platform.logs import hide_addresses
from demo.storefront.platform.peers import may_have_acted
from demo.storefront.platform.problems import FieldError, invalid, pointer
from demo.storefront.platform.tenancy import is_shop_key
from demo.storefront.web.cookies import Visit
from demo.storefront.web.purchase import Purchase


def test_problem_points_to_the_field() -> None:
    """A refused body is answered with a problem that points to each field."""
    answer = invalid([FieldError(detail="Choose a quantity from 1 to 99.", pointer="#/lines/0/quantity")]).answer()
    assert answer.media_type == "application/problem+json"
    body = json.loads(bytes(answer.body))
    assert (body["status"], body["errors"][0]["pointer"]) == (422, "#/lines/0/quantity")


@pytest.mark.parametrize(
    ("location", "text"),
    [(("body", "lines", 0, "sku"), "#/lines/0/sku"), (("body",), "#"), (("body", "a/b~c"), "#/a~1b~0c")],
)
def test_pointer_follows_rfc_6901(location: tuple[str | int, ...], text: str) -> None:
    """A pointer leads into the body, with its own signs escaped."""
    assert pointer(location) == text


@pytest.mark.parametrize(
    ("status", "text", "acted"),
    [
        (503, "fault filter abort", False),
        (503, "upstream connect error. reset reason: remote connection failure", False),
        (503, "upstream connect error. reset reason: connection termination", True),
        (504, "upstream request timeout", True),
        (500, "", True),
    ],
)  # fmt: skip
def test_lost_answer_is_not_taken_for_a_refusal(status: int, text: str, acted: bool) -> None:  # noqa: FBT001
    """Only where a peer surely did nothing are customers told that nothing happened."""
    assert may_have_acted(httpx.Response(status, text=text)) is acted


@pytest.mark.parametrize("key", ["adas-tea", "s1", "0-0", "a" * 39])
def test_shop_key_is_lower_case_and_short(key: str) -> None:
    """A shop's key is 2 to 39 lower-case letters, digits and hyphens."""
    assert is_shop_key(key)


@pytest.mark.parametrize("key", ["", "a", "-a", "Ada", "a.b", "a" * 40, "adas-tea\n", "a/b", "a>"])
def test_what_could_change_a_subject_is_no_shop_key(key: str) -> None:
    """What would break a path or a broker's subject is no shop's key."""
    assert not is_shop_key(key)


@pytest.mark.parametrize(("quantity", "pieces"), [("1", 1), ("99", 99), ("07", 7)])
def test_quantity_is_read_as_it_is_typed(quantity: str, pieces: int) -> None:
    """A whole number from 1 to 99 is a quantity."""
    assert Purchase("earl-grey", quantity, "k").pieces == pieces


@pytest.mark.parametrize("quantity", ["", "0", "100", "-1", "1.5", "two", "²", "٣"])
def test_what_is_no_quantity_has_no_pieces(quantity: str) -> None:
    """What is no whole number from 1 to 99 is no quantity."""
    assert Purchase("earl-grey", quantity, "k").pieces is None


def test_form_of_another_visit_is_foreign() -> None:
    """A form's token fits the visit that it was made for, and neither another browser nor another session."""
    visit = Visit("adas-tea", "secret", "session")
    assert visit.is_own_form(visit.form_token)
    assert not visit.is_own_form(Visit("adas-tea", "other", "session").form_token)
    assert not visit.is_own_form(visit.signed_out().form_token)
    assert not visit.is_own_form("")


def test_log_hides_addresses() -> None:
    """An e-mail address that slips into a log line does not reach it."""
    line = hide_addresses(None, "info", {"event": "x", "reason": "Key (shop, email)=(tea, ada@example.com) exists"})
    assert line["reason"] == "Key (shop, email)=(tea, [e-mail]) exists"


def test_log_hides_addresses_however_deep_they_lie() -> None:
    """What a library says in lists and mappings, or as the key of one, is searched too."""
    line = hide_addresses(None, "info", {"event": "x", "found": [{"ada@example.com": ("to ben@example.com", 1)}]})
    assert line["found"] == [{"[e-mail]": ["to [e-mail]", 1]}]
