"""The options of the checks, described: for ``explain``, for the documentation and for the schema of the config."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from contentlint import registry


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a check, as its dataclass declares it."""

    name: str
    type: str
    """In the words of JSON Schema: ``integer``, ``array of string`` …"""
    default: Any
    meaning: str
    schema: dict[str, Any]
    """JSON Schema of the value."""


def describe(check: str) -> list[Option]:
    """The options of a check, in the order in which they are declared."""
    import msgspec

    options_type = registry.load_check(check).options_type
    _, components = msgspec.json.schema_components([options_type], ref_template="#/$defs/{name}")
    schema = components[options_type.__name__]
    defaults = msgspec.to_builtins(options_type())
    return [
        Option(name, _type(value), defaults[name], value.get("description", ""), value)
        for name, value in schema["properties"].items()
    ]


def _type(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(str(value) or '""' for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(_type(one) for one in schema["anyOf"])
    kind = str(schema.get("type", "any"))
    return f"{kind} of {_type(schema['items'])}" if kind == "array" and schema.get("items") else kind
