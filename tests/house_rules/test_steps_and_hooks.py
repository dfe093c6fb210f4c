"""The rules of the house for environment.py and steps, read from the syntax tree."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STEP_FILES = sorted((ROOT / "steps").glob("*.py"))
FORBIDDEN_NODES = (
    *(ast.If, ast.IfExp, ast.Match, ast.For, ast.While, ast.Try, ast.With, ast.Lambda),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
FORBIDDEN_CALLS = {"execute_steps", "sleep", "open", "getattr", "setattr"}
MOST_STATEMENTS = 3
MOST_SENTENCES = 119


def step_functions(path: Path) -> list[ast.FunctionDef]:
    """The functions of a step file that are decorated as steps."""
    tree = ast.parse(path.read_text())
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list]


def statements(function: ast.FunctionDef) -> list[ast.stmt]:
    """The body of a function without its docstring."""
    return function.body[1:]


def all_steps() -> list[tuple[Path, ast.FunctionDef]]:
    """Every step function, with the file it stands in."""
    return [(path, function) for path in STEP_FILES for function in step_functions(path)]


def identify(value: object) -> str:
    """The name of a step function in a test's id."""
    return value.name if isinstance(value, Path | ast.FunctionDef) else str(value)


@pytest.mark.parametrize(("path", "function"), all_steps(), ids=identify)
def test_a_step_is_three_lines_without_a_decision(path: Path, function: ast.FunctionDef) -> None:
    """A step translates: at most three statements, no branch, no loop, no try, no call of another step."""
    body = statements(function)
    assert len(body) <= MOST_STATEMENTS, f"{path.name}:{function.lineno} {function.name} has {len(body)} statements"
    for node in (node for statement in body for node in ast.walk(statement)):
        assert not isinstance(node, FORBIDDEN_NODES), f"{path.name}:{node.lineno} decides or repeats: move it to a task"
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            assert name not in FORBIDDEN_CALLS, f"{path.name}:{node.lineno} calls {name}()"


@pytest.mark.parametrize(("path", "function"), all_steps(), ids=identify)
def test_a_step_has_a_docstring_and_a_typed_context(path: Path, function: ast.FunctionDef) -> None:
    """A step's docstring is its line in the catalogue, and its context is the protocol that holds no attributes."""
    assert ast.get_docstring(function), f"{path.name}:{function.lineno} {function.name} needs a docstring"
    annotation = function.args.args[0].annotation
    assert isinstance(annotation, ast.Name), f"{path.name}:{function.lineno} annotate context: Context"
    assert annotation.id == "Context"


@pytest.mark.parametrize("path", STEP_FILES, ids=identify)
def test_a_step_knows_no_wire_and_no_screen(path: Path) -> None:
    """No step file holds a locator, a URL, SQL or a status code: those live in the storefront room."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for word in ("http:", "https:", "SELECT ", "get_by_", "//", "#{"):
                assert word not in node.value, f"{path.name}:{node.lineno} says {word!r}"
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            assert not 100 <= node.value <= 599, f"{path.name}:{node.lineno} looks like a status code"


def test_the_vocabulary_is_small() -> None:
    """There are fewer than 120 sentences: a reader can know them all, and behave looks through them one by one."""
    sentences = [
        decorator for _path, function in all_steps() for decorator in function.decorator_list if said(decorator)
    ]
    assert len(sentences) <= MOST_SENTENCES, f"{len(sentences)} sentences; say the new one in words that exist"


def said(decorator: ast.expr) -> bool:
    """Whether a decorator is a sentence of the vocabulary."""
    return isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") in {"given", "when", "then", "step"}


def test_environment_is_hooks_of_one_statement() -> None:
    """environment.py has at most 40 lines, and each hook is one statement."""
    path = ROOT / "environment.py"
    assert len(path.read_text().splitlines()) <= 40
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef):
            assert len(statements(node)) == 1, f"{node.name} has more than one statement"


def test_steps_are_flat() -> None:
    """behave loads no folder below steps/, so a file there would silently be missing."""
    assert [path.name for path in (ROOT / "steps").iterdir() if path.is_dir() and path.name != "__pycache__"] == []
