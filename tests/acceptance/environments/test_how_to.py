"""The how-to on describing a system is true: its example is started from the page."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "how-to" / "describe-your-system.md"


def test_the_example_of_the_how_to_starts_and_serves(tmp_path: Path) -> None:
    """Whoever copies the files of the page has a system that starts, answers through its mesh, and stops."""
    files = dict(re.findall(r"^```\w+ (\S+)\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL))
    assert set(files) == {"system.toml", "counter.py", "kitchen.py"}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert _support(tmp_path, "system").startswith(
        "counter          service\nkitchen          service      needs cache\n"
    )
    addresses = dict(line.split() for line in _support(tmp_path, "up").splitlines())
    try:
        with build_opener(ProxyHandler({})).open(f"{addresses['mesh']}/tea", timeout=5) as answer:
            assert json.load(answer)["served"].startswith("cup ")
        states = {line.split()[0]: line.split()[-1] for line in _support(tmp_path, "status").splitlines()}
        assert {states[part] for part in ("counter", "kitchen", "cache", "mesh")} == {"ok"}
    finally:
        assert _support(tmp_path, "down") == "stopped\n"


def test_the_reference_lists_every_key_and_is_not_stale() -> None:
    """The page is what the schema says now; `tox -e checks` asks the same."""
    assert "profile embedded: " in _support(ROOT, "system", "--check")


def _support(folder: Path, *words: str) -> str:
    told = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "support", *words]
    result = subprocess.run(command, cwd=folder, env=told, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout
