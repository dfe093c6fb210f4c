"""What a profile grants, and what is said about one that cannot be had."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from support.core import CAPABILITIES, ConfigurationError
from support.system import SystemDescription, load

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
    health = "/healthz"
    [parts.bank]
    kind = "service"
    command = ["bank"]
"""
MARKER = '[marker]\nurl = "{front.url}/healthz"\npointer = "/environment"\n'


def described(folder: Path, text: str) -> SystemDescription:
    """The shop with these further lines."""
    (folder / "system.toml").write_text(textwrap.dedent(SHOP) + text)
    return load(folder / "system.toml")


def test_a_test_system_that_we_start_grants_everything(tmp_path: Path) -> None:
    """Without a word about it, also where no profile is described at all."""
    assert described(tmp_path, "").profile("embedded").grants == set(CAPABILITIES)
    assert described(tmp_path, '[profiles.x]\nmarked = "test"').profile("x").grants == set(CAPABILITIES)


def test_what_stands_elsewhere_or_is_not_marked_grants_reading_only(tmp_path: Path) -> None:
    """More has to be said."""
    remote = 'addresses = { front = "http://x" }\n'
    text = f'{MARKER}[profiles.a]\n{remote}[profiles.b]\nmarked = "test"\n{remote}[profiles.c]\n'
    shop = described(tmp_path, text)
    assert [shop.profile(name).grants for name in "abc"] == [{"read"}] * 3
    more = described(tmp_path, f'{MARKER}[profiles.a]\nmarked = "test"\nmay = ["read", "write"]\n{remote}')
    assert more.profile("a").grants == {"read", "write"}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('[profiles.a]\nmay = ["write"]', "profiles.a.may: grants write, but the profile is not marked = 'test'."),
        ('[profiles.a]\nmay = ["wirte"]', "profiles.a.may: no capability is called 'wirte'. Did you mean 'write'?"),
        (
            '[profiles.a]\nmarked = "test"\naddresses = { front = "http://x" }',
            "profiles.a: is marked 'test' and has addresses; a table [marker] must say how the system is asked.",
        ),
        (
            MARKER + '[profiles.a]\nmarked = "test"\naddresses = { bank = "http://x" }',
            "profiles.a: [marker] asks front, which has no address here.",
        ),
        ('[profiles.a]\nversions = { front = "1" }', "parts.front.version: is missing; expected a path and a pointer"),
        ("[profiles.a.parts.bank]\nkind = 'valky'", "profiles.a.parts.bank.kind: no kind of part is called 'valky'."),
        ("[profiles.a.parts.bank]\nneeds = ['fornt']", "profiles.a.parts.bank.needs: no part is called 'fornt'."),
        ("[profiles.a]\nsecrets = { key = 'x' }", "profiles.a.secrets.key: its value is not shown; expected"),
        ("[profiles.a]\nrestart = 'yes'", "profiles.a.restart: is 'yes'; expected true or false."),
        ("[marker]\nurl = 'http://x'", "marker.pointer: is missing; it says JSON pointer to the word"),
        ("[profiles]\na = 3", "profiles.a: is 3; expected a table."),
    ],
)
def test_a_fault_of_a_profile_is_told_with_the_way_out(tmp_path: Path, lines: str, told: str) -> None:
    """Each says where it is, and what was expected."""
    with pytest.raises(ConfigurationError) as caught:
        described(tmp_path, lines)
    assert told in str(caught.value)


def test_a_profile_may_have_a_part_otherwise(tmp_path: Path) -> None:
    """Keys replace the part's own, a kind makes it another part, and no other profile is touched."""
    text = "[profiles.a.parts.front]\ncommand = ['mock']\n[profiles.b.parts.bank]\nkind = 'valkey'\n[profiles.c]\n"
    shop = described(tmp_path, text)
    changed = shop.under("a").parts["front"]
    assert (changed.command, changed.health) == (("mock",), "/healthz")
    assert shop.under("b").parts["bank"].kind == "valkey"
    assert shop.under("c").parts == shop.parts
    assert shop.under("c").secrets == {"key": "generate"}


def test_faults_of_types_and_of_names_are_told_together(tmp_path: Path) -> None:
    """Nobody mends one kind of mistake to be told the next."""
    with pytest.raises(ConfigurationError) as caught:
        described(tmp_path, "needs = 3\ncalls = ['fornt']\n[profiles.a]\nstart = ['bnak']\nmarkd = 'test'")
    told = str(caught.value).splitlines()
    assert len(told) == 4, told
