"""What the guides show is true: samples run, configurations load, the rules that they teach work."""

from __future__ import annotations

import doctest
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import contentlint.checks
from contentlint import config, registry, rule, testing
from contentlint.registry import Selection
from contentlint.source.document import Document
from contentlint.source.nodes import CodeBlock

ROOT = Path(__file__).parents[1]
GUIDES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md")] + sorted(
    path for path in (ROOT / "docs").rglob("*.md") if "rules" not in path.relative_to(ROOT / "docs").parts
)


def blocks(guide: Path, language: str) -> Iterator[CodeBlock]:
    document = Document(guide.name, guide.read_text(encoding="utf8"))
    for block in document.nodes(CodeBlock):
        if block.info == language:
            yield block


def titled(guide: Path) -> dict[str, str]:
    """The files that a guide shows, by the path in ``title=``."""
    return {
        word.removeprefix("title="): block.text
        for language in ("md", "python")
        for block in blocks(guide, language)
        for word in block.arguments.split()
        if word.startswith("title=")
    }


@pytest.mark.parametrize("guide", ["README.md", "docs/library.md"])
def test_the_samples_of_the_library_run(guide: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "C")
    failed, tried = doctest.testfile(str(ROOT / guide), module_relative=False, encoding="utf8")
    assert tried
    assert not failed


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_configurations_that_the_guides_show_can_be_used(guide: Path, tmp_path: Path) -> None:
    for block in blocks(guide, "toml"):
        file = tmp_path / "contentlint.toml"
        file.write_text(block.text, encoding="utf8")
        registry.load().verify(config.load(file), Selection())


def test_there_are_configurations_to_try() -> None:
    assert sum(1 for guide in GUIDES for _ in blocks(guide, "toml")) > 5


def test_the_rules_that_contributing_teaches_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = titled(ROOT / "CONTRIBUTING.md")
    modules = tmp_path / "checks"
    modules.mkdir()
    for path, text in files.items():
        place = modules / Path(path).name if path.endswith(".py") else tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf8")
    monkeypatch.setattr(contentlint.checks, "__path__", [*contentlint.checks.__path__, str(modules)])
    pack = rule.read_pack(tmp_path / "rules")
    assert set(pack) == {"style/left-placeholder", "style/shouted-heading"}
    for one in pack.values():
        examples = testing.examples(one)
        assert {example.role for example in examples} == {"bad", "good"}
        assert [problem for example in examples for problem in testing.run(example)] == []


def test_the_rules_that_contributing_teaches_are_valid_rule_pages() -> None:
    import jsonschema

    from contentlint.source import front_matter

    schema = json.loads((ROOT / "schemas/rule.schema.json").read_text(encoding="utf8"))
    for path, text in titled(ROOT / "CONTRIBUTING.md").items():
        if path.endswith(".md"):
            jsonschema.validate(front_matter.read(text).data, schema)


def test_links_between_the_guides_lead_somewhere() -> None:
    from contentlint.source.nodes import Link

    for guide in [*GUIDES, ROOT / "CHANGELOG.md", ROOT / "docs/rules/README.md"]:
        for link in Document(guide.name, guide.read_text(encoding="utf8")).nodes(Link):
            target = link.destination.partition("#")[0]
            if target and "://" not in target:
                assert (guide.parent / target).exists(), f"{guide.name}: {target}"


def test_the_rules_that_the_guides_name_exist() -> None:
    from contentlint.source.nodes import CodeSpan

    shipped = registry.load()
    taught = {path.removeprefix("rules/").removesuffix(".md") for path in titled(ROOT / "CONTRIBUTING.md")}
    named = {
        span.text
        for guide in GUIDES
        for span in Document(guide.name, guide.read_text(encoding="utf8")).nodes(CodeSpan)
        if span.text.partition("/")[0] in shipped.packs and "/" in span.text and "*" not in span.text
    }
    assert len(named) > 5
    assert named - set(shipped.rules) - taught == set()
