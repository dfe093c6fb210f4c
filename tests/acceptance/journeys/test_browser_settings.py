from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.journeys.conftest import Suite

SMOKE = "features/smoke/the_shop_is_open.feature"


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("browser=firefx", "-D browser=firefx is not a choice. Did you mean 'firefox'?"),
        ("headed=perhaps", "-D headed=perhaps: expected true or false."),
        ("brwser=firefox", "Did you mean 'browser'"),
        ("browser_path=/no/such/chrome", "-D browser_path=/no/such/chrome is no executable file."),
    ],
)
def test_a_wrong_word_ends_the_run_before_it_began(suite: Suite, setting: str, told: str) -> None:
    """A setting of the browser that cannot be meant is one message with the nearest known word, and a failed run."""
    done = suite.behave(SMOKE, "-D", setting)
    assert done.returncode != 0
    assert told in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_scenarios_without_a_browser_run_where_there_is_none(
    suite: Suite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a browser cannot be had, only the scenario that uses one is broken, and its reason lists what was tried."""
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "managed"))
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")
    done = suite.behave(SMOKE, "-D", "browser=webkit")
    assert done.returncode == 1
    found = suite.record().scenarios
    assert [each.verdict for each in found] == ["passed", "broken", "passed"], done.stdout
    assert "no Webkit was found. Tried: Playwright-managed webkit; playwright install" in found[1].reason
