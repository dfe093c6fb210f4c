"""The recoverer: goes on with orders whose worker is gone, or could not bring them to their end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog
from opentelemetry.instrumentation.utils import suppress_instrumentation

from demo.storefront.platform.database import UnconfirmedError
from demo.storefront.platform.logs import begin_story
from demo.storefront.platform.peers import PeerUnavailableError
from demo.storefront.platform.problems import Problem
from demo.storefront.platform.telemetry import continued

from .leases import Due, take
from .states import OvertakenError, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from demo.storefront.platform.database import Database
    from demo.storefront.platform.shops import Directory

    from .closing import Closing
    from .ledger import Ledger
    from .saga import Saga
    from .stored import StoredOrder

LOOK_EVERY = 0.5
AT_ONCE = 10
TRANSIENT = (sa.exc.SQLAlchemyError, UnconfirmedError, PeerUnavailableError, Problem)
log = structlog.get_logger()


class Recoverer:
    """Looks for orders that wait, as long as the service runs; several may run beside each other."""

    def __init__(self, database: Database, ledger: Ledger, directory: Directory, saga: Saga, closing: Closing) -> None:
        """Take leases in ``database``; ``saga`` and ``closing`` do the work."""
        self._database, self._ledger, self._directory = database, ledger, directory
        self._saga, self._closing = saga, closing

    async def run(self) -> None:
        """Take up orders until cancelled."""
        under_way: set[asyncio.Task[None]] = set()
        async with asyncio.TaskGroup() as group:
            while True:
                for due in await self._take(AT_ONCE - len(under_way)):
                    task = group.create_task(self._take_up(due))
                    under_way.add(task)
                    task.add_done_callback(under_way.discard)
                await asyncio.sleep(LOOK_EVERY)

    async def _take(self, most: int) -> Sequence[Due]:
        try:
            return await asyncio.to_thread(self._leases, most)
        except TRANSIENT as error:
            log.warning("recovery.delayed", reason=type(error).__name__)
        except Exception:
            log.exception("recovery.failed")
        return []  # whatever it was, the next look may succeed

    def _leases(self, most: int) -> Sequence[Due]:
        with suppress_instrumentation(), self._database.transaction() as connection:  # no trace for looking
            return take(connection, most)

    async def _take_up(self, due: Due) -> None:
        """Do what is left of one order; whatever stops that, the order is taken up again."""
        begin_story().update(shop=due.shop)
        try:
            order = await asyncio.to_thread(self._ledger.find, due.shop, due.order_id)
            if order is not None:
                with continued(order.headers):
                    await self._go_on(order)
        except OvertakenError:
            log.info("order.overtaken", order=due.order_id)
        except TRANSIENT as error:
            log.info("order.waits", order=due.order_id, reason=type(error).__name__)
        except Exception:
            log.exception("recovery.failed", order=due.order_id)

    async def _go_on(self, order: StoredOrder) -> None:
        log.info("order.resumed", order=order.order_id, status=order.status)
        profile = await self._directory.find(order.shop)
        try:
            if order.status is Status.PENDING:
                await self._saga.resume(profile, order)
            elif order.status in (Status.CANCELLING, Status.REFUNDING):
                await self._closing.finish(profile, order)
        except PeerUnavailableError:
            await asyncio.to_thread(self._ledger.leave, order)
            raise
