"""What is said of the fields of a page's front matter: length, emptiness, lists, ambiguity."""

from __future__ import annotations

from typing import Any

import pytest

from contentlint import fixer, registry
from contentlint.check import Match
from contentlint.site import profile
from contentlint.site.metadata import view
from contentlint.source.document import Document

LONG = "How a small bakery in Lyon halved its energy bill in one winter without a loan"
OTHER_LONG = "Why every small bakery should think twice before it replaces all of its ovens at once"
SHORT = "How a bakery in Lyon halved its energy bill"


def document(text: str, path: str = "content/a.md") -> Document:
    return Document(path, text, profile.load("plain").conventions(path))


def matches(rule_id: str, text: str, path: str = "content/a.md", **options: Any) -> list[Match]:
    rule = registry.load().rules[rule_id]
    check = registry.load_check(rule.check)
    return list(check.run(document(text, path), registry.bind(check, {**rule.options, **options})))


def found(rule_id: str, text: str, path: str = "content/a.md", **options: Any) -> list[tuple[str, str]]:
    """The message and the text of each match."""
    return [(match.message, match.span.of(text)) for match in matches(rule_id, text, path, **options)]


# Length


def test_a_long_title_says_its_characters_its_pixels_and_where_it_is_cut():
    (match,) = matches("metadata/title-length", f'---\ntitle: "{LONG}"\n---\n')
    assert match.message == "too-wide"
    assert match.values["characters"] == len(LONG) == 78
    assert match.values["pixels"] == 679
    assert match.values["limit"] == 600
    assert match.values["shown"] == "energy bill in one winter"


def test_wide_letters_are_judged_by_their_width_and_not_by_their_number():
    assert found("metadata/title-length", f"---\ntitle: {'W' * 40}\n---\n") == [("too-wide", "W" * 40)]
    assert found("metadata/title-length", f"---\ntitle: {'i' * 100}\n---\n") == []


def test_title_and_meta_title_are_both_reported_where_they_are_alike():
    text = f"---\ntitle: {LONG}\nseo:\n  metaTitle: {LONG}\n---\n"
    fields = {match.values["field"] for match in matches("metadata/title-length", text)}
    assert fields == {"title", "seo.metaTitle"}


def test_a_long_title_is_no_matter_where_search_engines_get_a_short_one():
    assert found("metadata/title-length", f"---\ntitle: {LONG}\nseo:\n  metaTitle: {SHORT}\n---\n") == []


def test_of_two_long_titles_the_one_that_search_engines_see_is_reported():
    text = f"---\ntitle: {LONG}\nmetaTitle: {OTHER_LONG}\n---\n"
    assert found("metadata/title-length", text) == [("too-wide", OTHER_LONG)]


def test_an_empty_meta_title_leaves_the_title_to_be_judged():
    text = f"---\ntitle: {LONG}\nseo:\n  metaTitle:\n---\n"
    assert found("metadata/title-length", text) == [("too-wide", LONG)]


def test_a_title_over_several_lines_is_measured_as_one():
    folded = f"---\ntitle: >-\n  {SHORT}\n  and nothing more\n---\n"
    (match,) = matches("metadata/title-length", folded, max_pixels=100)
    assert match.values["text"] == f"{SHORT} and nothing more"


@pytest.mark.parametrize("title", ["{{ page.name }} " + LONG, "{% t %} " + LONG])
def test_a_title_from_a_template_is_not_judged(title: str):
    assert found("metadata/title-length", f'---\ntitle: "{title}"\n---\n') == []


def test_tags_in_a_description_are_not_measured():
    text = f"---\ndescription: <b>{SHORT}</b>\n---\n"
    assert matches("metadata/description-length", text, max_pixels=1)[0].values["text"] == SHORT


