"""The command line: `python -m support --help`."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .commands import CATALOGUE, REFERENCE, SETTINGS, merge_shards, settings, steps, system
from .core import ConfigurationError, RehearsalError, did_you_mean, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from .system import SystemClient

    Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; its exit status. What the user can mend is told without a traceback."""
    arguments = _parser().parse_args(argv)
    command: Command = arguments.command
    try:
        return command(arguments)
    except RehearsalError as error:
        _say(str(error), to=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:  # whoever reads has read enough; nothing is written there at the exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE


def _parser() -> argparse.ArgumentParser:
    package = (__package__ or "support").partition(".")[0]
    parser = argparse.ArgumentParser(prog=f"python -m {package}", description="What Rehearsal does beside behave.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, does: Command, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(command=does, called=name)
        return added

    up = _about_system(command("up", _up, "Start the system and keep it up; behave then attaches at once."))
    up.add_argument("--watch", action="store_true", help="then restart a service whenever its code changes")
    _about_system(command("status", _status, "Say whether the system is up, where, and how its parts are."))
    _about_system(command("down", _down, "Stop the system that is kept up."))
    logs = _about_system(command("logs", _logs, "Print the last lines of one part of the system that is up."))
    logs.add_argument("part", help="the part's name in system.toml")
    logs.add_argument("--last", type=int, default=50, metavar="N", help="how many lines (default: %(default)s)")
    value = _about_system(
        command("value", _value, "Print what a name in braces of system.toml stands for in the system that is up.")
    )
    value.add_argument("name", help="such as mesh.url or secrets.operator_key")
    _about_browser(
        command("browser", _browser, "Find a browser, or get one without root; say which, and what was tried.")
    )
    report = command("report", _report, "Make the report of a run that is recorded, also of one that was killed.")
    report.add_argument("run", nargs="?", type=Path, default=Path("reports/latest"), help="its folder (%(default)s)")
    merge = command("merge", merge_shards, "Join what shards have left (-D shard=1/3 ...) into one report and verdict.")
    merge.add_argument("folders", nargs="+", metavar="FOLDER", help="of a run, or one that holds such; also a pattern")
    merge.add_argument("--into", type=Path, metavar="FOLDER", help="of the whole run (default: a new one in reports)")
    merge.add_argument(
        "--no-pages", action="store_false", dest="pages", help="results, JUnit and front door are enough"
    )
    words = command("steps", steps, "List every sentence that exists.")
    words.add_argument("--write", action="store_true", help=f"renew {CATALOGUE}")
    words.add_argument("--check", action="store_true", help="fail if steps are ambiguous or undefined, or it is stale")
    known = command("settings", settings, "List what can be set of a run with behave -D.")
    known.add_argument("--write", action="store_true", help=f"renew {SETTINGS}")
    known.add_argument("--check", action="store_true", help="fail if it is stale")
    described = command("system", system, "Say whether system.toml is right, and what it describes.")
    described.add_argument("--description", type=Path, default=Path("system.toml"), metavar="FILE", help="%(default)s")
    described.add_argument("--write", action="store_true", help=f"renew {REFERENCE}")
    described.add_argument("--check", action="store_true", help=f"fail also if {REFERENCE} is stale")
    control = _about_system(command("control", _control, "Be the control process; the other commands start it."))
    control.add_argument("--folder", type=Path, required=True, help="the folder of the system")
    owned = control.add_mutually_exclusive_group(required=True)
    owned.add_argument("--owned", action="store_true", help="end with the lease of whoever started it")
    owned.add_argument("--kept", action="store_false", dest="owned", help="stay until `down`")
    return parser


def _about_system(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--description", type=Path, default=Path("system.toml"), metavar="FILE", help="%(default)s")
    parser.add_argument("--profile", default="embedded", help="%(default)s")
    return parser


def _about_browser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--browser", default="chromium", metavar="KIND", help="chromium, firefox or webkit")
    parser.add_argument("--browser-path", default="", metavar="FILE", help="its executable, instead of looking for one")
    parser.add_argument("--headed", action="store_true", help="one that can be seen")
    parser.add_argument(
        "--install-system", action="store_true", help="first install one with apt-get, dnf or brew, as root"
    )


def _up(arguments: argparse.Namespace) -> int:
    from .environments import keep_up

    for part, address in keep_up(arguments.description, arguments.profile).items():
        _say(f"{part:<16} {address}")
    if arguments.watch:
        _watch(arguments)
    return 0


def _watch(arguments: argparse.Namespace) -> None:
    from .environments import find_kept, say
    from .system import load, watch

    client = find_kept(arguments.description, arguments.profile)
    if client is not None:
        watch(load(arguments.description), client, say)


def _status(arguments: argparse.Namespace) -> int:
    from .system import load, status

    state = status(load(arguments.description), arguments.profile)
    if state is None:
        _say("down. Start it: python -m support up", to=sys.stderr)
        return 1
    for part, health in state.health.items():
        _say(f"{part:<16} {state.addresses.get(part, ''):<40} {health}")
    _say(f"up since {datetime.fromtimestamp(state.since).astimezone():%Y-%m-%d %H:%M:%S}, in {state.folder}")
    _say(f"used by {', '.join(state.runs) or 'nobody'}")
    return 0


def _down(arguments: argparse.Namespace) -> int:
    from .system import load, stop

    stopped = stop(load(arguments.description), arguments.profile)
    _say("stopped" if stopped else "was not up")
    return 0


def _logs(arguments: argparse.Namespace) -> int:
    client = _kept(arguments)
    if client is None:
        return 1
    with contextlib.closing(client):
        if (logs := client.log_files()) and arguments.part not in logs:
            raise ConfigurationError(
                sentence(f"Nothing called {arguments.part!r} has a log.", did_you_mean(arguments.part, logs))
            )
        for line in client.logs(arguments.part, last=arguments.last):
            _say(line)
    return 0


def _value(arguments: argparse.Namespace) -> int:
    client = _kept(arguments)
    if client is None:
        return 1
    with contextlib.closing(client):
        _say(client.value(arguments.name))
    return 0


def _kept(arguments: argparse.Namespace) -> SystemClient | None:
    from .environments import find_kept

    client = find_kept(arguments.description, arguments.profile)
    if client is None:
        _say("down. Start it: python -m support up", to=sys.stderr)
    return client


def _browser(arguments: argparse.Namespace) -> int:
    from .doors import ensure_browser, install_system_browser, prove

    def progress(words: str) -> None:
        _say(words, to=sys.stderr)

    engine, headed = arguments.browser, arguments.headed
    if arguments.install_system:
        install_system_browser(progress, engine=engine, headed=headed)
    found = ensure_browser(progress, arguments.browser_path, engine=engine, headed=headed)
    for tried in found.tried:
        _say(f"not there   {tried}")
    _say(f"found       {found.source}: {found.executable}")
    _say(f"version     {prove(found.executable, found.environment, engine)}; it renders a page")
    return 0


def _report(arguments: argparse.Namespace) -> int:
    from .record import read_record
    from .reporting import make_pages, publish

    folder = arguments.run.resolve()
    run = read_record(folder / "record.jsonl")
    publish(run, folder)
    made = make_pages(run, folder, fetch=True, tell=lambda words: _say(words, to=sys.stderr))
    _say(f"{folder}/index.html")
    return 0 if made else 1


def _control(arguments: argparse.Namespace) -> int:
    from .environments import control
    from .system import load

    return control(load(arguments.description), arguments.profile, arguments.folder, owned=arguments.owned)


def _say(words: str, to: TextIO | None = None) -> None:
    print(words, file=to or sys.stdout)


if __name__ == "__main__":
    sys.exit(main())
