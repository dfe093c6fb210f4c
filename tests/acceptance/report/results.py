# ruff: noqa: ANN401, E501
"""Allure results as the run of a shop's suite would leave them: every status, every kind of evidence."""

from __future__ import annotations

import hashlib
import io
import json
import random
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

START = 1_763_000_000_000
CAPABILITIES = {
    "Ordering": {"Basket": "A basket keeps its price for an hour", "Check out": "An order is placed once"},
    "Payments": {"Cards": "A card is charged once", "Refunds": "A refund never exceeds what was paid"},
    "Accounts": {"Signing in": "Five wrong passwords lock an account", "Privacy": "Nobody sees another's orders"},
}
OUTCOMES: Sequence[tuple[str, str, str]] = (
    ("failed", "Ada's basket costs £20.00, expected £18.00: the voucher was not applied", "product"),
    ("failed", "POST /orders answered 201 without the promised field 'shipping.due'", "contract"),
    ("broken", "payments: the sandbox refused the connection on 127.0.0.1:9001", "environment"),
    ("broken", "Still not true after 10 s (48 tries): the order is 'placed', expected 'shipped'", "timing"),
    ("broken", "The data set 'summer' has no customer named Grace", "data"),
    ("broken", "AttributeError: 'NoneType' object has no attribute 'total'", "test"),
)


def uid(*words: object) -> str:
    """An id that says the same for the same words."""
    return hashlib.md5("/".join(map(str, words)).encode(), usedforsecurity=False).hexdigest()


def write(into: Path, result: dict[str, Any]) -> None:
    """Write one result as the framework's writer does."""
    into.mkdir(parents=True, exist_ok=True)
    text = json.dumps(result, ensure_ascii=False)
    (into / f"{result['uuid']}-result.json").write_text(text, encoding="utf-8", errors="surrogatepass")


def attach(into: Path, name: str, media_type: str, extension: str, body: bytes) -> dict[str, str]:
    """Write one attachment; what a result says of it."""
    into.mkdir(parents=True, exist_ok=True)
    number = len(list(into.glob("*-attachment.*")))  # Allure shows a file in one place only
    source = f"{uid(name, number)}-attachment.{extension}"
    (into / source).write_bytes(body)
    return {"name": name, "type": media_type, "source": source}


