"""Archives lose their secrets, and stay what they are."""

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping

import pytest

from support.core import REDACTED, ArchiveUnreadable, Evidence, Exhibit, Redactor, RehearsalError, clean_archive

TYPED = 'hunter2 "wörd"\\'
FIELD = {"__playwright_value_": TYPED, "type": "password", "id": "it"}
NESTED = b'{"data-private":' * 400 + b"1" + b"}" * 400
PICTURE = b"\x89PNG\r\n\x1a\n hunter2hunter2 \x00\xff"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # of no time: tests are named by it
    return made.getvalue()


def lines(*values: object) -> str:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def cleaned(members: Mapping[str, str | bytes], redactor: Redactor | None = None) -> Mapping[str, bytes]:
    data = clean_archive(zipped(members), (redactor or Redactor(secrets=["hunter2hunter2"])).text)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_text_is_cleaned_and_pictures_and_names_stay() -> None:
    """Lines of JSON, pages and plain texts lose the secret; pictures and names of resources are as they were."""
    name = f"resources/{hashlib.sha1(b'x').hexdigest()}"
    found = cleaned(
        {
            "trace.trace": lines({"params": {"value": "hunter2hunter2"}}, {"type": "after"}),
            f"{name}.html": "<p>hunter2hunter2</p>",
            f"{name}.png": PICTURE,
            "empty": "",
        }
    )
    assert found == {
        "trace.trace": f'{{"params":{{"value":"{REDACTED}"}}}}\n{{"type": "after"}}\n'.encode(),
        f"{name}.html": f"<p>{REDACTED}</p>".encode(),
        f"{name}.png": PICTURE,
        "empty": b"",
    }


def test_what_was_typed_into_a_password_field_is_gone_from_all_lines() -> None:
    """The snapshot tells what was typed: the action before it, its log and the requests lose it, too."""
    before = {"method": "fill", "params": {"selector": "label=Password", "value": TYPED}}
    log = {"type": "log", "message": f'  fill("{TYPED}")'}
    snapshot = {"snapshot": {"html": ["HTML", {}, ["BODY", {}, ["INPUT", FIELD]]]}}
    found = cleaned({"trace.trace": lines(before, log, snapshot), "resources/1.txt": json.dumps({"p": TYPED})})
    assert b"hunter2" not in b"".join(found.values())
    read = [json.loads(line) for line in found["trace.trace"].decode().splitlines()]
    assert read[0]["params"] == {"selector": "label=Password", "value": REDACTED}
    assert read[2]["snapshot"]["html"][2][2] == ["INPUT", FIELD | {"__playwright_value_": REDACTED}]


@pytest.mark.parametrize(
    "attributes",
    [
        {"type": "password"},
        {"autocomplete": "cc-number"},
        {"name": "csrf_token"},
        {"id": "card-number"},
        {"data-private": ""},
    ],
)
def test_a_field_is_private_by_its_kind_or_by_its_name(attributes: Mapping[str, str]) -> None:
    """Passwords, cards, tokens and whatever the page marks as private."""
    field = {"__playwright_value_": "4111 hunter2", **attributes}
    found = cleaned({"trace.trace": lines({"html": ["INPUT", field]}, {"value": "4111 hunter2"})})
    assert b"hunter2" not in found["trace.trace"]


def test_private_text_of_a_page_is_gone() -> None:
    """What stands within an element that the page marks as private is taken out of the snapshot."""
    node = ["P", {"data-private": ""}, "her name is Ada", ["B", {"class": "x"}, "Lovelace"]]
    found = json.loads(cleaned({"trace.trace": lines({"html": ["BODY", {}, node, "public"]})})["trace.trace"])
    assert found["html"][2][2] == REDACTED
    assert found["html"][2][3][2] == REDACTED
    assert found["html"][3] == "public"


def test_headers_and_cookies_of_requests_are_cleaned_in_their_shape() -> None:
    """The viewer finds lists of names and values where it expects them."""
    request = {
        "cookies": [{"name": "sid", "value": "hunter2"}],
        "headers": [{"name": "Cookie", "value": "sid=hunter2"}, {"name": "Accept", "value": "text/html"}],
        "url": "http://127.0.0.1/?token=hunter2&page=2",
        "queryString": [{"name": "token", "value": "hunter2"}],
        "postData": {"text": json.dumps({"password": "hunter2"})},
    }
    line = cleaned({"trace.network": lines({"snapshot": {"request": request}})})["trace.network"]
    found = json.loads(line)["snapshot"]["request"]
    assert b"hunter2" not in line
    assert found["headers"] == [{"name": "Cookie", "value": REDACTED}, {"name": "Accept", "value": "text/html"}]
    assert found["queryString"] == [{"name": "token", "value": REDACTED}]
    assert json.loads(found["postData"]["text"]) == {"password": REDACTED}
    assert isinstance(found["cookies"], list)


