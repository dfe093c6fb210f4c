"""A secret that stands anywhere below a run's folder is found, and told by its name."""

import base64
import gzip
import io
import json
import os
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest

from support.reporting._leaks import Leak, find_leaks, leaks_in_words

SECRET = "hunter2/hunter2+é"
NAMES = {SECRET: "secrets.operator_key"}


def zipped(name: str, content: bytes, kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as archive:
        archive.writestr(name, content)
    return made.getvalue()


def found_in(folder: Path, name: str, content: bytes) -> list[Leak]:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return find_leaks(folder, NAMES)


@pytest.mark.parametrize(
    "content",
    [
        SECRET.encode(),
        json.dumps({"a": SECRET}).encode(),
        quote(SECRET).encode(),
        base64.b64encode(f"user:{SECRET}".encode()),
        b"\x89PNG\x00" + SECRET.encode() + b"\xff",
        b"x" * 5_000_000 + SECRET.encode(),
        b"y" * (4 * 1024 * 1024 - 5) + SECRET.encode() + b"z" * 100,
    ],
)
def test_a_secret_in_a_file_is_found(tmp_path: Path, content: bytes) -> None:
    """In any notation, in binary files, and where a long file is read in two parts."""
    assert found_in(tmp_path, "logs/web.log", content) == [Leak("logs/web.log", "", "secrets.operator_key")]


def packed_twice(content: bytes) -> bytes:
    inner = base64.b64encode(zipped("a.json", content)).decode()
    outer = base64.b64encode(json.dumps({"trace": inner}).encode()).decode()
    return f'<script>d("data/x.json","{outer}")</script>'.encode()


@pytest.mark.parametrize(
    ("content", "member"),
    [
        (zipped("trace.trace", SECRET.encode()), "trace.trace"),
        (zipped("plain", SECRET.encode(), zipfile.ZIP_STORED), "plain"),
        (zipped("inner.zip", zipped("a", SECRET.encode())), "inner.zip > a"),
        (zipped("log.gz", gzip.compress(SECRET.encode())), "log.gz > unzipped"),
        (gzip.compress(SECRET.encode()), "unzipped"),
        (gzip.compress(b"a") + gzip.compress(SECRET.encode()), "unzipped"),
        (gzip.compress(os.urandom(10_000) + SECRET.encode() + os.urandom(10_000))[:-5000], "unzipped"),
        (packed_twice(SECRET.encode() * 20), "in base64 > in base64 > a.json"),
        (b"data:application/zip;base64," + base64.b64encode(zipped("a", SECRET.encode() * 9)), "in base64 > a"),
    ],
    ids=["zip", "stored", "zip in zip", "gz in zip", "gz", "two gz", "cut gz", "report of one file", "data address"],
)
def test_a_secret_in_an_archive_is_found(tmp_path: Path, content: bytes, member: str) -> None:
    """Archives are opened, those in archives, too, and those that a report of one file holds in base64."""
    assert found_in(tmp_path, "results/report.html", content) == [
        Leak("results/report.html", member, "secrets.operator_key")
    ]


def test_a_secret_in_a_name_is_found_and_not_repeated(tmp_path: Path) -> None:
    """What tells of a leak must not be one itself."""
    (tmp_path / "to-correct-horse-9.txt").touch()
    (leak,) = find_leaks(tmp_path, {"correct-horse-9": "a password"})
    assert str(leak) == "to-[redacted].txt (its name): a password"


def test_a_clean_folder_has_no_leaks(tmp_path: Path) -> None:
    """Redacted files, empty files, links and folders are none; short values are not looked for."""
    (tmp_path / "elsewhere").write_text(SECRET)
    run = tmp_path / "run"
    (run / "evidence").mkdir(parents=True)
    (run / "empty").touch()
    (run / "link").symlink_to(tmp_path / "elsewhere")
    (run / "gone").symlink_to("nowhere")
    assert found_in(run, "a.json", b'{"password": "[redacted]", "seven77": 1}') == []
    assert find_leaks(run, ["seven77"]) == []
    assert find_leaks(run, []) == []


def test_a_secret_in_the_name_of_a_member_is_not_repeated(tmp_path: Path) -> None:
    """Names within archives are searched, too."""
    (tmp_path / "a.zip").write_bytes(zipped("to-correct-horse-9.txt", b""))
    (leak,) = find_leaks(tmp_path, {"correct-horse-9": "a password"})
    assert str(leak) == "a.zip (to-[redacted].txt): a password"


def test_words_by_which_a_system_calls_its_parts_are_no_leaks_in_names(tmp_path: Path) -> None:
    """A short secret may be such a word: logs and members are called so, and only what they hold is searched for it."""
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "accounts.log").touch()
    (tmp_path / "trace.zip").write_bytes(zipped("accounts.json", b""))
    assert find_leaks(tmp_path, {"accounts": "secrets.password"}) == []
    (tmp_path / "logs" / "accounts.log").write_text("accounts")
    (leak,) = find_leaks(tmp_path, {"accounts": "secrets.password"})
    assert str(leak) == "logs/accounts.log: secrets.password"


