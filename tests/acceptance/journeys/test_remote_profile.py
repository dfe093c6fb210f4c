from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.system import SystemClient
    from tests.acceptance.journeys.conftest import Suite

ROOT = Path(__file__).parents[3]
STORES = ("mesh", "database", "broker", "cache", "mailbox")


@pytest.mark.parametrize("features", ["features/smoke", "features/ordering/place_an_order.feature"])
def test_the_same_features_pass_against_a_system_that_stands_elsewhere(
    suite: Suite, system: SystemClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, features: str
) -> None:
    """By addresses and a secret alone, our own features run unchanged; only what disturbs is skipped, and says why."""
    monkeypatch.setitem(os.environ, "ELSEWHERE_KEY", system.secrets["operator_key"])
    addresses = ", ".join(f'{part} = "{system.addresses[part]}"' for part in STORES)
    described = (ROOT / "system.toml").read_text().partition("[profiles.remote]")[0]
    elsewhere = tmp_path / "system.toml"
    elsewhere.write_text(
        f'{described}\n[profiles.elsewhere]\nmarked = "test"\nmay = ["read", "write"]\naddresses = {{ {addresses} }}\n'
        'secrets = { operator_key = "environment:ELSEWHERE_KEY" }\nversions = { mesh = "1.0.0" }\n'
    )
    result = suite.behave(features, "-D", f"system={elsewhere}", "-D", "profile=elsewhere")
    assert result.returncode == 0, result.stdout + result.stderr
    run = suite.record()
    disturbing = {each.name for each in run.outcomes if "cannot reach" in each.name}
    assert {each.name for each in run.outcomes if each.verdict == "skipped"} == disturbing
    assert ("ordering" in features) == bool(disturbing)
    assert {each.verdict for each in run.outcomes if each.name not in disturbing} == {"passed"}
    assert all("does not grant 'disturb'" in each.reason for each in run.outcomes if each.name in disturbing)
