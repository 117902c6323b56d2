"""The data files of dialects: valid, complete, and enough to add one."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from contentlint.resources import folder, package_file
from contentlint.source import dialect
from contentlint.source.document import Conventions, Document


def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder("schemas") / "dialect.schema.json").read_text(encoding="utf8"))
    return loaded


def data(name: str) -> dict[str, Any]:
    return tomllib.loads(package_file("source", "dialects", f"{name}.toml").read_text(encoding="utf8"))


@pytest.mark.parametrize("name", dialect.known())
def test_a_dialect_keeps_to_its_schema(name: str) -> None:
    validator = jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data(name))] == []


def test_the_schema_is_a_schema_and_refuses_what_it_does_not_know() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    liquid = data("liquid")
    assert not validator.is_valid(liquid | {"surprise": 1})
    assert not validator.is_valid(liquid | {"references": [{"names": ["a"], "arguments": [0], "kind": "painting"}]})


def test_what_dialects_say_of_each_other_exists() -> None:
    kinds = {one["kind"] for name in dialect.known() for one in data(name).get("delimited", ())}
    for name in dialect.known():
        assert set(data(name).get("unless", ())) <= set(dialect.known())
        for reference in data(name).get("references", ()):
            assert set(reference["constructs"]) <= kinds


@pytest.mark.parametrize("name", dialect.known())
def test_a_pattern_has_one_group_at_most_and_needs_what_it_holds(name: str) -> None:
    for pattern in dialect.load(name).patterns:
        assert pattern.compiled.groups <= 1
        assert not re.compile(pattern.expression).match("")


def test_the_documentation_of_a_field_is_that_of_the_schema() -> None:
    properties = schema()["properties"]
    assert set(properties["delimited"]["items"]["properties"]) | {"dialect"} == set(
        dialect.Delimited.__dataclass_fields__
    )
    assert set(properties["lines"]["items"]["properties"]) | {"dialect", "line"} == set(
        dialect.Pattern.__dataclass_fields__
    )


INVENTED = r"""
title = "invented"
roots = ["home"]

[[delimited]]
opener = "<<"
closer = ">>"
kind = "angle"
everywhere = false
last = "end{name}"

[[paired]]
names = ["source"]
hides = "code"

[[inlines]]
expression = '@@[a-z]+'
needs = "@@"
kind = "icon"
everywhere = false

[[lines]]
expression = '\$\$\$ (\w+)?'
needs = "$$$"
kind = "box"
everywhere = false

[[references]]
names = ["photo"]
arguments = ["file", 0]
kind = "image"
constructs = ["angle"]
"""


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "source" / "dialects"
    folder.mkdir(parents=True)
    (folder / "invented.toml").write_text(INVENTED, encoding="utf8")
    cached = (dialect.known, dialect.load, dialect.repertoire)
    with monkeypatch.context() as patched:
        patched.setattr(dialect, "package_file", tmp_path.joinpath)
        for one in cached:
            one.cache_clear()
        yield
    for one in cached:
        one.cache_clear()


def test_adding_a_dialect_is_adding_a_file(invented: None) -> None:
    jsonschema.validate(tomllib.loads(INVENTED), schema())
    text = "$$$ Boxed\nBread @@loaf <<photo a.png>> here.\n\n<<source>>\n# No heading\n<<endsource>>\n"
    document = Document("a.md", text, Conventions(dialects=frozenset({"invented"})))
    assert next(run.text.split() for run in document.prose) == ["Boxed"]
    assert [one.kind for one in document.mask.hidden] == ["box", "icon", "angle", "code"]
    assert [(one.kind, one.destination) for one in document.construct_references] == [("image", "a.png")]
    assert document.constructs[0].span.of(text) == "<<photo a.png>>"


def test_a_dialect_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        dialect.load("no-such-dialect")
