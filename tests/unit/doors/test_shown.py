"""What doors leave, as readers see it."""

from __future__ import annotations

import json
import subprocess

import pytest

from support.core import Evidence, Exhibit, Redactor
from support.doors import shown
from support.doors._exhibits import LONGEST_BODY

SENT = {
    "method": "POST",
    "url": "http://shop/payments/charges?api_key=canary-1&page=2",
    "headers": {"Authorization": "Bearer canary-2", "Content-Type": "application/json", "X-Shop": "Ada's"},
    "body": '{"card_number": "canary-3", "worth": 18}',
}
ANSWER = {
    "status": 402,
    "reason": "Payment Required",
    "headers": {"Content-Type": "text/plain"},
    "body": "no",
    "size": 2,
}


def kept(exhibit: Exhibit) -> list[Exhibit]:
    """The exhibit as it is shown once it has entered the evidence of a scenario."""
    evidence = Evidence(Redactor(), step=lambda: 2)
    evidence.keep(exhibit)
    return list(shown(evidence.all()))


def exchange(**data: object) -> Exhibit:
    return Exhibit("http.exchange", "POST /payments/charges -> 402, 31 ms", data=data, at=100.5)


def test_an_exchange_is_shown_in_the_viewers_terms() -> None:
    """Method, URL, status, headers and bodies stand where Allure's viewer looks for them; secrets as it masks them."""
    (seen,) = kept(exchange(request=SENT, response=ANSWER, elapsed=0.5))
    assert isinstance(seen.body, str)
    told = json.loads(seen.body)
    assert (seen.media_type, seen.step) == ("application/vnd.allure.http+json", 2)
    assert (told["schemaVersion"], told["start"], told["stop"]) == (1, 100_000, 100_500)
    assert told["request"]["url"] == "http://shop/payments/charges?api_key=__ALLURE_REDACTED__&page=2"
    assert {"name": "X-Shop", "value": "Ada's"} in told["request"]["headers"]
    assert {"name": "Authorization", "value": "__ALLURE_REDACTED__"} in told["request"]["headers"]
    assert json.loads(told["request"]["body"]["value"]) == {"card_number": "__ALLURE_REDACTED__", "worth": 18}
    assert (told["response"]["status"], told["response"]["statusText"]) == (402, "Payment Required")
    assert told["response"]["body"] == {"contentType": "text/plain", "encoding": "utf8", "value": "no", "size": 2}


def test_an_exchange_says_its_bodies_once() -> None:
    """What is a body stands in the file alone: the record's line stays short."""
    (seen,) = kept(exchange(request=SENT, response=ANSWER, elapsed=0.5))
    assert [set(seen.data[side]) & {"body"} for side in ("request", "response")] == [set(), set()]  # type: ignore[call-overload]


def test_an_exchange_without_an_answer_says_why() -> None:
    """The reason stands where the viewer shows errors."""
    (seen,) = kept(exchange(request=SENT, response=None, error="connection refused"))
    told = json.loads(str(seen.body))
    assert (told["error"]["message"], "response" in told) == ("connection refused", False)


def test_half_a_character_in_a_body_is_shown() -> None:
    """A body with a surrogate that stands alone, as a test of hostile input sends it, hides nothing."""
    (seen,) = kept(exchange(request={**SENT, "body": "\ud83d"}, response=None, error="refused"))
    assert json.loads(str(seen.body))["request"]["body"]["size"] == len("\\ud83d")


def test_the_command_leaves_secrets_to_the_shell() -> None:
    """Secrets stand in the command as variables named after their fields; what they hold is sent, and nothing else."""
    (seen,) = kept(exchange(request=SENT, response=None, error=""))
    command = str(seen.data["curl"])
    assert "canary" not in json.dumps([seen.body, seen.summary, dict(seen.data)], default=str)
    assert {name for name in ("$API_KEY", "$AUTHORIZATION", "$CARD_NUMBER") if name in command} == {
        "$API_KEY", "$AUTHORIZATION", "$CARD_NUMBER",
    }  # fmt: skip
    values = {"API_KEY": "a b", "AUTHORIZATION": "t'k", "CARD_NUMBER": "$(x)"}
    words = subprocess.run(
        ["/bin/bash", "-c", command.replace("curl", "printf '%s\\n'", 1)],
        env=values, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    assert "http://shop/payments/charges?api_key=a b&page=2" in words
    assert "X-Shop: Ada's" in words
    assert any(word.startswith("Authorization: ") and word.endswith("t'k") for word in words)
    assert '{"card_number": "$(x)", "worth": 18}' in words


def test_a_query_is_shown_below_its_parameters() -> None:
    """The statement can be pasted, and what its parameters were stands above it; secrets are left out by their name."""
    data = {"statement": "SELECT 1\nWHERE id = :id", "parameters": {"id": 7, "token": "canary"}, "rows": [{"a": 1}]}
    (seen,) = kept(Exhibit("sql.query", "SELECT 1 -> 1 row", data=data))
    assert seen.body == '-- :id = 7\n-- :token = "[redacted]"\nSELECT 1\nWHERE id = :id\n'
    assert (seen.media_type, seen.data["rows"]) == ("application/sql", [{"a": 1}])


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        ({"subject": "a.>", "count": 2, "messages": [{"data": 1}, {"data": "ü"}]}, ['{"data": 1}', '{"data": "ü"}']),
        (
            {"subject": "a.b", "sequence": 3, "data": {"id": 1}},
            ['{"subject": "a.b", "sequence": 3, "data": {"id": 1}}'],
        ),
        ({"stream": "s", "finished": 3}, []),
    ],
)
def test_messages_are_shown_one_a_line(data: dict[str, object], lines: list[str]) -> None:
    """What was read or published is JSON by lines; a look at a consumer says all in its summary."""
    (seen,) = kept(Exhibit("message", "a.>: 2 messages", data=data))
    assert str(seen.body).splitlines() == lines


def test_each_mail_is_shown_as_text_and_as_page() -> None:
    """After what was found come the text and the page of each mail, in types that a viewer shows."""
    mails = [{"subject": "Welcome", "text": "Dear Ada", "html": "<p>Dear Ada"}, {"subject": "Order", "text": "Yes"}]
    seen = kept(Exhibit("mail", "2 mails", data={"to": "ada@a.example", "mails": mails}))
    assert seen[0].data["mails"] == [{"subject": "Welcome"}, {"subject": "Order"}]
    assert [(each.kind, each.summary, each.body, each.media_type) for each in seen[1:]] == [
        ("mail.text", "Welcome (text)", "Dear Ada", "text/plain"),
        ("mail.html", "Welcome (html)", "<p>Dear Ada", "text/html"),
        ("mail.text", "Order (text)", "Yes", "text/plain"),
    ]


def test_what_has_a_body_is_shown_as_it_is() -> None:
    """A picture, a text and whatever another tool has left stay as they are."""
    others = [Exhibit("browser.screenshot", "http://shop", b"\x89PNG", "image/png", {"url": "http://shop"})]
    others.append(Exhibit("http.exchange", "GET /", "by another tool", data={"request": 1}))
    assert list(shown(others)) == others


def test_many_messages_are_bounded() -> None:
    """Messages beyond 64 KB are cut, and said."""
    data = {"subject": ">", "count": 50, "messages": [{"data": "x " * 2_000}] * 50}
    (seen,) = kept(Exhibit("message", "many", data=data))
    assert len(seen.body) < LONGEST_BODY + 100
    assert "[cut: " in str(seen.body)
