"""Who is asking: accounts knows, and is asked each time."""

from http import HTTPStatus

from demo.storefront.platform.logs import remember
from demo.storefront.platform.peers import Peer, PeerUnavailableError, segment
from demo.storefront.platform.problems import unavailable
from demo.storefront.platform.tenancy import NOT_SIGNED_IN, Authorization, Shop, bearer_secret, unauthorized

from .schemas import Customer


class SignedIn:
    """A dependency of routes: the customer whose token came with the request."""

    def __init__(self, accounts: Peer) -> None:
        """Ask ``accounts``."""
        self._accounts = accounts

    async def __call__(self, shop: Shop, authorization: Authorization = None) -> Customer:
        """Return the customer; raise a 401 problem for nobody, 503 where accounts cannot say."""
        token = bearer_secret(authorization)
        path = f"/accounts/v1/shops/{segment(shop)}/sessions/current"
        try:
            response = await self._accounts.call("GET", path, token=token)
        except PeerUnavailableError as error:
            raise unavailable(error.peer) from error
        if response.status_code != HTTPStatus.OK:
            raise unauthorized(NOT_SIGNED_IN)
        customer = Customer.model_validate(response.json())
        remember(customer=customer.customer_id)
        return customer
