"""Errors are answered with a page in plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import structlog
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from demo.storefront.platform.peers import PeerUnavailableError
from demo.storefront.platform.tenancy import is_shop_key

from .accounts import UnknownShopError
from .desk import ForeignFormError
from .detours import DetourError
from .rendering import page

if TYPE_CHECKING:
    from fastapi import FastAPI, Request
    from starlette.responses import Response

NOT_FOUND = 404
_SHOP = re.compile(r"/shops/([^/]+)/")
log = structlog.get_logger()
_PAGES: dict[type[Exception], tuple[int, str, str]] = {
    UnknownShopError: (404, "There is no shop here", "Please check the address. Perhaps the shop has moved."),
    ForeignFormError: (403, "This form is too old", "Go back, load the page again, and send the form once more."),
    PeerUnavailableError: (
        503,
        "We will be right back",
        "This shop cannot be shown now. Please try again in a moment.",
    ),
}
_UNEXPECTED = (500, "Something went wrong", "It is our fault, not yours. Please try again in a moment.")


def answer_with_pages(app: FastAPI) -> None:
    """Answer every error of ``app`` with a page."""
    for error in _PAGES:
        app.add_exception_handler(error, _answer)
    app.add_exception_handler(DetourError, _take)
    app.add_exception_handler(RequestValidationError, _answer_http)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(Exception, _answer_unexpected)


def _answer_unexpected(request: Request, error: Exception) -> Response:
    log.error("request.failed", exc_info=error)
    return _page(request, *_UNEXPECTED)


def _take(_request: Request, error: Exception) -> Response:
    assert isinstance(error, DetourError)
    return error.response


def _answer(request: Request, error: Exception) -> Response:
    status, title, message = next(words for kind, words in _PAGES.items() if isinstance(error, kind))
    shelf = "" if isinstance(error, UnknownShopError) else shelf_of(request.url.path)
    return page("error.html", status, title=title, message=message, shelf=shelf)


def _answer_http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else NOT_FOUND
    title = "There is no page here" if status == NOT_FOUND else "This is not possible"
    return _page(request, status, title, "Please check the address.")


def _page(request: Request, status: int, title: str, message: str) -> Response:
    return page("error.html", status, title=title, message=message, shelf=shelf_of(request.url.path))


def shelf_of(path: str) -> str:
    """Return where the shelf of the shop is whose page has this path; empty where it is the page of no shop."""
    match = _SHOP.match(path)
    return f"/shops/{match[1]}/" if match and is_shop_key(match[1]) else ""
