"""Front matter against a JSON Schema (2020-12), with errors at the exact key and in words for a writer."""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

from msgspec import Meta

from contentlint.check import Match, check
from contentlint.source.document import Document
from contentlint.source.front_matter import Entry, FrontMatter
from contentlint.span import Span

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator


@dataclass(frozen=True, slots=True)
class Options:
    """The schema that the front matter must meet."""

    schema: Annotated[
        dict[str, Any] | str | None,
        Meta(
            description="A ready-made schema (`article`, `hugo`, `jekyll`, `astro-blog`, `docusaurus-blog`), a file "
            "beside the config, or the schema itself as a table or as JSON text."
        ),
    ] = None

    def __post_init__(self) -> None:
        """Refuse what is no JSON Schema. ValueError says where it goes wrong."""
        if self.schema is not None:
            _validator(_canonical(self.schema))


@check("schema", needs={"front-matter"})
def schema(document: Document, options: Options) -> Iterator[Match]:
    """What the schema does not allow, once a place: the first reason that a writer can act on.

    References are resolved inside the schema only; a reference that leads out of it is reported (``reference``).
    """
    front_matter = document.front_matter
    if options.schema is None or not is_readable(front_matter):
        return
    from referencing.exceptions import Unresolvable

    validator = _validator(_canonical(options.schema))
    seen: set[tuple[Span, str]] = set()
    try:
        for error in validator.iter_errors(as_json(front_matter.root)):
            for match in _explain(error, front_matter):
                place = (match.span, match.values["field"])
                if place not in seen:
                    seen.add(place)
                    yield match
    except Unresolvable as error:
        reference = f"#{error.ref}" if error.ref.startswith("/") else error.ref
        yield Match(front_matter.opening, "reference", {"field": "", "reference": reference})
    except RecursionError:
        yield Match(front_matter.opening, "reference", {"field": "", "reference": "#"})


def is_readable(front_matter: FrontMatter) -> bool:
    """Whether all of it was read: where the parser gave up, the data would be said to lack what follows."""
    return not any(problem.kind in _UNREADABLE for problem in front_matter.problems)


_UNREADABLE = frozenset({"unclosed", "syntax", "tab-indent", "control-character", "not-a-mapping", "too-complex"})


# The front matter as JSON


class Word(str):
    """``yes`` or ``no`` without quotes: text to some generators, true or false to the author and to others."""

    __slots__ = ()


_SWITCHES = frozenset({"yes", "no", "on", "off"})


def as_json(entry: Entry | None) -> Any:
    """The value as JSON has it and as the author meant it: dates as written, ``1_000`` as a number."""
    if entry is None:
        return {}
    if entry.kind == "map":
        return {str(child.key): as_json(child) for child in entry.children}
    if entry.kind == "list":
        return [as_json(child) for child in entry.children]
    if entry.kind in ("date", "datetime", "time"):
        return entry.raw or str(entry.value)
    if isinstance(entry.value, float) and not math.isfinite(entry.value):
        return entry.raw
    if entry.kind == "str" and (readings := entry.readings):
        if entry.raw.lower() in _SWITCHES:
            return Word(entry.raw)
        if "_" in entry.raw:
            return next((reading.value for reading in readings.values() if reading.kind == "int"), entry.value)
    return entry.value


# The validator


def _canonical(schema: Mapping[str, Any] | str) -> str:
    return schema if isinstance(schema, str) else json.dumps(schema, sort_keys=True)


@lru_cache(maxsize=32)
def _validator(text: str) -> Validator:
    """The validator of a schema given as JSON text. Raises ValueError for what is no schema."""
    from jsonschema import Draft202012Validator, validators
    from jsonschema.exceptions import SchemaError
    from referencing import Registry

    try:
        contents = json.loads(text)
        Draft202012Validator.check_schema(contents)
    except SchemaError as error:
        raise ValueError(f"no JSON Schema: {error.message} (at {error.json_path})") from error
    except (ValueError, RecursionError) as error:
        raise ValueError(f"no JSON: {error}") from error
    checker = Draft202012Validator.TYPE_CHECKER.redefine("boolean", lambda _, value: isinstance(value, bool | Word))
    own: Any = validators.extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, {"uniqueItems": _unique_items}, type_checker=checker
    )
    # An empty registry: by default jsonschema fetches what a schema refers to, from the network or from the disk.
    validator: Validator = own(contents, registry=Registry(), format_checker=_formats())
    return validator


