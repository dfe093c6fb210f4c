"""What a result is labelled with, and where it links to: allure-behave's conventions for tags, and ours."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from allure_commons.mapping import TAG_PREFIX, parse_tag
from allure_commons.model2 import Link
from allure_commons.types import ALLURE_UNIQUE_LABELS, LabelType, LinkType, Severity

from .._capability import EPIC, capability_of, folders, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...record import ScenarioRecord
    from ._options import Options

    Pairs = tuple[tuple[str, str], ...]

_UNIQUE: Final = frozenset({*ALLURE_UNIQUE_LABELS, EPIC, "layer", "owner", "problem", "outcome"})
_LABELLED: Final = ("owner", "layer", "id")
_LINKED: Final = ("issue", "runbook")
_SEVERITIES: Final = frozenset(each.value for each in Severity)
_UNUSUAL: Final = frozenset({"xfailed", "xpassed", "pending_warn"})


def labels_of(record: ScenarioRecord, marks: Mapping[str, Any], problem: str) -> list[dict[str, str]]:
    """The labels of a scenario; of names that can be there once, the last word counts: a tag's, then the test's own."""
    written = _written(record.feature_file, record.feature, record.rule, tuple(record.tags), record.worker)
    said = [(str(name), str(value)) for name, value in marks.get("labels", ())]
    once, others = dict(_observed(record, problem)), dict.fromkeys(pair for pair in written if pair[0] not in _UNIQUE)
    once.update(pair for pair in (*written, *said) if pair[0] in _UNIQUE)
    once[EPIC] = capability_of(record)
    others.update(dict.fromkeys(pair for pair in said if pair[0] not in _UNIQUE))
    return [{"name": name, "value": value} for name, value in (*once.items(), *others)]


def links_of(record: ScenarioRecord, marks: Mapping[str, Any], options: Options) -> list[dict[str, str]]:
    """The links of a scenario, each address once: from its tags, to its source, and what the test itself has added."""
    tagged = (_link_of(tag, options) for tag in record.tags)
    dynamic = (_dynamic_link(kind, url, name, options) for kind, url, name in marks.get("links", ()))
    found = [*filter(None, tagged), *_source(record, options), *dynamic]
    return list({link["url"]: link for link in reversed(found)}.values())[::-1]


def title_path(record: ScenarioRecord) -> list[str]:
    """Where a scenario stands, from the capability down, in words."""
    return [*map(words, folders(record.feature_file)), feature_name(record), *filter(None, [record.rule])]


def feature_name(record: ScenarioRecord) -> str:
    """The name of the feature or, if it has none, of its file."""
    return record.feature or _file_name(record.feature_file)


def _file_name(feature_file: str) -> str:
    return PurePosixPath(feature_file).name or "Feature"


@lru_cache(maxsize=64)  # asked for when a scenario begins and when it ends
def _written(feature_file: str, feature: str, rule: str, tags: tuple[str, ...], worker: str) -> Pairs:
    """What the feature files say, and where the scenario runs."""
    found = [("feature", feature or _file_name(feature_file)), ("severity", Severity.NORMAL.value)]
    found += [("framework", "behave"), ("language", "python"), *_lane(worker)]
    if rule:
        found.append(("story", rule))
    return (*found, *filter(None, map(_label_of, tags)))


def _observed(record: ScenarioRecord, problem: str) -> Iterator[tuple[str, str]]:
    """What has come out."""
    kinds = {each.kind.partition(".")[0] for each in record.evidence}
    if layer := next((layer for layer in ("browser", "http") if layer in kinds), ""):
        yield "layer", layer
    if problem:
        yield "problem", problem
    if record.status in _UNUSUAL:
        yield "outcome", record.status


def _lane(worker: str) -> Iterator[tuple[str, str]]:
    """Where it ran: a worker is called `worker 3`, or `worker 3@host`."""
    thread, _, host = worker.partition("@")
    if host:
        yield LabelType.HOST, host
    yield LabelType.THREAD, thread or "main"


@lru_cache(maxsize=4096)
def _label_of(tag: str) -> tuple[str, str] | None:
    kind, _, value = tag.partition(":")
    if value and kind in _LABELLED:
        return kind, value
    if value and kind in _LINKED:
        return None
    if tag not in _SEVERITIES and not tag.startswith(TAG_PREFIX):
        return LabelType.TAG, tag
    parsed = parse_tag(tag)  # type: ignore[no-untyped-call]
    return None if isinstance(parsed, Link) else (str(parsed.name), str(getattr(parsed.value, "value", parsed.value)))


@lru_cache(maxsize=4096)
def _link_of(tag: str, options: Options) -> dict[str, str] | None:
    kind, _, value = tag.partition(":")
    if value and kind == "issue":
        return _dynamic_link(LinkType.ISSUE, value, value, options)
    if value and kind == "runbook":
        return {"type": kind, "url": _filled(options.runbook_pattern, value), "name": f"Runbook: {value}"}
    if not tag.startswith(TAG_PREFIX):
        return None
    patterns = {"issue_pattern": options.issue_pattern, "link_pattern": options.link_pattern}
    parsed = parse_tag(tag, **patterns)  # type: ignore[no-untyped-call]
    return {"type": parsed.type, "url": parsed.url, "name": parsed.name} if isinstance(parsed, Link) else None


def _dynamic_link(kind: str, url: str, name: str | None, options: Options) -> dict[str, str]:
    patterns = {LinkType.ISSUE: options.issue_pattern, LinkType.LINK: options.link_pattern}
    filled = _filled(patterns.get(kind, ""), url)
    return {"type": kind, "url": filled, "name": name or filled}


def _source(record: ScenarioRecord, options: Options) -> Iterator[dict[str, str]]:
    if options.source_pattern:
        place = f"{record.feature_file}:{record.line}"
        url = options.source_pattern.replace("{file}", record.feature_file).replace("{line}", str(record.line))
        yield {"type": "source", "url": url, "name": f"Source: {place}"}


def _filled(pattern: str, value: str) -> str:
    return pattern.replace("{}", value) if pattern and not value.startswith(("http:", "https:")) else value
