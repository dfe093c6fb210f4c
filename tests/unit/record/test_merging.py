"""Joining what shards have left."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from support.core import ConfigurationError, RehearsalError, ScenarioPlan
from support.record import (
    EvidenceRecord,
    FixtureRecord,
    RecordWriter,
    Run,
    RunFinished,
    RunStarted,
    ScenarioRecord,
    ScenarioStarted,
    read_record,
)
from support.record.merging import merge
from support.reporting import publish, terminal_summary

if TYPE_CHECKING:
    from pathlib import Path

SCENARIOS = {1: "aaa", 2: "bbb", 3: "ccc"}


def shard(place: Path, number: int, status: str = "passed", *, ends: bool = True, **started: object) -> Path:
    """The folder of a shard of three that ran one scenario, with a picture and a log."""
    folder, name = place / f"run{number}", SCENARIOS[number]
    record = RecordWriter(folder / "record.jsonl")
    told: dict[str, Any] = {
        "run_id": f"run{number}",
        "seed": 7,
        "started_at": 100.0 + number,
        "scenarios": [ScenarioPlan(name, f"features/a.feature:{10 - number}", name)],
        "system": "shop",
        "shard": f"{number}/3",
        "cut": "c1",
        "settings": {"seed": "7", "shard": f"{number}/3"},
        "argv": ["-D", f"shard={number}/3", "-D", "seed=7"],
    } | started
    record.write(RunStarted(**told))
    picture = EvidenceRecord("picture", "a picture", file="evidence/run/01-picture.png")
    record.write(FixtureRecord("before_all", "before", "run", evidence=[picture]))
    if ends:
        record.write(
            ScenarioRecord(name, f"run{number}", "F", name, status, evidence=[picture], worker="worker 1", duration=2.0)
        )
        bad = int(status != "passed")
        record.write(RunFinished(110.0 + number, bad, 10.0))
    record.close()
    for path in ("evidence/run/01-picture.png", "logs/web.log"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"of {number}")
    return folder


def shards(place: Path, *numbers: int, **started: object) -> list[str]:
    """Folders of shards, as one names them on the command line."""
    return [str(shard(place, number, "passed", ends=True, **started)) for number in numbers]


def refused(places: list[str], reports: Path) -> str:
    """What is said of places that cannot be merged; nothing is left of the attempt."""
    with pytest.raises(ConfigurationError) as told:
        merge(places, reports)
    assert not reports.exists()
    return str(told.value)


def test_shards_become_one_run(tmp_path: Path) -> None:
    """All scenarios in one record, planned as they stand in the files, from the first beginning to the last end."""
    run = merge(shards(tmp_path, 3, 1, 2), tmp_path / "reports").run
    assert [each.scenario_id for each in run.started.scenarios] == ["ccc", "bbb", "aaa"]
    assert (run.verdict, run.counts["passed"], run.complete) == ("passed", 3, True)
    assert (run.started.started_at, run.finished and run.finished.finished_at) == (101.0, 113.0)
    assert run.finished is not None
    assert (run.finished.exit_status, run.finished.reason) == (0, "")


def test_the_whole_says_how_to_have_it_again(tmp_path: Path) -> None:
    """Its command and settings are those of the shards, without the shard; which runs it was made of stays known."""
    started = merge(shards(tmp_path, 1, 2, 3), tmp_path / "reports").run.started
    assert (started.argv, started.shard, started.cut) == (("-D", "seed=7"), "", "c1")
    assert started.settings == {"seed": "7", "shards": "1/3 (run run1), 2/3 (run run2), 3/3 (run run3)"}


def test_the_whole_has_nothing_that_one_shard_has_for_itself(tmp_path: Path) -> None:
    """Neither in its settings nor in its command, also if only one shard is there."""

    def place(number: int) -> str:
        reports = {"reports": f"shards/{number}"}
        words = ["-j", "2", "-D", f"shard={number}/3", f"-Dreports=shards/{number}", "-D", "report=false", "reports"]
        settings = {"report": "false", "shard": f"{number}/3", **reports}
        return str(shard(tmp_path, number, settings=settings, argv=words))

    places = [place(1), place(2)]
    both = merge(places, tmp_path / "reports").run.started
    assert both.argv == ("-j", "2", "-D", "report=false", "reports")
    assert both.settings == {"report": "false", "shards": "1/3 (run run1), 2/3 (run run2)"}
    assert "shard" not in merge(places[:1], tmp_path / "reports").run.started.settings


def test_workers_of_shards_have_names_of_their_own(tmp_path: Path) -> None:
    """In a timeline they are lanes apart."""
    run = merge(shards(tmp_path, 1, 2), tmp_path / "reports").run
    assert [each.worker for each in run.scenarios] == ["shard 1, worker 1", "shard 2, worker 1"]


def test_evidence_and_logs_do_not_collide(tmp_path: Path) -> None:
    """What two shards have called the same is there twice, and each record names its own."""
    merged = merge(shards(tmp_path, 1, 2, 3), tmp_path / "reports")
    for every in (merged.run.scenarios, merged.run.fixtures):
        told = [evidence.file or "" for each in every for evidence in each.evidence]
        assert [(merged.folder / file).read_text() for file in told] == ["of 1", "of 2", "of 3"]
    assert (merged.folder / "logs/2-of-3/web.log").read_text() == "of 2"


@pytest.mark.parametrize(("one", "other", "verdict"), [("failed", "error", "failed"), ("error", "passed", "broken")])
def test_the_worst_verdict_is_that_of_the_whole(tmp_path: Path, one: str, other: str, verdict: str) -> None:
    """Red before yellow, yellow before green; the exit status is 1."""
    places = [str(shard(tmp_path, number, status)) for number, status in enumerate((one, other, "passed"), 1)]
    run = merge(places, tmp_path / "reports").run
    assert (run.verdict, run.finished and run.finished.exit_status) == (verdict, 1)


def test_a_missing_shard_breaks_the_run(tmp_path: Path) -> None:
    """However green the others are; it is named."""
    run = merge(shards(tmp_path, 1, 3), tmp_path / "reports").run
    assert run.finished is not None
    assert (run.verdict, run.finished.exit_status) == ("broken", 1)
    assert run.finished.reason == "The run is incomplete: shard 2/3 is missing."


def test_what_stood_in_a_missing_shard_did_not_run(tmp_path: Path) -> None:
    """The others know what it was to run; each is told with its place, and none is green."""
    lost = ScenarioPlan("bbb", "features/b.feature:4", "lost", ("slow",), "B", "a rule")
    run = merge(shards(tmp_path, 1, 3, elsewhere={"2/3": [lost]}), tmp_path / "reports").run
    (found,) = [each for each in run.outcomes if each.scenario_id == "bbb"]
    assert (found.verdict, found.reason) == ("not run", "It stands in shard 2/3, of which nothing was found.")
    assert (found.name, found.feature, found.rule, found.feature_file) == ("lost", "B", "a rule", "features/b.feature")
    assert (run.verdict, run.counts["passed"], run.counts["not run"]) == ("broken", 2, 1)


def test_what_stands_in_a_shard_is_its_own_to_tell(tmp_path: Path) -> None:
    """What the others knew of it is of no account where it is there."""
    other = {"1/3": [ScenarioPlan("xxx", "x.feature:1", "x")]}
    run = merge(shards(tmp_path, 1, 2, 3, elsewhere=other), tmp_path / "reports").run
    assert (run.verdict, len(run.outcomes)) == ("passed", 3)


def test_a_shard_that_died_breaks_the_run(tmp_path: Path) -> None:
    """What it planned is accounted for."""
    folder = shard(tmp_path, 2, ends=False)
    run = merge([*shards(tmp_path, 1, 3), str(folder)], tmp_path / "reports").run
    assert run.finished is not None
    assert (run.verdict, run.finished.reason) == ("broken", "Shard 2/3 did not come to its end.")
    assert [(each.verdict, each.reason) for each in run.outcomes if each.scenario_id == "bbb"] == [
        ("not run", "The run ended before this scenario.")
    ]


def test_a_shard_that_died_inside_a_scenario_breaks_it(tmp_path: Path) -> None:
    """The whole knows in which, as the shard did."""
    folder = shard(tmp_path, 2, ends=False)
    record = RecordWriter(folder / "record.jsonl")
    record.write(ScenarioStarted("bbb", "bbb", 105.0))
    record.close()
    run = merge([*shards(tmp_path, 1, 3), str(folder)], tmp_path / "reports").run
    assert [each.scenario_id for each in run.interrupted_in] == ["bbb"]
    assert [each.verdict for each in run.outcomes if each.scenario_id == "bbb"] == ["broken"]


def test_the_same_shard_twice_counts_once(tmp_path: Path) -> None:
    """A link, a copy or a folder named twice is one shard."""
    places = shards(tmp_path, 1, 2, 3)
    shutil.copytree(places[0], tmp_path / "copy")
    (tmp_path / "latest").symlink_to(places[1])
    found = merge([*places, str(tmp_path / "copy"), str(tmp_path / "latest")], tmp_path / "reports").run
    assert found.counts["passed"] == 3
    assert len(found.fixtures) == 3


def test_a_folder_that_holds_runs_is_enough(tmp_path: Path) -> None:
    """So are patterns, and what a pattern of the shell brings along does no harm."""
    for number, place in enumerate(("one", "two", "two"), 1):
        shard(tmp_path / "shards" / place, number)
    (tmp_path / "shards/durations.json").write_text("{}")
    first = merge([str(tmp_path / "shards")], tmp_path / "reports")
    wide = [str(tmp_path / "shards/o*"), str(tmp_path / "shards/two/*/record.jsonl"), str(tmp_path / "shards/d*")]
    assert merge(wide, tmp_path / "reports").run == first.run


def test_merging_again_makes_the_same(tmp_path: Path) -> None:
    """The folder is named by what was merged, and nothing else is left there."""
    places = shards(tmp_path, 1, 2, 3)
    first = merge(places, tmp_path / "reports")
    content = (first.folder / "record.jsonl").read_bytes()
    again = merge(reversed(places), tmp_path / "reports")
    assert (again.folder, (again.folder / "record.jsonl").read_bytes()) == (first.folder, content)
    assert list((tmp_path / "reports").iterdir()) == [first.folder]


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """Whoever names one of the shards as the target loses nothing."""
    places = shards(tmp_path, 1, 2, 3)
    with pytest.raises(ConfigurationError, match=r"is there already, and holds run run1\. Name another"):
        merge(places, tmp_path, tmp_path / "run1")
    assert read_record(tmp_path / "run1/record.jsonl").started.run_id == "run1"


def test_damaged_lines_are_counted_and_told(tmp_path: Path) -> None:
    """They stay in the record, so that the report tells of them too."""
    places = shards(tmp_path, 1, 2, 3)
    with (tmp_path / "run2/record.jsonl").open("ab") as file:
        file.write(b'{"type":"scenario","evidence":5}\n["no", "line"]\n{"type":["x"]}\n{"type":"scena')
    merged = merge(places, tmp_path / "reports")
    assert merged.run.damaged == 4
    assert merged.notes == [f"{tmp_path / 'run2'}: 4 lines of the record cannot be read."]


def test_seeds_that_differ_are_told(tmp_path: Path) -> None:
    """The whole cannot be repeated by one number then."""
    notes = merge([*shards(tmp_path, 1), *shards(tmp_path, 2, seed=8)], tmp_path / "reports").notes
    assert notes == [
        "The shards had seeds of their own (7 in 1/3, 8 in 2/3). Pass -D seed=N to all, and one repeats the whole."
    ]


@pytest.mark.parametrize(
    ("differs", "told"),
    [
        ({"system": "bank"}, "the system differs (shop, bank). They are of two suites."),
        ({"profile": "staging"}, "the profile differs (, staging)."),
        ({"shard": "2/4"}, "the number of shards differs (3, 4)."),
        ({"cut": "c2"}, "the cut differs (c1, c2). Run all shards of the same features"),
        ({"shard": ""}, "holds a whole run (run2), no shard of one."),
        ({"shard": "4/3"}, "holds a whole run (run2), no shard of one."),
        ({"schema_version": 0}, "this record has schema version 0; only 1 can be merged."),
        ({"schema_version": 2}, "This record has schema version 2; this Rehearsal reads up to 1."),
        ({"shard": "1/3"}, "Shard 1/3 is there twice:"),
        ({"versions": {"rehearsal": "0.1"}}, "the version of Rehearsal differs (, 0.1). Run all shards with one"),
        ({"argv": ["-Dseed=8"]}, "the seed that was given differs (7, 8). They are of two runs."),
        ({"shard": "", "settings": {"shards": "1/3, 2/3"}}, "holds a run that was merged already (run2), no shard"),
        ({"run_id": 5}, "its run_id is '5'"),
        ({"started_at": "today"}, "its started_at is 'today'"),
        ({"settings": {"seed": 7}}, "its settings is"),
        ({"scenarios": [ScenarioPlan("a", 3, "a")]}, "its location is '3'"),  # type: ignore[arg-type]
        ({"elsewhere": {"1/3": [{"scenario_id": "a"}]}}, "there is none that can be read"),
    ],
)
def test_what_does_not_belong_together_is_refused(tmp_path: Path, differs: dict[str, Any], told: str) -> None:
    """The message names the folder, and what differs."""
    message = refused([*shards(tmp_path, 1), *shards(tmp_path, 2, **differs)], tmp_path / "reports")
    assert told in message
    assert "run2" in message


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no record",
        b'{"type":"run_finished"}',
        b'{"type":"run_st',
        b"\x00\xff\x80" * 999,
        b"[" * 100_000,
        b"[]\n3\n",
    ],
    ids=["empty", "text", "no first line", "torn", "binary", "deep", "no objects"],
)
def test_a_record_without_a_run_is_refused(tmp_path: Path, content: bytes) -> None:
    """A run that did not come to its first line is no shard."""
    (tmp_path / "run1").mkdir()
    (tmp_path / "run1/record.jsonl").write_bytes(content)
    assert "run1/record.jsonl holds no run" in refused([str(tmp_path / "run1")], tmp_path / "reports")


def test_a_record_that_is_no_file_is_refused(tmp_path: Path) -> None:
    """A folder of that name, or a link that leads nowhere or to itself."""
    for name in ("folder", "loop"):
        (tmp_path / name).mkdir()
    (tmp_path / "folder/record.jsonl").mkdir()
    (tmp_path / "loop/record.jsonl").symlink_to("record.jsonl")
    assert "Is a directory" in refused([str(tmp_path / "folder")], tmp_path / "reports")
    assert "Too many levels of symbolic links" in refused([str(tmp_path / "loop")], tmp_path / "reports")


def test_a_folder_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shard may lie in it: passing over it would call that one missing."""
    shard(tmp_path / "shards", 1)

    def forbidden(folder: str) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr("os.scandir", forbidden)
    assert "shards cannot be read: Permission denied. Make it readable" in refused(
        [str(tmp_path / "shards")], tmp_path / "reports"
    )