def result(
    run: str, name: str, status: str = "passed", *, message: str = "", where: Sequence[str] = (), at: int = START,
    seconds: float = 1.0, steps: Sequence[dict[str, Any]] = (), labels: Sequence[tuple[str, str]] = (), **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """One result: `where` is epic, feature and story."""
    told = [{"name": key, "value": value} for key, value in zip(("epic", "feature", "story"), where, strict=False)]
    told += [{"name": key, "value": value} for key, value in labels]
    mark = f"[problem: {problem}]" if (problem := more.pop("problem", "")) else ""
    details = {"message": message, "trace": f"steps/ordering_steps.py:41 in customer_orders\n{message}\n{mark}"}
    case = uid(*where, name)
    return {
        "uuid": uid(run, case, more.pop("attempt", 1)), "historyId": case, "testCaseId": case, "name": name,
        "fullName": f"features/ordering/basket.feature: {name}", "titlePath": list(where), "status": status,
        "statusDetails": details if message else {}, "labels": told, "start": at, "stop": at + int(seconds * 1000),
        "steps": list(steps), **more,
    }  # fmt: skip


def step(name: str, status: str = "passed", at: int = START, ms: int = 120, **more: Any) -> dict[str, Any]:
    """One step."""
    return {"name": name, "status": status, "stage": "finished", "start": at, "stop": at + ms, **more}


def picture(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A PNG of one colour."""
    rows = b"".join(b"\0" + bytes(colour) * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def trace() -> bytes:
    """A Playwright trace of one action."""
    lines: list[dict[str, Any]] = [
        {"version": 8, "type": "context-options", "origin": "library", "browserName": "chromium", "options": {},
         "platform": "linux", "wallTime": START, "monotonicTime": 1000, "sdkLanguage": "python", "title": "Ada orders"},
        {"type": "before", "callId": "call@1", "startTime": 1001, "class": "Page", "method": "goto", "title": "Ada orders tea",
         "params": {"url": "http://127.0.0.1/"}, "pageId": "page@1"},
        {"type": "after", "callId": "call@1", "endTime": 1090, "result": {}},
    ]  # fmt: skip
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("trace.trace", "\n".join(json.dumps(line) for line in lines))
        packed.writestr("trace.network", "")
    return archive.getvalue()


def exchange(status: int) -> bytes:
    """An HTTP exchange as Allure's viewer shows it."""
    body = json.dumps({"error": "card declined", "order": "A-1042"})
    told = {
        "schemaVersion": 1, "start": START, "stop": START + 31,
        "request": {
            "method": "POST", "url": "http://127.0.0.1:9001/payments/charges",
            "headers": [{"name": "authorization", "value": "__ALLURE_REDACTED__"}],
            "body": {"contentType": "application/json", "encoding": "utf8", "value": '{"amount": 1800}', "size": 16},
        },
        "response": {
            "status": status, "statusText": "Payment Required",
            "headers": [{"name": "content-type", "value": "application/json"}],
            "body": {"contentType": "application/json", "encoding": "utf8", "value": body, "size": len(body)},
        },
    }  # fmt: skip
    return json.dumps(told).encode()


def evidence(into: Path) -> list[dict[str, str]]:
    """One attachment of every kind that a failed scenario brings."""
    return [
        attach(into, "POST payments/charges -> 402, 31 ms", "application/vnd.allure.http+json", "httpexchange", exchange(402)),
        attach(into, "the page", "image/png", "png", picture(1280, 720, (64, 120, 192))),
        attach(into, "trace of the browser", "application/vnd.allure.playwright-trace", "zip", trace()),
        attach(into, "curl", "text/x-shellscript", "sh", b"curl -X POST http://127.0.0.1:9001/payments/charges -d '{}'"),
        attach(into, "log of orders", "text/plain", "log", b"INFO order A-1042 placed\nERROR charge declined: 402\n" * 20),
        attach(into, "select the order", "text/csv", "csv", b"id,state\nA-1042,placed\nA-1043,shipped\n"),
    ]  # fmt: skip


def shop_run(into: Path, run: str = "r1", *, seed: int = 1, copies: int = 1) -> int:
    """The results of one run; how many scenarios it had."""
    chance, at, count = random.Random(seed), START + seed * 86_400_000, 0
    stories = [(epic, feature, story) for epic, told in CAPABILITIES.items() for feature, story in told.items()]
    for number, where in enumerate(stories * copies):
        for scenario in range(7):
            name = f"Ada pays {scenario + 1} orders with one card{f' ({number})' if number >= len(stories) else ''}"
            unhappy = (number * 7 + scenario) % 9 == 4 + seed % 2 and number < len(stories)
            status, message, cause = OUTCOMES[count // 9 % 6] if unhappy else ("passed", "", "")
            if number % 6 == 5 and scenario == 6:
                status, message, cause = "skipped", "needs an operator, and the profile grants none", ""
            seconds = chance.uniform(0.2, 6)
            labels = [("severity", chance.choice(["critical", "normal", "minor"])), ("owner", "team-checkout"),
                      ("layer", chance.choice(["browser", "http"])), ("tag", "journey"), ("thread", f"worker {scenario % 2 + 1}")]  # fmt: skip
            attempts = 2 if scenario == 2 and number == 1 else 1
            for attempt in range(1, attempts + 1):
                retried = attempt < attempts
                seen = evidence(into) if message else []
                inner = [step("charge the card", status, at, 31, attachments=seen)] if seen else []
                write(into, result(
                    run, name, "failed" if retried else status, message="the basket was empty" if retried else message, problem=cause,
                    where=where, at=at, seconds=seconds, labels=labels, attempt=attempt,
                    description="A card is charged **once**, whatever happens on the way.",
                    parameters=[{"name": "orders", "value": str(scenario + 1)},
                                {"name": "profile", "value": "embedded", "excluded": True}],
                    steps=[step("Given Ada has a basket worth £20.00", at=at), step("When she checks out", at=at + 120),
                           step("Then her card is charged once", status, at + 240, steps=inner,
                                statusDetails={"message": message} if message else {})],
                    **({"statusDetails": {"flaky": True, "message": "passed at the second attempt"}} if attempt == 2 else {}),
                ))  # fmt: skip
                at += int(seconds * 1000) if scenario % 2 else 50
            count += 1
    rules = [
        {"name": f"{cause.capitalize()} problem", "traceRegex": rf"[\s\S]*\[problem: {cause}\][\s\S]*"}
        for *_, cause in OUTCOMES
    ]
    (into / "categories.json").write_text(json.dumps(rules), encoding="utf-8")
    (into / "environment.properties").write_text("Profile=embedded\nPython=3.11.7\nSystem=storefront 2.4\n")
    return count
