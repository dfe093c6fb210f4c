"""What may be a password."""

from __future__ import annotations

from demo.storefront.accounts.passwords import hash_password, is_password

HALF_A_CHARACTER = "\ud83d"


def test_password_may_be_anything_that_json_can_say() -> None:
    """Half a character, which no encoding of texts knows, is a part of a password like any other."""
    kept = hash_password(f"correct horse {HALF_A_CHARACTER}")
    assert is_password(kept, f"correct horse {HALF_A_CHARACTER}")
    assert not is_password(kept, "correct horse ")