def test_pages_of_an_earlier_making_are_not_read(tmp_path: Path) -> None:
    """They are made anew from results that are searched; what is called so deeper in the folder is no page of ours."""
    for name in ("report/data/a.json", "report.html"):
        assert found_in(tmp_path, name, SECRET.encode()) == []
    assert [leak.file for leak in found_in(tmp_path, "evidence/report.html", SECRET.encode())] == [
        "evidence/report.html"
    ]


def test_what_outlives_the_folder_is_read(tmp_path: Path) -> None:
    """The memory of runs lies beside their folders; whatever else lies there is somebody else's."""
    run = tmp_path / "run"
    run.mkdir()
    for name in ("runs.jsonl", "durations.json", "history.jsonl", "else.txt"):
        (tmp_path / name).write_text(SECRET)
    assert [leak.file for leak in find_leaks(run, NAMES)] == ["../durations.json", "../history.jsonl", "../runs.jsonl"]


def test_front_door_junit_results_and_record_are_read(tmp_path: Path) -> None:
    """All that a run leaves but its pages is searched, also what is made of the record."""
    for name in ("index.html", "junit.xml", "record.jsonl", "results/a-result.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(SECRET)
    assert {leak.file for leak in find_leaks(tmp_path, NAMES)} == {
        "index.html", "junit.xml", "record.jsonl", "results/a-result.json",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (FileNotFoundError(2, "No such file or directory"), []),
        (PermissionError(13, "Permission denied"), ["a.log: a file that cannot be read (Permission denied)"]),
    ],
    ids=["vanished", "not ours"],
)
def test_a_file_that_cannot_be_read_is_no_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, told: list[str]
) -> None:
    """What vanishes meanwhile leaves nothing behind; of anything else nobody knows what is in it."""
    (tmp_path / "a.log").write_text("a")

    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    assert [str(leak) for leak in find_leaks(tmp_path, NAMES)] == told


def test_what_vanishes_between_two_looks_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that was listed may be empty when its files are looked at."""
    (tmp_path / "a.log").write_text(SECRET)
    monkeypatch.setattr(os, "walk", lambda *_, **__: iter([(str(tmp_path), [], ["a.log", "gone.log"])]))
    assert [leak.file for leak in find_leaks(tmp_path, NAMES)] == ["a.log"]


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows what is in it, either."""
    closed = tmp_path / "closed"
    closed.mkdir()
    listed = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    (leak,) = find_leaks(tmp_path, NAMES)
    assert str(leak).startswith("closed: a file that cannot be read (")


def test_secrets_without_names_are_told_as_such(tmp_path: Path) -> None:
    """Every secret is told once for each place."""
    (tmp_path / "a").write_text(f"{SECRET} {SECRET} correct-horse-9")
    assert [str(leak) for leak in find_leaks(tmp_path, [SECRET, "correct-horse-9"])] == ["a: a secret"]


def test_leaks_are_told_by_place() -> None:
    """One reads where, what, and what to do; of very many places the first."""
    leaks = [Leak("a.zip", "b", "secrets.x"), Leak("a.zip", "b", "secrets.y"), Leak("c", "", "secrets.x")]
    told = leaks_in_words(leaks)
    assert told.startswith(
        "Secrets stand in what the run left: a.zip (b): secrets.x, secrets.y; c: secrets.x. No pages "
    )
    assert "; 5 more places. " in leaks_in_words(Leak(f"{number:02}", "", "x") for number in range(25))


def test_an_archive_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    """Nobody cleaned it, and nobody knows what it holds."""
    (leak,) = found_in(tmp_path, "trace.zip", zipped("a", SECRET.encode() * 50)[:-20])
    assert str(leak).startswith("trace.zip: an archive that cannot be opened (")


def test_base64_that_only_looks_like_an_archive_is_none(tmp_path: Path) -> None:
    """Letters at random are no trouble."""
    assert found_in(tmp_path, "a.txt", b"UEsDB" + b"A" * 500) == []


@pytest.mark.parametrize(
    "content", [b"A" * 3_000_000, b"\x00" * 3_000_000, b"=\n" * 1_000_000, b"PK\x03\x04" * 500_000]
)
def test_hostile_files_come_through(tmp_path: Path, content: bytes) -> None:
    """Endless base64, nothing at all, line breaks and false beginnings: each is read, and holds no secret of ours."""
    assert not [leak for leak in found_in(tmp_path, "a", content) if "operator" in leak.secret]
