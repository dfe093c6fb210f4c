"""The cards of the bank's sandbox, and how the bank treats them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from fastapi.responses import JSONResponse

from demo.storefront.bank import sandbox
from demo.storefront.bank.sandbox import BEHAVIOURS, Manner, before_charging, behaviour_of, first_answer
from demo.storefront.payments.rules import passes_luhn
from demo.storefront.platform.problems import Problem

if TYPE_CHECKING:
    from starlette.types import Message


@pytest.mark.parametrize("number", BEHAVIOURS)
def test_every_card_of_the_sandbox_could_be_a_real_one(number: str) -> None:
    """No shop refuses one of them for its check digit."""
    assert passes_luhn(number)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("4242424242424242", None),
        ("4000000000000002", "declined"),
        ("4000000000009995", "insufficient-funds"),
        ("4000000000000069", "card-expired"),
        ("5555555555554444", None),
    ],
)
def test_number_decides_why_a_charge_is_declined(number: str, reason: str | None) -> None:
    """The documented numbers are declined for the documented reasons; any other number is good."""
    assert behaviour_of(number).reason == reason


@pytest.mark.parametrize("manner", [Manner.REFUSES, Manner.SILENT])
def test_nothing_is_done_where_the_bank_says_so(manner: Manner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is charged the request ends, with words that nothing was done."""
    monkeypatch.setattr(sandbox, "SILENT_SECONDS", 0)
    with pytest.raises(Problem, match="Nothing was charged") as caught:
        asyncio.run(before_charging(manner))
    assert (caught.value.status, caught.value.kind) == (500, "nothing-done")


@pytest.mark.parametrize("manner", [Manner.PLAIN, Manner.SLOW, Manner.LOSES_THE_ANSWER])
def test_card_that_is_charged_is_charged_at_once(manner: Manner) -> None:
    """Whatever becomes of the answer, the charge itself neither waits nor fails."""
    asyncio.run(before_charging(manner))


def test_lost_answer_ends_before_its_body() -> None:
    """The head announces a body of which nothing is sent."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def answer() -> None:
        lost = await first_answer(Manner.LOSES_THE_ANSWER, JSONResponse({"status": "succeeded"}))
        await lost({}, None, send)  # type: ignore[arg-type]  # it asks for nothing

    asyncio.run(answer())
    assert [message["type"] for message in sent] == ["http.response.start"]
    assert (b"content-length", b"22") in sent[0]["headers"]
