"""What accounts accepts of people who register."""

from __future__ import annotations

import pytest

from demo.storefront.accounts.passwords import hash_password, is_password
from demo.storefront.accounts.rules import good_password, normal_email, normal_name, typed_password


def test_email_is_compared_trimmed_and_in_lower_case() -> None:
    """However an address is typed, it is the same customer."""
    assert normal_email("  Ada@Example.COM ") == "ada@example.com"


@pytest.mark.parametrize(
    "email",
    ["", "ada", "ada@", "@example.com", "ada@example", "a b@example.com", "ada@@example.com", "ada@-x.com",
     ".ada@example.com", "a..b@example.com", "ada@example.com\nBcc: eve@example.com", "ada@" + "x" * 250 + ".com"],
)  # fmt: skip
def test_what_is_no_email_address_is_refused(email: str) -> None:
    """What no mail could be sent to is refused, with an example."""
    with pytest.raises(ValueError, match=r"Enter an e-mail address such as ada@example\.com\."):
        normal_email(email)


@pytest.mark.parametrize("length", [10, 128])
def test_password_of_good_length_is_accepted(length: int) -> None:
    """Ten characters are enough, and 128 are not too many."""
    assert good_password("x" * length)


@pytest.mark.parametrize(("length", "words"), [(9, "at least 10"), (129, "at most 128")])
def test_password_of_bad_length_is_refused(length: int, words: str) -> None:
    """A password just beyond a limit is refused, and the limit is told."""
    with pytest.raises(ValueError, match=f"Use a password of {words} characters"):
        good_password("x" * length)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "Ada\nLovelace"])
def test_what_is_no_name_is_refused(name: str) -> None:
    """A name is one line of 1 to 80 characters."""
    with pytest.raises(ValueError, match="Enter a name of 1 to 80 characters"):
        normal_name(name)


def test_what_is_longer_than_any_password_is_not_checked() -> None:
    """Checking takes long, and longer the more there is to check."""
    assert typed_password("x" * 128)
    with pytest.raises(ValueError, match="A password has at most 128 characters"):
        typed_password("x" * 129)


def test_only_the_right_password_fits() -> None:
    """A kept hash fits its password and no other, and nothing kept fits nothing."""
    kept = hash_password("correct horse")
    assert "correct horse" not in kept
    assert is_password(kept, "correct horse")
    assert not is_password(kept, "wrong horse")
    assert not is_password(None, "the password of nobody")
