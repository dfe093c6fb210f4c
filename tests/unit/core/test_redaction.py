import base64
import json
from urllib.parse import quote

import pytest

from support.core import (
    REDACTED,
    Evidence,
    Exhibit,
    PromiseBroken,
    Redactor,
    RehearsalError,
    without_secrets,
)

SECRET = 'p@ss "wörd" 9/+'


@pytest.mark.parametrize(
    "text",
    [
        '{"password": "hunter2hunter2", "id": 1}',
        '{"new_password":"hunter2hunter2"}',
        '{"accessToken": "hunter2hunter2"}',
        "password=hunter2hunter2&id=1",
        'password="hunter2 hunter2"',
        "password = hunter2hunter2",
        "{'password': 'hunter2hunter2', 'id': 1}",
        r'{"body": "{\"password\": \"hunter2hunter2\"}"}',
        '{"tokens": ["hunter2", "hunter2"]}',
        "redis://:hunter2hunter2@127.0.0.1/0",
        "Authorization: Bearer hunter2hunter2",
        "< Set-Cookie: sid=hunter2hunter2; HttpOnly",
        "curl -H 'Authorization: Bearer hunter2hunter2'",
        "postgresql://app:hunter2hunter2@127.0.0.1/db",
        "https://shop.example/reset?token=hunter2hunter2",
    ],
)
def test_fields_whose_names_are_secret_are_redacted_in_every_notation(text: str) -> None:
    """JSON, forms, headers, query strings, command lines and addresses lose the value and keep the rest."""
    clean = Redactor().text(text)
    assert "hunter2" not in clean
    assert REDACTED in clean


def test_a_known_value_is_found_however_it_is_written() -> None:
    """Raw, URL-encoded, JSON-escaped and in base64: none survives."""
    redactor = Redactor(secrets=[SECRET])
    forms = [SECRET, quote(SECRET), json.dumps(SECRET), base64.b64encode(SECRET.encode()).decode()]
    clean = redactor.text(" | ".join(forms))
    assert clean == f'{REDACTED} | {REDACTED} | "{REDACTED}" | {REDACTED}'


def test_innocent_neighbours_keep_their_value() -> None:
    """A name that merely contains the letters of a short secret word is no secret."""
    text = '{"shipping": "to Ada", "spinning": 1, "quantity": 2} pin board=x'
    assert Redactor().text(text) == text


def test_further_fields_can_be_declared_personal() -> None:
    """What system.toml calls secret or personal is treated like a password."""
    assert Redactor(fields=["email"]).value("", {"email": "ada@x.example", "n": 1}) == {"email": REDACTED, "n": 1}


def test_values_are_redacted_to_any_depth() -> None:
    """Mappings and lists within each other keep their shape and lose their secrets."""
    value = {"headers": {"Authorization": "x"}, "lines": [{"cvv": 1, "sku": "tea"}], "none": None}
    assert Redactor().value("", value) == {
        "headers": {"Authorization": REDACTED},
        "lines": [{"cvv": REDACTED, "sku": "tea"}],
        "none": None,
    }


def test_values_of_endless_depth_are_no_trouble() -> None:
    """What lies deeper than a reader follows is left out, and the secret on the way is gone."""
    value: object = {"password": "hunter2"}
    for _ in range(5000):
        value = {"within": [value]}
    clean = str(Redactor().value("", value))
    assert "left out: it lies too deep" in clean
    assert "hunter2" not in clean


def test_evidence_is_clean_as_it_enters() -> None:
    """No later reader can meet a secret: it is gone from summary, body and data when the exhibit is kept."""
    evidence = Evidence(Redactor(), step=lambda: 3)
    evidence.hide("tea-time-7")
    evidence.keep(Exhibit("http.exchange", "GET /?token=abcd1234", "password=tea-time-7", data={"cookie": "a=b"}))
    kept = evidence.all()[0]
    assert (kept.summary, kept.body, kept.data) == (
        f"GET /?token={REDACTED}",
        f"password={REDACTED}",
        {"cookie": REDACTED},
    )
    assert kept.step == 3
    assert kept.at > 0


@pytest.mark.parametrize("name", ["privateKey", "card-number", "Access Key", "operator_key", "Set-Cookie"])
def test_a_secret_name_is_known_in_every_spelling(name: str) -> None:
    """Camel case, dashes, underscores and spaces make no difference, in mappings as in texts."""
    assert Redactor().value("", {name: "hunter2"}) == {name: REDACTED}
    assert "hunter2" not in Redactor().text(f'{{"{name}": "hunter2"}}')


def test_json_within_json_stays_json() -> None:
    """A body that was quoted once more can still be parsed after redaction."""
    inner = json.dumps({"password": "hunter2", "id": 1})
    clean = json.loads(Redactor().text(json.dumps({"body": inner})))
    assert json.loads(clean["body"]) == {"password": REDACTED, "id": 1}


class OwnWordsError(Exception):
    """An error that words its message itself."""

    def __str__(self) -> str:
        return "password=hunter2"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ValueError("password=hunter2"), ValueError),
        (PromiseBroken("password=hunter2"), PromiseBroken),
        (OwnWordsError(), RehearsalError),
        (FileNotFoundError(2, "no such file", "/tmp/password=hunter2"), RehearsalError),
    ],
)
def test_an_error_loses_its_secrets_and_keeps_its_colour(error: Exception, kind: type[Exception]) -> None:
    """However an error words its message, what is raised in its place is clean, and red only if it was."""
    clean = without_secrets(error, Redactor().text)
    assert "hunter2" not in str(clean)
    assert isinstance(clean, kind)
    assert isinstance(clean, AssertionError) == isinstance(error, AssertionError)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("\ud800", "\\ud800"),
        ("\x1b[31mred\x1b[0m and\n\tplain é", "red and\n\tplain é"),
        ("\x1b]0;owned\x07", "\\x1b]0;owned\\x07"),
        ("a\x00b\x9b", "a\\x00b\\x9b"),
    ],
)
def test_an_error_can_be_printed_on_any_terminal(told: str, shown: str) -> None:
    """What a page or a service says may hold what no terminal can encode, or what a terminal would obey."""
    assert str(without_secrets(PromiseBroken(told), Redactor().text)) == shown


@pytest.mark.parametrize("run", ["a", "token", "a-", '"', " ", "\n", "a://", "http://a:", "=:"])
def test_long_bodies_are_redacted_as_well_as_short_ones(run: str) -> None:
    """A body of 64 KB of whatever shape is read once: the secret at its end is found without a pause for thought."""
    body = (run * 65536)[:65536] + " password=hunter2hunter2"
    assert "hunter2" not in Redactor().text(body)
