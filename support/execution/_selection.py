"""What was asked for, and what to answer if that is nothing."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from behave.tag_expression import make_tag_expression

from ..core import ConfigurationError, did_you_mean, sentence
from ._identity import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from behave.configuration import Configuration
    from behave.model import Feature


def check_tags(features: Iterable[Feature], config: Configuration) -> None:
    """ConfigurationError for each tag in `--tags` that nothing carries, negated ones too.

    Only the command line is asked: a configuration file may exclude what is not there yet. A tag counts as known if any
    feature file of the suite has it, selected or not.
    """
    asked = _tags_asked(config)
    if not (missing := _missing(asked, _tags_of(features))):
        return
    known = _tags_of(features) | _tags_in_files(Path(config.base_dir))
    faults = [
        sentence(f"--tags: nothing is tagged @{tag}.", did_you_mean(tag, known)) for tag in _missing(missing, known)
    ]
    if faults:
        raise ConfigurationError("\n".join(faults))


def nothing_selected(features: Sequence[Feature], config: Configuration) -> ConfigurationError:
    """The error that says which selection left nothing, and what was perhaps meant."""
    there = [title_of(scenario) for feature in features for scenario in feature.walk_scenarios()]
    of_all = f"of {len(there)} scenario{'s' * (len(there) != 1)}" if features else "no feature file is left"
    asked = ", ".join(_asked(config))
    return ConfigurationError(
        sentence(
            f"No scenario is selected ({of_all}) by {asked}.",
            *(did_you_mean(tag, _tags_of(features)) for tag in _missing(_tags_asked(config), _tags_of(features))),
            *(did_you_mean(name, there) for name in config.name or () if not re.search(name, "\n".join(there))),
            "Pass -D allow_empty if that is intended.",
        )
    )


def _asked(config: Configuration) -> list[str]:
    tags = [config.tags] if isinstance(config.tags, str) else config.tags or []
    patterns = {"--include": config.include_re, "--exclude": config.exclude_re}
    return [
        *map(str, config.paths),
        *(f"--tags={tag!r}" for tag in tags if tag),
        *(f"--name={name!r}" for name in config.name or ()),
        *(["-D only=failed"] if config.userdata.get("only") == "failed" else []),
        *(f"{option}={found.pattern!r}" for option, found in patterns.items() if found),
    ]


def _tags_asked(config: Configuration) -> set[str]:
    in_file = config.config_tags or config.default_tags or ""
    return _words(config.tag_expression) - _words(make_tag_expression(in_file))


def _words(expression: Any) -> set[str]:  # noqa: ANN401 - behave has two grammars, and seven classes without a type
    if hasattr(expression, "ands"):  # the old grammar: "-@slow,@fast"
        return {word.lstrip("-") for words in expression.ands for word in words}
    inner = [*getattr(expression, "terms", ()), *filter(None, [getattr(expression, "term", None)])]
    if inner:
        return {word for each in inner for word in _words(each)}
    word = getattr(expression, "name", "")
    return {str(word)} if word else set()


def _missing(asked: Iterable[str], known: set[str]) -> list[str]:
    return [tag for tag in sorted(asked) if not any(fnmatchcase(each, tag) for each in known)]


def _tags_of(features: Iterable[Feature]) -> set[str]:
    items = (
        item for feature in features for item in (feature, *feature.walk_scenarios(with_outlines=True, with_rules=True))
    )
    return {str(tag) for item in items for tag in item.tags}


def _tags_in_files(base: Path) -> set[str]:
    lines = re.compile(r"^\s*(@.+)$", re.MULTILINE)
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in base.rglob("*.feature"))
    return {tag.lstrip("@") for text in texts for line in lines.findall(text) for tag in line.split() if tag[0] == "@"}
