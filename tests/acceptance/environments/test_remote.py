"""The profile `remote`: addresses are given, nothing is started, and the features are the same."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .conftest import Server, Suite


def closed_port() -> int:
    """A port at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def test_the_same_features_run_where_nothing_is_started(suite: Suite, server: Server) -> None:
    """A system that somebody else keeps up is rehearsed through its addresses, and is asked how it is."""
    suite.scenario("When somebody looks", "When somebody orders", "Then every part is well")
    result = suite.behave()
    assert result.returncode == 0, result.stdout + result.stderr
    assert "is ready after" not in result.stderr
    assert server.writes == 1


def test_a_secret_comes_from_the_environment(suite: Suite) -> None:
    """A secret of a system that stands elsewhere is read from the variable that the file names, and is in no report."""
    suite.profile('marked = "test"', 'secrets = { key = "environment:WARES_KEY", other = "environment:WARES_OTHER" }')
    suite.scenario("Then the key is hunter-two-and-a-half")
    result = suite.behave(WARES_KEY="hunter-two-and-a-half", WARES_OTHER="x")
    assert result.returncode == 0, result.stdout + result.stderr
    unset = suite.behave()
    assert unset.returncode == 1
    assert "secrets.key: the environment variable WARES_KEY is not set. Set it." in unset.stderr
    assert "secrets.other: the environment variable WARES_OTHER is not set. Set it." in unset.stderr
    assert "Traceback" not in unset.stderr


def test_an_address_that_does_not_answer_is_named_before_the_first_scenario(suite: Suite) -> None:
    """The part and its address are told, and no scenario starts."""
    port = closed_port()
    suite.profile('marked = "test"', address=f"http://127.0.0.1:{port}")
    result = suite.behave()
    assert result.returncode == 1
    assert f"front: http://127.0.0.1:{port} does not answer (" in result.stderr
    assert set(suite.verdicts().values()) == {"not run"}


def test_a_service_that_is_unwell_is_named(suite: Suite, server: Server) -> None:
    """An address at which something answers, but its health is not good, is told with what it said."""
    server.status = 503
    result = suite.behave()
    assert result.returncode == 1
    assert f"front: {server.url}/healthz answers 503, expected 200." in result.stderr
    assert server.writes == 0


def test_another_version_is_told_before_the_first_scenario(suite: Suite, server: Server) -> None:
    """A service of another version than the profile expects is named, with address and both versions."""
    suite.profile('marked = "test"', 'versions = { front = "1.0.0" }')
    assert suite.behave("--name", "looking").returncode == 0
    server.told["version"] = "2.0.0"
    result = suite.behave()
    assert result.returncode == 1
    assert f"front: {server.url} is of version '2.0.0', expected '1.0.0'." in result.stderr
    assert server.writes == 0


def test_all_sick_addresses_are_told_at_once(suite: Suite) -> None:
    """Two parts that do not answer are two names in one message."""
    port = closed_port()
    suite.profile('marked = "test"', address=f"http://127.0.0.1:{port}")
    path = suite.folder / "system.toml"
    path.write_text(path.read_text().replace(" }", f', books = "postgresql://127.0.0.1:{port}" }}'))
    told = suite.behave().stderr
    assert f"front: http://127.0.0.1:{port} does not answer" in told
    assert f"also books: postgresql://127.0.0.1:{port} does not answer" in told


def test_a_part_is_real_in_one_profile_and_a_mock_in_another(suite: Suite, server: Server) -> None:
    """`[profiles.NAME.parts.PART]` says how one profile has a part: here the front is a program that we start."""
    suite.write(
        "mock.py",
        """
        import os
        from http.server import HTTPServer, SimpleHTTPRequestHandler
        HTTPServer(("127.0.0.1", int(os.environ["PORT"])), SimpleHTTPRequestHandler).serve_forever()
        """,
    )
    suite.write("healthz", '{"environment": "test"}')
    books = server.url.replace("http", "postgresql")
    with (suite.folder / "system.toml").open("a") as file:
        file.write(
            f'[profiles.mocked]\nmarked = "test"\naddresses = {{ books = "{books}" }}\nstart = ["front"]\n'
            '[profiles.mocked.parts.front]\ncommand = ["{python}", "mock.py"]\nenvironment = { PORT = "{port}" }\n'
        )
    result = suite.behave("-D", "profile=mocked", "--name", "looking")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "front is ready after" in result.stderr
    assert server.seen == []
