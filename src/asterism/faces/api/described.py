"""The OpenAPI of the API: what ninja reads from the operations, and what the door does for each of them."""

from typing import Any, Final

from ninja import NinjaAPI

from asterism.faces.api.shapes import PROBLEM, Problem

REFUSALS: Final = {
    400: "The request cannot be read.",
    403: "No valid token, or one whose scopes or role do not reach this.",
    404: "Nothing here; what another workspace has is not said.",
    405: "This address does not take that method; `Allow` names those it takes.",
    409: "Somebody or something came first, or the state does not allow the step.",
    413: "More than is taken at once.",
    422: "A value cannot be used; the problem names it.",
    429: "Asked too often; `Retry-After` says how many seconds to wait.",
    502: "Disk, mail or another program failed; nothing was half done.",
}
"""Refusals of every operation; each has the body of a `Problem`."""

PRECONDITIONS: Final = {412: "It was changed since it was read.", 428: "`If-Match` is missing."}
"""Refusals of what changes a single thing."""

METHODS: Final = ("get", "post", "put", "patch", "delete")

_TAG = {"ETag": {"schema": {"type": "string"}, "description": "Changes whenever the answer does."}}
_REPLAY = {
    "Idempotent-Replay": {"schema": {"type": "string"}, "description": "`true` where this is the first answer again."}
}


class Described(NinjaAPI):
    """Ninja's API, whose operations are named by their functions and documented with all that the door answers."""

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The function's name: short, readable, and the same after a move."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(self, **options: Any) -> Any:
        """The OpenAPI document, completed."""
        document = super().get_openapi_schema(**options)
        document["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        for methods in document["paths"].values():
            for method in METHODS:
                if method in methods:
                    methods[method] = _completed(method, methods[method], "get" in methods)
        return document


def _completed(method: str, operation: dict[str, Any], readable: bool) -> dict[str, Any]:
    """An operation with the refusals, headers and scope that hold for its method."""
    guarded = readable and method in ("put", "patch", "delete")
    responses = {**operation["responses"]}
    for status, words in {**REFUSALS, **(PRECONDITIONS if guarded else {})}.items():
        responses[status] = {"description": words, "content": {PROBLEM: {"schema": _ref("Problem")}}}
    if method == "get":
        responses[304] = {"description": "As `If-None-Match` has it already."}
    for status, response in responses.items():
        if int(status) < 300:
            responses[status] = {**response, **_headers(method)}
    words = f"{operation.get('description', '')}\n\nNeeds the scope `{operation.get('x-scope')}`.".strip()
    taken = [*operation.get("parameters", []), *_taken(method, guarded)]
    return {**operation, "responses": responses, "description": words, "parameters": taken}


def _headers(method: str) -> dict[str, Any]:
    return {"headers": {"get": _TAG, "post": _REPLAY}[method]} if method in ("get", "post") else {}


def _taken(method: str, guarded: bool) -> list[dict[str, Any]]:
    """The headers that the door reads."""
    if method == "get":
        return [_header("If-None-Match", "The `ETag` of an earlier answer: 304 where nothing has changed.")]
    if method == "post":
        words = "Whoever sends the same key with the same body again, within a day, gets the first answer again."
        return [{**_header("Idempotency-Key", words), "schema": {"type": "string", "pattern": "^[!-~]{1,128}$"}}]
    if not guarded:
        return []
    words = "The `ETag` of what was read, so that nobody's change is lost; `*` changes whatever stands there."
    return [{**_header("If-Match", words), "required": method != "delete", "example": "*"}]


def _header(name: str, words: str) -> dict[str, Any]:
    return {"in": "header", "name": name, "required": False, "description": words, "schema": {"type": "string"}}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
