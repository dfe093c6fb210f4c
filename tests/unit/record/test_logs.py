"""What the system has logged, beside the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.record import keep_logs

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_what_was_logged_before_the_run_stays_out(tmp_path: Path) -> None:
    """Of a log that was there before, only what came since is kept, and an empty one is left out."""
    log, quiet = tmp_path / "shop.log", tmp_path / "quiet.log"
    log.write_text("before\nduring\n")
    quiet.write_text("")
    keep_logs({"shop": log, "quiet": quiet}, {"shop": len("before\n")}, tmp_path / "run", str)
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["shop.log"]
    assert (tmp_path / "run/shop.log").read_text() == "during\n"


def test_a_log_that_began_anew_is_kept_whole(tmp_path: Path) -> None:
    """A part that was started again has a shorter log than before: all of it is new."""
    (tmp_path / "shop.log").write_text("new\n")
    keep_logs({"shop": tmp_path / "shop.log"}, {"shop": 1000}, tmp_path / "run", str)
    assert (tmp_path / "run/shop.log").read_text() == "new\n"


def test_secrets_stay_out_of_kept_logs(tmp_path: Path) -> None:
    """What is kept has passed the redactor, also where the log holds bytes that are no text."""
    (tmp_path / "shop.log").write_bytes(b"key s3cret \xff\n")
    keep_logs({"shop": tmp_path / "shop.log"}, {}, tmp_path / "run", lambda text: text.replace("s3cret", "***"))
    assert (tmp_path / "run/shop.log").read_text() == "key *** \ufffd\n"


def test_of_a_long_log_the_end_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too long is cut at a line, and says by how much."""
    monkeypatch.setattr("support.record._logs._MOST", 10)
    (tmp_path / "shop.log").write_text("first line\nsecond\nthird\n")
    keep_logs({"shop": tmp_path / "shop.log"}, {}, tmp_path / "run", str)
    assert (tmp_path / "run/shop.log").read_text() == "... 18 bytes before this are left out\nthird\n"
