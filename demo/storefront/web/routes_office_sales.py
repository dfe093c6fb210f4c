"""The back office's sales: what was sold and given back, day by day."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response

from demo.storefront.platform.peers import PeerUnavailableError

from .chart import bars_of
from .periods import usual_periods
from .refusals import Mistake, RefusedError

if TYPE_CHECKING:
    import httpx

    from .desk import Desk
    from .reception import Reception
    from .reporting import Sales

TITLE = "Sales"
NO_SALES = "The sales cannot be shown right now. Please try again in a moment."
FIELDS = {"from": "from", "to": "to"}
OF_A_FILE = ("Content-Type", "Content-Disposition")


def office_sales_pages(desk: Desk) -> APIRouter:
    """Return the routes of these pages."""
    router = APIRouter(prefix="/shops/{shop}/office", include_in_schema=False)

    @router.get("/sales", response_model=None)
    async def sales(request: Request, shop: str) -> Response:
        """Show the sales of some days, by default of today."""
        return await _show_sales(desk, desk.admit_staff(await desk.receive(request, shop), "owner"))

    @router.get("/sales.csv", response_model=None)
    async def sales_file(request: Request, shop: str) -> Response:
        """Hand out the same as a file."""
        reception = desk.admit_staff(await desk.receive(request, shop), "owner")
        asked = desk.reporting.sales_file(shop, reception.session, *_days(request))
        return _file(await reception.ask(asked, TITLE, NO_SALES))

    return router


def _days(request: Request) -> tuple[str, str]:
    query = request.query_params
    return query.get("from", "").strip(), query.get("to", "").strip()


async def _show_sales(desk: Desk, reception: Reception) -> Response:
    first, last = _days(reception.request)
    sales: Sales | None = None
    status, mistakes = int(HTTPStatus.OK), list[Mistake]()
    try:
        sales = await desk.reporting.sales(reception.shop.key, reception.session, first, last)
    except PeerUnavailableError:
        status, mistakes = HTTPStatus.SERVICE_UNAVAILABLE, [Mistake(NO_SALES)]
    except RefusedError as error:
        if error.status == HTTPStatus.UNAUTHORIZED:
            return reception.go_to_sign_in(back="/office/sales")
        status, mistakes = error.status, error.mistakes_at(FIELDS)
    if sales:
        first, last = sales.first.isoformat(), sales.last.isoformat()
    shown = {"periods": usual_periods(reception.shop.today), "bars_of": bars_of}
    return reception.show("office_sales.html", status, mistakes, None, sales=sales, first=first, last=last, **shown)


def _file(found: httpx.Response) -> Response:
    headers = {name: found.headers[name] for name in OF_A_FILE if name in found.headers}
    return Response(found.content, headers=headers)
