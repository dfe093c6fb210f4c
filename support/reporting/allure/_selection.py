"""What is to run: by tags, by names, and by a test plan (the file that ALLURE_TESTPLAN_PATH names)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from allure_commons.utils import get_testplan

from ...execution import rule_of, tags_of, title_of
from ._options import EXCLUDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from behave.configuration import Configuration
    from behave.model import Feature, Scenario

_ID_TAGS: Final = ("allure.id:", "allure.as_id:", "allure.label.as_id:", "allure.id=")


def is_selected(scenario: Scenario, config: Configuration) -> bool:
    """Whether tags and names let a scenario run, whatever hooks said later."""
    by_tags = scenario.should_run_with_tags(config.tag_expression)
    return bool(by_tags and scenario.should_run_with_name_select(config))


class TestPlan:
    """What to run; without a plan, everything."""

    def __init__(self) -> None:
        self._tests: Sequence[dict[str, Any]] = get_testplan()  # type: ignore[no-untyped-call]
        self._ids = {str(each["id"]) for each in self._tests if each.get("id")}
        self._names = {str(each["selector"]) for each in self._tests if each.get("selector")}

    def apply(self, feature: Feature) -> None:
        """Have the scenarios of a feature that the plan does not name skipped."""
        if self._tests:
            for scenario in (each for each in feature.walk_scenarios() if not self._names_it(each)):
                scenario.skip(reason=EXCLUDED)

    def _names_it(self, scenario: Scenario) -> bool:
        tags = tags_of(scenario)
        ids = {tag.removeprefix(start) for tag in tags for start in _ID_TAGS if tag.startswith(start)}
        return bool(ids & self._ids or {*_selectors(scenario)} & self._names)


def _selectors(scenario: Scenario) -> list[str]:
    """The full names of a scenario: ours, and the one that allure-behave gives it."""
    file, rule, title = str(scenario.filename).replace("\\", "/"), rule_of(scenario), title_of(scenario)
    names = dict.fromkeys((title, getattr(scenario.parent, "name", title)))
    ours = [f"{file}: {' > '.join(filter(None, (rule, name)))}" for name in names]
    return [*ours, f"{scenario.feature.name}: {str(scenario.name).partition(' -- ')[0]}"]