@pytest.mark.parametrize(
    "text", ['token=abc"def', 'Cookie: a="b"\r\nx', 'password="a\\" b"', "{'token': \"a\"}", "\ud800"]
)
def test_json_stays_json_whatever_the_texts_in_it(text: str) -> None:
    """Secrets within texts within JSON never break the line that they stand in."""
    data = json.dumps({"type": "log", "message": text, "body": json.dumps({"b": text})}) + "\n"
    found = json.loads(cleaned({"trace.trace": data})["trace.trace"])
    assert set(found) == {"type", "message", "body"}


def test_an_archive_within_an_archive_is_cleaned() -> None:
    """What was downloaded may be an archive itself."""
    inner = cleaned({"inner.zip": zipped({"a.txt": "hunter2hunter2"})})["inner.zip"]
    with zipfile.ZipFile(io.BytesIO(inner)) as archive:
        assert archive.read("a.txt").decode() == REDACTED


@pytest.mark.parametrize(
    "content", [b"\xff\xfe invalid \x80 text", b"{broken json", b"\x1b[31m\x07\r\n\x01", b"[" * 100_000, NESTED]
)
def test_hostile_members_come_through(content: bytes) -> None:
    """Bytes that are no UTF-8, no JSON, control characters and endless depth are kept as they are."""
    assert cleaned({"trace.trace": content, "other": content}) == {"trace.trace": content, "other": content}


def test_a_secret_is_found_beside_invalid_bytes() -> None:
    """Where a text is no UTF-8, the rest of it is cleaned nevertheless, and the bytes stay."""
    assert cleaned({"a.log": b"\xff hunter2hunter2 \x80"}) == {"a.log": b"\xff [redacted] \x80"}


def test_secrets_in_base64_are_gone() -> None:
    """Bodies are often packed: what is known is found there."""
    packed = base64.b64encode(b'{"key":"hunter2hunter2"}').decode()
    assert packed.encode() not in cleaned({"trace.trace": lines({"body": packed})})["trace.trace"]


@pytest.mark.parametrize("data", [b"", b"no archive", zipped({"a": "b" * 1000})[:-30], zipped({"a": "b" * 100})[:60]])
def test_what_is_no_archive_is_told(data: bytes) -> None:
    """Nobody can clean it, so nobody may keep it; the error says how large it is and what to do."""
    with pytest.raises(ArchiveUnreadable, match=rf"{len(data)} bytes.*cannot be cleaned.*not kept") as told:
        clean_archive(data, str)
    assert isinstance(told.value, RehearsalError)


def test_an_archive_with_a_broken_member_is_told() -> None:
    """A member whose check sum is wrong cannot be trusted."""
    data = bytearray(zipped({"a.txt": "hunter2hunter2" * 10}))
    data[40] ^= 0xFF
    with pytest.raises(ArchiveUnreadable):
        clean_archive(bytes(data), str)


@pytest.mark.parametrize(
    "content", [b'{"password": "hunter2"}', b"\xff password=hunter2", zipped({"a": "password=hunter2"})]
)
def test_bytes_that_are_text_or_an_archive_are_cleaned_as_evidence(content: bytes) -> None:
    """Whoever attaches bytes is protected as who attaches text is."""
    evidence = Evidence(Redactor())
    evidence.keep(Exhibit("attachment", "it", content, "application/octet-stream"))
    kept = evidence.all()[0].body
    assert isinstance(kept, bytes)
    assert kept != content
    assert b"hunter2" not in (cleaned({"it": kept})["it"] if kept.startswith(b"PK") else kept)


def test_an_archive_that_cannot_be_read_is_no_evidence() -> None:
    """In its place stands what it was, and why it is missing; a picture stays as it is."""
    evidence = Evidence(Redactor())
    evidence.keep(Exhibit("attachment", "it", zipped({"a": "b"})[:-9], "application/zip"))
    evidence.keep(Exhibit("browser.screenshot", "it", PICTURE, "image/png"))
    broken, picture = evidence.all()
    assert str(broken.body).startswith("[left out: application/zip, ")
    assert broken.media_type == "text/plain"
    assert picture.body == PICTURE
