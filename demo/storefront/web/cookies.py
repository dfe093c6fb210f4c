"""Cookies: who is signed in, what to say on the next page, and proof that a form came from our own page."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import Request
    from starlette.responses import Response

SESSION, VISIT, NOTICE, PIECES = "session", "visit", "notice", "pieces"
NOTICE_SECONDS = 60
MOST_DIGITS = 5
WITHOUT_TLS = ("development", "test")  # environments whose address may be plain http


@dataclass(frozen=True)
class Visit:
    """A browser's visit to one shop, as its cookies tell."""

    shop: str
    secret: str
    session: str = ""
    notice: str = ""
    pieces: str = ""  # in the basket, as it was last seen; empty where that is not known

    @property
    def form_token(self) -> str:
        """Return what each form must carry; it changes with every signing in and out."""
        return hmac.new(self.secret.encode(), f"form:{self.session}".encode(), hashlib.sha256).hexdigest()

    def is_own_form(self, token: str) -> bool:
        """Tell whether a form with this token came from a page of ours."""
        return secrets.compare_digest(self.form_token.encode(), token.encode())

    def signed_out(self) -> Visit:
        """Return the visit without its session."""
        return self.signed_in("")

    def signed_in(self, session: str) -> Visit:
        """Return the visit with another session; what that person's basket holds is not known."""
        return replace(self, session=session, pieces="")


class Cookies:
    """Reads and writes the cookies of a visit."""

    def __init__(self, environment: str) -> None:
        """Ask for TLS unless ``environment`` may do without."""
        self._without_tls = environment in WITHOUT_TLS

    def read(self, request: Request, shop: str) -> Visit:
        """Return the visit; a new browser gets a new secret."""
        found = request.cookies
        secret = found.get(VISIT) or secrets.token_urlsafe(24)
        pieces = found.get(PIECES, "")
        return Visit(shop, secret, found.get(SESSION, ""), found.get(NOTICE, ""), pieces if _is_count(pieces) else "")

    def write(self, request: Request, response: Response, visit: Visit) -> None:
        """Let the browser know what ``visit`` says; a cookie without a value is removed."""
        values = {SESSION: visit.session, VISIT: visit.secret, NOTICE: visit.notice, PIECES: visit.pieces}
        for name, value in values.items():
            if request.cookies.get(name, "") != value:
                self._set(request, response, visit.shop, name, value)

    def _set(self, request: Request, response: Response, shop: str, name: str, value: str) -> None:
        response.set_cookie(
            name,
            value,
            max_age=None if value and name != NOTICE else NOTICE_SECONDS if value else 0,
            path=f"/shops/{shop}",
            secure=not (self._without_tls or is_plain_loopback(request)),
            httponly=True,
            samesite="lax",
        )


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


def is_plain_loopback(request: Request) -> bool:
    """Tell whether the browser asked this very machine by plain http."""
    host = request.url.hostname or ""
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    return request.url.scheme == "http" and loopback
