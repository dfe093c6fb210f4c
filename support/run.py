"""The run: what is opened before the first scenario, lent to each, and closed after the last.

The composition root of everything that touches the system: no other module knows all rooms.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from . import __version__
from .core import Evidence, Permit, Redactor, RehearsalError, Setting, new_run
from .data import Clearing
from .doors import ENGINES, Browsers, BrowserUnavailable, ensure_browser, shown
from .faults import Decisions
from .record import (
    RecordWriter,
    RunFinished,
    RunStarted,
    keep_evidence,
    keep_logs,
    machine,
    read_record,
    reports_folder,
    summaries,
    versions,
)
from .reporting import find_leaks, leaks_in_words, prune, publish, terminal_summary
from .system import SystemClient, Watchman, filled_clock, given_secrets, load, serve
from .telemetry import OtlpReceiver
from .world import Stage, World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .core import Exhibit, RunIdentity, ScenarioIdentity, ScenarioPlan, Settings
    from .record import EvidenceRecord
    from .record import Run as RecordedRun
    from .reporting import Collector
    from .system import Guest, SystemDescription


_LINES: Final = 5_000
"""The most lines of a part's log that a failure looks through for its own."""


class Run:
    """A `RunScope` (see core) over one system, described in system.toml and started or found by its control process.

    `record` is where scenarios are written down, `redactor` what keeps secrets out of it, `results_to` are folders that
    get Allure results beside the run's own.
    """

    SETTINGS: ClassVar[Sequence[Setting]] = (
        Setting("profile", "the environment, by its name in system.toml", "embedded"),
        Setting("system", "the file that describes the system under test", "system.toml"),
        Setting("reports", "the folder that holds a folder for each run", "reports"),
        Setting("browser", "the kind of browser: chromium, firefox or webkit", "chromium", ENGINES),
        Setting("browser_path", "the browser's executable, if none is to be looked for"),
        Setting("headed", "show the browser", "false"),
        Setting("trace", "whether browsers record what they do, for a scenario that fails", "true"),
        Setting("evidence", "whose evidence is kept in files", "failures", ("failures", "all", "none")),
        Setting("report", "whether the report's pages are made at the end of the run", "true"),
        Setting("issue_pattern", "the address of an issue, with {} for what stands in @issue:..."),
        Setting("link_pattern", "the address of a link, with {} for what stands in @allure.link:..."),
        Setting("runbook_pattern", "the address of a runbook, with {} for what stands in @runbook:..."),
        Setting("source_pattern", "the address of a line of a feature, with {file} and {line}"),
        Setting("keep_runs", "how many runs' folders stay in the reports; 0 keeps all", "20"),
    )

    def __init__(self, identity: RunIdentity, settings: Settings) -> None:
        self.identity, self.settings = identity, settings
        self.opened_by_hooks = False
        self.results_to: list[Path] = []
        self.description = load(Path(settings.text("system")))
        self.profile = self.description.profile(settings.text("profile")).name
        self.redactor = Redactor(fields=self.description.redacted_fields)
        self._know(given_secrets(self.description.under(self.profile)))
        asked = "reports" in settings.given()
        self.folder = reports_folder(settings.text("reports"), asked=asked, tell=say) / identity.run_id
        self.record = RecordWriter(self.folder / "record.jsonl", clean=self.redactor.text)
        self._started_at = time.time()
        self._browsers = Browsers(headed=settings.flag("headed"))
        self._client: SystemClient | None = None
        self._watchman: Watchman | None = None
        self._logged: Mapping[str, int] = {}

    def open(self, plan: Sequence[ScenarioPlan]) -> None:
        """Begin the record, and find or start the system; PartUnavailable names what is sick."""
        self.record.write(self._started(plan))
        _point_latest_to(self.folder)
        try:
            self._browsers = self._find_browser()
            self._client = find_or_start(self.description, self.profile, self.identity.run_id)
        except RehearsalError as error:
            publish(self._finish(bad=True, reason=str(error)), self.folder, pages=False, tell=say)
            self.record.close()
            raise
        self._know(self._client.secrets)
        restarts = self.description.profile(self.profile).restart
        self._logged = {name: log.stat().st_size for name, log in self._client.log_files().items()}
        self._watchman = Watchman(self._client.call, lambda words: say(self.redactor.text(words)), restarts=restarts)

    def world(self, identity: ScenarioIdentity, step: Callable[[], int | None]) -> World:
        """The world of one scenario; `step` says which step is running."""
        return World(identity, self._stage, Evidence(self.redactor, step))

    @cached_property
    def collector(self) -> Collector:
        """What hears the suite through allure's functions and sees its hooks; whoever runs hooks installs it."""
        from .reporting import Collector

        return Collector(self.record.write, self.redactor, keep=self._put_outside)

    def keep(self, world: World, *, failed: bool) -> list[EvidenceRecord]:
        """Put a scenario's evidence on disk if it failed (or as the setting says); else only say what was done."""
        wanted = self.settings.text("evidence")
        if wanted == "none":
            return []
        if wanted == "failures" and not failed:
            return summaries(world.evidence.all())
        into = f"evidence/{world.identity.scenario_id}-{world.identity.attempt}"
        return keep_evidence(shown(world.evidence.all()), self.folder, into)

    def _put_outside(self, exhibits: Sequence[Exhibit], name: str) -> Sequence[EvidenceRecord]:
        return keep_evidence(exhibits, self.folder, f"evidence/{name}")

    def heal(self, scenario: ScenarioPlan) -> None:
        """End the accidents of a scenario whose process died."""
        self._living_client.call("decisions.clear", run=self.identity.run_id, scenario=scenario.scenario_id)

    def close(self, *, failed: bool, aborted: bool) -> bool:
        """Close the browsers, give the lease back, end the record and tell how it went; False if closing failed."""
        closing = (self.collector.remove, self._browsers.close, self._keep_logs, self._leave)
        troubles = [trouble for close in closing if (trouble := _trouble(close))]
        run = self._finish(bad=failed or aborted or bool(troubles), aborted=aborted, reason="; ".join(troubles))
        publish(run, self.folder, pages=self.settings.flag("report"), tell=say, also=self.results_to)
        if leaks := find_leaks(self.folder, self.redactor.secrets):
            troubles.append(leaks_in_words(leaks))
            run = self._finish(bad=True, aborted=aborted, reason="; ".join(troubles))
            publish(run, self.folder, pages=False, tell=say)
        self.record.close()
        print(terminal_summary(run, self.folder))  # noqa: T201 - the summary is for the user
        self._forget_old_runs()
        return not troubles

    def _find_browser(self) -> Browsers:
        """The browser of this run; where none can be had, scenarios that need one are told so when they do."""
        engine, headed = self.settings.text("browser"), self.settings.flag("headed")
        try:
            found = ensure_browser(say, self.settings.text("browser_path"), engine=engine, headed=headed)
        except BrowserUnavailable as error:
            say(str(error))
            return Browsers(error)
        return Browsers(found, headed=headed)

    @cached_property
    def _stage(self) -> Stage:
        client = self._living_client
        return Stage(
            addresses=client.addresses,
            secrets=client.secrets,
            origins=[client.addresses[part] for part in self.description.origins if part in client.addresses],
            browsers=self._browsers,
            call=client.call,
            health=client.health,
            permit=self.permit,
            clock=filled_clock(self.description, client.values),
            cause=self._watchman.cause if self._watchman else lambda _since, _found: None,
            logs=lambda text: {part: client.logs(part, containing=text, last=_LINES) for part in client.log_files()},
            about={"system": self.description.name, "versions": versions(rehearsal=__version__)},
            trace=self.settings.flag("trace") and self.settings.text("evidence") != "none",
        )

    @property
    def permit(self) -> Permit:
        """What may be done: drawn up by the control process, from the profile and from the system's own word."""
        return Permit(self._living_client.may, self.profile)

    @property
    def _living_client(self) -> SystemClient:
        if self._client is None:
            msg = "The run is not open: call Run.open() first."
            raise RehearsalError(msg)
        return self._client

    @property
    def stopped(self) -> str:
        """Why the rest of the scenarios makes no sense; empty while it does."""
        return self._watchman.stopped if self._watchman else ""

    def _keep_logs(self) -> None:
        if self._client is not None:
            keep_logs(self._client.log_files(), self._logged, self.folder / "logs", self.redactor.text)

    def _know(self, secrets: Mapping[str, str]) -> None:
        """Let the redactor know the secrets of the system by their names in system.toml."""
        for name, value in secrets.items():
            self.redactor.add(value, name=f"secrets.{name}")

    def _forget_old_runs(self) -> None:
        keep = self.settings.number("keep_runs") or 0
        if gone := prune(self.folder.parent, keep):
            say(f"Removed {len(gone)} older runs from {self.folder.parent}: the newest {keep} stay (-D keep_runs).")

    def _leave(self) -> None:
        if self._watchman is not None:
            self._watchman.close()
        if self._client is not None:
            self._client.close()

    def _finish(self, *, bad: bool, aborted: bool = False, reason: str = "") -> RecordedRun:
        """Write the record's last line; the run as its readers see it from now on."""
        run, now = read_record(self.record.path), time.time()
        finished = RunFinished(
            finished_at=now,
            exit_status=int(bad),
            duration=now - self._started_at,
            counts={str(verdict): count for verdict, count in run.counts.items()},
            aborted=aborted,
            reason=self.redactor.text(reason),
        )
        self.record.write(finished)
        return replace(run, finished=finished)

    def _started(self, plan: Sequence[ScenarioPlan]) -> RunStarted:
        return RunStarted(
            run_id=self.identity.run_id,
            seed=self.identity.seed,
            started_at=self._started_at,
            scenarios=plan,
            profile=self.profile,
            system=self.description.name,
            versions=versions(rehearsal=__version__),
            platform=machine(),
            argv=[self.redactor.text(word) for word in sys.argv[1:]],
            settings={name: str(self.redactor.value(name, value)) for name, value in self.settings.given().items()},
        )


