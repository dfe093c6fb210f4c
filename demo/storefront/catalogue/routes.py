"""The HTTP interface of catalogue, ``/catalogue/v1``."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from demo.storefront.platform.lines import SKU
from demo.storefront.platform.shops import Directory, ShopProfile
from demo.storefront.platform.signed_in import SignedIn
from demo.storefront.platform.tenancy import peers_only

from .permissions import OperatorOrOwner
from .products import Products
from .reservations import Reservations
from .schemas import NewProduct, NewReservation, OfficeProduct, Product, Reservation
from .shelf import Shelf

PREFIX = "/catalogue/v1"
Sku = Annotated[str, Path(pattern=SKU, examples=["earl-grey"])]
ReservationId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="Chosen by the caller.")]


def product_routes(directory: Directory, may_offer: OperatorOrOwner, products: Products, shelf: Shelf) -> APIRouter:
    """Return the routes for those who buy and those who sell."""
    router = APIRouter(prefix=PREFIX + "/shops/{shop}/products", tags=["products"])

    @router.put("/{sku}", dependencies=[Depends(may_offer)])
    def offer(
        sku: Sku, body: NewProduct, response: Response, shop: Annotated[ShopProfile, Depends(directory)]
    ) -> OfficeProduct:
        """Offer a product (201), or change one that is offered (200)."""
        product, is_new = products.offer(shop, sku, body)
        response.status_code = HTTPStatus.CREATED if is_new else HTTPStatus.OK
        return product

    @router.get("")
    def on_the_shelf(shop: Annotated[ShopProfile, Depends(directory)]) -> Sequence[Product]:
        """Return what a shop offers, by name."""
        return shelf.products(shop)

    @router.get("/{sku}")
    def product(sku: Sku, shop: Annotated[ShopProfile, Depends(directory)]) -> Product:
        """Return one product."""
        return products.find(shop, sku)

    return router


def office_routes(directory: Directory, staff: SignedIn, shelf: Shelf) -> APIRouter:
    """Return the route for a shop's staff."""
    router = APIRouter(prefix=PREFIX + "/shops/{shop}/office", tags=["office"], dependencies=[Depends(staff)])

    @router.get("/products")
    def products(shop: Annotated[ShopProfile, Depends(directory)]) -> list[OfficeProduct]:
        """Return what the shop offers, by name, and how many pieces of it lie in the stock room."""
        return shelf.products(shop)

    return router


def reservation_routes(directory: Directory, peer_key: str, reservations: Reservations) -> APIRouter:
    """Return the routes for the services that sell on behalf of customers."""
    router = APIRouter(
        prefix=PREFIX + "/shops/{shop}/reservations/{reservation_id}",
        tags=["reservations"],
        dependencies=[Depends(peers_only(peer_key))],
    )

    @router.put("", status_code=HTTPStatus.CREATED)
    def hold(
        reservation_id: ReservationId,
        body: NewReservation,
        response: Response,
        shop: Annotated[ShopProfile, Depends(directory)],
    ) -> Reservation:
        """Hold pieces for 15 minutes (201); the same again is the same reservation (200)."""
        reservation, is_new = reservations.hold(shop, reservation_id, body)
        response.status_code = HTTPStatus.CREATED if is_new else HTTPStatus.OK
        return reservation

    @router.post("/confirmation")
    def confirm(reservation_id: ReservationId, shop: Annotated[ShopProfile, Depends(directory)]) -> Reservation:
        """Take the held pieces for good."""
        return reservations.confirm(shop, reservation_id)

    @router.delete("", status_code=HTTPStatus.NO_CONTENT)
    def release(reservation_id: ReservationId, shop: Annotated[ShopProfile, Depends(directory)]) -> None:
        """Bring the pieces back; a reservation that comes later holds nothing."""
        reservations.release(shop, reservation_id)

    return router