def test_characters_can_be_judged_in_any_field():
    text = "---\nseo:\n  ogTitle: Our ovens\n---\n"
    options = {"fields": ("seo.ogTitle",), "max_pixels": 0}
    assert found("metadata/title-length", text, **options, max_characters=8) == [("too-long", "Our ovens")]
    assert found("metadata/title-length", text, **options, max_characters=9) == []
    assert found("metadata/title-length", text, **options, min_characters=10) == [("too-short", "Our ovens")]


def test_a_title_that_is_no_text_is_left_alone():
    assert found("metadata/title-length", "---\ntitle: [a, b]\n---\n", min_characters=10) == []


# Empty fields


def test_fields_left_empty_are_reported_at_any_depth_on_their_key():
    text = "---\ntags:\nseo:\n  keywords:\n---\n"
    assert found("metadata/empty-field", text) == [("unfilled", "tags"), ("unread", "keywords")]


@pytest.mark.parametrize("value", ['""', "'   '", "|\n"])
def test_a_blank_text_is_empty(value: str):
    assert [name for name, _ in found("metadata/empty-field", f"---\ndescription: {value}\n---\n")] == ["blank"]


def test_an_empty_list_is_a_decision_unless_the_config_says_otherwise():
    text = "---\ntags: []\ncategories: []\n---\n"
    assert found("metadata/empty-field", text) == []
    assert found("metadata/empty-field", text, empty_lists=True) == [("blank", "[]"), ("blank", "[]")]


def test_keys_that_no_reader_sees_may_be_null():
    assert found("metadata/empty-field", "---\nweight:\ndraft:\naliases:\nlink: ''\n---\n") == []


def test_zero_and_false_are_values():
    assert found("metadata/empty-field", "---\ntitle: 0\ndescription: false\n---\n") == []


# Missing fields


def test_an_article_without_any_title_is_reported_at_the_opening_fence():
    assert found("metadata/missing-field", "---\ndate: 2025-03-14\n---\nText.\n") == [("missing", "---")]


@pytest.mark.parametrize(
    "text",
    [
        "---\nlayout: stub\n---\nText.\n",
        "---\ndate: 2025-03-14\n---\n# Our ovens\n",
        "---\ndate: 2025-03-14\n---\n<h1>Our ovens</h1>\n",
        "---\ndate: 2025-03-14\ntipTitle: Our ovens\n---\nText.\n",
        "Text without front matter.\n",
    ],
)
def test_a_page_that_has_a_title_elsewhere_or_is_no_article_is_not_reported(text: str):
    assert found("metadata/missing-field", text) == []


def test_the_name_of_a_jekyll_post_is_its_title_but_not_its_description():
    text = "---\nlayout: post\n---\nText.\n"
    path = "_posts/2025-03-14-our-ovens.md"
    assert found("metadata/missing-field", text, path) == []
    assert found("metadata/missing-field", text, path, required=("title", "description")) == [("missing", "---")]


def test_any_key_can_be_required_of_any_page():
    text = "---\ntitle: Our ovens\n---\n"
    (match,) = matches("metadata/missing-field", text, required=("seo.ogTitle",), articles_only=False)
    assert match.values == {"field": "seo.ogTitle"}


# Lists


def fixed(rule_id: str, text: str) -> str:
    """The text after the fixes of all matches."""
    fixes = [match.fix for match in matches(rule_id, text) if match.fix]
    for fix in reversed(fixes):
        text = fixer.apply(text, [fix])
    return text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tags: [a, b, a]\n", "tags: [a, b]\n"),
        ("tags: [a,   b ,a ]  # c\n", "tags: [a,   b ]  # c\n"),
        ("tags:\n  - a\n  - b\n  - a\nx: 1\n", "tags:\n  - a\n  - b\nx: 1\n"),
        ("tags:\n- a\n-   'a'\n", "tags:\n- a\n"),
        ("tags:\r\n  - a\r\n  - a\r\n", "tags:\r\n  - a\r\n"),
    ],
)
def test_an_exact_duplicate_is_removed_and_nothing_else_changes(before: str, after: str):
    assert fixed("metadata/duplicate-item", f"---\n{before}---\n") == f"---\n{after}---\n"


