"""Completes the OpenAPI document, so that a client can be generated from it.

FastAPI knows bodies and answers. It does not know that permissions read the path's parameters, that a bearer
token is asked for, and that every error is a problem document.
"""

import re
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field

ARTICLES = {"a", "an", "the", "ones", "own"}
BEARER: list[dict[str, list[str]]] = [{"bearer": []}]
ANYBODY: dict[str, Any] = {"security": [{}, *BEARER]}  # openapi_extra of a route that needs no token


class ProblemDocument(BaseModel):
    """RFC 9457. detail: a sentence for people. field: what it is about, if one thing."""

    type: str
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    field: str | None = None


def operation_id(route: APIRoute) -> str:
    """A generated client's method: "Add a key result" becomes add_key_result."""
    words = re.findall(r"[a-z]+", (route.summary or route.name).lower().replace("'s", "s").replace("-", ""))
    return "_".join(word for word in words if word not in ARTICLES)


def complete_openapi(app: FastAPI) -> None:
    """Have app.openapi() answer the completed document."""
    generate = app.openapi

    def complete() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _completed(generate())
        return app.openapi_schema

    app.openapi = complete  # type: ignore[method-assign]


def _completed(document: dict[str, Any]) -> dict[str, Any]:
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for replaced in ("HTTPValidationError", "ValidationError"):
        schemas.pop(replaced, None)
    schemas["Problem"] = ProblemDocument.model_json_schema()
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    document["security"] = BEARER
    for path, operations in document["paths"].items():
        for operation in operations.values():
            _complete_operation(path, operation)
    return document


def _complete_operation(path: str, operation: dict[str, Any]) -> None:
    parameters = operation.setdefault("parameters", [])
    known = {parameter["name"] for parameter in parameters}
    parameters[:0] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", path)
        if name not in known
    ]
    operation["responses"].pop("422", None)
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    operation["responses"]["4XX"] = {
        "description": "What is wrong, in words",
        "content": {"application/problem+json": problem},
    }
