"""What a card must look like before the bank is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from demo.storefront.payments.rules import has_expired, passes_luhn
from demo.storefront.payments.schemas import NewCard
from demo.storefront.platform.shops import ShopClock, ShopProfile

GOOD = {"number": "4242424242424242", "expiry": "12/29", "cvc": "123"}


@pytest.mark.parametrize("number", ["4242424242424242", "378282246310005", "79927398713"])
def test_right_check_digit_is_recognised(number: str) -> None:
    """Numbers of any length pass where their check digit is right."""
    assert passes_luhn(number)


def test_every_wrong_digit_is_noticed() -> None:
    """Whichever single digit is mistyped, the number does not pass."""
    number = GOOD["number"]
    mistyped = [
        number[:place] + digit + number[place + 1 :]
        for place in range(len(number))
        for digit in "0123456789"
        if digit != number[place]
    ]
    assert [other for other in mistyped if passes_luhn(other)] == []


@pytest.mark.parametrize("number", ["4242 4242 4242 4242", "4242-4242-4242-4242", " 4242424242424242"])
def test_number_may_be_written_in_groups(number: str) -> None:
    """Blanks and hyphens are how people write card numbers, and are no mistake."""
    assert NewCard.model_validate(GOOD | {"number": number}).number == GOOD["number"]


@pytest.mark.parametrize(
    ("field", "wrong", "words"),
    [
        ("number", "4242424242424241", "Check the card number"),
        ("number", "42424242424", "Check the card number"),
        ("number", "0" * 20, "Check the card number"),
        ("number", "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢", "Check the card number"),
        ("number", 4242424242424242, "Check the card number"),
        ("expiry", "00/29", "Check the expiry date: use MM/YY"),
        ("expiry", "13/29", "Check the expiry date: use MM/YY"),
        ("expiry", "12/2029", "Check the expiry date: use MM/YY"),
        ("expiry", None, "Check the expiry date: use MM/YY"),
        ("cvc", "12", "Check the security code"),
        ("cvc", "12345", "Check the security code"),
        ("cvc", "12a", "Check the security code"),
    ],
)
def test_each_field_is_refused_in_plain_words(field: str, wrong: object, words: str) -> None:
    """A customer reads which field to look at again."""
    with pytest.raises(ValidationError, match=words):
        NewCard.model_validate(GOOD | {field: wrong})


@pytest.mark.parametrize("expiry", ["01/29", "12/29", "12 / 29"])
def test_every_month_of_a_year_is_accepted(expiry: str) -> None:
    """The first month is one, and the last."""
    assert NewCard.model_validate(GOOD | {"expiry": expiry}).expiry == expiry.replace(" ", "")


@pytest.mark.parametrize("code", ["123", "1234"])
def test_security_code_has_three_or_four_digits(code: str) -> None:
    """Three digits, and the four of some brands."""
    assert NewCard.model_validate(GOOD | {"cvc": code}).cvc == code


def test_no_text_made_of_a_card_shows_it() -> None:
    """Neither a card that is printed nor the error about one gives away a digit to a log."""
    card = NewCard.model_validate(GOOD)
    with pytest.raises(ValidationError) as caught:
        NewCard.model_validate(GOOD | {"number": "4242424242424241"})
    assert "4242" not in f"{card!r} {card} {caught.value}"


@pytest.mark.parametrize(
    ("today", "expired"),
    [
        (date(2026, 11, 30), False),
        (date(2026, 12, 1), True),
        (date(2025, 12, 31), False),
        (date(2027, 1, 1), True),
    ],
)
def test_card_is_good_through_the_last_day_of_its_month(today: date, *, expired: bool) -> None:
    """A card of 11/26 pays on 30 November 2026, and not on 1 December."""
    assert has_expired("11/26", today) is expired


@pytest.mark.parametrize(("time_zone", "expired"), [("Europe/London", True), ("America/New_York", False)])
def test_last_day_is_that_of_the_shop(time_zone: str, *, expired: bool) -> None:
    """Half an hour before midnight in UTC it is July in London already, and June in New York."""
    clock = ShopClock(stopped_at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    profile = ShopProfile(shop="adas-tea", name="Ada's Tea", time_zone=time_zone, clock=clock)
    assert has_expired("06/26", profile.today()) is expired
