"""Health: ``/healthz`` says that a service lives, ``/readyz`` whether all it needs answers."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from .patience import reason

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from .settings import ProcessSettings

    Check = Callable[[], Awaitable[None]]

CHECK_TIMEOUT = 1.0


def health_routes(process: ProcessSettings, checks: Mapping[str, Check]) -> APIRouter:
    """Return the routes that tell how a service is; ``checks`` raise where a dependency does not answer."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    async def alive() -> dict[str, str]:
        """Say that the process lives, and which it is."""
        return {
            "status": "ok",
            "service": process.service,
            "version": process.version,
            "environment": process.environment,
        }

    @router.get("/readyz")
    async def ready() -> JSONResponse:
        """Say whether every dependency answers; 503 and the reasons where one does not."""
        results = dict(zip(checks, await asyncio.gather(*map(_result, checks.values())), strict=True))
        healthy = all(result == "ok" for result in results.values())
        status = HTTPStatus.OK if healthy else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse({"status": "ready" if healthy else "unavailable", "checks": results}, status)

    return router


async def _result(check: Check) -> str:
    try:
        await asyncio.wait_for(check(), CHECK_TIMEOUT)
    except Exception as error:  # noqa: BLE001 - a check may fail in any way
        return reason(error)
    return "ok"
