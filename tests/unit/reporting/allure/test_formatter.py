"""The formatter beside a run of ours: the record tells, and the formatter only passes on where."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from behave.configuration import Configuration
from behave.formatter.base import StreamOpener
from behave.parser import parse_feature

from support.core import Evidence, Redactor
from support.reporting.allure import AllureFormatter, Collector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.record import FixtureRecord

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


def test_a_run_knows_the_folder_before_it_may_close(formatter: AllureFormatter, tmp_path: Path) -> None:
    """A run that a hook of the suite closes is told before the formatters close: at the first word of behave."""
    formatter.config.run_scope = scope = SimpleNamespace(results_to=[])
    formatter.uri("features/f.feature")
    assert scope.results_to == [tmp_path / "results"]


def test_what_is_attached_by_behave_reaches_the_run(formatter: AllureFormatter) -> None:
    """`context.attach` is evidence of the scenario that runs, in the record."""
    heard: list[FixtureRecord] = []
    collector = Collector(heard.append, Redactor())
    formatter.config.run_scope = SimpleNamespace(results_to=[], collector=collector)
    evidence = Evidence(Redactor(), lambda: 0)
    collector.enter("one", 1, evidence)
    formatter.embedding("text/plain", "seen")
    assert [(each.kind, each.body) for each in evidence.all()] == [("attachment", "seen")]


def test_a_scenario_that_is_never_ended_is_broken(formatter: AllureFormatter, tmp_path: Path) -> None:
    """From its first moment a scenario has a result that says so, should nothing more come."""
    feature = parse_feature(FEATURE, filename="features/f.feature")
    formatter.feature(feature)
    formatter.scenario(feature.scenarios[0])
    (result,) = (tmp_path / "results").glob("*-result.json")
    assert "The run ended inside this scenario." in result.read_text()


def test_a_run_that_never_ends_says_so_between_scenarios(formatter: AllureFormatter, tmp_path: Path) -> None:
    """From its first feature to its end an error of the run stands in the results, and no longer."""
    formatter.feature(parse_feature(FEATURE, filename="features/f.feature"))
    (told,) = (tmp_path / "results").glob("*-globals.json")
    assert "The run did not come to its end." in told.read_text()
    formatter.close()
    assert not list((tmp_path / "results").glob("*-globals.json"))


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
