"""Every rule page is complete: a new page needs no test of its own, and an incomplete one does not pass here."""

from __future__ import annotations

import json
import re
from functools import cache

import frontmatter
import jsonschema
import pytest

from contentlint import locale as locales
from contentlint import registry, resources, testing
from contentlint.diagnostic import Diagnostic
from contentlint.rule import ENGINE, Rule, Wording
from contentlint.source.document import Document
from contentlint.source.nodes import Heading, Paragraph
from contentlint.testing import Example

LANGUAGES = ("en", "fr")
RULES = registry.load().rules
EXAMPLES = [example for rule in RULES.values() for example in testing.examples(rule)]

WITHOUT_BAD_EXAMPLE = {
    "file/too-large": "an example would have more than five million characters",
    "front-matter/too-large": "an example would have more than two hundred thousand characters",
    "file/not-a-file": "an example is a file",
    "file/unreadable": "an example is a file that its owner may read",
}
"""Rules that no bad example can show, and why. What they report is tested in test_bad_input.py."""

UNSHOWN_MESSAGES: dict[str, str] = {}
"""Messages (``pack/rule:message``) that no example can make appear, and why."""

each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


@cache
def findings(number: int, language: str) -> list[Diagnostic]:
    return testing.findings(EXAMPLES[number], language)


def findings_of(rule: Rule, language: str) -> list[Diagnostic]:
    numbers = [number for number, example in enumerate(EXAMPLES) if example.rule.id == rule.id]
    return [one for number in numbers for one in findings(number, language)]


def wordings(rule: Rule) -> dict[str, Wording]:
    messages = {f"messages.{name}": wording for name, wording in rule.messages.items()}
    return {"summary": rule.summary, "advice": rule.advice, "fold": rule.fold, **messages}


def values(template: str) -> set[str]:
    """The values that a template asks for."""
    return set(re.findall(r"(?<!\{)\{(\w+)(?::[^{}]*)?\}", template))


def shown_values(template: str) -> set[str]:
    """Those that it shows. One that only chooses between singular and plural need not be in every language."""
    return set(re.findall(r"(?<!\{)\{(\w+)(?::[^|{}]*)?\}", template))


@each_rule
def test_page_is_valid_against_its_schema(rule: Rule) -> None:
    schema = json.loads((resources.folder("schemas") / "rule.schema.json").read_text(encoding="utf8"))
    jsonschema.validate(frontmatter.load(str(rule.path)).metadata, schema, cls=jsonschema.Draft202012Validator)


@each_rule
def test_page_is_worded_in_every_language(rule: Rule) -> None:
    assert "fold" in frontmatter.load(str(rule.path)).metadata
    for name, wording in wordings(rule).items():
        assert set(wording) >= set(LANGUAGES), f"{name} is not in all languages"
        first, *others = (shown_values(wording[language]) for language in LANGUAGES)
        assert all(other == first for other in others), f"{name} says less in one language"


@each_rule
def test_page_has_a_title_and_a_reason_before_its_examples(rule: Rule) -> None:
    document = Document(rule.path.name, rule.body)
    blocks = document.root.children
    assert isinstance(blocks[0], Heading)
    assert blocks[0].level == 1
    assert isinstance(blocks[1], Paragraph)


@each_rule
def test_page_has_a_bad_and_a_good_example(rule: Rule) -> None:
    roles = {example.role for example in EXAMPLES if example.rule.id == rule.id}
    if rule.id in WITHOUT_BAD_EXAMPLE:
        assert "bad" not in roles, "the exception is not needed any more"
    else:
        assert roles >= {"bad", "good"}


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example(example: Example) -> None:
    assert testing.run(example) == []


@each_rule
def test_options_are_those_of_the_check(rule: Rule) -> None:
    if rule.check == ENGINE:
        assert not rule.options
        return
    registry.bind(registry.load_check(rule.check), registry.resolved(rule.options, rule.path.parent))


def test_every_check_has_a_rule() -> None:
    used = {rule.check for rule in RULES.values()}
    assert set(registry.checks()) | {ENGINE} == used


@each_rule
def test_examples_show_every_message(rule: Rule) -> None:
    locale = locales.load("en")
    found = findings_of(rule, "en")
    said = {one.message for one in found} | {place.message for one in found for place in one.related}
    silent = {
        f"{rule.id}:{name}"
        for name, wording in rule.messages.items()
        if not any(locale.format(wording["en"], one.data) in said for one in found)
    }
    if rule.id not in WITHOUT_BAD_EXAMPLE:
        assert silent == {name for name in UNSHOWN_MESSAGES if name.startswith(f"{rule.id}:")}


@each_rule
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_the_wording_is_given(rule: Rule, language: str) -> None:
    locale = locales.load(language)
    for one in findings_of(rule, language):
        words = [wording[language] for name, wording in wordings(rule).items() if name.startswith("messages.")]
        template = next(word for word in words if locale.format(word, one.data) == one.message)
        assert values(template) <= one.data.keys()
        assert values(rule.advice[language]) <= one.data.keys()
        assert values(rule.fold[language]) <= {*one.data, "count", "pages"}
