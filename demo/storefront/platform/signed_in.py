"""Who is asking: accounts knows, and is asked each time."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from .logs import remember
from .peers import PeerUnavailableError, segment
from .problems import Problem, unavailable
from .tenancy import NOT_SIGNED_IN, Authorization, Shop, bearer_secret, unauthorized

if TYPE_CHECKING:
    from .peers import Peer

Role = Literal["customer", "clerk", "owner"]
NOT_PERMITTED = "Your account may not do this."


class Account(BaseModel):
    """Who is signed in, as accounts says."""

    customer_id: str
    name: str
    email: str
    role: Role

    @property
    def is_staff(self) -> bool:
        """Tell whether the shop employs this person."""
        return self.role != "customer"


class SignedIn:
    """A dependency of routes: the account whose token came with the request."""

    def __init__(self, accounts: Peer, *roles: Role) -> None:
        """Ask ``accounts``, and let only these ``roles`` pass; without roles, everybody who is signed in."""
        self._accounts, self._roles = accounts, roles

    async def __call__(self, shop: Shop, authorization: Authorization = None) -> Account:
        """Return the account; raise a 401 problem for nobody, 403 for another role, 503 where accounts cannot say."""
        token = bearer_secret(authorization)
        path = f"/accounts/v1/shops/{segment(shop)}/sessions/current"
        try:
            response = await self._accounts.call("GET", path, token=token)
        except PeerUnavailableError as error:
            raise unavailable(error.peer) from error
        if response.status_code != HTTPStatus.OK:
            raise unauthorized(NOT_SIGNED_IN)
        account = Account.model_validate(response.json())
        remember(customer=account.customer_id)
        if self._roles and account.role not in self._roles:
            raise not_permitted()
        return account


def not_permitted() -> Problem:
    """Return the problem of somebody who is known and may not."""
    return Problem(HTTPStatus.FORBIDDEN, "not-permitted", NOT_PERMITTED)
