# ruff: noqa: E501
"""Results of a run that means ill: markup, scripts, control characters, bytes that are no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.report.results import attach, result, step, write

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = "<script>window.harm()</script><img src=x onerror='window.harm()'></script><svg onload=window.harm()>"
AWAY = "<img src='http://192.0.2.1/pixel.png'><link rel=stylesheet href='http://192.0.2.1/s.css'>"
CONTROL = "\x00\x01\x1b[31m\u202e\u2028\x7f"
TITLE = f"Ada orders {SCRIPT}"


def hostile_run(into: Path, run: str) -> int:
    """The results of one run; how many scenarios it had."""
    page = f"<html><body onload='window.harm()'>{SCRIPT}{AWAY}<a href='javascript:window.harm()'>x</a></body></html>"
    seen = [
        attach(into, SCRIPT, "text/html", "html", page.encode()),
        attach(into, f"picture {SCRIPT}", "image/svg+xml", "svg", f"<svg xmlns='http://www.w3.org/2000/svg' onload='window.harm()'>{SCRIPT}</svg>".encode()),
        attach(into, "notes", "text/markdown", "md", f"# x\n{SCRIPT}{AWAY}\n[x](javascript:window.harm())".encode()),
        attach(into, "no text", "text/plain", "txt", bytes(range(256)) * 8),
        attach(into, "no JSON", "application/json", "json", b"\xff\xfe{"),
        attach(into, "no exchange", "application/vnd.allure.http+json", "httpexchange", b'{"request": "\xff<script>harm()</script>"}'),
        attach(into, "binary", "application/octet-stream", "bin", bytes(range(256))),
    ]  # fmt: skip
    bad = step(f"When {SCRIPT}{CONTROL}", "failed", attachments=seen, statusDetails={"message": f"{SCRIPT}{CONTROL}"})
    where = (f"Epic {SCRIPT}", f"Feature {SCRIPT}{CONTROL}", f"Story {SCRIPT}")
    told = result(run, TITLE, "failed", message=f"{SCRIPT}{AWAY}{CONTROL}", where=where, steps=[bad],
                  labels=[("owner", SCRIPT), ("tag", SCRIPT), ("severity", SCRIPT)],
                  description=f"{SCRIPT}{AWAY}", descriptionHtml=f"{SCRIPT}{AWAY}<b>bold</b>",
                  links=[{"type": "issue", "name": SCRIPT, "url": "javascript:window.harm()"},
                         {"type": "issue", "name": "SHOP-1", "url": "http://192.0.2.1/%s/SHOP-1"}],
                  parameters=[{"name": SCRIPT, "value": SCRIPT + CONTROL}])  # fmt: skip
    write(into, told)
    write(into, result(run, "An unpaired \ud800 surrogate".encode("utf-8", "replace").decode(), where=where))
    (into / f"{'0' * 32}-result.json").write_bytes(b'{"uuid": "\xff", "name": "cut o')
    (into / "environment.properties").write_text(f"profile={SCRIPT}\n{SCRIPT}=1\n", encoding="utf-8")
    return 2