def _unique_items(validator: Validator, wanted: bool, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """As the specification has it, in linear time: jsonschema compares every item with every other."""
    from jsonschema.exceptions import ValidationError

    if not wanted or not validator.is_type(instance, "array"):
        return
    seen = set()
    for index, item in enumerate(instance):
        text = json.dumps(item, sort_keys=True)
        if text in seen:
            yield ValidationError("not unique", path=[index])
        seen.add(text)


def has_format(value: str, name: str) -> bool:
    """Whether a text is accepted where a schema asks for that format."""
    accepted: bool = _formats().conforms(value, name)
    return accepted


@lru_cache(maxsize=1)
def _formats() -> Any:
    """What jsonschema checks by itself, and the formats for which it would need other packages."""
    from jsonschema import FormatChecker

    checker = FormatChecker()
    for name, accepts in _FORMATS.items():
        checker.checks(name)(lambda value, accepts=accepts: not isinstance(value, str) or accepts(value))
    return checker


_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?([Zz]|[+-]\d\d:?\d\d)?", re.ASCII)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")


def _is_moment(text: str) -> bool:
    match = _MOMENT.fullmatch(text)
    return match is not None and _parses(f"{match[1]}T{match[2]}")


def _is_time(text: str) -> bool:
    return _is_moment(f"2000-01-01T{text}")


def _parses(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_uri(text: str) -> bool:
    if not text or any(char.isspace() for char in text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme) and bool(parts.netloc or parts.path)


def _is_uri_reference(text: str) -> bool:
    try:
        urlsplit(text)
    except ValueError:
        return False
    return not any(char.isspace() for char in text)


_FORMATS = {
    "date-time": _is_moment,
    "time": _is_time,
    "email": lambda text: _EMAIL.fullmatch(text) is not None,
    "idn-email": lambda text: _EMAIL.fullmatch(text) is not None,
    "uri": _is_uri,
    "iri": _is_uri,
    "uri-reference": _is_uri_reference,
    "iri-reference": _is_uri_reference,
}


# The errors, for a writer

# What a writer has to know: the message's name, by the keyword of the schema that was not met.
_MESSAGES = {
    "enum": "enum",
    "const": "enum",
    "minLength": "too-short",
    "maxLength": "too-long",
    "minItems": "too-few",
    "maxItems": "too-many",
    "uniqueItems": "duplicate",
    "minimum": "too-small",
    "exclusiveMinimum": "too-small",
    "maximum": "too-big",
    "exclusiveMaximum": "too-big",
    "multipleOf": "step",
    "pattern": "pattern",
    "format": "format",
    "dependentRequired": "missing",
    "required": "missing",
    "additionalProperties": "unknown",
    "unevaluatedProperties": "unknown",
    "anyOf": "alternatives",
    "oneOf": "alternatives",
}
_TYPES = frozenset({"string", "integer", "number", "boolean", "array", "object"})
_FORMAT_MESSAGES = frozenset({"date", "date-time", "email", "uri"})
_LONGEST_SHOWN = 60
_MOST_SHOWN = 8
_MOST_COMPARED = 200
"""In a map with more keys, none is compared with those that the schema knows: it takes a millisecond each."""


def _explain(error: ValidationError, front_matter: FrontMatter) -> Iterator[Match]:
    """The matches of one error: several for several missing or unknown keys."""
    error = _innermost(error)
    path = [str(step) if not isinstance(step, int) else step for step in error.absolute_path]
    entry = front_matter.root.get(path) if front_matter.root else None
    keyword = str(error.validator)
    if keyword in ("required", "dependentRequired"):
        yield Match(_key_of(entry, front_matter), "missing", {"field": _name(path, _missing(error))})
    elif keyword in ("additionalProperties", "unevaluatedProperties") and entry is not None:
        yield from _unknown(error, entry)
    elif _is_about_a_key(error) and entry is not None and (child := entry.child(str(error.instance))) is not None:
        yield Match(_key_of(child, front_matter), "key-name", {"field": child.name, "value": _shown(error.instance)})
    else:
        field = _name(path)
        yield Match(
            entry.span if entry and entry.path else front_matter.opening,
            _message(keyword, error),
            {"field": field, "value": _shown(error.instance), **_limits(keyword, error)},
        )


def _innermost(error: ValidationError) -> ValidationError:
    """Of alternatives that all fail, the error inside the one that fits best; the alternatives if none does better."""
    from jsonschema.exceptions import best_match

    if not error.context:
        return error
    best = best_match([error])
    deeper = best is not None and len(best.absolute_path) > len(error.absolute_path)
    alone = len(error.schema.get(str(error.validator), ())) == 1 if isinstance(error.schema, dict) else False
    return best if best is not None and (deeper or alone) else error


def _is_about_a_key(error: ValidationError) -> bool:
    """Whether the error is one of ``propertyNames``: its instance is the key, its path that of the map."""
    steps = list(error.absolute_schema_path)
    return steps[-2:-1] == ["propertyNames"] and steps[-3:-2] != ["properties"]


def _key_of(entry: Entry | None, front_matter: FrontMatter) -> Span:
    return entry.key_span or entry.span if entry and entry.path else front_matter.opening


def _missing(error: ValidationError) -> str:
    """The key that an error about required keys speaks of: jsonschema quotes it first in its message."""
    wanted: Any = error.validator_value
    names: list[str] = wanted if isinstance(wanted, list) else [name for names in wanted.values() for name in names]
    return next((name for name in names if error.message.startswith(repr(name))), "")


def _unknown(error: ValidationError, entry: Entry) -> Iterator[Match]:
    rules = error.schema if isinstance(error.schema, dict) else {}
    known = list(rules.get("properties", {}))
    patterns = list(rules.get("patternProperties", {}))
    for child in entry.children:
        key = str(child.key)
        if key in known or any(re.search(pattern, key) for pattern in patterns):
            continue
        values = {"field": child.name, "key": key}
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.7) if len(entry.children) <= _MOST_COMPARED else []
        span = child.key_span or child.span
        yield Match(span, "misspelt", values | {"near": near[0]}) if near else Match(span, "unknown", values)