def find_or_start(description: SystemDescription, profile: str, run_id: str) -> SystemClient:
    """A lease of the system that is up, or of a new one that ends with the lease."""
    found = SystemClient.attach(description, profile=profile, run_id=run_id)
    if found is not None:
        say(f"Using the {description.name} system that is up ({profile}).")
        return found
    return SystemClient.start(
        description, profile=profile, run_id=run_id, argv=control_argv(), owned=True, progress=say
    )


def keep_up(path: Path, profile: str) -> Mapping[str, str]:
    """Have a system that stays up until it is stopped; the addresses of its parts. One that is up stays as it is."""
    description = load(path)
    client = SystemClient.attach(description, profile=profile, run_id=new_run().run_id) or SystemClient.start(
        description, profile=profile, run_id=new_run().run_id, argv=control_argv(), owned=False, progress=say
    )
    addresses = dict(client.addresses)
    client.close()
    return addresses


def find_kept(path: Path, profile: str) -> SystemClient | None:
    """A lease of the system that is kept up, if one is."""
    return SystemClient.attach(load(path), profile=profile, run_id=new_run().run_id)


def control_argv() -> list[str]:
    """The command that becomes the control process; it works under whichever name this package is imported."""
    package = __package__ or "support"
    return [sys.executable, "-m", package, "control"]


