"""Errors are answered as RFC 9457 problems."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import structlog
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import FastAPI, Request

MEDIA_TYPE = "application/problem+json"
TYPES = "https://storefront.example/problems"
log = structlog.get_logger()


class FieldError(BaseModel):
    """What is wrong with one field; the pointer leads into the request's body (RFC 6901, as a fragment)."""

    detail: str
    pointer: str


class Problem(Exception):  # noqa: N818 - a problem is the term of RFC 9457
    """An answer that tells the caller what went wrong."""

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Describe the problem; ``kind`` is the last part of its type."""
        super().__init__(detail)
        self.status, self.kind, self.detail = status, kind, detail
        self.errors, self.headers = list(errors), dict(headers or {})

    def answer(self) -> JSONResponse:
        """Return the problem as a response."""
        body: dict[str, Any] = {
            "type": f"{TYPES}/{self.kind}",
            "title": self.kind.replace("-", " ").capitalize(),
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = [error.model_dump() for error in self.errors]
        return JSONResponse(body, self.status, headers=self.headers, media_type=MEDIA_TYPE)


def invalid(errors: Sequence[FieldError]) -> Problem:
    """Return the problem of a body that is well-formed and not acceptable."""
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-request", "The request is not acceptable.", errors)


def unavailable(what: str) -> Problem:
    """Return the problem of a dependency that does not answer; nothing was changed."""
    detail = f"The {what} cannot be reached. Nothing was changed; try again in a moment."
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", detail, headers={"Retry-After": "1"})


def unconfirmed() -> Problem:
    """Return the problem of a change that is perhaps stored; repeating it with its idempotency key is safe."""
    detail = "It is not known whether the change was stored. Repeat the request; with the same key it happens once."
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "unconfirmed", detail)


def pointer(location: Sequence[int | str]) -> str:
    """Return the JSON pointer of a validation error's location, e.g. ``#/lines/0/quantity``."""
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in location if part != "body")
    return "#" + "".join(f"/{part}" for part in parts)


def answer_problems(app: FastAPI) -> None:
    """Answer every error of ``app`` as a problem."""
    app.add_exception_handler(Problem, _answer)
    app.add_exception_handler(RequestValidationError, _answer_validation)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(Exception, _answer_unexpected)


def answer_unavailable(app: FastAPI, what: str, *errors: type[Exception]) -> None:
    """Answer ``errors`` of a store's library as 503: ``what`` cannot be reached."""

    def answer(_request: Request, error: Exception) -> JSONResponse:
        log.warning("dependency.unavailable", dependency=what, reason=_first_line(error))
        return unavailable(what).answer()

    for error in errors:
        app.add_exception_handler(error, answer)


def _answer(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)
    return error.answer()


def _answer_validation(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(item["loc"][0] == "path" for item in found):
        return Problem(HTTPStatus.NOT_FOUND, "not-found", "A key in the path is malformed.").answer()
    return invalid([_field_error(item) for item in found]).answer()


def _field_error(item: Mapping[str, Any]) -> FieldError:
    if item["type"] == "json_invalid":
        return FieldError(detail="The body is not JSON.", pointer="#")
    return FieldError(detail=str(item["msg"]).removeprefix("Value error, "), pointer=pointer(item["loc"]))


def _answer_http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    title = HTTPStatus(error.status_code).phrase
    kind = title.lower().replace(" ", "-")
    return Problem(error.status_code, kind, f"{title}.", headers=error.headers).answer()


def _answer_unexpected(_request: Request, error: Exception) -> JSONResponse:
    log.error("request.failed", exc_info=error)
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "unexpected", "Something went wrong on our side.").answer()


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
