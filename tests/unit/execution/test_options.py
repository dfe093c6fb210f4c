"""What the user has set."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from behave.configuration import Configuration

from support.core import ConfigurationError, Setting
from support.execution._options import read_options


class Scope:
    """Something of the shape of a run scope."""

    SETTINGS = (Setting("profile", "Where.", "embedded", ("embedded", "remote")),)


@pytest.fixture(autouse=True)
def _scope_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that can be named as run_scope."""
    module = ModuleType("some_scope")
    module.__dict__["Scope"] = Scope
    monkeypatch.setitem(sys.modules, "some_scope", module)


def config(*given: str, in_file: dict[str, str] | None = None) -> Configuration:
    """behave's configuration, with userdata from a file and from -D."""
    words = [word for each in given for word in ("-D", each)]
    return Configuration(words, load_config=False, userdata=dict(in_file or {}))


def test_a_foreign_suite_needs_no_settings() -> None:
    """Without a scope unknown keys are its own business."""
    options = read_options(config("their=own"))
    assert (options.scope, options.random_order, options.smoke_first, options.allow_empty) == (None, False, True, False)


def test_a_drawn_seed_is_a_setting_too() -> None:
    """Whoever is handed the settings can repeat the run."""
    options = read_options(config())
    assert options.settings.number("seed") == options.identity.seed
    assert read_options(config("seed=7")).identity.seed == 7


def test_the_scope_sees_its_settings() -> None:
    """What differs from the defaults is there; what the file says of the scope is not repeated on a command line."""
    in_file = {"run_scope": "some_scope:Scope"}
    options = read_options(config("profile=remote", "seed=7", "order=as_written", in_file=in_file))
    assert options.scope is not None
    assert options.settings.text("profile") == "remote"
    assert options.settings.given() == {"profile": "remote", "seed": "7"}


def test_a_scope_from_the_command_line_is_repeated_on_it() -> None:
    """Where no file names the scope, the rerun line must."""
    given = read_options(config("run_scope=some_scope:Scope", "seed=7")).settings.given()
    assert given == {"run_scope": "some_scope:Scope", "seed": "7"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("profle=x", "Did you mean 'profile'"),
        ("ordr=random", "Did you mean 'order'"),
        ("order=x", "Known: as_written, random"),
        ("allow_empty=perhaps", "expected true or false"),
        ("run_scope=some_scope", "Known: Scope"),
        ("run_scope=no_such_module:Scope", "cannot be imported"),
    ],
)
def test_wrong_words_are_refused(given: str, told: str) -> None:
    """Every wrong name or value is an error that helps."""
    with pytest.raises(ConfigurationError, match=told):
        read_options(config(given, in_file={"run_scope": "some_scope:Scope"}))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["retries=-1"], "-D retries=-1: expected a whole number"),
        (["repeat=0"], "-D repeat=0: expected a number from 1 on."),
        (["retries=2", "repeat=3"], "Give one of them."),
        (["until=failure"], "-D repeat=20"),
        (["only=broken"], "only"),
    ],
)
def test_how_often_scenarios_run_is_checked(given: list[str], told: str) -> None:
    """Numbers that make no sense, and what excludes each other, are refused before anything starts."""
    with pytest.raises(ConfigurationError, match=told):
        read_options(config(*given))


def test_readers_of_the_record_find_one_word_for_yes() -> None:
    """Whatever was said for it, the settings say true."""
    assert read_options(config("fail_on_flaky=yes")).settings.given()["fail_on_flaky"] == "true"
    assert "fail_on_flaky" not in read_options(config()).settings.given()


@pytest.mark.parametrize("text", ["0", "x", "-1", "1.5", "", "²", "1e3"])
def test_jobs_that_cannot_be_are_one_message(text: str) -> None:
    """It names the value, and what is expected."""
    with pytest.raises(ConfigurationError, match=r"^jobs is '.*'; expected a number from 1 on, or auto"):
        read_options(config(f"jobs={text}"))


@pytest.mark.parametrize("text", ["513", "1000000", "9" * 5000])
def test_more_jobs_than_a_machine_can_run_are_refused(text: str) -> None:
    """Each is a process: a slip of the finger must not take the machine down."""
    with pytest.raises(ConfigurationError, match="one machine runs 512 at most"):
        read_options(config(f"jobs={text}"))


@pytest.mark.parametrize("text", ["1", "512", "auto"])
def test_jobs_that_can_be_are_taken(text: str) -> None:
    """Up to the most that one machine runs."""
    assert read_options(config(f"jobs={text}")).policy.jobs >= 1


@pytest.mark.parametrize(("words", "jobs"), [([], 3), (["-j", "2"], 2), (["-D", "jobs=1"], 1)])
def test_who_runs_a_command_says_how_many_jobs(words: list[str], jobs: int) -> None:
    """What stands further behind on the command line, or is said by -j, goes before what stands in a tox.ini."""
    asked = Configuration(["-D", "jobs=3", *words], load_config=False)
    assert read_options(asked).policy.jobs == jobs
