"""A request that the desk has received, and the ways to answer it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from starlette.responses import RedirectResponse

from demo.storefront.platform.peers import PeerUnavailableError

from .detours import DetourError, safe_path, sign_in_path
from .notices import notice as kept
from .notices import read_notice
from .refusals import RefusedError
from .rendering import page

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    from fastapi import Request
    from starlette.responses import HTMLResponse, Response

    from demo.storefront.platform.signed_in import Account

    from .accounts import Shop
    from .cookies import Cookies, Visit
    from .refusals import Mistake

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Reception:
    """A request, received: the shop, the visit, and the account where somebody is signed in."""

    request: Request
    shop: Shop
    visit: Visit
    account: Account | None
    cookies: Cookies

    @property
    def session(self) -> str:
        """Return the token of whoever is signed in."""
        return self.visit.session

    @property
    def here(self) -> str:
        """Return the path of the page that was asked for, where it is one to come back to; the shelf's otherwise."""
        if self.request.method != "GET":
            return "/"
        return safe_path(self.request.url.path.removeprefix(self.shop.path))

    def show(
        self,
        template: str,
        status: int = HTTPStatus.OK,
        mistakes: list[Mistake] | None = None,
        headers: Mapping[str, str] | None = None,
        **values: object,
    ) -> HTMLResponse:
        """Answer with a page of the shop; a notice is shown once."""
        visit = replace(self.visit, notice="")
        common: dict[str, object] = {"shop": self.shop, "account": self.account, "pieces": visit.pieces}
        common |= {"notice": read_notice(self.visit.notice), "form_token": visit.form_token}
        response = page(template, status, mistakes=mistakes or [], signed_in=bool(visit.session), **common, **values)
        response.headers.update(headers or {})
        self.cookies.write(self.request, response, visit)
        return response

    def say(self, title: str, message: str, status: int) -> HTMLResponse:
        """Answer with a page of the shop that says one thing."""
        return self.show("message.html", status, title=title, message=message)

    def refuse(self, template: str, error: RefusedError, **values: object) -> HTMLResponse:
        """Answer with the page of the form that was refused."""
        return self.show(template, error.status, error.mistakes, error.headers, **values)

    def go(self, path: str = "/", notice: str = "") -> Response:
        """Answer with another page of the shop to see next."""
        response = RedirectResponse(self.shop.path + path, HTTPStatus.SEE_OTHER)
        self.cookies.write(self.request, response, replace(self.visit, notice=notice))
        return response

    def go_to_sign_in(self, why: str = "sign-in-to-see", back: str = "") -> Response:
        """Answer with the sign-in page; whoever was signed in is so no longer."""
        return self.as_nobody().go(sign_in_path(back), notice=kept(why))

    def as_nobody(self) -> Reception:
        """Return the reception of a visit that is signed out."""
        return replace(self, visit=self.visit.signed_out(), account=None)

    def as_signed_in(self, session: str) -> Reception:
        """Return the reception of a visit that is signed in from now on."""
        return replace(self, visit=self.visit.signed_in(session))

    def with_pieces(self, pieces: int | None) -> Reception:
        """Return the reception of a visitor with so many pieces in the basket; ``None`` where that is not known."""
        return replace(self, visit=replace(self.visit, pieces="" if pieces is None else str(pieces)))

    async def ask(self, answer: Awaitable[Answer], title: str, sorry: str) -> Answer:
        """Return a peer's answer; take a detour to a page that is ``sorry`` where there is none."""
        try:
            return await answer
        except PeerUnavailableError as error:
            raise DetourError(self.say(title, sorry, HTTPStatus.SERVICE_UNAVAILABLE)) from error
        except RefusedError as error:
            if error.status == HTTPStatus.UNAUTHORIZED:
                raise DetourError(self.go_to_sign_in(back=self.here)) from error
            raise DetourError(self.say(title, error.mistakes[0].message, error.status)) from error
