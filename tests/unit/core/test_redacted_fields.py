"""Fields whose names are secret, in every notation in which a door, a page or a log may show them."""

import json
import time

import pytest

from support.core import REDACTED, ConfigurationError, Redactor

CLEAN = Redactor(fields=["email"], personal=["name", "address"], kept=["token_type"], patterns=[r"\w+@shop\.example"])


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ('{"cvv": 123456, "ok": 1}', '{"cvv": "*", "ok": 1}'),
        (r'{"password": "hunter2\"hunter2", "ok": 1}', '{"password": "*", "ok": 1}'),
        ('{"password": "hunter2 [cut', '{"password": "*'),
        ('{"tokens": ["hunter2", ["]hunter2"]], "ok": 1}', '{"tokens": "*", "ok": 1}'),
        ('{"secret": {"a": {"c": "}hunter2"}}, "ok": 1}', '{"secret": "*", "ok": 1}'),
        (r'{"b": "{\"tokens\": [\"hunter2\"], \"i\": 1}"}', r'{"b": "{\"tokens\": \"*\", \"i\": 1}"}'),
        (r'{"b": "{\"token\": \"hunter2\\\"hunter2\"}"}', r'{"b": "{\"token\": \"*\"}"}'),
        (r'{"b": "token=hunter2\"quoted\""}', r'{"b": "token=*\"quoted\""}'),
        ('{"name":"Cookie","value":"a=hunter2"}', '{"name":"Cookie","value":"*"}'),
        ("[('authorization', 'hunter2'), ('a', 'b')]", "[('authorization', '*'), ('a', 'b')]"),
        ('["X-Api-Key","hunter2"]', '["X-Api-Key","*"]'),
        ("curl -H 'Cookie: a=hunter2; b=c' -H 'X-Api-Key: hunter2' x", "curl -H 'Cookie: *' -H 'X-Api-Key: *' x"),
        (r'{"raw":"GET /\r\nCookie: a=hunter2; b=c\r\nAccept: d"}', r'{"raw":"GET /\r\nCookie: *\r\nAccept: d"}'),
        ('<input name="csrf_token" value="hunter2"> a', '<input name="csrf_token" value="*"> a'),
        ('<input value="hunter2" name="csrf_token"/> a', '<input value="*" name="csrf_token"/> a'),
        ("<input type=password value=hunter2> a", "<input type=password value=*> a"),
        ('<meta name="csrf-token" content="hunter2">', '<meta name="csrf-token" content="*">'),
        ('<a:accessToken b="c">hunter2</a:accessToken>', '<a:accessToken b="c">*</a:accessToken>'),
        ("next=%2Fa%3Ftoken%3Dhunter2%26page%3D2&a=1", "next=%2Fa%3Ftoken%3D*%26page%3D2&a=1"),
        ("user[password]=hunter2&a=1", "user[password]=*&a=1"),
        ("user%5Bpassword%5D=hunter2&a=1", "user%5Bpassword%5D=*&a=1"),
        ("&quot;token&quot;:&quot;hunter2&quot;,&quot;a&quot;:1", "&quot;token&quot;:&quot;*&quot;,&quot;a&quot;:1"),
        ("%7B%22password%22%3A%22hunter2%22%2C%22a%22%3A1%7D", "%7B%22password%22%3A%22*%22%2C%22a%22%3A1%7D"),
        ("stringify({password:'hunter2', a: 1})", "stringify({password:'*', a: 1})"),
        ("Person(password='hunter2', age=3)", "Person(password='*', age=3)"),
        ("{'password': b'hunter2', 'a': 1}", "{'password': b'*', 'a': 1}"),
        ("a: b\n  password: hunter2 hunter2\nc: d", "a: b\n  password: *\nc: d"),
        ('assert password == "hunter2"', 'assert password == "*"'),
        ("WHERE token::text = 'hunter2' AND a", "WHERE token::text = '*' AND a"),
        ('"password" => "hunter2"', '"password" => "*"'),
        ("WHERE password = 'hunter2' AND a = 'b'", "WHERE password = '*' AND a = 'b'"),
        ("#access_token=hunter2&a=1", "#access_token=*&a=1"),
        ("-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----a", "*a"),
        ("sent eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.hunter2-x, a", "sent *, a"),
        ('"name": "hunter2", "file_name": "a"', '"name": "*", "file_name": "a"'),
        ('{"address": {"street": "hunter2"}, "ip_address": "a"}', '{"address": "*", "ip_address": "a"}'),
        ("from hunter2@shop.example to a", "from * to a"),
    ],
)  # fmt: skip
def test_a_secret_field_loses_its_value_and_the_rest_stays(text: str, clean: str) -> None:
    """What is secret is gone, what stands around it is as it was, and a second time changes nothing."""
    assert CLEAN.text(text) == clean.replace("*", REDACTED)
    assert CLEAN.text(clean.replace("*", REDACTED)) == clean.replace("*", REDACTED)


