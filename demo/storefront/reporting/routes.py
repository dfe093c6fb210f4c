"""The HTTP interface of reporting, ``/reporting/v1``."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BeforeValidator, WithJsonSchema

from demo.storefront.platform.shops import Directory, ShopProfile
from demo.storefront.platform.signed_in import SignedIn

from .rules import Period, good_day
from .sales import SalesReports
from .schemas import Sales
from .spreadsheet import MEDIA_TYPE, file_name, to_csv

PREFIX = "/reporting/v1"
Day = Annotated[date | None, BeforeValidator(good_day), WithJsonSchema({"type": "string", "format": "date"})]
First = Annotated[Day, Query(alias="from", description="The first day; without it, the last.")]
Last = Annotated[Day, Query(alias="to", description="The last day, included; without it, today in the shop.")]
CSV_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The report"}
}


def report_routes(directory: Directory, owner: SignedIn, reports: SalesReports) -> APIRouter:
    """Return the routes of reporting."""
    router = APIRouter(prefix=PREFIX + "/shops/{shop}", tags=["sales"], dependencies=[Depends(owner)])

    def report(shop: Annotated[ShopProfile, Depends(directory)], first: First = None, last: Last = None) -> Sales:
        return reports.report(shop, Period.of(first, last, shop.today()))

    @router.get("/sales")
    def sales(found: Annotated[Sales, Depends(report)]) -> Sales:
        """Return what the shop sold in a period, by day; at most 366 days."""
        return found

    @router.get("/sales.csv", response_class=Response, responses=CSV_ANSWER)
    def sales_as_csv(found: Annotated[Sales, Depends(report)]) -> Response:
        """Return the days of a report as CSV."""
        headers = {"Content-Disposition": f'attachment; filename="{file_name(found)}"'}
        return Response(to_csv(found), headers=headers, media_type=MEDIA_TYPE)

    return router
