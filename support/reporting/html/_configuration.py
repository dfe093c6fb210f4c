"""What Allure is told: how to group, what to draw, whose problem a failure is, what is known already."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Final

from ._errors import AGAIN, ReportUnavailable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

PAGES, DASHBOARD, SINGLE = "awesome", "dashboard", "single"
"""What Allure makes, each in a folder of that name: the report, the dashboard across runs, the report in one file."""

SHOWN_RUNS: Final = 50
"""So many runs before this one are shown in trends."""

_HIDDEN: Final = ("language", "framework", "host", "parentSuite", "suite", "subSuite", "package", "testClass",
                  "testMethod")  # fmt: skip
"""Labels that tell a product owner nothing, or what the tree says already."""

_HERE: Final[Mapping[str, str]] = {"host": "this machine", "thread": "main"}
"""Where results ran that do not say so: the timeline leaves out what ran nowhere."""

_NEEDS_RUNS: Final = {"statusTransitions": 1, "stabilityDistribution": 3, "durationDynamics": 1,
                     "testBaseGrowthDynamics": 1, "statusAgePyramid": 1}  # fmt: skip
"""So many runs before this one are needed for a chart to say anything."""

_FORM: Final = '{"links": {...}, "rules": [{...}]}'

_CHARTS: Final[Sequence[Mapping[str, object]]] = (
    {"type": "currentStatus", "title": "This run (rate: of all, skipped ones too)"},
    {"type": "statusDynamics", "title": "The last runs", "limit": 20},
    {"type": "statusTransitions", "title": "Fixed and newly broken, run by run", "limit": 20},
    {
        "type": "stabilityDistribution",
        "title": "Stability by feature (%)",
        "groupBy": "feature",
        "threshold": 90,
        "stabilizationPeriod": 3,
    },
    {"type": "durations", "title": "How long scenarios take", "groupBy": "layer"},
    {"type": "durationDynamics", "title": "How long the runs took", "limit": 20},
    {"type": "testBaseGrowthDynamics", "title": "Scenarios added and taken away", "limit": 20},
    {"type": "statusAgePyramid", "title": "Since when scenarios have been failing", "limit": 20},
    {"type": "testResultSeverities", "title": "Results by severity"},
    {"type": "successRateDistribution", "title": "Where it works and where it does not"},
)


def configuration(
    results: Path, output: Path, made: Collection[str], *, history: Path, past: int, name: str, issues: Path
) -> Mapping[str, Any]:
    """The content of allurerc.json, by which is `made` what is named (one alone lies in `output` without a folder).

    `issues` is a file of known issues, which need not exist; `past` says how many runs there were before. The history
    gains a line with the report, and none with the report in one file alone.
    """
    charts = [each for each in _CHARTS if past >= _NEEDS_RUNS.get(str(each["type"]), 0)]
    common = {"reportLanguage": "en", "theme": "auto"}
    pages = {
        **common,
        "groupBy": ["epic", "feature", "story"],
        "defaultSortBy": "status,asc",
        "stepTreeExpansion": "expand_failed_only",
    }
    alone = {**pages, "singleFile": True, "sections": ["charts", "timeline"], "charts": charts}
    plugins: Mapping[str, Mapping[str, object]] = {
        PAGES: {"options": {**pages, "sections": ["timeline"], "charts": []}},
        DASHBOARD: {"options": {**common, "layout": charts}},
        SINGLE: {"import": "@allurereport/plugin-awesome", "options": alone},
    }
    return {
        "name": name,
        "output": str(output),
        "historyPath": str(history),
        "historyLimit": SHOWN_RUNS + 1,
        "appendHistory": PAGES in made,
        "hideLabels": _HIDDEN,
        "defaultLabels": _HERE,
        "plugins": {each: plugins[each] for each in made} | {"agent": {"enabled": False}},
        **_categories(results),
        "resolutions": _known_issues(results, issues),
    }


def _categories(results: Path) -> Mapping[str, object]:
    """The results' own categories, which these pages do not read by themselves."""
    try:
        given = json.loads(_text(results / "categories.json") or "[]")
    except ValueError:
        given = []
    keys = ("name", "matchedStatuses", "messageRegex", "traceRegex", "flaky")
    rules = [{key: each[key] for key in keys if key in each} | {"expand": True} for each in given]
    return {"categories": {"rules": rules}} if rules else {}


def _known_issues(results: Path, issues: Path) -> Mapping[str, object]:
    """Which failures are known: of scenarios that link an issue, and whatever the file of known issues says."""
    told = _written_down(issues)
    taken = {each.get("issue", {}).get("id") for each in told["rules"]}
    for issue, (template, cases) in sorted(_issues(results).items()):
        if issue not in taken:
            told["links"].setdefault(issue, {"urlTemplate": template})
            told["rules"].append(
                {"resolution": "issue", "issue": {"id": issue, "type": issue}, "testCaseId": sorted(cases)}
            )
    return told


def _written_down(issues: Path) -> dict[str, Any]:
    """What the file of known issues says; ReportUnavailable tells what is wrong with it."""
    text, wrong = _text(issues).strip() or "{}", f"it is not of the form {_FORM}"
    try:
        given = json.loads(text)
    except ValueError as error:
        given, wrong = None, f"it is no JSON: {error}"
    told: dict[str, Any] = {"links": {}, "rules": []} | given if isinstance(given, dict) else {}
    match told:
        case {"links": dict(links), "rules": list(rules)} if all(map(_is_rule, rules)):
            return {"links": links, "rules": rules}
    msg = f"{issues} cannot be read, {wrong}; it begins with {text[:80]!r}"
    raise ReportUnavailable.after(msg, (), f"Mend it or move it away, and make the pages: `{AGAIN}`.")


def _is_rule(rule: object) -> bool:
    return isinstance(rule, dict) and isinstance(rule.get("issue", {}), dict)


def _issues(results: Path) -> Mapping[str, tuple[str, set[str]]]:
    """The issues that results link, with the template of their address and the ids of the scenarios."""
    found: dict[str, tuple[str, set[str]]] = {}
    for result in read_results(results):
        for link in result.get("links") or ():
            name, url = str(link.get("name") or ""), str(link.get("url") or "")
            if link.get("type") == "issue" and name and name in url and re.match(r"https?://\S+$", url):
                template = url.replace("%s", "").replace(name, "%s", 1)
                case = hashlib.md5(str(result.get("testCaseId")).encode(), usedforsecurity=False).hexdigest()
                found.setdefault(name, (template, set()))[1].add(case)
    return found


def read_results(results: Path) -> Iterator[Mapping[str, Any]]:
    """The results in a folder that can be read."""
    for path in sorted(results.glob("*-result.json")):
        try:
            told = json.loads(path.read_bytes())
        except ValueError:
            continue
        if isinstance(told, dict):
            yield told


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""
