from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from support.core import EVERYTHING, Permit, RehearsalError
from support.data import Clearing, _clearing


@dataclass
class Lease:
    """A lease that has ended."""

    run_id: str = "abcdefgh"
    last: bool = True
    permit: Permit = EVERYTHING
    addresses: dict[str, str] = field(default_factory=lambda: {"database": "postgresql://127.0.0.1:1"})


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was cleared: each look at a database, which finds rows twice and then nothing."""
    looks: list[str] = []

    def clear(url: str, column: str, prefix: str) -> int:
        looks.append(f"{url} {column} {prefix}")
        return 1 if len(looks) in {1, 3} else 0

    monkeypatch.setattr(_clearing, "clear_tenants", clear)
    return looks


def test_clearing_looks_again_until_nothing_comes_any_more(asked: list[str]) -> None:
    """A row that a request under way writes after the first look is cleared too."""
    asyncio.run(Clearing("shop", {"database": ["storefront"]}).lease_ended(Lease()))
    assert set(asked) == {"postgresql://127.0.0.1:1/storefront shop abcdefgh-"}
    assert len(asked) == 6, "the third look found a row, and three more found none"


def test_nothing_is_cleared_where_nothing_may_be_written(asked: list[str]) -> None:
    """A lease without the right to write ends without a look at any database."""
    asyncio.run(Clearing("shop", {"database": ["storefront"]}).lease_ended(Lease(permit=Permit(frozenset({"read"})))))
    assert asked == []


def test_nothing_is_cleared_without_a_tenant_column(asked: list[str]) -> None:
    """A system that names no tenant column has no rows that are known to be ours."""
    asyncio.run(Clearing("", {"database": ["storefront"]}).lease_ended(Lease()))
    assert asked == []


def test_one_database_that_cannot_be_cleared_does_not_save_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every database is cleared, and then it is told which could not be."""
    looked: list[str] = []

    def clear(url: str, column: str, prefix: str) -> int:  # noqa: ARG001 - the signature is clear_tenants'
        looked.append(url.rpartition("/")[2])
        if url.endswith("/first"):
            msg = "first is read-only"
            raise RehearsalError(msg)
        return 0

    monkeypatch.setattr(_clearing, "clear_tenants", clear)
    with pytest.raises(RehearsalError, match="first is read-only"):
        asyncio.run(Clearing("shop", {"database": ["first", "second"]}).lease_ended(Lease()))
    assert looked.count("second") == 3
