"""The published schema of the config agrees with what contentlint accepts."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from contentlint import config, registry
from contentlint.config import ConfigError
from contentlint.registry import Selection
from contentlint.resources import folder
from contentlint.rule import ENGINE

SCHEMA = json.loads((folder("schemas") / "config.schema.json").read_text(encoding="utf8"))

GOOD = [
    "",
    'fail-on = "never"',
    'fail_on = "info"',
    'exclude = "archive/"',
    'extensions = ["md", "mdx"]\nlanguage = "fr"\nlang = "en"\nvocabulary = ["contentlint"]',
    '[site]\ngenerator = "hugo"\nstatic = ["public"]\ntheme_prints_title = true',
    '[site]\ntheme-prints-title = false\nkeys = {image = ["cover"]}',
    '[rules]\n"*" = "off"\n"images/*" = "error"\n"metadata/title-length" = true',
    '[rules]\n"metadata/title-length" = {severity = "info", max_pixels = 500}',
    '[rules]\n"images/*" = {severity = "warning"}\n"front-matter/syntax" = {severity = "warning"}',
    '[rules]\n"front-matter/schema" = {schema = "article"}',
    '[[overrides]]\nfiles = "content/en/"\nrules = {"links/vague-text" = "off"}',
]
BAD = [
    'fail-on = "sometimes"',
    "failon = 1",
    "exclude = 3",
    "extensions = [1]",
    "language = true",
    "site = 1",
    '[site]\ngenerators = "hugo"',
    '[site]\ntheme-prints-title = "yes"',
    'rules = ["images/*"]',
    '[rules]\n"metadata/title-length" = "severe"',
    '[rules]\n"metadata/title-length" = {severity = "severe"}',
    '[rules]\n"metadata/title-length" = {max_pixel = 500}',
    '[rules]\n"metadata/title-length" = {max_pixels = "wide"}',
    '[rules]\n"metadata/title-length" = {max_pixels = -1}',
    '[rules]\n"front-matter/syntax" = {max_pixels = 500}',
    '[rules]\n"images/*" = 3',
    '[[overrides]]\nfiles = ["a"]',
    '[[overrides]]\nrules = {"images/*" = "off"}',
    '[[overrides]]\nfiles = ["a"]\nrules = {"images/*" = "offf"}',
    '[[overrides]]\nfiles = ["a"]\nrules = {}\nlanguage = "fr"',
    "overrides = 1",
]


def accepted_by_schema(text: str) -> bool:
    return bool(jsonschema.Draft202012Validator(SCHEMA).is_valid(tomllib.loads(text)))


def accepted_by_contentlint(text: str, place: Path) -> bool:
    file = place / "contentlint.toml"
    file.write_text(text, encoding="utf8")
    try:
        registry.load().verify(config.load(file), Selection())
    except ConfigError:
        return False
    return True


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("text", GOOD)
def test_what_is_right_is_accepted_by_both(text: str, tmp_path: Path) -> None:
    assert accepted_by_contentlint(text, tmp_path)
    assert accepted_by_schema(text)


@pytest.mark.parametrize("text", BAD)
def test_what_is_wrong_is_refused_by_both(text: str, tmp_path: Path) -> None:
    assert not accepted_by_contentlint(text, tmp_path)
    assert not accepted_by_schema(text)


def test_every_rule_and_option_is_in_the_schema() -> None:
    described = SCHEMA["$defs"]["rules"]["properties"]
    for rule in registry.load().rules.values():
        assert rule.id in described
        options = {"severity": "info", **rule.options} if rule.check != ENGINE else {"severity": "info"}
        jsonschema.Draft202012Validator(SCHEMA).validate({"rules": {rule.id: json.loads(json.dumps(options))}})
