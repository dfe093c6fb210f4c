"""What is read from `system.toml`, and what is said about one that is wrong."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from support.core import ConfigurationError
from support.system import SystemDescription, load
from support.system._templates import fill, names_in, values_of

ROOT = Path(__file__).parents[3]
SERVICES = {"accounts", "bank", "catalogue", "notifications", "orders", "payments", "reporting", "web"}
SHOP = """
    [system]
    name = "shop"
    origins = ["mesh"]
    [secrets]
    key = "generate"
    [parts.database]
    kind = "postgresql"
    databases = ["shop"]
    [parts.mesh]
    kind = "envoy"
    routes = { "/" = "orders" }
    [parts.orders]
    kind = "service"
    command = ["{python}", "-m", "orders"]
    needs = ["database"]
    environment = { PORT = "{port}", DATABASE_URL = "{database.url}/shop", KEY = "{secrets.key}" }
"""


def described(folder: Path, text: str) -> SystemDescription:
    """The system of a file with that text."""
    path = folder / "system.toml"
    path.write_text(textwrap.dedent(text))
    return load(path)


def faults(folder: Path, text: str) -> list[str]:
    """What is wrong with a file of that text."""
    with pytest.raises(ConfigurationError) as caught:
        described(folder, text)
    return str(caught.value).splitlines()


def test_a_description_becomes_values(tmp_path: Path) -> None:
    """Parts, wiring and names are read as they stand in the file."""
    shop = described(tmp_path, SHOP)
    assert (shop.name, shop.origins) == ("shop", ("mesh",))
    assert shop.parts["database"].databases == ("shop",)
    assert shop.parts["orders"].needs == ("database",)
    assert shop.mesh is shop.parts["mesh"]
    assert shop.profile("embedded").starts("orders")


def test_the_storefronts_own_description_is_right() -> None:
    """The `system.toml` of this repository has no fault, and its embedded profile is marked as a test environment."""
    storefront = load(ROOT / "system.toml")
    assert storefront.profile("embedded").marked == "test"
    assert {part.name for part in storefront.of_kind("service")} == SERVICES


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("command =", "comand =", "parts.orders.comand: unknown key. Did you mean 'command'?"),
        (
            '"postgresql"',
            '"postgres"',
            "parts.database.kind: no kind of part is called 'postgres'. Did you mean 'postgr",
        ),
        ('["database"]', '["databse"]', "parts.orders.needs: no part is called 'databse'. Did you mean 'database'?"),
        ('["database"]', '"database"', "parts.orders.needs: is 'database'; expected a list of texts."),
        ('"/" = "orders"', '"/" = "order"', "parts.mesh.routes: no service is called 'order'. Did you mean 'orders'?"),
        (
            "{database.url}",
            "{database.uri}",
            "parts.orders.environment.DATABASE_URL: {database.uri} stands for nothing",
        ),
        ("{secrets.key}", "{secrets.kee}", "{secrets.kee} stands for nothing. Did you mean 'secrets.key'?"),
        ('"generate"', '"hunter2"', "secrets.key: its value is not shown; expected 'generate' or 'environment:NAME'."),
        (
            'name = "shop"',
            'name = "My Shop"',
            "system.name: is 'My Shop'; expected lower-case letters, digits and hyph",
        ),
        ("[secrets]", "[secret]", "secret: unknown key. Did you mean 'secrets'?"),
        ('["mesh"]', '["mash"]', "system.origins: no part is called 'mash'. Did you mean 'mesh'?"),
        ("[parts.mesh]", "[parts.Mesh]", "parts.Mesh: cannot be a part's name; expected lower-case letters"),
        (
            'kind = "postgresql"',
            'kind = "postgresql"\nneeds = ["orders"]',
            "parts: database, orders need each other in a",
        ),
        (
            'kind = "postgresql"',
            'kind = "postgresql"\nready_within = 0',
            "ready_within: is 0; expected a number of seconds",
        ),
        (
            "[parts.orders]",
            "[parts.mesh.traffic]\nretrys = 1\n[parts.orders]",
            "parts.mesh.traffic.retrys: unknown key. Did you mean 'retries'?",
        ),
        (
            "[parts.orders]",
            "[parts.orders.traffic]\nretries = 0.5\n[parts.orders]",
            "parts.orders.traffic.retries: is 0.5; expected a whole number above 0.",
        ),
        (
            "[parts.orders]",
            "[parts.mesh.traffic]\nretries = 1\nretry_budget = 101\n[parts.orders]",
            "parts.mesh.traffic.retry_budget: is 101; expected a number above 0 and up to 100.",
        ),
        (
            "[parts.orders]",
            "[parts.orders.traffic]\nbase_ejection_time = 5\n[parts.orders]",
            "parts.orders.traffic.base_ejection_time: does nothing without consecutive_gateway_failures.",
        ),
        (
            'kind = "postgresql"',
            'kind = "postgresql"\ntraffic = { retries = 1 }',
            "parts.database.traffic: unknown key.",
        ),
    ],
)
def test_a_fault_is_told_with_the_way_out(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    """Each fault says where it is and what was expected, or the nearest known word."""
    found = faults(tmp_path, SHOP.replace(right, wrong, 1))
    assert any(fault.startswith("system.toml: ") and told in fault for fault in found), found


def test_a_service_has_its_own_words_on_traffic_beside_those_of_the_mesh(tmp_path: Path) -> None:
    """What the mesh says of every service stands; a service may add what needs it."""
    text = textwrap.dedent(SHOP) + "[parts.mesh.traffic]\nretries = 2\n[parts.orders.traffic]\nretry_budget = 12.5\n"
    shop = described(tmp_path, text)
    assert shop.parts["mesh"].traffic == {"retries": 2}
    assert shop.parts["orders"].traffic == {"retry_budget": 12.5}


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Three mistakes in one file are three lines of one error."""
    text = SHOP.replace("command", "comand").replace('"generate"', '"x"').replace("origins", "origin")
    assert len(faults(tmp_path, text)) == 4  # the fourth: the command is missing


