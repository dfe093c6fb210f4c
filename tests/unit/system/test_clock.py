"""What `[clock]` of system.toml may say, and what becomes of the names in it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from support.core import ConfigurationError
from support.system import Clock, SystemDescription, filled_clock, load

if TYPE_CHECKING:
    from pathlib import Path

SHOP = """
    [system]
    name = "shop"
    [secrets]
    key = "generate"
    [parts.front]
    kind = "service"
    command = ["front"]
    [parts.bank]
    kind = "service"
    command = ["bank"]
    [marker]
    url = "{bank.url}/healthz"
    pointer = "/environment"
"""
CLOCK = '[clock]\nurl = "{front.url}/shops/{tenant}/clock"\nauthorization = "Bearer {secrets.key}"\n'
ELSEWHERE = '[profiles.away]\nmarked = "test"\naddresses = { bank = "http://x" }\n'


def described(folder: Path, text: str) -> SystemDescription:
    """The shop with these further lines."""
    (folder / "system.toml").write_text(textwrap.dedent(SHOP) + text)
    return load(folder / "system.toml")


def test_a_clock_is_filled_but_for_the_tenant(tmp_path: Path) -> None:
    """Addresses and secrets stand in their places, and the tenant is left to each scenario."""
    shop = described(tmp_path, CLOCK)
    filled = filled_clock(shop, {"front.url": "http://127.0.0.1:81", "secrets.key": "k"})
    assert filled == Clock("http://127.0.0.1:81/shops/{tenant}/clock", "Bearer k")


def test_a_system_without_a_clock_has_none(tmp_path: Path) -> None:
    """The table is optional."""
    assert filled_clock(described(tmp_path, ""), {}) is None


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("front.url", "frnt.url", "clock.url: {frnt.url} stands for nothing. Did you mean 'front.url'"),
        ("{tenant}", "{tennant}", "clock.url: {tennant} stands for nothing. Did you mean 'tenant'?"),
        ("{secrets.key}", "{secrets.kee}", "clock.authorization: {secrets.kee} stands for nothing. Did you mean"),
        ("{secrets.key}", "{tenant}", "clock.authorization: {tenant} stands for nothing."),
        ("authorization", "authorisation", "clock.authorisation: unknown key. Did you mean 'authorization'?"),
        ("url =", "uri =", "clock.url: is missing; it says where it is turned, such as"),
        ('"Bearer {secrets.key}"', "3", "clock.authorization: its value is not shown; expected a text in quotes."),
    ],
)
def test_a_fault_of_the_clock_is_told_with_the_way_out(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    """Each says where it is and what was expected, or the nearest known word."""
    with pytest.raises(ConfigurationError) as caught:
        described(tmp_path, CLOCK.replace(right, wrong))
    assert any(told in line for line in str(caught.value).splitlines()), str(caught.value)


def test_who_may_turn_the_clock_must_be_able_to_reach_it(tmp_path: Path) -> None:
    """A profile that grants `clock` needs an address for its part; one that does not grant it needs none."""
    with pytest.raises(ConfigurationError, match=r"profiles\.away: \[clock\] is at front, which has no address here"):
        described(tmp_path, f"{CLOCK}{ELSEWHERE}may = ['clock']\n")
    reading = described(tmp_path, f"{CLOCK}{ELSEWHERE}")
    assert filled_clock(reading, {"secrets.key": "k"}) is None
    described(tmp_path, f"{CLOCK}{ELSEWHERE}may = ['clock']\nstart = ['front']\n")
