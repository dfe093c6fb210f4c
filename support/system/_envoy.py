"""The mesh as a process: Envoy, configured from the description."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from . import _binaries, _probes
from ._mesh import MeshPlan, MeshService, configuration
from ._mesh_traffic import Traffic
from ._ports import HOST
from ._processes import Launch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._model import Part
    from ._site import Site


class Envoy:
    """One Envoy for the whole system: ingress, and a pair of listeners for each service."""

    def __init__(self, part: Part, site: Site) -> None:
        self._part, self._site = part, site
        self._file = site.folder / f"{part.name}.json"
        self._ingress, self._admin = site.ports.port(part.name), site.ports.port(part.name, "admin")

    def addresses(self) -> Mapping[str, str]:
        """The ingress, and Envoy's own administration."""
        name = self._part.name
        return {name: f"http://{HOST}:{self._ingress}", f"{name}.admin": f"http://{HOST}:{self._admin}"}

    async def prepare(self) -> None:
        """Write its configuration."""
        self._file.write_text(json.dumps(configuration(self._plan()), indent=1), encoding="utf-8")

    def launch(self) -> Launch:
        """One worker thread; access logs reach the file within 0.2 s."""
        options = ("--concurrency", "1", "--disable-hot-restart", "--log-level", "warning", "--drain-time-s", "1")
        program = str(_binaries.envoy(self._part.name))
        return Launch((program, "-c", str(self._file), "--file-flush-interval-msec", "200", *options))

    async def probe(self) -> None:
        """Its listeners are up."""
        await _probes.http(self._admin, "/ready")

    def _plan(self) -> MeshPlan:
        ports, name = self._site.ports, self._part.name
        return MeshPlan(
            name=name,
            ingress=self._ingress,
            admin=self._admin,
            guests=urlsplit(self._site.guests_url).port or 0,
            access_log=str(self._site.log(f"{name}.access")),
            routes=self._part.routes,
            services={
                service.name: MeshService(
                    port=ports.port(service.name),
                    inbound=ports.port(name, f"inbound.{service.name}"),
                    egress=ports.port(name, f"egress.{service.name}"),
                    calls=service.calls,
                    traffic=Traffic(**{**self._part.traffic, **service.traffic}),
                )
                for service in self._site.description.of_kind("service")
            },
            hosted=frozenset(self._site.hosted),
        )
