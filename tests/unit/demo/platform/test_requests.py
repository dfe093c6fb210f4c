"""What every service does with a request before and after its own work."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import httpx
import pytest
from fastapi import Body, FastAPI

from demo.storefront.orders.deprecation import Deprecation
from demo.storefront.platform.background import Background
from demo.storefront.platform.bodies import MOST_BYTES
from demo.storefront.platform.headers import HEADERS
from demo.storefront.platform.service import Service
from demo.storefront.platform.settings import ProcessSettings, Variables

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PROCESS = ProcessSettings.read(Variables({"PORT": "8001"}), "tea")


def service() -> FastAPI:
    """Return a service that measures bodies, and that has a fault."""
    app = Service(PROCESS, "Tea").app()
    app.add_middleware(Deprecation)

    @app.post("/orders/v1/length")
    def length(body: Annotated[bytes, Body(media_type="application/octet-stream")]) -> int:
        return len(body)

    @app.get("/orders/v1/fault")
    def fault() -> None:
        raise LookupError

    return app


def answered(app: FastAPI, method: str, path: str, *parts: bytes) -> httpx.Response:
    """Ask a service that runs, with a body in so many parts."""

    async def body() -> AsyncIterator[bytes]:
        for part in parts:
            yield part

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport) as client:
            headers = {"Content-Type": "application/octet-stream"}
            return await client.request(method, f"http://tea{path}", content=body(), headers=headers)

    return asyncio.run(ask())


def test_largest_body_is_read_whole() -> None:
    """What is not too large reaches the service as it was sent."""
    answer = answered(service(), "POST", "/orders/v1/length", b"x" * (MOST_BYTES - 1), b"x")
    assert (answer.status_code, answer.json()) == (200, MOST_BYTES)


def test_too_large_a_body_is_refused_in_words() -> None:
    """Nobody fills a service's memory; parts without a length are counted too."""
    answer = answered(service(), "POST", "/orders/v1/length", b"x" * MOST_BYTES, b"x")
    assert (answer.status_code, answer.json()["detail"]) == (413, "Send at most 64 KiB at once.")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_unexpected_error_has_the_headers_of_every_answer() -> None:
    """A fault of ours is a problem in words, as private as any answer, and says that its version is deprecated."""
    answer = answered(service(), "GET", "/orders/v1/fault")
    assert (answer.status_code, answer.json()["title"]) == (500, "Unexpected")
    assert all(answer.headers[name] == value for name, value in HEADERS.items())
    assert "Deprecation" in answer.headers


def test_service_whose_background_work_died_is_not_ready() -> None:
    """Where the work besides the requests has ended, the service says so instead of seeming well."""

    async def die() -> None:
        raise LookupError

    ill = Service(PROCESS, "Tea")
    ill.background(die)
    answer = answered(ill.app(), "GET", "/readyz")
    assert (answer.status_code, answer.json()["checks"]) == (503, {"background": "it has ended"})


def test_background_work_that_never_began_has_ended() -> None:
    """Before its start a task is no more under way than after its end."""
    with pytest.raises(RuntimeError, match="it has ended"):
        asyncio.run(Background(lambda: asyncio.sleep(0)).check())
