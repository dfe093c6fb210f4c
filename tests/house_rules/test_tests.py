"""The rules of the house for the tests themselves, and for what the repository says."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEST_FILES = sorted((ROOT / "tests").rglob("test_*.py"))


@pytest.mark.parametrize("path", TEST_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_test_states_its_promise(path: Path) -> None:
    """Every test has a docstring of one sentence: what its user may rely on."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            promise = ast.get_docstring(node)
            assert promise, f"{path.name}:{node.lineno} {node.name} states no promise"
            assert promise.endswith((".", "?", '"')), f"{path.name}:{node.lineno} {node.name}: end the sentence"


MAY_SLEEP = {
    "support/core/_waiting.py": "where everything waits",
    "support/data/_clearing.py": "looks again until nothing comes any more",
    "support/system/_connection.py": "the event loop's own pauses between two looks, with a limit",
    "support/system/_parts.py": "the same",
    "support/system/_processes.py": "the same",
    "support/system/_deaths.py": "the same",
    "tests/house_rules/test_tests.py": "the words to look for",
    "tests/unit/system/test_cluster.py": "waits for a file that another program writes",
    "tests/unit/demo/platform/test_peers.py": "a peer that trickles its answer",
    "tests/unit/telemetry/test_receiver.py": "what waits has to be seen waiting",
}


def test_only_waiting_sleeps() -> None:
    """Nothing sleeps but what waits for a condition with a limit, and those places are listed with the reason."""
    pause = re.compile(r"\btime\.sleep\(|\basyncio\.sleep\((?!0\))|wait_for_timeout\(")
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in ("support", "steps", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if pause.search(path.read_text())
    }
    assert found <= set(MAY_SLEEP), sorted(found - set(MAY_SLEEP))


def test_no_file_names_a_registry_host() -> None:
    """Locks, settings and messages name packages, never the host that serves them."""
    hosts = re.compile(r"(files\.pythonhosted|pypi|registry\.npmjs)\." + "org", re.IGNORECASE)
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    texts = {name: (ROOT / name).read_text("utf-8", "replace") for name in tracked if (ROOT / name).is_file()}
    found = [name for name, text in texts.items() if hosts.search(text)]
    assert found == []
