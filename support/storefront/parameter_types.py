"""The words in sentences that stand for things: `{name:Type}` in the patterns of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import parse
from behave import register_type

from .accidents import DESKS
from .app import App
from .money import Money
from .people import CAST
from .website import Website

if TYPE_CHECKING:
    from .channel import Channel


@parse.with_pattern("|".join(CAST))
def customer(text: str) -> str:
    """One of the cast."""
    return text


@parse.with_pattern(r"on the website|through the app")
def channel(text: str) -> Channel:
    """A way into the shop."""
    return Website() if text == "on the website" else App()


@parse.with_pattern(r"[£€$][\d,]+\.\d\d")
def money(text: str) -> Money:
    """An amount of money."""
    return Money.read(text)


@parse.with_pattern("|".join(DESKS))
def desk(text: str) -> str:
    """A department, by its name in system.toml."""
    return DESKS[text]


@parse.with_pattern(r"no|\d+")
def count(text: str) -> int:
    """A number of things; "no" is none."""
    return 0 if text == "no" else int(text)


def register() -> None:
    """Make the types known to behave."""
    register_type(Customer=customer, Channel=channel, Money=money, Desk=desk, Count=count)
