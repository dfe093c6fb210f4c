"""The system's own services, and the mailbox: programs that are told by their environment where everything is."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from . import _probes
from ._mesh import TRACES_PATH
from ._ports import HOST
from ._processes import Launch
from ._templates import fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._model import Part
    from ._site import Site


class Service:
    """One service of the system under test."""

    def __init__(self, part: Part, site: Site) -> None:
        self._part, self._site = part, site
        self._port = site.ports.port(part.name)

    def addresses(self) -> Mapping[str, str]:
        """Its own address, past the mesh."""
        return {self._part.name: f"http://{HOST}:{self._port}"}

    async def prepare(self) -> None:
        """Nothing to make."""

    def launch(self) -> Launch:
        """In the folder of `system.toml`, with the environment that it describes."""
        names = {**self._site.values, "host": HOST, "port": str(self._port), "python": sys.executable}
        told = {variable: fill(text, names) for variable, text in self._part.environment.items()}
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", **self._telemetry(), **self._proxy(), **told}
        argv = tuple(fill(word, names) for word in self._part.command)
        module = self._part.command[:2] == ("{python}", "-m")
        return Launch(argv, environment=environment, folder=self._site.description.path.parent, module=module)

    async def probe(self) -> None:
        """Its health path answers 200, or its port is open if it has none."""
        if self._part.health:
            await _probes.http(self._port, self._part.health)
        else:
            await _probes.tcp(self._port)

    def _telemetry(self) -> dict[str, str]:
        """Spans are sent to us, and soon: the specification's own variables."""
        if TRACES_PATH not in self._site.hosted:
            return {}
        return {
            "OTEL_EXPORTER_OTLP_ENDPOINT": self._site.guests_url,
            "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
            "OTEL_SERVICE_NAME": self._part.name,
            "OTEL_BSP_SCHEDULE_DELAY": "20",
        }

    def _proxy(self) -> dict[str, str]:
        """Requests to other services go through the service's egress listener; everything on this machine does not."""
        mesh = self._site.description.mesh
        if mesh is None:
            return {}
        egress = f"http://{HOST}:{self._site.ports.port(mesh.name, f'egress.{self._part.name}')}"
        local = f"{HOST},localhost"
        return {"HTTP_PROXY": egress, "http_proxy": egress, "NO_PROXY": local, "no_proxy": local}


class Mailbox:
    """Our SMTP server, which answers as Mailpit does."""

    def __init__(self, part: Part, site: Site) -> None:
        self._part = part
        self._http, self._smtp = site.ports.port(part.name), site.ports.port(part.name, "smtp")

    def addresses(self) -> Mapping[str, str]:
        """Its API and its SMTP address."""
        return {
            self._part.name: f"http://{HOST}:{self._http}",
            f"{self._part.name}.smtp": f"smtp://{HOST}:{self._smtp}",
        }

    async def prepare(self) -> None:
        """Nothing to make."""

    def launch(self) -> Launch:
        """A process of its own, of this very package, whatever it is called here."""
        module = f"{__package__}.mailbox"
        argv = (sys.executable, "-m", module, "--smtp", str(self._smtp), "--http", str(self._http))
        return Launch(argv, environment={**os.environ, **own_path()})

    async def probe(self) -> None:
        """SMTP greets and the API is ready."""
        await _probes.smtp(self._smtp)
        await _probes.http(self._http, "/readyz")


def own_path() -> dict[str, str]:
    """The variable by which a child process finds this package, wherever it starts."""
    root = str(Path(__file__).resolve().parents[2])
    given = os.environ.get("PYTHONPATH")
    return {"PYTHONPATH": f"{root}{os.pathsep}{given}" if given else root}
