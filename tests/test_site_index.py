from __future__ import annotations

import datetime
import json
import pickle
from dataclasses import asdict

import pytest

from contentlint.site import profile
from contentlint.site.index import PageFacts, SiteIndex, page_facts
from contentlint.site.metadata import view
from contentlint.site.tree import SiteTree
from contentlint.source import front_matter
from contentlint.source.document import Document

KEYS = profile.load("plain").keys


def page(text: str, path: str = "content/blog/a.md") -> PageFacts:
    return page_facts(Document(path, text, profile.load("plain").conventions(path)), {})


def site(*pages: PageFacts) -> SiteIndex:
    by_path = {one.path: one for one in pages}
    return SiteIndex(by_path, SiteTree.of(by_path), profile.load("plain"), datetime.date(2025, 6, 1))


def test_the_facts_of_a_page_are_plain_data() -> None:
    facts = page(
        "---\ntitle: ' The bread '\nseo: {metaTitle: Bread}\ndescription: Why it rises.\ndate: 2025-03-04T10:00:00Z\n"
        "lang: en\n---\n\nIt rises slowly.\n"
    )
    assert (facts.title, facts.description, facts.date) == ("The bread", "Why it rises.", "2025-03-04")
    assert (facts.language, facts.draft, facts.words, facts.section) == ("en", False, 3, "content/blog")
    assert pickle.loads(pickle.dumps(facts)) == facts
    assert json.loads(json.dumps(asdict(facts)))["title"] == "The bread"


def test_positions_are_told_without_the_text() -> None:
    text = "a\r\nbé\rc\n"
    facts = page(text)
    document = Document("a.md", text)
    offsets = range(len(text) + 2)
    assert [facts.position(offset) for offset in offsets] == [document.lines.position(offset) for offset in offsets]


@pytest.mark.parametrize("text", ["", "---\n", "---\ntitle: [\n---\nx", "---\ntitle:\n---\n", "---\n- a\n---\n"])
def test_a_page_without_data_has_facts_all_the_same(text: str) -> None:
    facts = page(text)
    assert (facts.title, facts.date, facts.draft) == (None, None, False)


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        ("draft: true", True),
        ("draft: 'yes'", True),
        ("draft: false", False),
        ("published: false", True),
        ("published: 2025-01-01", False),
        ("status: Draft", True),
        ("status: published", False),
    ],
)
def test_drafts(text: str, draft: bool) -> None:
    assert page(f"---\n{text}\n---\n").draft is draft


def test_a_concept_is_found_under_any_of_its_keys_in_any_case() -> None:
    metadata = view(front_matter.read("---\nTitle: A\nSEO:\n  MetaTitle: B\nmetaTitle: C\nimage:\n---\n"), KEYS)
    assert metadata.text("title") == "A"
    assert [entry.value for entry in metadata.all("meta-title")] == ["B", "C"]
    image = metadata.get("image")
    assert image is not None
    assert image.value is None
    assert metadata.text("image") is None
    assert metadata.get("description") is None


def test_an_empty_key_does_not_hide_the_next_one() -> None:
    metadata = view(front_matter.read("---\ndate:\npubDate: 2025-1-5\ndescription: ' '\ndesc: x\n---\n"), KEYS)
    assert metadata.day() == datetime.date(2025, 1, 5)
    assert metadata.text("description") == "x"
    assert view(front_matter.read("---\ndate: 2025-02-30\n---\n"), KEYS).day() is None


def test_an_editor_replaces_one_page_at_a_time() -> None:
    before = site(PageFacts("blog/a.md", title="old"), PageFacts("blog/b.md"))
    after = before.replace(PageFacts("blog/a.md", title="new"))
    assert after.pages["blog/a.md"].title == "new"
    assert before.pages["blog/a.md"].title == "old"
    assert after.pages["blog/b.md"] is before.pages["blog/b.md"]
    assert before.section("blog/a.md") == "blog"
