"""Puts a service together: what it needs is waited for at its start, in readiness ever after, and closed at its end."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI

from .background import Background
from .bodies import BodyLimit
from .broker import Broker
from .cache import Cache
from .database import Database
from .headers import ApiHeaders
from .health import health_routes
from .outbox import Outbox
from .peers import Peer
from .problems import answer_problems
from .process import wait_or_leave
from .publishing import contract_routes
from .relay import Relay
from .unexpected import Unexpected

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    import sqlalchemy as sa
    from pydantic import BaseModel

    from .consumer import Consumer
    from .settings import ProcessSettings

    Check = Callable[[], Awaitable[None]]

AT_ONCE = 32  # pieces of blocking work: some may wait for a dependency that is slow


class Service:
    """Collects the parts of one service; ``app`` is what runs."""

    def __init__(self, process: ProcessSettings, title: str) -> None:
        """Begin a service; nothing is connected before it runs."""
        self._process, self._title = process, title
        self._first: dict[str, Check] = {}
        self._checks: dict[str, Check] = {}
        self._lives: list[AbstractAsyncContextManager[None]] = []
        self._app = FastAPI(
            title=title,
            version=process.version,
            lifespan=self._life,
            openapi_url=None,
            docs_url=None,
            redoc_url=None,
        )
        answer_problems(self._app)
        for middleware in (Unexpected, BodyLimit, ApiHeaders):  # the last one is the outermost
            self._app.add_middleware(middleware)

    def needs(self, name: str, check: Check, first: Check | None = None) -> None:
        """Be ready only while ``check`` does not raise; ``first``, or the same, is waited for at the start."""
        self._checks[name], self._first[name] = check, first or check

    def database(self, url: str, tables: sa.MetaData, migrations: Path) -> Database:
        """Have a schema of its own."""
        database = Database(url, tables, migrations)
        self.needs("database", database.check, database.prepare)
        database.answer_outages(self._app)
        self._lives.append(_until_closed(database.close))
        return database

    def cache(self, url: str) -> Cache:
        """Have a cache."""
        cache = Cache(url)
        self.needs("cache", cache.check)
        cache.answer_outages(self._app)
        self._lives.append(_until_closed(cache.close))
        return cache

    def broker(self, url: str) -> Broker:
        """Have a connection to the broker."""
        broker = Broker(url, self._process.service)
        self.needs("broker", broker.check, broker.connect)
        self._lives.append(_until_left(broker.close))
        return broker

    def peer(self, name: str, url: str, timeout: float) -> Peer:
        """Call another service; a start does not wait for it."""
        peer = Peer(name, url, timeout)
        self._lives.append(_until_left(peer.close))
        return peer

    def outbox(self, table: sa.Table, database: Database, broker: Broker) -> Outbox:
        """Publish events through an outbox."""
        relay = Relay(table, database, broker)
        self._lives.append(_relaying(relay))
        return Outbox(table, database, relay.wake)

    def consumer(self, consumer: Consumer) -> None:
        """Take events while the service runs."""
        self._checks["events"] = consumer.check
        self._lives.append(_working(consumer))

    def background(self, run: Callable[[], Coroutine[None, None, None]]) -> None:
        """Do something besides, as long as the service runs."""
        background = Background(run)
        self._checks["background"] = background.check
        self._lives.append(_working(background))

    def publish(self, prefix: str, *routers: APIRouter, events: Mapping[str, type[BaseModel]] | None = None) -> None:
        """Serve these routes, all below ``prefix``, with their contract and that of the ``events``."""
        for router in routers:
            self._app.include_router(router)
        self._app.include_router(contract_routes(self._app, prefix, self._title, events or {}))

    def app(self) -> FastAPI:
        """Return the service."""
        self._app.include_router(health_routes(self._process, self._checks))
        return self._app

    @asynccontextmanager
    async def _life(self, _app: FastAPI) -> AsyncIterator[None]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(AT_ONCE, thread_name_prefix="work"))
        async with AsyncExitStack() as stack:
            await wait_or_leave(self._process, self._first)
            for life in self._lives:
                await stack.enter_async_context(life)
            yield


@asynccontextmanager
async def _until_closed(close: Callable[[], None]) -> AsyncIterator[None]:
    yield
    close()


@asynccontextmanager
async def _until_left(close: Check) -> AsyncIterator[None]:
    yield
    await close()


@asynccontextmanager
async def _relaying(relay: Relay) -> AsyncIterator[None]:
    relay.start(asyncio.get_running_loop())
    yield
    relay.stop()


@asynccontextmanager
async def _working(work: Consumer | Background) -> AsyncIterator[None]:
    await work.start()
    yield
    await work.stop()
