"""Every shop is a tenant; its key is a part of every path and a column of every table."""

from __future__ import annotations

import re
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from fastapi import Header, Path

from .problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

NO_BEARER = "Send the header 'Authorization: Bearer ...'."
NOT_THE_OPERATOR = "This is not the operator's key."
NOT_SIGNED_IN = "Nobody is signed in with this token."
SHOP_KEY = r"^[a-z0-9][a-z0-9-]{1,38}$"
Shop = Annotated[str, Path(pattern=SHOP_KEY, description="The shop's key.", examples=["adas-tea"])]
Authorization = Annotated[str | None, Header(description="`Bearer` and the secret.")]


def is_shop_key(text: str) -> bool:
    """Tell whether ``text`` may be the key of a shop."""
    return re.fullmatch(SHOP_KEY, text) is not None and not text.endswith("\n")


def bearer_secret(authorization: str | None) -> str:
    """Return the secret of an ``Authorization: Bearer`` header; raise a 401 problem without one."""
    scheme, _, secret = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise unauthorized(NO_BEARER)
    return secret.strip()


def unauthorized(detail: str) -> Problem:
    """Return the problem of a caller who is not known."""
    return Problem(HTTPStatus.UNAUTHORIZED, "unauthorized", detail, headers={"WWW-Authenticate": "Bearer"})


def operator_only(operator_key: str) -> Callable[[str | None], None]:
    """Return a dependency that lets only the platform's operator pass."""

    def check(authorization: Authorization = None) -> None:
        given = bearer_secret(authorization)
        if not secrets.compare_digest(given.encode(), operator_key.encode()):
            raise unauthorized(NOT_THE_OPERATOR)

    return check
