"""What a service publishes of itself: OpenAPI for its requests, AsyncAPI for its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from .events import CONTENT_TYPE
from .problems import MEDIA_TYPE, FieldError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI


class ProblemAnswer(BaseModel):
    """What every error answers (RFC 9457)."""

    type: str = Field(examples=["https://storefront.example/problems/invalid-request"])
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None


_PROBLEM = {"$ref": "#/components/schemas/ProblemAnswer"}


def contract_routes(app: FastAPI, prefix: str, title: str, events: Mapping[str, type[BaseModel]]) -> APIRouter:
    """Return the routes that serve the contracts of everything below ``prefix``."""
    router = APIRouter(prefix=prefix, include_in_schema=False)
    version = prefix.rpartition("/")[2]

    @router.get("/openapi.json")
    def openapi() -> dict[str, Any]:
        routes = [route for route in iter_route_contexts(app.routes) if (route.path or "").startswith(prefix)]
        return with_problems(get_openapi(title=title, version=version, routes=routes))

    if events:

        @router.get("/asyncapi.json")
        def asyncapi() -> dict[str, Any]:
            return event_contract(title, version, events)

    return router


def with_problems(contract: dict[str, Any]) -> dict[str, Any]:
    """Say of each operation that its errors are problems; FastAPI's own shape of a validation error is never sent."""
    schemas = contract.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    described = ProblemAnswer.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= described.pop("$defs") | {"ProblemAnswer": described}
    for operations in contract["paths"].values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            for status in ("4XX", "5XX"):
                operation["responses"][status] = {
                    "description": "Refused",
                    "content": {MEDIA_TYPE: {"schema": _PROBLEM}},
                }
    return contract


def event_contract(title: str, version: str, events: Mapping[str, type[BaseModel]]) -> dict[str, Any]:
    """Return the AsyncAPI 3 document of a service that publishes ``events``, each a CloudEvent with that data."""
    names = list(events)
    references, shared = models_json_schema(
        [(model, "serialization") for model in events.values()], ref_template="#/components/schemas/{model}"
    )
    data = {name: references[model, "serialization"] for name, model in events.items()}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": title, "version": version},
        "defaultContentType": CONTENT_TYPE,
        "channels": {name: _channel(name) for name in names},
        "operations": {f"publish {name}": _operation(name) for name in names},
        "components": {
            "messages": {name: _message(name, data[name]) for name in names},
            "schemas": shared.get("$defs", {}),
        },
    }


def _channel(name: str) -> dict[str, Any]:
    return {
        "address": f"storefront.{{shop}}.{name}",
        "parameters": {"shop": {"description": "the shop's key"}},
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
    }


def _operation(name: str) -> dict[str, Any]:
    return {"action": "send", "channel": {"$ref": f"#/channels/{name}"}}


def _message(name: str, data: dict[str, Any]) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string", "minLength": 1}
    properties: dict[str, Any] = dict.fromkeys(("id", "source", "subject", "shop"), text)
    properties |= {"specversion": {"const": "1.0"}, "type": {"const": name}, "time": {**text, "format": "date-time"}}
    properties |= {
        "datacontenttype": {"const": "application/json"},
        "data": data,
    }
    return {"name": name, "payload": {"type": "object", "required": sorted(properties), "properties": properties}}