def test_a_record_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says which, and why."""
    places = shards(tmp_path, 1)

    def forbidden(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.read_bytes", forbidden)
    assert "run1/record.jsonl (Permission denied)" in refused(places, tmp_path / "reports")


@pytest.mark.parametrize("into", ["file/whole", "loop"])
def test_a_target_that_cannot_be_written_is_told(tmp_path: Path, into: str) -> None:
    """Below a file, or at a link that leads to itself; nothing is left of the attempt."""
    places = shards(tmp_path, 1, 2, 3)
    (tmp_path / "file").write_text("")
    (tmp_path / "loop").symlink_to("loop")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(RehearsalError, match=r"cannot be written: .* Make room there, or name another"):
        merge(places, tmp_path / "reports", tmp_path / into)
    assert sorted(tmp_path.iterdir()) == before


def test_evidence_outside_the_folder_is_nobodys(tmp_path: Path) -> None:
    """A record cannot have a file of this machine shown in the report of the whole."""
    for number, file in enumerate(("../secret", "/etc/passwd", "evidence/../../secret", "\x00", "\ud800")):
        place = tmp_path / str(number)
        folders = shards(place, 1, 2, 3)
        record = RecordWriter(place / "run2/record.jsonl")
        record.write(ScenarioRecord("bbb", "run2", "F", "b", "passed", evidence=[EvidenceRecord("x", "x", file=file)]))
        record.close()
        merged = merge(folders, place / "reports")
        files = [merged.folder / str(exhibit.file) for each in merged.run.scenarios for exhibit in each.evidence]
        assert all(each.resolve().is_relative_to(merged.folder) for each in files)
        assert merged.notes == [f"{place / 'run2'}: 1 line of the record cannot be read."]


def test_what_a_link_leads_to_is_nobodys(tmp_path: Path) -> None:
    """Neither a file nor a folder of this machine comes into the report of the whole over a link."""
    places = shards(tmp_path, 1, 2, 3)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/key.log").write_text("of nobody else")
    (tmp_path / "run1/logs/key.log").symlink_to(tmp_path / "mine/key.log")
    (tmp_path / "run2/logs/more").symlink_to(tmp_path / "mine")
    shutil.rmtree(tmp_path / "run3/logs")
    (tmp_path / "run3/logs").symlink_to(tmp_path / "mine")
    merged = merge(places, tmp_path / "reports")
    assert sorted(each.name for each in (merged.folder / "logs").rglob("*.log")) == ["web.log", "web.log"]


def test_a_shard_that_lost_a_record_is_not_green(tmp_path: Path) -> None:
    """It ended well and says nothing of a scenario that it planned: nobody knows how that went."""
    places = shards(tmp_path, 1, 2, 3)
    record = tmp_path / "run2/record.jsonl"
    record.write_text(record.read_text().replace('"type":"scenario"', '"type":5'))
    run = merge(places, tmp_path / "reports").run
    assert run.finished is not None
    assert (run.verdict, run.finished.reason) == ("broken", "Shard 2/3 says nothing of 1 of its scenarios.")


def test_versions_that_differ_are_all_told(tmp_path: Path) -> None:
    """Of what is not Rehearsal's own, machines may have others."""
    places = [*shards(tmp_path, 1, versions={"python": "3.11"}), *shards(tmp_path, 2, versions={"python": "3.12"})]
    assert merge(places, tmp_path / "reports").run.started.versions == {"python": "3.11, 3.12"}


