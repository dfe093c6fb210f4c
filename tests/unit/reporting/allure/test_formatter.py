"""The formatter beside a run of ours: the record tells, and the formatter only passes on where."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from behave.configuration import Configuration
from behave.formatter.base import StreamOpener
from behave.parser import parse_feature

from support.reporting.allure import AllureFormatter

if TYPE_CHECKING:
    from collections.abc import Iterator

FEATURE = "Feature: F\n  Scenario: one\n    Given a\n"


@pytest.fixture
def formatter(tmp_path: Path) -> Iterator[AllureFormatter]:
    """A formatter that writes to a folder of this test."""
    configuration = Configuration([], load_config=False)
    formatter = AllureFormatter(StreamOpener(str(tmp_path / "results")), configuration)
    yield formatter
    formatter.close()


def test_a_run_that_makes_results_is_asked_for_them(formatter: AllureFormatter, tmp_path: Path) -> None:
    """Where the run has `results_to`, the folder is added there, once, and the formatter writes nothing."""
    formatter.config.run_scope = scope = SimpleNamespace(results_to=[])
    feature = parse_feature(FEATURE, filename="features/f.feature")
    formatter.feature(feature)
    formatter.scenario(feature.scenarios[0])
    formatter.eof()
    formatter.close()
    formatter.close()
    assert scope.results_to == [tmp_path / "results"]
    assert not list((tmp_path / "results").iterdir())


def test_a_scenario_that_is_never_ended_is_broken(formatter: AllureFormatter, tmp_path: Path) -> None:
    """From its first moment a scenario has a result that says so, should nothing more come."""
    feature = parse_feature(FEATURE, filename="features/f.feature")
    formatter.feature(feature)
    formatter.scenario(feature.scenarios[0])
    (result,) = (tmp_path / "results").glob("*-result.json")
    assert "The run ended inside this scenario." in result.read_text()


def test_the_users_own_environment_is_kept(formatter: AllureFormatter, tmp_path: Path) -> None:
    """A properties file that lies there already is the user's."""
    (tmp_path / "results" / "environment.properties").write_text("mine=1\n")
    formatter.close()
    assert (tmp_path / "results" / "environment.properties").read_text() == "mine=1\n"


def test_without_a_folder_results_go_where_allure_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No -o means allure-results."""
    monkeypatch.chdir(tmp_path)
    AllureFormatter(StreamOpener(), Configuration([], load_config=False)).close()
    assert Path("allure-results", "categories.json").is_file()
