"""The desk at which each request is received: which shop, which visit, who is signed in."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from demo.storefront.platform.peers import PeerUnavailableError

from .detours import DetourError, sign_in_path
from .notices import notice
from .reception import Reception

if TYPE_CHECKING:
    from fastapi import Request
    from starlette.datastructures import FormData

    from demo.storefront.platform.signed_in import Account, Role

    from .accounts import Accounts
    from .basket import Baskets
    from .catalogue import Catalogue
    from .cookies import Cookies, Visit
    from .orders import Orders
    from .payments import Payments
    from .reporting import Reporting

BACK_OFFICE = "Back office"
NOT_FOR_YOU = "You may not see this page."
NOT_KNOWN = "We cannot see who you are right now. Please try again in a moment."


class ForeignFormError(Exception):
    """A form came that is none of our own, or is too old."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Receives requests, and knows whom to ask."""

    accounts: Accounts
    catalogue: Catalogue
    baskets: Baskets
    orders: Orders
    payments: Payments
    reporting: Reporting
    cookies: Cookies

    async def receive(self, request: Request, shop_key: str) -> Reception:
        """Find out which shop is visited and by whom; while accounts is away, nobody is known by name."""
        visit = self.cookies.read(request, shop_key)
        shop, (visit, account) = await asyncio.gather(self.accounts.shop(shop_key), self._recognise(visit))
        return Reception(request, shop, visit, account, self.cookies)

    async def receive_form(self, request: Request, shop_key: str) -> tuple[Reception, FormData]:
        """Receive a form; raise ForeignFormError unless it came from a page of ours."""
        form = await request.form()
        if not self.cookies.read(request, shop_key).is_own_form(text_of(form, "form_token")):
            raise ForeignFormError
        return await self.receive(request, shop_key), form

    def admit(self, reception: Reception, why: str = "sign-in-to-see", back: str = "") -> Reception:
        """Let somebody who is signed in pass; take a detour for others, who come ``back``, or here, afterwards."""
        if not reception.session:
            raise DetourError(reception.go(sign_in_path(back or reception.here), notice=notice(why)))
        return reception

    def admit_staff(self, reception: Reception, *roles: Role) -> Reception:
        """Let staff, of these ``roles`` if any are named, pass; tell others that they may not."""
        account = self.admit(reception).account
        if account is None:
            raise DetourError(reception.say(BACK_OFFICE, NOT_KNOWN, HTTPStatus.SERVICE_UNAVAILABLE))
        if not account.is_staff or (roles and account.role not in roles):
            raise DetourError(reception.say(BACK_OFFICE, _why_not(account), HTTPStatus.FORBIDDEN))
        return reception

    async def _recognise(self, visit: Visit) -> tuple[Visit, Account | None]:
        if not visit.session:
            return replace(visit, pieces=""), None
        try:
            account = await self.accounts.account(visit.shop, visit.session)
        except PeerUnavailableError:
            return visit, None
        return (visit, account) if account else (visit.signed_out(), None)


def _why_not(account: Account) -> str:
    if account.is_staff:
        return f"{NOT_FOR_YOU} It is for the owner of this shop."
    return f"{NOT_FOR_YOU} It is for the people who work in this shop."


def text_of(form: FormData, field: str) -> str:
    """Return what was entered in a field."""
    value = form.get(field, "")
    return value if isinstance(value, str) else ""


def trimmed(form: FormData, field: str) -> str:
    """Return what was entered in a field, without spaces around it."""
    return text_of(form, field).strip()