def test_toml_and_json_lists_are_mended_too():
    assert fixed("metadata/duplicate-item", '+++\ntags = ["a", "b", "a"]\n+++\n') == '+++\ntags = ["a", "b"]\n+++\n'
    assert fixed("metadata/duplicate-item", '{"tags": ["a", "a"]}\n') == '{"tags": ["a"]}\n'


def test_a_duplicate_with_a_comment_of_its_own_is_left_to_the_author():
    (match,) = matches("metadata/duplicate-item", "---\ntags:\n  - a\n  - a # the other a\n---\n")
    assert match.message == "duplicate"
    assert match.fix is None


@pytest.mark.parametrize("items", ["Énergie, energie", "Open Source, open-source", "SEO, seo"])
def test_two_ways_to_write_a_word_are_reported_without_a_fix(items: str):
    (match,) = matches("metadata/duplicate-item", f"---\ntags: [{items}]\n---\n")
    assert (match.message, match.fix) == ("variant", None)
    assert f"{match.values['other']}, {match.values['item']}" == items


@pytest.mark.parametrize("items", ["C, C++", "/jobs, /jobs/", "2024, 2025", "énergie, énergies"])
def test_items_that_mean_different_things_are_not_variants(items: str):
    assert found("metadata/duplicate-item", f"---\ntags: [{items}]\naliases: [{items}]\n---\n") == []


def test_lists_of_data_may_repeat_themselves():
    assert found("metadata/duplicate-item", "---\nlabels: [a, b, a]\ndata: [1, 1]\n---\n") == []


def test_empty_items_are_removed_from_any_list():
    text = '---\nimages:\n  - a.png\n  -\ncards: [{tags: ["", b]}]\n---\n'
    assert [name for name, _ in found("metadata/empty-item", text)] == ["empty", "empty"]
    assert fixed("metadata/empty-item", text) == "---\nimages:\n  - a.png\ncards: [{tags: [b]}]\n---\n"


def test_the_only_item_is_not_removed_for_the_key_would_stay_empty():
    (match,) = matches("metadata/empty-item", "---\ntags:\n  -\n---\n")
    assert match.fix is None


# Values that generators read in different ways


def test_switches_that_some_read_as_text_are_reported_and_mended_where_they_are_known():
    text = "---\ndraft: no\ncountry: NO\n---\n"
    draft, country = matches("front-matter/ambiguous-value", text)
    assert (draft.message, draft.span.of(text), draft.values["read"]) == ("truth", "no", "false")
    assert draft.fix is not None
    assert fixer.apply(text, [draft.fix]) == "---\ndraft: false\ncountry: NO\n---\n"
    assert country.fix is None


def test_numbers_that_are_read_as_others_are_reported():
    text = "---\nreadTime: 12:30\ncode: 017\n---\n"
    read = [(match.message, match.values["read"]) for match in matches("front-matter/ambiguous-value", text)]
    assert read == [("base-60", 750), ("number", 15)]


@pytest.mark.parametrize("value", ["true", '"no"', "01.9", "1_000", "2025-03-14", "1.10", "nothing"])
def test_what_everybody_reads_alike_is_not_reported(value: str):
    assert found("front-matter/ambiguous-value", f"---\nx: {value}\n---\n") == []


# A second block


def test_a_pasted_block_is_reported_whole_with_what_the_first_one_lacks():
    block = '---\ntitle: Our new ovens\ntags: [bread]\nseo:\n  metaTitle: ""\n---'
    text = f"---\ntitle: Our ovens\ntags:\n---\n\n{block}\n\nText.\n"
    (match,) = matches("front-matter/second-block", text)
    assert match.span.of(text) == block
    assert match.message == "news"
    assert match.values["new"] == ["tags"]


def test_a_block_in_an_example_of_code_is_none():
    assert found("front-matter/second-block", "---\ntitle: a\n---\n\n```\n---\ntitle: b\nx: 1\n---\n```\n") == []


