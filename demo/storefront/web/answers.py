"""How a peer's answers are read."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import structlog
from pydantic import BaseModel, PlainValidator, ValidationError

from demo.storefront.platform.money import Money
from demo.storefront.platform.peers import PeerUnavailableError

from .refusals import refused

if TYPE_CHECKING:
    import httpx

Shape = TypeVar("Shape", bound=BaseModel)
log = structlog.get_logger()


def answered(response: httpx.Response, *expected: HTTPStatus) -> httpx.Response:
    """Return an answer of an ``expected`` status, by default 200; otherwise raise RefusedError with the reasons."""
    if response.status_code not in (expected or (HTTPStatus.OK,)):
        raise refused(response)
    return response


def read(shape: type[Shape], response: httpx.Response, *expected: HTTPStatus) -> Shape:
    """Return what was answered; an answer that cannot be read is a lost one: who knows what was done."""
    content = answered(response, *expected).content
    try:
        return shape.model_validate_json(content)
    except (ValidationError, LookupError) as error:  # pydantic passes the latter on
        log.warning("peer.unreadable", shape=shape.__name__, reason=type(error).__name__)  # never what was in it
        raise PeerUnavailableError(shape.__name__, "an answer of another shape", may_have_acted=True) from None


def money_of(price: dict[str, Any]) -> Money:
    """Read ``{"amount": "4.50", "currency": "GBP"}``; a report's amount may be below nothing."""
    amount = str(price["amount"])
    money = Money.parse(amount.removeprefix("-"), str(price["currency"]))
    return Money(-money.minor, money.currency) if amount.startswith("-") else money


Amount = Annotated[Money, PlainValidator(money_of)]
