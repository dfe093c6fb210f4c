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
NOT_A_PEER = "This is for the platform's own services."
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
    return _only_with(operator_key, NOT_THE_OPERATOR)


def peers_only(peer_key: str) -> Callable[[str | None], None]:
    """Return a dependency that lets only the platform's own services pass."""
    return _only_with(peer_key, NOT_A_PEER)


def is_secret(authorization: str | None, secret: str) -> bool:
    """Tell whether the header carries this very secret, in a time that does not tell how much of it is right."""
    return secrets.compare_digest(bearer_secret(authorization).encode(), secret.encode())


def _only_with(secret: str, refusal: str) -> Callable[[str | None], None]:
    def check(authorization: Authorization = None) -> None:
        if not is_secret(authorization, secret):
            raise unauthorized(refusal)

    return check
