"""The run: what is opened before the first scenario, lent to each, and closed after the last.

The composition root of everything that touches the system: no other module knows all rooms.
"""

from __future__ import annotations

import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from .core import CleanOutput, Evidence, Redactor, RehearsalError, Setting
from .doors import ENGINES, Browsers, BrowserUnavailable, ensure_browser, shown
from .environments import find_or_start, say
from .lease import Lease
from .record import (
    RecordWriter,
    clean_evidence,
    keep_evidence,
    reports_folder,
    summaries,
)
from .reporting import Ending, point_latest_to, publish, troubles_of
from .run_lines import begin_record, end_record, ended
from .staff import RunStaff
from .system import given_secrets, load
from .world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from .core import Exhibit, Journal, Permit, RunIdentity, ScenarioIdentity, ScenarioPlan, Settings
    from .record import EvidenceRecord
    from .record import Run as RecordedRun
    from .reporting import Collector
    from .world import Stage


class Run:
    """A `RunScope` (see core) over one system, described in system.toml and started or found by its control process.

    `record` is where scenarios are written down, `redactor` what keeps secrets out of it, `results_to` are folders that
    get Allure results beside the run's own. `staff` is what workers need of it, and `worker` which of them this process
    is.
    """

    SETTINGS: ClassVar[Sequence[Setting]] = (
        Setting("profile", "The environment, by its name in system.toml.", "embedded"),
        Setting("system", "The file that describes the system under test.", "system.toml"),
        Setting("reports", "The folder that holds a folder for each run.", "reports"),
        Setting("browser", "The kind of browser.", "chromium", ENGINES),
        Setting("browser_path", "The browser's executable. None: one is looked for."),
        Setting("headed", "Whether the browser can be seen.", "false"),
        Setting("trace", "Whether browsers record what they do, for a scenario that fails.", "true"),
        Setting("evidence", "Whose evidence is kept in files.", "failures", ("failures", "all", "none")),
        Setting("report", "Whether the report's pages are made at the end of the run.", "true"),
        Setting("issue_pattern", "The address of an issue, with {} for what stands in @issue:..."),
        Setting("link_pattern", "The address of a link, with {} for what stands in @allure.link:..."),
        Setting("runbook_pattern", "The address of a runbook, with {} for what stands in @runbook:..."),
        Setting("source_pattern", "The address of a line of a feature, with {file} and {line}."),
        Setting("keep_runs", "How many runs' folders stay in the reports; 0 keeps all.", "20"),
    )

    def __init__(self, identity: RunIdentity, settings: Settings) -> None:
        self.identity, self.settings = identity, settings
        self.opened_by_hooks = False
        self.results_to: list[Path] = []
        self.description = load(Path(settings.text("system")))
        self.profile = self.description.profile(settings.text("profile")).name
        rules = self.description.redaction
        self.redactor = Redactor(rules.fields, personal=rules.personal, kept=rules.kept, patterns=rules.patterns)
        self._know(given_secrets(self.description.under(self.profile)))
        asked = "reports" in settings.given()
        self.folder = reports_folder(settings.text("reports"), asked=asked, tell=say) / identity.run_id
        self._output = CleanOutput(self.redactor.text)
        self.record = RecordWriter(self.folder / "record.jsonl", clean=self.redactor.text)
        pages, keep_runs = settings.flag("report"), settings.number("keep_runs") or 0
        self._ending = Ending(self.folder, self.results_to, pages, keep_runs, say, self._clean_again)
        self._trace = settings.flag("trace")
        self.started_at = time.time()
        self._browsers = Browsers(headed=settings.flag("headed"))
        self._lease: Lease | None = None
        self._journal: Journal | None = None
        self.worker, self.staff = "", RunStaff(self)
        self._known_from_the_start = frozenset(self.redactor.secrets)

    def open(self, plan: Sequence[ScenarioPlan]) -> None:
        """Begin the record, and find or start the system; PartUnavailable names what is sick.

        Where nothing is planned, as in an empty shard, the record is all that there is.
        """
        begin_record(self, plan)
        point_latest_to(self.folder)
        if not plan:
            return
        try:
            self._browsers = self._find_browser()
            client = find_or_start(self.description, self.profile, self.identity.run_id)
        except RehearsalError as error:
            self.collector.did_not_open(error)
            run = ended(self, bad=True, reason=str(error))
            troubles_of(lambda: publish(run, self.folder, self.results_to))  # what keeps it from starting is told
            end_record(self, run)
            raise
        self._know(client.secrets)
        self._known_from_the_start = frozenset(self.redactor.secrets)
        self._use(Lease(client, self.description, self.profile, lambda words: say(self.redactor.text(words))))
        self._output.open()
        self.collector.install()  # before the first hook, whose own error belongs to the run

    def world(self, identity: ScenarioIdentity, step: Callable[[], int | None]) -> World:
        """The world of one scenario; `step` says which step is running."""
        page = None if self._journal is None else self._journal.begin(identity)
        return World(identity, self._stage, Evidence(self.redactor, step, page))

    @cached_property
    def collector(self) -> Collector:
        """What hears the suite through allure's functions and sees its hooks; it listens while the run is open."""
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
        if self.settings.text("evidence") == "none":
            return summaries(exhibits)
        return keep_evidence(exhibits, self.folder, "-".join(filter(None, (f"evidence/{name}", self.worker))))

    def heal(self, identity: ScenarioIdentity) -> None:
        """End the accidents of a scenario that cannot do so itself."""
        self._living_lease.heal(identity)

    def go_on_as(self, worker: str, journal: Journal) -> None:
        """In a process that was just forked: be this worker, with a lease, browsers and a journal of its own."""
        self.worker, self._journal = worker, journal
        self.collector.worker = worker
        self._use(self._living_lease.another(self.identity.run_id))
        vars(self).pop("_stage", None)

    def leave(self) -> None:
        """Close what such a process opened; RehearsalError names what did not."""
        if troubles := troubles_of(self._browsers.close, self._leave):
            raise RehearsalError("; ".join(troubles))

    def close(self, *, failed: bool, aborted: bool) -> bool:
        """Close the browsers, give the lease back, end the record and tell how it went; False if closing failed."""
        closing = (self._output.close, self.collector.remove, self._browsers.close, self._keep_logs)
        troubles = troubles_of(*closing, self._leave)

        def finish(later: Sequence[str]) -> RecordedRun:
            found = [*troubles, *later]
            return ended(self, bad=failed or aborted or bool(found), aborted=aborted, reason="; ".join(found))

        run, well = self._ending.publish(finish, self.redactor.secrets)
        end_record(self, run)
        self._ending.conclude(run)
        return well and not troubles

    def _use(self, lease: Lease) -> None:
        self._lease, self._browsers.temporary = lease, lease.temporary

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
        trace = self._trace and self.settings.text("evidence") != "none"
        return self._living_lease.stage(self._browsers, trace=trace)

    @property
    def permit(self) -> Permit:
        """What may be done to the system."""
        return self._living_lease.permit

    @property
    def _living_lease(self) -> Lease:
        if self._lease is None:
            msg = "The run is not open: call Run.open() first."
            raise RehearsalError(msg)
        return self._lease

    @property
    def stopped(self) -> str:
        """Why the rest of the scenarios makes no sense; empty while it does."""
        return self.staff.stopped or (self._lease.stopped if self._lease else "")

    def _clean_again(self, files: Collection[str]) -> bool:
        """Clean the record and these files of what was learnt after they were written; whether that went well."""
        late = Redactor(secrets=self.redactor.secrets.keys() - self._known_from_the_start)
        clean = late.without_known
        steps = (lambda: clean_evidence(self.folder, files, clean), lambda: self.record.clean_again(clean))
        return bool(late.secrets) and not troubles_of(*steps)

    def _keep_logs(self) -> None:
        if self._lease is not None:
            self._lease.keep_logs(self.folder / "logs", self.redactor.text)

    def _know(self, secrets: Mapping[str, str]) -> None:
        """Let the redactor know the secrets of the system by their names in system.toml."""
        for name, value in secrets.items():
            self.redactor.add(value, name=f"secrets.{name}")

    def _leave(self) -> None:
        if self._lease is not None:
            self._lease.close()