@pytest.mark.parametrize(
    "text",
    [
        '["password","email","sku"]',
        "The password is wrong: try again",
        "token, found = read()",
        '{"token": null, "cookie": true, "password": "", "tokens": []}',
        '{"token_type": "bearer", "filename": "a", "nickname": "b"}',
        '<input name="quantity" value="2">',
        '{"name":"Accept","value":"text/html"}',
        "1795404521380 is a time, 4111111111111112 no card, 0.4111111111111111 a share",
    ],
)
def test_what_only_looks_like_a_secret_stays(text: str) -> None:
    """Words without a value, empty values, names that were declared harmless and numbers that are no cards stay."""
    assert CLEAN.text(text) == text


@pytest.mark.parametrize("card", ["4111111111111111", "5555 5555 5555 4444", "3782-822463-10005"])
def test_the_number_of_a_card_is_redacted_wherever_it_stands(card: str) -> None:
    """However it is grouped, and without a name beside it."""
    assert CLEAN.text(f"paid with {card}, thanks") == f"paid with {REDACTED}, thanks"


def test_pairs_of_name_and_value_are_fields() -> None:
    """Headers and cookies as archives of HTTP have them lose their values, and keep their names."""
    headers = [{"name": "Cookie", "value": "a=b"}, {"name": "Accept", "value": "c"}]
    assert CLEAN.value("", headers) == [{"name": "Cookie", "value": REDACTED}, headers[1]]


def test_a_pattern_that_is_none_is_told() -> None:
    """Whoever writes the pattern learns which one, and what is wrong with it."""
    with pytest.raises(ConfigurationError, match=r"'\(' is no regular expression: missing"):
        Redactor(patterns=["("])


def test_json_stays_json() -> None:
    """Whatever kind of value a secret field has, what remains can be parsed."""
    values = ["a", 'b"c', "d\\", 1, -2.5, [1, ["]"]], {"e": "}"}, "f\ng", "é"]
    body = json.dumps({"before": 1, "fields": [{"token": value, "after": "x"} for value in values]})
    assert all(each == {"token": REDACTED, "after": "x"} for each in json.loads(CLEAN.text(body))["fields"])


@pytest.mark.parametrize(
    "run",
    [
        "token", "\\", "[", '"token":[', '"token":{', '"token":"', r"\"token\":\"", "'token':'", "token: ", "token=",
        '"name":"token","value":"', '"name":"token",', '<input name="token" ', "<token", "<", "://a:b", "x://",
        "Bearer ", "eyJ", "eyJ-.", "4111", "4-", "-----BEGIN PRIVATE KEY-----", "=\n", "A" * 59 + "\n", "A" * 60 + "\n",
        "&quot;token&quot;:", "token%3D", "\x00", "\udcff", "\u0130", "tokeN", "-", "\r\n",
    ],
)  # fmt: skip
def test_no_text_takes_more_than_its_length(run: str) -> None:
    """Sixteen times the text takes about sixteen times as long; were it squared, it would be 256 times."""
    redactor = Redactor(secrets=["aaaaaaaaaaaaaaab", "4111 2222", "A" * 61])

    def seconds(length: int) -> float:
        text = (run * length)[:length]
        times = []
        for _ in range(3):
            started = time.process_time()
            redactor.text(text)
            times.append(time.process_time() - started)
        return min(times)

    assert seconds(16 * 16384) < 64 * max(seconds(16384), 0.001)