# Placeholders and texts that break off


def test_a_placeholder_in_another_language_than_the_page_is_one() -> None:
    text = "---\ntitle: Untitled\n---\n\nNous avons changé nos fours, et notre pain est meilleur dans la rue.\n"
    assert found("metadata/placeholder", text) == [("found", "Untitled")]


def test_a_title_about_placeholders_is_none() -> None:
    assert found("metadata/placeholder", "---\ntitle: What to do with a TODO\ntags: [todo-lists]\n---\n") == []


@pytest.mark.parametrize("end", ["and the", "with a…", "of our...", "of these,", "called “"])
def test_a_description_that_breaks_off_is_reported(end: str) -> None:
    text = f"---\nlang: en\ndescription: >-\n  We changed our ovens {end}\n---\n"
    assert [message for message, _ in found("metadata/description-cut", text)] == ["found"]


@pytest.mark.parametrize("end", ["and more…", "in a week.", "with vitamin A.", "on and on"])
def test_a_description_with_an_end_is_not_reported(end: str) -> None:
    assert found("metadata/description-cut", f"---\nlang: en\ndescription: We changed our ovens {end}\n---\n") == []


# Years in titles


@pytest.mark.parametrize(
    "lines",
    [
        "title: Trends 2025\ndate: 2025-02-01",
        "title: Trends 2025\ndate: 2024-09-01",
        "title: Trends 2025\ndate: 2024-02-01\nupdated: 2025-01-05",
        "title: Trends 2024-2026\ndate: 2024-02-01",
        "title: Our bakery in 2050\ndate: 2024-02-01",
        "title: What happened in 2023\ndate: 2024-02-01",
        "title: Open day on 12 March 2025\nlang: en\ndate: 2024-02-01",
        "title: Open day on 12/03/2025\ndate: 2024-02-01",
        "title: RustConf 2025\ndate: 2024-02-01",
        "title: Roadmap 2025\nlang: en\ndate: 2024-02-01",
        "title: Trends 2025",
    ],
)
def test_a_year_that_may_be_meant_is_not_reported(lines: str) -> None:
    assert found("metadata/title-year", f"---\n{lines}\n---\n") == []


def test_a_year_is_compared_with_the_day_in_the_name_of_a_post() -> None:
    text = "---\ntitle: Trends 2025\n---\n"
    assert found("metadata/title-year", text, "_posts/2024-02-01-trends.md") == [("found", "2025")]
    assert found("metadata/title-year", text, "_posts/2025-02-01-trends.md") == []


# The title and the heading


@pytest.mark.parametrize(
    ("heading", "reported"),
    [
        ("The ovens of our bakery", False),
        ("The Ovens of our “Bakery” 🍞!", False),
        ("The ovens of our bakerry", True),
        ("The ovens of our bakeries", True),
        ("The ovens of another bakery", False),
    ],
)
def test_a_heading_that_is_a_slip_away_from_the_title_is_reported(heading: str, reported: bool) -> None:
    text = f"---\ntitle: The ovens of our bakery\n---\n\n# {heading}\n"
    assert bool(found("metadata/title-heading-typo", text)) == reported


# Hiding a page


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("robots: noindex, nofollow", True),
        ("robots: [NOINDEX]", True),
        ("seo:\n  noindex: true", True),
        ("noindex: 'false'", False),
        ("robots: index, follow", False),
    ],
)
def test_a_page_says_in_several_ways_that_it_is_not_to_be_found(line: str, hidden: bool) -> None:
    page = document(f"---\n{line}\n---\n")
    assert view(page.front_matter, page.conventions.keys).noindex == hidden


# Plurals


@pytest.mark.parametrize(("tags", "reported"), [("[css, cs]", False), ("[oven, bread]", False), ("[box, boxs]", True)])
def test_only_the_same_word_is_a_plural(tags: str, reported: bool) -> None:
    assert bool(found("metadata/plural-tag", f"---\nlang: en\ntags: {tags}\n---\n")) == reported
