"""Who may change what a shop offers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

import pytest

from demo.storefront.catalogue.permissions import OperatorOrOwner
from demo.storefront.platform.problems import Problem
from demo.storefront.platform.signed_in import not_permitted

if TYPE_CHECKING:
    from demo.storefront.platform.signed_in import SignedIn


class Asked:
    """Stands for accounts, where only ``owner`` is a session of the owner."""

    def __init__(self) -> None:
        self.tokens: list[str | None] = []

    async def __call__(self, _shop: str, authorization: str | None) -> None:
        """Remember who was asked for, and let the owner pass."""
        self.tokens.append(authorization)
        if authorization != "Bearer owner":
            raise not_permitted()


def refused(authorization: str | None, asked: Asked) -> int:
    check = OperatorOrOwner("op-key", cast("SignedIn", asked))
    try:
        asyncio.run(check("adas-tea", authorization))
    except Problem as problem:
        return problem.status
    return 0


def test_operator_passes_without_accounts() -> None:
    """The operator's key opens the stock room also while accounts is away."""
    asked = Asked()
    assert (refused("Bearer op-key", asked), asked.tokens) == (0, [])


@pytest.mark.parametrize(("authorization", "status"), [("Bearer owner", 0), ("Bearer clerk", 403), (None, 401)])
def test_owner_passes_and_others_do_not(authorization: str | None, status: int) -> None:
    """The owner's session passes, another role's does not, and nobody's is asked for."""
    assert refused(authorization, Asked()) == status
