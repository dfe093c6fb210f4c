"""What is read from `[redaction]`, and what is said about one that cannot be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.core import ConfigurationError
from support.system import load

if TYPE_CHECKING:
    from pathlib import Path

SYSTEM = '[system]\nname = "shop"\n[parts]\n'


def faults(folder: Path, redaction: str) -> list[str]:
    """What is wrong with a file that says this of redaction."""
    path = folder / "system.toml"
    path.write_text(f"{SYSTEM}[redaction]\n{redaction}\n")
    with pytest.raises(ConfigurationError) as caught:
        load(path)
    return str(caught.value).splitlines()


def test_all_rules_are_read(tmp_path: Path) -> None:
    """Each key reaches the redactor under its own name."""
    path = tmp_path / "system.toml"
    path.write_text(
        f"{SYSTEM}[redaction]\nfields=['email']\npersonal=['name']\nkept=['token_type']\npatterns=['CUST-[0-9]{{6}}']\n"
    )
    rules = load(path).redaction
    assert (rules.fields, rules.personal, rules.kept, rules.patterns) == (
        ("email",), ("name",), ("token_type",), ("CUST-[0-9]{6}",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("redaction", "told"),
    [
        ("pattern = []", "redaction.pattern: unknown key. Did you mean 'patterns'?"),
        ("fields = 'email'", "redaction.fields: is 'email'; expected a list of texts."),
        ("fields = ['email', '-']", "redaction.fields: has '-', which is in every name; expected names such as"),
        ("personal = ['Name']\nkept = ['name']", "redaction.kept: 'name' is personal, too. Take it out of one of the"),
        ("patterns = ['[0-9']", "redaction.patterns: '[0-9' is no regular expression: unterminated character set"),
        ("patterns = ['(a+)+']", "redaction.patterns: '(a+)+' repeats a repetition"),
        ("patterns = ['a*']", "redaction.patterns: 'a*' fits also where nothing stands."),
    ],
)
def test_a_rule_that_cannot_be_meant_is_told(tmp_path: Path, redaction: str, told: str) -> None:
    """With where it is, what it says and why it cannot be."""
    (found,) = faults(tmp_path, redaction)
    assert found.startswith(f"system.toml: {told}")


def test_a_word_may_have_exceptions(tmp_path: Path) -> None:
    """A field is kept by its whole name, also if the name is a word of `fields`."""
    path = tmp_path / "system.toml"
    path.write_text(f"{SYSTEM}[redaction]\nfields = ['email']\nkept = ['email']\n")
    assert load(path).redaction.kept == ("email",)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("[parts.web.environment]\nPORT = 8080\nDB_PASSWORD = 'hunter2'", "'DB_PASSWORD': '[redacted]'"),
        (
            "[profiles.x]\nstart = 3\nsecrets = 'hunter2'",
            "secrets: its value is not shown",
        ),
        (
            "[secrets]\nkey = 'hunter2'",
            "secrets.key: its value is not shown; expected 'generate' or 'environment:NAME'",
        ),
    ],
)
def test_a_fault_does_not_repeat_a_secret(tmp_path: Path, lines: str, told: str) -> None:
    """Beside a wrong value may stand a password: it is told by its name alone."""
    path = tmp_path / "system.toml"
    path.write_text(f"{SYSTEM}[parts.web]\nkind = 'service'\ncommand = ['x']\n{lines}\n")
    with pytest.raises(ConfigurationError) as caught:
        load(path)
    assert told in str(caught.value)
    assert "hunter2" not in str(caught.value)