@pytest.mark.parametrize(
    "value", [None, 5, "x", [], {}, [5], {"a": 5}, {"a": {}}, [{}], True, float("nan"), 1e308, "\ud800\x00"]
)
def test_no_value_in_a_line_is_a_traceback(tmp_path: Path, value: object) -> None:
    """Whatever stands in a field of whichever line: it is refused in words, or counted, or told as it is."""
    places = shards(tmp_path, 1, 2, 3)
    record = tmp_path / "run2/record.jsonl"
    lines = record.read_text().splitlines()
    for number, line in enumerate(lines):
        for name in json.loads(line):
            spoiled = json.dumps({**json.loads(line), name: value})
            record.write_text("\n".join([*lines[:number], spoiled, *lines[number + 1 :]]))
            shutil.rmtree(tmp_path / "reports", ignore_errors=True)
            with contextlib.suppress(RehearsalError):
                merged = merge(places, tmp_path / "reports", publish=publish)
                assert terminal_summary(merged.run, merged.folder)


def test_an_empty_name_is_refused(tmp_path: Path) -> None:
    """A variable that is not set must not stand for all that lies here."""
    assert "The name of a folder is empty." in refused([""], tmp_path / "reports")


@pytest.mark.parametrize("place", ["empty", "nowhere", "empty/*", "file", "loop"])
def test_a_place_without_a_record_is_refused(tmp_path: Path, place: str) -> None:
    """A download that brought nothing is not a shard that ran nothing."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    message = refused([str(tmp_path / place)], tmp_path / "reports")
    assert message.startswith(f"There is no record in {tmp_path / place}.")


def test_what_cannot_be_published_leaves_the_earlier_merge(tmp_path: Path) -> None:
    """A folder is whole or it is not there: a record without its report is no result, and nothing else is left."""
    places = shards(tmp_path, 1, 2, 3)
    first = merge(places, tmp_path / "reports", publish=lambda _run, folder: (folder / "index.html").touch())

    def full(_run: Run, folder: Path) -> None:
        raise OSError(28, "No space left on device", str(folder))

    with pytest.raises(RehearsalError, match=r"cannot be written: No space left on device\. Make room there"):
        merge(places, tmp_path / "reports", publish=full)
    assert (first.folder / "index.html").is_file()
    assert list((tmp_path / "reports").iterdir()) == [first.folder]


def test_a_shard_whose_last_line_is_torn_is_not_green(tmp_path: Path) -> None:
    """A run that finds a secret in what it left writes its end anew: of two ends the last one counts, torn or not."""
    places = shards(tmp_path, 1, 2, 3)
    with (tmp_path / "run2/record.jsonl").open("ab") as file:
        file.write(b'{"type":"run_finished","finished_at":112.0,"exit_st')
    run = merge(places, tmp_path / "reports").run
    assert run.finished is not None
    assert (run.verdict, run.finished.reason) == ("broken", "Shard 2/3 did not come to its end.")


def test_a_record_that_lines_cannot_be_copied_to_is_told(tmp_path: Path) -> None:
    """As one to which none can be written: with its path, and why."""
    record = RecordWriter(tmp_path / "whole/record.jsonl")
    shutil.rmtree(tmp_path / "whole")
    with contextlib.closing(record), pytest.raises(RehearsalError, match=r"record\.jsonl cannot be written: No such"):
        record.copy([("", b"{}")])


@pytest.mark.parametrize("what", ["a place", "a target"])
def test_a_name_that_no_folder_can_have_is_told(tmp_path: Path, what: str) -> None:
    """As is a folder into which nobody may look: asking whether it is there fails."""
    places, long = shards(tmp_path, 1, 2, 3), str(tmp_path / ("x" * 5000))
    with pytest.raises(RehearsalError, match=r"cannot be (read|written): File name too long\. Make"):
        merge([long] if what == "a place" else places, tmp_path / "reports", tmp_path / long)


def test_evidence_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole without it would say nothing of what is missing; nothing is left of the attempt."""
    places = shards(tmp_path, 1, 2, 3)
    scandir = os.scandir

    def forbidden(folder: str) -> object:
        if str(folder).endswith("run2/evidence"):
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr("os.scandir", forbidden)
    with pytest.raises(ConfigurationError, match=r"run2/evidence cannot be read: Permission denied\. Make it"):
        merge(places, tmp_path / "reports")
    assert list((tmp_path / "reports").iterdir()) == []
