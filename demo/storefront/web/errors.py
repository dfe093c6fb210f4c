"""Errors are answered with a page in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from starlette.exceptions import HTTPException

from demo.storefront.platform.peers import PeerUnavailableError

from .accounts import UnknownShopError
from .desk import ForeignFormError
from .rendering import page

if TYPE_CHECKING:
    from fastapi import FastAPI, Request
    from starlette.responses import Response

NOT_FOUND = 404
log = structlog.get_logger()
_PAGES: dict[type[Exception], tuple[int, str, str]] = {
    UnknownShopError: (404, "There is no shop here", "Please check the address. Perhaps the shop has moved."),
    ForeignFormError: (403, "This form is too old", "Go back, load the page again, and send the form once more."),
    PeerUnavailableError: (
        503,
        "We will be right back",
        "This shop cannot be shown now. Please try again in a moment.",
    ),
    Exception: (500, "Something went wrong", "It is our fault, not yours. Please try again in a moment."),
}


def answer_with_pages(app: FastAPI) -> None:
    """Answer every error of ``app`` with a page."""
    for error in _PAGES:
        app.add_exception_handler(error, _answer)
    app.add_exception_handler(HTTPException, _answer_http)


def _answer(_request: Request, error: Exception) -> Response:
    known = next((kind for kind in _PAGES if isinstance(error, kind)), Exception)
    status, title, message = _PAGES[known]
    if known is Exception:
        log.error("request.failed", exc_info=error)
    return page("error.html", status, title=title, message=message)


def _answer_http(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else NOT_FOUND
    title = "There is no page here" if status == NOT_FOUND else "This is not possible"
    return page("error.html", status, title=title, message="Please check the address.")
