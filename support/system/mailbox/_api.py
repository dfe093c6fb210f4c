"""The part of Mailpit's REST API that tests need."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

from ._search import search
from ._shapes import headers, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .._guests import HttpHandler, HttpRequest, HttpResponse
    from ._store import Mail, Store

_FIRST_PAGE: Final = "50"


def routes(store: Store) -> Mapping[str, HttpHandler]:
    """What is served at which path."""
    api = _Api(store)
    return {
        "/readyz": api.ready,
        "/api/v1/messages": api.messages,
        "/api/v1/search": api.search,
        "/api/v1/message": api.message,
    }


class _Api:
    def __init__(self, store: Store) -> None:
        self._store = store

    async def ready(self, _request: HttpRequest) -> HttpResponse:
        return HTTPStatus.OK, {"content-type": "text/plain"}, b"ok"

    async def messages(self, request: HttpRequest) -> HttpResponse:
        """List, or with DELETE forget those whose `IDs` are given (all if none are)."""
        if request.method == "DELETE":
            given = json.loads(request.body or b"{}")
            self._store.delete(given.get("IDs") or [])
            return HTTPStatus.OK, {"content-type": "text/plain"}, b"ok"
        return self._page(request, self._store.newest_first())

    async def search(self, request: HttpRequest) -> HttpResponse:
        query = parse_qs(request.query).get("query", [""])[0]
        if not query.strip():
            return HTTPStatus.BAD_REQUEST, {"content-type": "text/plain"}, b"Error: no search query"
        found = search(self._store.newest_first(), query)
        if request.method == "DELETE":
            if found:
                self._store.delete(mail.id for mail in found)
            return HTTPStatus.OK, {"content-type": "text/plain"}, b"ok"
        return self._page(request, found)

    async def message(self, request: HttpRequest) -> HttpResponse:
        number, _, more = request.path.removeprefix("/api/v1/message/").partition("/")
        mail = self._store.get(number)
        if mail is None or more not in {"", "headers"}:
            return HTTPStatus.NOT_FOUND, {"content-type": "text/plain"}, b"404 page not found"
        return _json(headers(mail) if more else whole(mail))

    def _page(self, request: HttpRequest, found: list[Mail]) -> HttpResponse:
        wanted = parse_qs(request.query)
        start, limit = int(wanted.get("start", ["0"])[0]), int(wanted.get("limit", [_FIRST_PAGE])[0])
        page = [mail.summary for mail in found[start : start + limit]]
        total = len(self._store.newest_first())
        return _json(
            {
                "total": total,
                "unread": total,
                "count": len(page),
                "messages_count": len(found),
                "messages_unread": len(found),
                "start": start,
                "tags": [],
                "messages": page,
            }
        )


def _json(value: Any) -> HttpResponse:  # noqa: ANN401 - any JSON value
    return HTTPStatus.OK, {"content-type": "application/json"}, json.dumps(value).encode()
