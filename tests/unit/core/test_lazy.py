from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import support
from support.core import lazily

LAZY = [
    found.name
    for found in pkgutil.walk_packages(support.__path__, "support.")
    if found.ispkg and hasattr(importlib.import_module(found.name), "__getattr__")
]
HEAVY = {"zipfile", "importlib.metadata", "support.record._lines", "support.core._redaction", "support.core._evidence"}


def test_a_name_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its module is imported then, and the package has the name from there on."""
    import support.core as package

    monkeypatch.delattr(package, "Note", raising=False)
    found = lazily("support.core", {"_notes": "Note Notes"})("Note")
    assert found is vars(package)["Note"]


def test_a_name_that_is_not_offered_is_told() -> None:
    """As of any module: with the package and the name, so that `hasattr` and importing a module of it work."""
    with pytest.raises(AttributeError, match=r"module 'support\.core' has no attribute 'Notse'"):
        lazily("support.core", {"_notes": "Note Notes"})("Notse")


@pytest.mark.parametrize("package", LAZY)
def test_a_package_has_what_it_names(package: str) -> None:
    """What it says to type checkers and to readers is there when asked for."""
    module = importlib.import_module(package)
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


@pytest.mark.parametrize("package", LAZY)
def test_type_checkers_are_told_what_is_offered(package: str) -> None:
    """The same names of the same modules; `as` marks what is there for type checkers alone."""
    source = Path(str(importlib.import_module(package).__file__)).read_text(encoding="utf-8")
    [block] = [each for each in ast.parse(source).body if isinstance(each, ast.If)]
    imports = [each for each in block.body if isinstance(each, ast.ImportFrom)]
    told = {(each.module, alias.name) for each in imports for alias in each.names if alias.asname is None}
    [offered] = [each for each in ast.walk(block.orelse[0]) if isinstance(each, ast.Dict)]
    assert told == {(home, name) for home, names in ast.literal_eval(offered).items() for name in names.split()}


def test_a_suite_of_others_does_not_wait_for_what_it_never_needs() -> None:
    """Our runner brings neither a record nor what keeps secrets out of it along."""
    told = "import sys; from support.execution import Runner; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stdout.split()) == set()
