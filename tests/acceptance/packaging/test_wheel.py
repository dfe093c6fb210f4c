from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

FEATURE = """
Feature: A foreign suite
  Rule: It has a support of its own
    Scenario: Both are used side by side
      Given the suite's own helper says "tea"
      Then Rehearsal waits until that is true
"""
STEPS = """
from behave import given, then
from rehearsal.core import eventually
from support.helper import favourite

@given('the suite\\'s own helper says "{word}"')
def helper_says(context, word):
    context.word = favourite()
    assert context.word == word

@then("Rehearsal waits until that is true")
def waits(context):
    def check():
        assert context.word == "tea", context.word
    eventually(check)
"""


def run(*command: str, cwd: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command and return what it said."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if path is not None:
        environment["PYTHONPATH"] = str(path)
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), cwd=ROOT)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("rehearsal-*.whl"))


@pytest.fixture
def suite(wheel: Path, tmp_path: Path) -> Path:
    """A foreign suite with a `support` of its own, and the wheel installed beside it."""
    installed = run(
        sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", "site", str(wheel), cwd=tmp_path
    )
    assert installed.returncode == 0, installed.stderr
    files = {
        "features/foreign.feature": FEATURE,
        "features/steps/foreign_steps.py": STEPS,
        "support/__init__.py": "",
        "support/helper.py": "def favourite():\n    return 'tea'\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_the_wheel_holds_every_room_but_the_storefront(wheel: Path) -> None:
    """`pip install` brings the package `rehearsal`: all rooms, no storefront, no demo, and no package `support`."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
    rooms = {Path(name).parts[1] for name in names if len(Path(name).parts) > 2}
    expected = {path.name for path in (ROOT / "support").iterdir() if (path / "__init__.py").is_file()} - {"storefront"}
    assert {Path(name).parts[0] for name in names} == {"rehearsal"}
    assert rooms == expected


def test_a_foreign_suite_runs_with_our_runner_beside_a_support_of_its_own(suite: Path) -> None:
    """The two packages do not shadow each other, and the runner serves a suite that has no environment of ours."""
    result = run(
        sys.executable, "-m", "behave", "-r", "rehearsal.execution:Runner", "--no-color", cwd=suite, path=suite / "site"
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "1 scenario passed, 0 failed, 0 skipped" in result.stdout


def test_every_room_of_the_wheel_imports_under_its_new_name(suite: Path) -> None:
    """Imports inside the rooms are relative: none of them asks for `support`."""
    rooms = sorted(path.name for path in (suite / "site" / "rehearsal").iterdir() if path.is_dir())
    code = "".join(f"import rehearsal.{room}\n" for room in rooms if room != "__pycache__")
    code += "import rehearsal.run, rehearsal.hooks, rehearsal.world, rehearsal.__main__, sys\n"
    code += "assert 'support' not in sys.modules, 'a room imported support'"
    result = run(sys.executable, "-c", code, cwd=suite / "features", path=suite / "site")
    assert result.returncode == 0, result.stderr
