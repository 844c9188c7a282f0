"""Every operation of the API, read from its own description, with an address and a body that could be meant."""

import json
from dataclasses import dataclass, field
from typing import Any

from asterism.faces.api import api
from tests.studio import KEY

GIVEN = {"supply_figures": {"likes": 10}, "record_live_post": {"url": "https://social.test/p/2"}}
"""Bodies of operations whose description alone does not say what fits."""
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """One operation: its method, its path as described, its scope and the schema of its body."""

    method: str
    path: str
    name: str
    scope: str
    described: dict = field(hash=False)
    body: Any = field(hash=False, default=None)

    @property
    def at(self):
        """The path under /api/v1 with every key filled in."""
        path = self.path.removeprefix("/api/v1")
        for part in self.described.get("parameters", ()):
            if part["in"] == "path":
                path = path.replace("{" + part["name"] + "}", str(example(part["schema"])))
        return path


def description():
    """The OpenAPI document as a stranger reads it, without asking for it: tests are listed before they run."""
    return json.loads(json.dumps(api.get_openapi_schema()))


def operations():
    """Every operation, with a body where it takes one."""
    document = description()
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                told = methods[method]
                content = told.get("requestBody", {}).get("content", {})
                schema = content.get("application/json", {}).get("schema")
                body = None if schema is None else GIVEN.get(told["operationId"]) or example(schema, document)
                yield Operation(method.upper(), path, told["operationId"], told.get("x-scope", ""), told, body)


def example(schema, document=None):
    """A value that fits a schema, the least there is; numbers are keys of sample rows where they may be."""
    if "$ref" in schema:
        return example(document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], document)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return example(schema[several][0], document)
    if "const" in schema or "enum" in schema or "default" in schema:
        return schema.get("const", schema.get("enum", [schema.get("default")])[0])
    kind = schema.get("type")
    if kind == "object":
        wanted = schema.get("required", ())
        return {name: example(part, document) for name, part in schema.get("properties", {}).items() if name in wanted}
    if kind == "array":
        return [example(schema["items"], document)] * max(1, schema.get("minItems", 0))
    if kind in ("integer", "number"):
        return max(schema.get("minimum", KEY), min(KEY, schema.get("maximum", KEY)))
    if kind == "boolean":
        return True
    return text(schema)


def text(schema):
    """A text that fits a schema by its format or length."""
    known = {"date": "2026-12-01", "date-time": "2026-12-01T12:00:00Z", "email": "ana@example.org",
             "uri": "https://example.org/"}  # fmt: skip
    said = known.get(schema.get("format", ""), "USD" if schema.get("pattern") == "^[A-Z]{3}$" else "sample")
    return said.ljust(schema.get("minLength", 0), "x")[: schema.get("maxLength", 10_000)]
