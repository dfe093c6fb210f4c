"""Known values, in every notation, however many of them there are."""

import base64
import html
import json
import quopri
import random
import shlex
import string
import time
from email.message import EmailMessage
from urllib.parse import quote, quote_plus

import pytest

from support.core import REDACTED, KnownValues, Redactor

SECRET = 'p@\'s "wörd" 9/+&<x>'
KEY = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF\nAASCBKcwggSjAgEAAoIBAQC7\n-----END KEY-----\n"

NOTATIONS = {
    "raw": SECRET,
    "address": quote(SECRET),
    "address, strict": quote(SECRET, safe=""),
    "address, small hex": quote(SECRET, safe="").lower(),
    "address, twice": quote(quote(SECRET, safe=""), safe=""),
    "form": quote_plus(SECRET),
    "JavaScript": quote(SECRET, safe="!'()*~"),
    "JSON": json.dumps(SECRET, ensure_ascii=False),
    "JSON, ASCII": json.dumps(SECRET),
    "JSON with escaped slashes": json.dumps(SECRET).replace("/", "\\/"),
    "JSON in JSON": json.dumps(json.dumps(SECRET)),
    "JSON in HTML": html.escape(json.dumps(SECRET)),
    "HTML": html.escape(SECRET),
    "HTML, numbers": html.escape(SECRET).replace("&quot;", "&#34;").replace("&#x27;", "&#39;"),
    "HTML in JSON": json.dumps(html.escape(SECRET)),
    "SQL": SECRET.replace("'", "''"),
    "shell": shlex.quote(SECRET),
    "Python": repr(SECRET),
    "Python bytes": repr(SECRET.encode()),
    "hex": SECRET.encode().hex(),
    "quoted-printable": quopri.encodestring(SECRET.encode()).decode(),
    "base64": base64.b64encode(SECRET.encode()).decode(),
    "base64, of addresses": base64.urlsafe_b64encode(SECRET.encode()).decode(),
    "wrong charset": SECRET.encode().decode("latin-1"),
}  # fmt: skip


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_known_value_is_found_in_every_notation(notation: str) -> None:
    """Nothing of the value is left, and what stands around it is."""
    text = f"before {NOTATIONS[notation]} after"
    clean = Redactor(secrets=[SECRET]).text(text)
    assert REDACTED in clean
    assert len(clean) <= len("before '' after") + 2 * len(REDACTED), clean
    assert clean.startswith("before ")
    assert clean.endswith(" after")


@pytest.mark.parametrize("before", ["", "a", "ab", "user:", '{"password":"'])
@pytest.mark.parametrize("after", ["", "z", "zy", '"}'])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_value_within_base64_is_found_at_every_place(before: str, after: str, encode: object) -> None:
    """Base64 writes the same letters in three ways, which depends on what stands before: all are known."""
    assert callable(encode)
    secret = "tea>time?77~~"
    packed = encode(f"{before}{secret}{after}".encode()).decode()
    clean = Redactor(secrets=[secret]).text(f"<{packed}>")
    assert REDACTED in clean
    left = clean.replace(REDACTED, "")
    assert len(left) <= len(packed) + 2 - len(secret) * 4 // 3 + 4


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_a_value_in_a_mail_is_found_where_its_line_is_broken(encoding: str) -> None:
    """The lines of mails are broken anywhere: the value is found although no line holds it."""
    secret = "S" + "0123456789abcdefghij" * 5
    mail = EmailMessage()
    mail.set_content(f"The new password: {secret}, and what else is to be said to Zoë", cte=encoding)
    source = mail.as_string()
    assert secret not in source
    for text in (source, json.dumps(source)):
        clean = Redactor(secrets=[secret]).text(text)
        assert REDACTED in clean
        assert "89abcdefghij" not in clean.replace("=\n", "")
    assert len(Redactor(secrets=[secret]).text(source)) < len(source) - len(secret) + len(REDACTED)


def test_a_key_of_many_lines_is_found_line_by_line() -> None:
    """Logs indent it, JSON escapes its line breaks, Windows has others: no line survives."""
    redactor = Redactor(secrets=[KEY])
    for text in (KEY, KEY.replace("\n", "\r\n"), KEY.replace("\n", "\n    "), json.dumps(KEY), repr(KEY)):
        assert "MIIE" not in redactor.text(text)
        assert "AASC" not in redactor.text(text)


@pytest.mark.parametrize("length", [4, 5, 7, 8, 9, 15, 16, 17, 40])
@pytest.mark.parametrize("place", range(20))
def test_a_value_of_any_length_is_found_at_any_place(length: int, place: int) -> None:
    """Texts are read in wide steps; no place is stepped over, at the beginning, in the middle or at the end."""
    secret = "".join(random.Random(length).choices(string.ascii_letters, k=length))
    redactor = Redactor(secrets=[secret])
    for much in (0, 1, 10_000):
        assert redactor.text("." * place + secret + "." * much) == "." * place + REDACTED + "." * much


def test_many_values_cost_no_more_than_few() -> None:
    """Thousands of scenarios hide a password and a token each: neither knowing one more nor a text costs more."""
    letters = random.Random(1)
    values = ["".join(letters.choices(string.ascii_letters, k=32)) for _ in range(3000)]
    few, many = Redactor(secrets=values[:3]), Redactor()
    started = time.process_time()
    for value in values:
        many.add(value)
    assert time.process_time() - started < 3
    text = f"{'an innocent line, and one more ' * 2000} {values[-1]} {values[0]}"
    assert _seconds(many, text) < 3 * _seconds(few, text) + 0.01
    assert values[-1] not in many.text(text)
    assert values[0] not in many.text(text)


def _seconds(redactor: Redactor, text: str) -> float:
    times = []
    for _ in range(5):
        started = time.process_time()
        redactor.text(text)
        times.append(time.process_time() - started)
    return min(times)


def test_a_value_has_the_first_name_that_it_was_given() -> None:
    """Names say where a secret comes from: what is hidden once more by a step keeps its own."""
    redactor = Redactor()
    redactor.add("hunter2hunter2", name="secrets.operator_key")
    redactor.add("hunter2hunter2", "correct horse")
    assert redactor.secrets == {"hunter2hunter2": "secrets.operator_key", "correct horse": "a value that a step typed"}


def test_values_that_are_too_short_are_not_looked_for() -> None:
    """Three letters stand everywhere: to take them out would destroy the evidence."""
    assert Redactor(secrets=["abc", ""]).text("abcdef") == "abcdef"


def test_short_forms_of_a_value_are_left_where_only_long_ones_are_wanted() -> None:
    """Whoever looks for values of eight bytes and more is not told of shorter ones."""
    known = KnownValues(8)
    known.add("short", "a name")
    known.add("long enough", "another")
    assert known.found_in(b"short and long enough") == {b"long enough"}
