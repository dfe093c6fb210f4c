"""Who may change what a shop offers: the platform's operator, and the owner of the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demo.storefront.platform.tenancy import Authorization, Shop, is_secret

if TYPE_CHECKING:
    from demo.storefront.platform.signed_in import SignedIn


class OperatorOrOwner:
    """A dependency of routes that lets both pass; accounts is asked only where it is not the operator's key."""

    def __init__(self, operator_key: str, owner: SignedIn) -> None:
        """Know the operator by the key, and the owner by the session."""
        self._operator_key, self._owner = operator_key, owner

    async def __call__(self, shop: Shop, authorization: Authorization = None) -> None:
        """Raise a 401 problem for nobody, 403 for another role, 503 where accounts cannot say."""
        if not is_secret(authorization, self._operator_key):
            await self._owner(shop, authorization)
