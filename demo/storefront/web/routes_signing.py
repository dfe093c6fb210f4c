"""The pages to register, to sign in and to sign out."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response  # noqa: TC002 - FastAPI reads it

from demo.storefront.platform.peers import PeerUnavailableError

from .desk import text_of
from .detours import safe_path
from .notices import notice
from .refusals import Mistake, RefusedError

if TYPE_CHECKING:
    from .desk import Desk
    from .reception import Reception

UNAVAILABLE = 503
CANNOT_REGISTER = "Creating an account is not possible right now. Please try again in a moment."
CANNOT_SIGN_IN = "Signing in is not possible right now. Please try again in a moment."


def signing_pages(desk: Desk) -> APIRouter:
    """Return the routes of these pages."""
    router = APIRouter(prefix="/shops/{shop}", include_in_schema=False)
    _add_registering(router, desk)
    _add_signing_in(router, desk)
    _add_signing_out(router, desk)
    return router


def _add_registering(router: APIRouter, desk: Desk) -> None:
    @router.get("/register", response_model=None)
    async def show(request: Request, shop: str) -> Response:
        """Show an empty form."""
        reception = await desk.receive(request, shop)
        return reception.show("register.html", entered={"name": "", "email": ""})

    @router.post("/register", response_model=None)
    async def register(request: Request, shop: str) -> Response:
        """Register the customer and sign her in."""
        reception, form = await desk.receive_form(request, shop)
        name, email, password = (text_of(form, field) for field in ("name", "email", "password"))
        try:
            await desk.accounts.register(shop, name, email, password)
        except RefusedError as error:
            return reception.refuse("register.html", error, entered={"name": name, "email": email})
        except PeerUnavailableError:
            entered = {"name": name, "email": email}
            return reception.show("register.html", UNAVAILABLE, [Mistake(CANNOT_REGISTER)], entered=entered)
        return await _welcome(desk, reception, email, password, name)


async def _welcome(desk: Desk, reception: Reception, email: str, password: str, name: str) -> Response:
    """Sign a new customer in; where that fails, her account is ready nevertheless."""
    try:
        session = await desk.accounts.sign_in(reception.shop.key, email, password)
    except (PeerUnavailableError, RefusedError):
        return reception.go("/sign-in", notice("registered"))
    return reception.as_signed_in(session).go(notice=notice("welcome", name.strip()))


def _add_signing_in(router: APIRouter, desk: Desk) -> None:
    @router.get("/sign-in", response_model=None)
    async def show(request: Request, shop: str, back: str = "/") -> Response:
        """Show an empty form; afterwards one is ``back`` at a page of ours."""
        reception = await desk.receive(request, shop)
        return reception.show("sign_in.html", email="", back=safe_path(back))

    @router.post("/sign-in", response_model=None)
    async def sign_in(request: Request, shop: str) -> Response:
        """Sign somebody in."""
        reception, form = await desk.receive_form(request, shop)
        email, back = text_of(form, "email"), safe_path(text_of(form, "back"))
        try:
            session = await desk.accounts.sign_in(shop, email, text_of(form, "password"))
        except RefusedError as error:
            return reception.refuse("sign_in.html", error, email=email, back=back)
        except PeerUnavailableError:
            mistakes = [Mistake(CANNOT_SIGN_IN)]
            return reception.show("sign_in.html", UNAVAILABLE, mistakes, email=email, back=back)
        return reception.as_signed_in(session).go(back)


def _add_signing_out(router: APIRouter, desk: Desk) -> None:
    @router.post("/sign-out", response_model=None)
    async def sign_out(request: Request, shop: str) -> Response:
        """Sign the customer out; the browser forgets the session even where accounts is away."""
        reception, _form = await desk.receive_form(request, shop)
        with suppress(PeerUnavailableError):
            await desk.accounts.sign_out(shop, reception.visit.session)
        return reception.as_nobody().go(notice=notice("signed-out"))
