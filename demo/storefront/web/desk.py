"""The desk at which each request is received: which shop, which visit, who is signed in."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

from demo.storefront.platform.peers import PeerUnavailableError

from .rendering import page

if TYPE_CHECKING:
    from fastapi import Request
    from starlette.datastructures import FormData
    from starlette.responses import HTMLResponse, Response

    from .accounts import Accounts, Shop
    from .cookies import Cookies, Visit
    from .orders import Orders
    from .refusals import Mistake

NOTICES = {
    "welcome": "Welcome, {name}",
    "registered": "Your account is ready. Please sign in.",
    "signed-out": "You are signed out.",
    "sign-in-first": "Please sign in to order.",
    "sign-in-to-see": "Please sign in to see your orders.",
}


class ForeignFormError(Exception):
    """A form came that is none of our own, or is too old."""


@dataclass(frozen=True)
class Reception:
    """A request, received: the shop, the visit, and the name of the customer where somebody is signed in."""

    request: Request
    shop: Shop
    visit: Visit
    name: str | None
    cookies: Cookies

    def show(
        self, template: str, status: int = 200, mistakes: list[Mistake] | None = None, **values: object
    ) -> HTMLResponse:
        """Answer with a page of the shop; a notice is shown once."""
        notice = NOTICES.get(self.visit.notice, "").format(name=self.name or "")
        visit = replace(self.visit, notice="")
        common: dict[str, object] = {"shop": self.shop, "name": self.name, "notice": notice}
        common |= {"form_token": visit.form_token, "signed_in": bool(visit.session)}
        response = page(template, status, mistakes=mistakes or [], **common, **values)
        self.cookies.write(self.request, response, visit)
        return response

    def go(self, path: str = "/", notice: str = "", session: str | None = None) -> Response:
        """Answer with another page of the shop to see next; ``session`` signs in, or out where it is empty."""
        visit = replace(self.visit, notice=notice, session=self.visit.session if session is None else session)
        response = RedirectResponse(self.shop.path + path, 303)
        self.cookies.write(self.request, response, visit)
        return response


class Desk:
    """Receives requests."""

    def __init__(self, accounts: Accounts, orders: Orders, cookies: Cookies) -> None:
        """Ask ``accounts`` and ``orders``."""
        self.accounts, self.orders, self._cookies = accounts, orders, cookies

    async def receive(self, request: Request, shop_key: str) -> Reception:
        """Find out which shop is visited and by whom; while accounts is away, nobody is known by name."""
        visit = self._cookies.read(request, shop_key)
        shop, (visit, name) = await asyncio.gather(self.accounts.shop(shop_key), self._recognise(visit))
        return Reception(request, shop, visit, name, self._cookies)

    async def receive_form(self, request: Request, shop_key: str) -> tuple[Reception, FormData]:
        """Receive a form; raise ForeignFormError unless it came from a page of ours."""
        form = await request.form()
        if not self._cookies.read(request, shop_key).is_own_form(text_of(form, "form_token")):
            raise ForeignFormError
        return await self.receive(request, shop_key), form

    async def _recognise(self, visit: Visit) -> tuple[Visit, str | None]:
        if not visit.session:
            return visit, None
        try:
            name = await self.accounts.customer_name(visit.shop, visit.session)
        except PeerUnavailableError:
            return visit, None
        return (visit, name) if name is not None else (visit.signed_out(), None)


def text_of(form: FormData, field: str) -> str:
    """Return what was entered in a field."""
    value = form.get(field, "")
    return value if isinstance(value, str) else ""
