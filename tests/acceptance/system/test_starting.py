"""Starting a system from its description alone."""

from __future__ import annotations

import json
import smtplib
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import urlopen

import psycopg
import pytest
import valkey

from support.core import ConfigurationError, PartUnavailable, RehearsalError, wait_until
from support.system import SystemClient, status, stop

from .conftest import all_gone, ask, processes_of, runs

if TYPE_CHECKING:
    from .conftest import Place


def test_a_foreign_system_needs_no_python(bookshop: SystemClient) -> None:
    """A system that shares nothing with the Storefront is started from its description and answers through the mesh."""
    assert json.loads(ask(bookshop)) == {"service": "front", "back": 200}
    assert json.loads(ask(bookshop, path="/back/x")) == {"service": "back"}


def test_every_part_is_probed_in_its_own_protocol(bookshop: SystemClient) -> None:
    """Health names every part of the description, and each answers."""
    parts = ("back", "broker", "cache", "database", "front", "mailbox", "mesh")
    assert dict(bookshop.health()) == dict.fromkeys(parts, "ok")


def test_databases_are_there_from_the_start(bookshop: SystemClient) -> None:
    """Every database that the description names exists when the system is ready."""
    for name in ("books", "readers"):
        with psycopg.connect(f"{bookshop.addresses['database']}/{name}") as connection:
            assert connection.execute("select current_database()").fetchone() == (name,)


def test_mail_sent_by_a_service_is_found_as_in_mailpit(bookshop: SystemClient) -> None:
    """What is sent to the mailbox by SMTP is listed and shown by Mailpit's API."""
    smtp = urlsplit(bookshop.addresses["mailbox.smtp"])
    with smtplib.SMTP(smtp.hostname or "", smtp.port or 0) as server:
        mail = "To: ada@example.org\nSubject: Your order\n\nThank you"
        server.sendmail("shop@books.example", ["ada@example.org"], mail)
    with urlopen(f"{bookshop.addresses['mailbox']}/api/v1/search?query=to:ada@example.org") as answer:
        found = json.load(answer)["messages"]
    assert [mail["Subject"] for mail in found] == ["Your order"]


def test_a_secret_is_generated_for_each_started_system(bookshop: SystemClient, kiosk: Place) -> None:
    """A generated secret reaches the services and the run, and stands in no log."""
    secret = bookshop.secrets["master_key"]
    assert len(secret) > 20
    assert not [line for part in (*bookshop.addresses, "control") for line in bookshop.logs(part) if secret in line]
    client = kiosk.start()
    assert dict(client.secrets) == {}
    client.close()


def test_progress_names_what_is_awaited(kiosk: Place) -> None:
    """While a system starts, every part is announced, with those that are still awaited."""
    kiosk.start().close()
    assert len(kiosk.told) == 2
    assert "; waiting for " in kiosk.told[0]
    assert "; waiting for " not in kiosk.told[1]


def test_a_part_that_dies_at_start_is_named(kiosk: Place) -> None:
    """The error names the part, its exit status and its last words, and nothing is left."""
    (kiosk.folder / "service.py").write_text("print('no licence found', flush=True); raise SystemExit(3)")
    with pytest.raises(PartUnavailable) as caught:
        kiosk.start()
    assert caught.value.part == "front"
    assert caught.value.reason.startswith("exited with status 3. ")
    assert "no licence found" in caught.value.reason


def test_a_part_that_hangs_at_start_is_named(kiosk: Place) -> None:
    """The error names the part that is not ready in time, the limit and its last words."""
    (kiosk.folder / "service.py").write_text("import signal; print('thinking', flush=True); signal.pause()")
    path = kiosk.folder / "system.toml"
    path.write_text(path.read_text().replace('"service.py"]', '"service.py"]\nready_within = 0.7'))
    with pytest.raises(PartUnavailable, match=r"front: is not ready after 0.7 s: .*Connect call failed") as caught:
        kiosk.start()
    assert "thinking" in caught.value.reason


def test_a_control_process_that_cannot_run_is_told(kiosk: Place) -> None:
    """A control process that dies at once is named with its last words."""
    (kiosk.folder / "control.py").write_text("raise SystemExit('no such module')")
    with pytest.raises(PartUnavailable, match=r"control: the control process exited with status 1") as caught:
        kiosk.start()
    assert "no such module" in caught.value.reason


def test_two_systems_at_once_do_not_meet(kiosk: Place) -> None:
    """Two systems of one description have nothing in common, and the end of one is nothing to the other."""
    one, other = kiosk.start("one"), kiosk.start("other")
    assert one.folder != other.folder
    assert not set(one.addresses.values()) & set(other.addresses.values())
    with valkey.Valkey.from_url(one.addresses["cache"]) as cache:
        cache.set("greeting", "hello")
    with valkey.Valkey.from_url(other.addresses["cache"]) as cache:
        assert cache.get("greeting") is None
    one.close()
    assert set(other.health().values()) == {"ok"}
    other.close()


def test_an_owned_system_is_gone_when_its_lease_is_given_back(place: Place) -> None:
    """After `close` there is no process and no folder of an owned system."""
    client = place.start()
    pids = processes_of(client.folder)
    assert len(pids) == 7
    client.close()
    assert not any(map(runs, pids))
    assert not client.folder.exists()


def test_a_part_that_dies_in_mid_run_is_noticed(kiosk: Place) -> None:
    """Health says how a part ended that is dead, and the others are still well."""
    client = kiosk.start()
    with valkey.Valkey.from_url(client.addresses["cache"]) as cache:
        cache.shutdown(nosave=True)
    wait_until(lambda: "exited" in client.health()["cache"], limit=2, what="it has exited")
    assert client.health()["cache"].startswith("exited with status 0. Last lines of its log:")
    assert client.health()["front"] == "ok"
    client.close()


def test_a_kept_system_stays_until_it_is_stopped(kiosk: Place) -> None:
    """A kept system outlives its leases, is found again, is started once only, and ends by `stop`."""
    kiosk.start(owned=False).close()
    with pytest.raises(ConfigurationError, match="is up"):
        kiosk.start(owned=False)
    client = SystemClient.attach(kiosk.description, profile="embedded", run_id="again")
    assert client is not None
    state = status(kiosk.description, "embedded")
    assert state is not None
    assert (state.runs, dict(state.health)) == (("again",), {"cache": "ok", "front": "ok"})
    client.close()
    pids = processes_of(client.folder)
    assert stop(kiosk.description, "embedded")
    all_gone(pids, client.folder)
    assert SystemClient.attach(kiosk.description, profile="embedded", run_id="again") is None
    assert not stop(kiosk.description, "embedded")


def test_an_unknown_method_is_answered_with_the_nearest(bookshop: SystemClient) -> None:
    """A call that nobody answers says so, and names what may have been meant."""
    with pytest.raises(RehearsalError, match=r"Nobody answers 'decisions.ad'. Did you mean 'decisions.add'"):
        bookshop.call("decisions.ad")


def test_the_mailbox_runs_under_another_package_name() -> None:
    """The mailbox is a module of whatever the package is called, so that the wheel has it too."""
    told = subprocess.run([sys.executable, "-m", "support.system.mailbox", "--help"], capture_output=True, check=True)
    assert b"--smtp" in told.stdout
