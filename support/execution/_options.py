"""What the user has set: the runner's own settings and those of the scope, read once, before anything starts."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from ..core import ConfigurationError, RunIdentity, RunScope, Setting, Settings, did_you_mean, new_run, sentence
from ..record import reports_folder
from ._limits import Limits
from ._shards import Shard, read_shard
from .parallel import Policy

if TYPE_CHECKING:
    from pathlib import Path

    from behave.configuration import Configuration

SETTINGS: Final = (
    Setting("run_scope", "The class that opens and closes the run, as module:Class. None: any behave suite."),
    Setting("seed", "The seed of the data and of a random order. None: one drawn by chance, and told."),
    Setting("order", "The order of features, rules and scenarios.", "as_written", ("as_written", "random")),
    Setting("smoke_first", "Whether @smoke runs first and, if it fails, alone.", "true"),
    Setting("jobs", "How many scenarios run side by side: a number, or auto for one a processor. As -j.", "1"),
    Setting(
        "schedule",
        "What stays together on one worker: a scenario, or a whole feature.",
        "scenario",
        ("scenario", "feature"),
    ),
    Setting("retries", "How often a scenario that failed runs again, at the end and alone.", "0"),
    Setting("repeat", "How often each scenario runs.", "1"),
    Setting(
        "until", "With repeat: whether a scenario that failed is not repeated further.", "done", ("done", "failure")
    ),
    Setting("shard", "The part of the selected scenarios that is run, such as 2/5. None: all."),
    Setting("durations", "A file with seconds by stable id, the same for all shards, by which they are balanced."),
    Setting("fail_on_flaky", "Whether a run fails in which a scenario passed only when it was run again.", "false"),
    Setting(
        "only", "What runs of what is selected: all, or what went wrong in the last run.", "all", ("all", "failed")
    ),
    Setting("step_limit", "The most seconds that a step may take; 0: as long as it takes.", "120"),
    Setting(
        "scenario_limit",
        "The most seconds that a scenario may take (or, with workers, a hook around scenarios), unless its tags say"
        " @limit:SECONDS; 0: as long as it takes.",
        "600",
    ),
    Setting("allow_empty", "Whether a run without a selected scenario is no error.", "false"),
)
"""What can be set of the runner itself."""


_MOST_JOBS: Final = 512
"""Each is a process: a slip of the finger must not take the machine down."""


@dataclass(frozen=True)
class Options:
    """The settings of one run, checked. `settings` holds what differs from the defaults, and always the seed."""

    identity: RunIdentity
    settings: Settings
    scope: type[RunScope] | None
    random_order: bool
    smoke_first: bool
    allow_empty: bool
    fail_on_flaky: bool
    only_failed: bool
    policy: Policy
    shard: Shard | None = None
    durations: str = ""

    @property
    def side_by_side(self) -> bool:
        """Whether workers run the scenarios: several at once, or one again and again."""
        return self.policy.jobs > 1 or self.policy.retries > 0 or self.policy.repeat > 1

    @property
    def reports(self) -> Path | None:
        """The folder of a suite's reports; None if its scope has none."""
        if self.scope is None or all(each.name != "reports" for each in self.scope.SETTINGS):
            return None
        asked = "reports" in self.settings.given()
        return reports_folder(self.settings.text("reports"), asked=asked, tell=lambda _words: None)


def read_options(config: Configuration) -> Options:
    """Read the userdata of behave's configuration; ConfigurationError names every word that is wrong.

    Without a scope the suite is not ours: it has keys of its own, and only ours are looked at.
    """
    scope = scope_named(config.userdata.get("run_scope", ""))
    known = {setting.name: setting for setting in (*SETTINGS, *(scope.SETTINGS if scope else ()))}
    ours = {name: str(value) for name, value in config.userdata.items() if name in known or _is_asked(name, scope)}
    checked = Settings(known.values(), ours)
    identity = new_run(checked.number("seed"))
    told = {name: value for name, value in ours.items() if value != known[name].default} | {"seed": str(identity.seed)}
    if checked.flag("fail_on_flaky"):
        told["fail_on_flaky"] = "true"  # whatever word was said for it: readers of the record look for this one
    if "run_scope" not in dict(config.userdata_defines or ()):
        told.pop("run_scope", None)  # the configuration file says it again to whoever repeats the command
    return Options(
        identity=identity,
        settings=Settings(known.values(), told),
        scope=scope,
        random_order=checked.text("order") == "random",
        smoke_first=checked.flag("smoke_first"),
        allow_empty=checked.flag("allow_empty"),
        shard=read_shard(ours.get("shard")),
        durations=checked.text("durations"),
        fail_on_flaky=checked.flag("fail_on_flaky"),
        only_failed=checked.text("only") == "failed",
        policy=_policy(config, checked),
    )