def test_a_file_that_is_no_toml_is_told_with_the_line(tmp_path: Path) -> None:
    """A syntax error names the line."""
    assert "line 2" in faults(tmp_path, "[system]\nname = \n")[0]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A file that is not there is named."""
    with pytest.raises(ConfigurationError, match="does not exist"):
        load(tmp_path / "system.toml")


def test_a_remote_profile_starts_nothing(tmp_path: Path) -> None:
    """A profile with addresses starts no part but those that it names."""
    remote = described(tmp_path, SHOP + '[profiles.remote]\naddresses = { mesh = "https://shop.example" }\n'.strip())
    assert not remote.profile("remote").starts("orders")
    some = described(
        tmp_path, SHOP + "[profiles.mixed]\nstart = ['database']\naddresses = { mesh = 'https://shop.example' }"
    )
    assert [part for part in some.parts if some.profile("mixed").starts(part)] == ["database"]


def test_a_profile_needs_urls(tmp_path: Path) -> None:
    """An address without a scheme is a fault with an example."""
    (found,) = faults(tmp_path, SHOP + "[profiles.remote]\naddresses = { mesh = 'localhost:8000' }")
    assert found.startswith("system.toml: profiles.remote.addresses.mesh: is 'localhost:8000'; expected a URL such as")


def test_an_unknown_profile_is_told_with_the_nearest(tmp_path: Path) -> None:
    """Asking for a profile that there is not names the nearest one."""
    with pytest.raises(ConfigurationError, match=r"No profile is called 'embeded' .* Did you mean 'embedded'\?"):
        described(tmp_path, SHOP).profile("embeded")


def test_names_in_braces_are_filled_and_other_braces_left() -> None:
    """Only names are replaced: JSON in a value stays as it is."""
    values = dict(
        values_of({"database": "postgresql://postgres@127.0.0.1:5433", "mailbox.smtp": "smtp://127.0.0.1:25"})
    )
    text = '{database.address} {database.url} {mailbox.smtp} {"json": 1}'
    assert names_in(text) == ["database.address", "database.url", "mailbox.smtp"]
    assert fill(text, values) == ('127.0.0.1:5433 postgresql://postgres@127.0.0.1:5433 smtp://127.0.0.1:25 {"json": 1}')