def _message(keyword: str, error: ValidationError) -> str:
    if error.instance is None:
        return "unfilled"
    if keyword == "type":
        wanted = error.validator_value
        return f"type-{wanted}" if isinstance(wanted, str) and wanted in _TYPES else "type"
    if keyword == "format":
        return f"format-{error.validator_value}" if error.validator_value in _FORMAT_MESSAGES else "format"
    if keyword == "pattern" and _examples(error):
        return "example"
    if keyword in ("minLength", "minItems") and error.validator_value == 1:
        return "unfilled"
    return _MESSAGES.get(keyword, "other")


def _limits(keyword: str, error: ValidationError) -> dict[str, Any]:
    """What the schema allows, in the terms of the message."""
    wanted = error.validator_value
    if keyword in ("enum", "const"):
        allowed = [_shown(value) for value in (wanted if isinstance(wanted, list) else [wanted])]
        return {"allowed": allowed[:_MOST_SHOWN] + ["…"] * (len(allowed) > _MOST_SHOWN)}
    if keyword == "pattern":
        return {"example": _examples(error), "pattern": _shown(wanted)}
    if isinstance(wanted, int | float) and not isinstance(wanted, bool):
        length = {"length": len(error.instance)} if isinstance(error.instance, str | list) else {}
        return {"limit": wanted, **length}
    return {"limit": _shown(wanted) if isinstance(wanted, str) else "", "keyword": keyword}


def _examples(error: ValidationError) -> str:
    examples = error.schema.get("examples") if isinstance(error.schema, dict) else None
    return ", ".join(_shown(example) for example in examples[:2]) if isinstance(examples, list) else ""


def _name(path: Sequence[str | int], *more: str) -> str:
    name = ""
    for step in (*path, *more):
        name += f"[{step}]" if isinstance(step, int) else f".{step}" if name else step
    return name


def _shown(value: Any) -> str:
    """A value short enough for a sentence; never the inside of a list or table."""
    if isinstance(value, str):
        text = " ".join(value.split())
    elif isinstance(value, list | dict):
        text = "[…]" if isinstance(value, list) else "{…}"
    else:
        text = json.dumps(value)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