def _policy(config: Configuration, checked: Settings) -> Policy:
    retries, repeat = checked.number("retries") or 0, _count(checked, "repeat")
    if retries and repeat > 1:
        msg = (
            f"-D retries={retries} excuses a scenario that passes in the end, -D repeat={repeat} wants it to pass each "
            "time. Give one of them."
        )
        raise ConfigurationError(msg)
    until_failure = checked.text("until") == "failure"
    if until_failure and repeat == 1:
        msg = "-D until=failure says when repeating ends, but nothing is repeated. Say how often at most: -D repeat=20."
        raise ConfigurationError(msg)
    return Policy(
        jobs=_jobs(config, checked),
        as_given=checked.text("order") == "random",
        by_feature=checked.text("schedule") == "feature",
        retries=retries,
        repeat=repeat,
        until_failure=until_failure,
        limits=Limits(_limit(checked, "step_limit"), _limit(checked, "scenario_limit")),
    )


def _count(checked: Settings, name: str) -> int:
    found = checked.number(name)
    if found is None or found < 1:
        msg = f"-D {name}={checked.text(name)}: expected a number from 1 on."
        raise ConfigurationError(msg)
    return found


def _limit(checked: Settings, name: str) -> float:
    """Seconds; infinite if there is no limit."""
    try:
        found = float(checked.text(name) or 0)
    except ValueError:
        found = -1.0
    if not 0 <= found < float("inf"):
        msg = f"-D {name}={checked.text(name)}: expected seconds such as 30 or 0.5, or 0 for no limit."
        raise ConfigurationError(msg)
    return found or float("inf")


def _jobs(config: Configuration, checked: Settings) -> int:
    """How many workers: by -j if it says more than its default, else by -D jobs (a tox.ini's, say)."""
    asked = checked.text("jobs") if config.jobs == 1 else str(config.jobs)
    if asked == "auto":
        from .parallel._process import processors

        return processors()
    if not asked.isdecimal() or not asked.strip("0"):
        msg = f"jobs is {asked!r}; expected a number from 1 on, or auto for one a processor."
        raise ConfigurationError(msg)
    if int(asked.lstrip("0")[:4]) > _MOST_JOBS:  # of a number so long that Python reads it no more, too
        msg = (
            f"jobs is {asked}; one machine runs {_MOST_JOBS} at most. Take auto for one a processor, and more machines "
            "with -D shard=1/5 and so on."
        )
        raise ConfigurationError(msg)
    return int(asked)


def _is_asked(name: str, scope: type[RunScope] | None) -> bool:
    """Whether an unknown key is a mistake: not in a foreign suite, and not if it is one of behave's own."""
    return scope is not None and not name.startswith("behave.")


def scope_named(name: str) -> type[RunScope] | None:
    """The class of that name, module:Class; None if no name is given, ConfigurationError if there is none of it."""
    if not name:
        return None
    module_name, _, class_name = name.partition(":")
    try:
        module = import_module(module_name)
    except (ImportError, ValueError) as error:
        msg = f"run_scope={name} cannot be imported: {error}. Expected module:Class, importable from here."
        raise ConfigurationError(msg) from error
    return _class_in(module, class_name, name)


def _class_in(module: object, class_name: str, name: str) -> type[RunScope]:
    found: Any = getattr(module, class_name, None) if class_name else None
    if isinstance(found, type) and hasattr(found, "SETTINGS"):
        return found
    classes = [key for key, value in vars(module).items() if isinstance(value, type) and hasattr(value, "SETTINGS")]
    msg = sentence(f"run_scope={name} names no class of the shape core.RunScope.", did_you_mean(class_name, classes))
    raise ConfigurationError(msg)
