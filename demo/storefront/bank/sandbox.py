"""The sandbox's cards: which number makes the bank behave in which way when it is charged.

Every other number is charged like the good one.

| number              | when charged                                                                |
|---------------------|-----------------------------------------------------------------------------|
| 4242 4242 4242 4242 | succeeds                                                                    |
| 4000 0000 0000 0002 | is declined                                                                 |
| 4000 0000 0000 9995 | is declined: insufficient funds                                             |
| 4000 0000 0000 0069 | is declined: the card has expired                                           |
| 4000 0000 0000 0119 | is refused with 500; nothing is done, each time                             |
| 4000 0000 0000 0259 | succeeds; the first answer takes 1.5 s, a repetition is answered at once    |
| 4000 0000 0000 0341 | succeeds; the first answer is lost, a repetition is answered                |
| 4000 0000 0000 0424 | nothing is done, and nothing is said for 5 s, each time                     |
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal

from fastapi import Response

from demo.storefront.platform.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Receive, Scope, Send

Reason = Literal["declined", "insufficient-funds", "card-expired"]
SLOW_SECONDS = 1.5
SILENT_SECONDS = 5.0


class Manner(Enum):
    """How the bank treats the request for a charge, whatever becomes of the charge itself."""

    PLAIN = auto()
    REFUSES = auto()
    SILENT = auto()
    SLOW = auto()
    LOSES_THE_ANSWER = auto()


@dataclass(frozen=True)
class Behaviour:
    """What happens when a card is charged."""

    reason: Reason | None = None
    manner: Manner = Manner.PLAIN


GOOD = Behaviour()
BEHAVIOURS: Mapping[str, Behaviour] = {
    "4242424242424242": GOOD,
    "4000000000000002": Behaviour("declined"),
    "4000000000009995": Behaviour("insufficient-funds"),
    "4000000000000069": Behaviour("card-expired"),
    "4000000000000119": Behaviour(manner=Manner.REFUSES),
    "4000000000000259": Behaviour(manner=Manner.SLOW),
    "4000000000000341": Behaviour(manner=Manner.LOSES_THE_ANSWER),
    "4000000000000424": Behaviour(manner=Manner.SILENT),
}


def behaviour_of(number: str) -> Behaviour:
    """Return what happens when the card of that number is charged."""
    return BEHAVIOURS.get(number, GOOD)


async def before_charging(manner: Manner) -> None:
    """Raise a problem where nothing shall be done, at once or after a long silence."""
    if manner is Manner.SILENT:
        await asyncio.sleep(SILENT_SECONDS)
    if manner in {Manner.SILENT, Manner.REFUSES}:
        detail = "The card's network is out of order. Nothing was charged."
        raise Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "nothing-done", detail)


async def first_answer(manner: Manner, answer: Response) -> Response:
    """Return what is answered right after a charge was made, which may be late or may break off."""
    if manner is Manner.SLOW:
        await asyncio.sleep(SLOW_SECONDS)
    return BrokenAnswer(answer) if manner is Manner.LOSES_THE_ANSWER else answer


class BrokenAnswer(Response):
    """An answer that announces a body and ends with the connection instead."""

    def __init__(self, whole: Response) -> None:
        """Announce what ``whole`` would send."""
        super().__init__(headers=dict(whole.headers), status_code=whole.status_code)

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send the head only: the server closes the connection under an answer that stays incomplete."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
