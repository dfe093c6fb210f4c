"""Placing an order: once for each idempotency key, and with an answer that is true."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import sqlalchemy as sa

from demo.storefront.platform.database import UnconfirmedError
from demo.storefront.platform.flags import EXPRESS_CHECKOUT
from demo.storefront.platform.problems import Problem, unconfirmed
from demo.storefront.platform.telemetry import carry

from . import submissions
from .baskets import wanted_lines
from .leases import LEASE
from .schemas import Order
from .states import Status
from .submissions import Key, Submission, fingerprint, nothing_ordered
from .tables import HISTORY, LINE, ORDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from demo.storefront.platform.outbox import Outbox
    from demo.storefront.platform.shops import ShopProfile
    from demo.storefront.platform.signed_in import Account

    from .ledger import Ledger
    from .saga import Saga
    from .schemas import NewOrder
    from .stored import StoredLine

PATIENCE = 3.0
LOOK_EVERY = 0.05
BASKET_ONLY = "This shop takes orders from the basket only."
STILL_PLACING = "This order is still being placed. Ask again in a moment, with the same key."


@dataclass(frozen=True, kw_only=True)
class Placed:
    """The answer to a submission: 201 for a confirmed order, 202 for one whose outcome is not known yet."""

    order: Order
    status: HTTPStatus
    replayed: bool

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers that tell whether the answer was given before."""
        return replay_headers(replayed=self.replayed)


class Placing:
    """Places orders."""

    def __init__(self, outbox: Outbox, ledger: Ledger, saga: Saga) -> None:
        """Store orders in the outbox's database; ``saga`` brings them to their end."""
        self._outbox, self._ledger, self._saga = outbox, ledger, saga

    async def place(self, profile: ShopProfile, customer: Account, key: str, wanted: NewOrder) -> Placed:
        """Place an order, or answer as to its first submission; raise the problem that speaks against it."""
        mine = Key(
            shop=profile.shop,
            customer_id=customer.customer_id,
            idempotency_key=key,
            fingerprint=fingerprint(wanted),
        )
        order_id, is_new = await asyncio.to_thread(self._accept, profile, customer, mine, wanted)
        try:
            if is_new:
                await self._work(profile, order_id)
            return await self._answer(profile.shop, order_id, replayed=not is_new)
        except (sa.exc.SQLAlchemyError, UnconfirmedError) as error:  # the order is stored: who knows how far it got
            raise unconfirmed() from error

    def _accept(self, profile: ShopProfile, customer: Account, key: Key, wanted: NewOrder) -> tuple[str, bool]:
        """Store the order as pending; the second value tells whether it is new, and not an earlier submission's."""
        order_id = str(uuid.uuid4())
        with self._outbox.transaction() as connection:
            earlier = submissions.claim(connection, key, order_id)
            if earlier is not None:
                return earlier, False
            if wanted.lines is not None and not profile.has(EXPRESS_CHECKOUT):
                raise Problem(HTTPStatus.FORBIDDEN, "express-checkout-is-off", BASKET_ONLY)
            lines = wanted_lines(connection, key.shop, key.customer_id, wanted)
            _store(connection, order_id, wanted, lines, profile=profile, customer=customer)
        return order_id, True

    async def _work(self, profile: ShopProfile, order_id: str) -> None:
        order = await asyncio.to_thread(self._ledger.find, profile.shop, order_id)
        assert order is not None, "it was stored a moment ago"
        await self._saga.begin(profile, order)

    async def _answer(self, shop: str, order_id: str, *, replayed: bool) -> Placed:
        found = await self._wait(shop, order_id, PATIENCE if replayed else 0)
        if found is not None and found.answer is None:
            promised = await asyncio.to_thread(self._ledger.promise, shop, order_id)
            if promised is not None:
                return Placed(order=Order.of(promised), status=HTTPStatus.ACCEPTED, replayed=replayed)
            found = await asyncio.to_thread(self._look, shop, order_id)  # it was decided meanwhile, or has no prices
        return _told(found, replayed=replayed)

    async def _wait(self, shop: str, order_id: str, patience: float) -> Submission | None:
        """Return what became of a submission, after its answer is there or its customer was told to wait."""
        ends = time.monotonic() + patience
        while True:
            found = await asyncio.to_thread(self._look, shop, order_id)
            if found is None or found.answer is not None or found.awaited or time.monotonic() >= ends:
                return found
            await asyncio.sleep(LOOK_EVERY)

    def _look(self, shop: str, order_id: str) -> Submission | None:
        with self._outbox.transaction() as connection:
            return submissions.find(connection, shop, order_id)


def replay_headers(*, replayed: bool) -> dict[str, str]:
    """Return the headers that tell whether an answer was given before."""
    return {"Idempotency-Replayed": "true"} if replayed else {}


def _told(found: Submission | None, *, replayed: bool) -> Placed:
    if found is None:
        raise nothing_ordered()
    if found.answer is None:
        raise Problem(HTTPStatus.CONFLICT, "still-being-placed", STILL_PLACING, headers={"Retry-After": "1"})
    if isinstance(found.answer, Problem):
        found.answer.headers |= replay_headers(replayed=replayed)
        raise found.answer
    return Placed(order=found.answer, status=HTTPStatus.CREATED, replayed=replayed)


def _store(
    connection: sa.Connection,
    order_id: str,
    wanted: NewOrder,
    lines: Sequence[StoredLine],
    *,
    profile: ShopProfile,
    customer: Account,
) -> None:
    key, now = {"shop": profile.shop, "order_id": order_id}, profile.now()
    order = _asked_for(wanted, customer) | {"status": Status.PENDING, "placed_at": now}
    work = {"worked_until": LEASE, "tries": 0, "awaited": False, "headers": carry()}
    connection.execute(sa.insert(ORDER).values(key | order | work))
    rows = [
        {**key, "position": position, "sku": line.sku, "quantity": line.quantity}
        for position, line in enumerate(lines, 1)
    ]
    connection.execute(sa.insert(LINE), rows)
    connection.execute(sa.insert(HISTORY).values(**key, status=Status.PENDING, at=now))


def _asked_for(wanted: NewOrder, customer: Account) -> dict[str, object]:
    """Return what an order keeps of its customer and of what she sent."""
    expected = wanted.expected_total.money if wanted.expected_total is not None else None
    return {
        "customer_id": customer.customer_id,
        "customer_name": customer.name,
        "customer_email": customer.email,
        "card": wanted.card,
        "from_basket": wanted.lines is None,
        "expected_minor": expected and expected.minor,
        "expected_currency": expected and expected.currency,
    }