def control(description: SystemDescription, profile: str, folder: Path, *, owned: bool) -> int:
    """Be the control process: own the servers, host what watches, disturbs and clears, and give leases."""
    guests: list[Guest] = [OtlpReceiver(), Decisions(), _clearing(description.under(profile))]
    return serve(description, profile=profile, folder=folder, guests=guests, owned=owned)


def _clearing(description: SystemDescription) -> Clearing:
    return Clearing(
        description.tenant_column, {part.name: part.databases for part in description.of_kind("postgresql")}
    )


def say(words: str) -> None:
    """Tell the user at once, apart from what behave prints, and also while it captures what a scenario prints."""
    print(words, file=sys.__stderr__ or sys.stderr, flush=True)


def _trouble(close: Callable[[], object]) -> str:
    try:
        close()
    except Exception as error:  # noqa: BLE001 - the rest must close whatever this one says
        return str(error) or type(error).__name__
    return ""


def _point_latest_to(folder: Path) -> None:
    """Let `reports/latest` lead to this run; where links are not to be had, it is missing and nothing else is."""
    link, new = folder.parent / "latest", folder.parent / f".latest-{folder.name}"
    try:
        new.symlink_to(folder.name)
        new.replace(link)
    except OSError:
        new.unlink(missing_ok=True)
