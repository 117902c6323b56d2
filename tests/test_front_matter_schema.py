"""Front matter held to a JSON Schema: which place is reported, and as what."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from contentlint import registry, resources
from contentlint.check import Match
from contentlint.source.document import Document

READY_MADE = sorted((resources.folder("schemas") / "front-matter").glob("*.schema.json"))


def matches(schema: Any, front_matter: str) -> list[Match]:
    check = registry.load_check("schema")
    document = Document("content/a.md", front_matter)
    return list(check.run(document, registry.bind(check, {"schema": schema})))


def found(schema: Any, data: str) -> list[tuple[str, str]]:
    """The message and the text of each match, for data in YAML."""
    text = f"---\n{data}\n---\n"
    return [(match.message, match.span.of(text)) for match in sorted(matches(schema, text), key=lambda one: one.span)]


def fields(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def test_without_a_schema_nothing_is_said():
    assert found(None, "title: 3") == []


# Places


def test_a_missing_field_is_reported_at_the_fence_or_at_the_key_of_its_map():
    schema = fields(seo={"type": "object", "required": ["metaTitle"]}) | {"required": ["title"]}
    assert found(schema, "seo:\n  x: 1") == [("missing", "---"), ("missing", "seo")]
    names = {match.values["field"] for match in matches(schema, "---\nseo:\n  x: 1\n---\n")}
    assert names == {"title", "seo.metaTitle"}


def test_an_unknown_field_is_reported_at_its_key_with_the_nearest_known_one():
    schema = fields(metaTitle={}) | {"additionalProperties": False}
    text = "---\nmetatitle: x\nzzz: 1\n---\n"
    first, second = matches(schema, text)
    assert (first.message, first.span.of(text), first.values["near"]) == ("misspelt", "metatitle", "metaTitle")
    assert (second.message, second.span.of(text)) == ("unknown", "zzz")


def test_a_wrong_item_of_a_list_is_reported_at_the_item():
    schema = fields(tags={"type": "array", "items": {"type": "string"}})
    text = "---\ntags: [a, 3]\n---\n"
    (match,) = matches(schema, text)
    assert (match.span.of(text), match.values["field"]) == ("3", "tags[1]")


def test_toml_and_json_are_held_to_the_schema_too():
    schema = fields(title={"type": "string"})
    toml, as_json = "+++\ntitle = 3\n+++\n", '{"title": 3}\n'
    assert [match.span.of(toml) for match in matches(schema, toml)] == ["3"]
    assert [match.span.of(as_json) for match in matches(schema, as_json)] == ["3"]


def test_a_place_is_reported_once_with_the_first_reason():
    schema = fields(title={"minLength": 5, "pattern": "^A"})
    assert len(found(schema, "title: x")) == 1


def test_of_alternatives_the_error_inside_the_nearest_one_is_reported():
    schema = fields(
        author={"anyOf": [{"type": "string"}, {"type": "object", "properties": {"age": {"type": "integer"}}}]}
    )
    assert found(schema, "author: {age: old}") == [("type-integer", "old")]
    assert found(schema, "author: [3]") == [("alternatives", "[3]")]


def test_front_matter_that_cannot_be_read_is_not_said_to_lack_fields():
    assert matches({"required": ["title"]}, "---\na: [1\n---\n") == []


# Values as the author meant them


@pytest.mark.parametrize("day", ["2025-03-14", "2025-03-14T10:30:00Z", '"2025-03-14"'])
def test_dates_are_text_as_they_are_written(day: str):
    assert found(fields(date={"type": "string", "pattern": "^2025-03-14"}), f"date: {day}") == []


@pytest.mark.parametrize("word", ["no", "on", "Yes", "OFF", "true"])
def test_switches_without_quotes_are_booleans(word: str):
    assert found(fields(draft={"type": "boolean"}), f"draft: {word}") == []


def test_a_switch_may_be_meant_as_a_text():
    assert found(fields(country={"enum": ["NO", "FR"]}), "country: NO") == []


@pytest.mark.parametrize("word", ['"true"', "non", "1"])
def test_other_words_are_no_booleans(word: str):
    assert found(fields(draft={"type": "boolean"}), f"draft: {word}") == [("type-boolean", word)]


def test_a_grouped_number_is_a_number_and_a_quoted_one_a_text():
    assert found(fields(price={"type": "integer"}), "price: 1_000") == []
    assert found(fields(price={"type": "integer"}), 'price: "1000"') == [("type-integer", '"1000"')]


def test_numbers_that_json_has_not_do_not_stop_the_check():
    assert found(fields(x={"multipleOf": 2}), "x: .inf\ny: .nan") == []


def test_a_key_without_a_value_is_called_empty():
    assert found(fields(tags={"type": "array"}), "tags:") == [("unfilled", "tags")]


# Formats


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("date", "2025-02-28", "2025-02-30"),
        ("date-time", "2025-02-28T10:30:00+01:00", "2025-02-28T25:30:00Z"),
        ("date-time", "2025-02-28 10:30:00 +0100", "2025-02-28"),
        ("time", "'10:30:00Z'", "'25:30'"),
        ("email", "ada@example.org", "ada@example"),
        ("uri", "https://example.org/a?b#c", "/a/b"),
        ("uri-reference", "/a/b", "a b"),
    ],
)
def test_formats_are_checked(name: str, good: str, bad: str):
    assert found(fields(x={"format": name}), f"x: {good}") == []
    assert [text for _, text in found(fields(x={"format": name}), f"x: {bad}")] == [bad]


# Messages


def test_long_values_and_long_lists_of_choices_are_cut_in_the_message():
    schema = fields(kind={"enum": [f"choice {number}" for number in range(100)]})
    (match,) = matches(schema, f"---\nkind: {'x' * 500}\n---\n")
    assert len(match.values["value"]) == 60
    assert len(match.values["allowed"]) == 9


def test_a_list_is_never_printed_in_a_message():
    (match,) = matches(fields(title={"type": "string"}), f"---\ntitle: [{'secret, ' * 50}x]\n---\n")
    assert match.values["value"] == "[…]"


# The schema itself


def test_what_is_no_schema_is_an_error_of_the_config():
    with pytest.raises(registry.OptionError, match="no JSON Schema"):
        matches({"type": "strin"}, "---\na: 1\n---\n")


@pytest.mark.parametrize("reference", ["https://example.org/a.json", "file:///etc/hostname", "#/$defs/none"])
def test_references_out_of_the_schema_are_reported_and_never_fetched(reference: str):
    (match,) = matches({"$ref": reference}, "---\na: 1\n---\n")
    assert (match.message, match.values["reference"]) == ("reference", reference)


def test_a_schema_that_refers_to_itself_without_end_is_reported():
    assert [match.message for match in matches({"$ref": "#"}, "---\na: 1\n---\n")] == ["reference"]


def test_a_long_list_is_searched_for_duplicates_in_linear_time():
    items = ", ".join(f"{{a: {number}}}" for number in range(3_000))
    schema = fields(x={"uniqueItems": True})
    assert found(schema, f"x: [{items}, {{a: 7}}]") == [("duplicate", "{a: 7}")]


@pytest.mark.parametrize("file", READY_MADE, ids=lambda file: file.name)
def test_ready_made_schemas_are_valid_and_say_what_each_field_is(file: Any):
    schema = json.loads(file.read_text(encoding="utf8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert all(value.get("description") for value in schema["properties"].values())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("article", "title: a\ndescription: b\ndate: 2025-03-14\ntags: [x]\ndraft: no\nother: 1"),
        ("hugo", "title: a\ndate: 2025-03-14T10:30:00+01:00\nweight: 3\nmenus: main\nbuild: {render: never}"),
        ("jekyll", "layout: null\ndate: 2025-03-14 10:30:00 +0100\ntags: bread ovens\ncategories: [a]"),
        ("astro-blog", "title: a\ndescription: b\npubDate: Jul 08 2022\nheroImage: ../a.jpg"),
        (
            "docusaurus-blog",
            "title: a\nauthors: [ada, {name: Ada}]\ntags: [x, {label: y, permalink: /y}]\nunlisted: true",
        ),
    ],
)
def test_ready_made_schemas_accept_what_their_generator_documents(name: str, data: str):
    assert found(registry.resolved({"schema": name}, resources.folder("rules"))["schema"], data) == []
