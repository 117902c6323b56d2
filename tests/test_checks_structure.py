"""What is said of headings, of images without a text, and of links that lead nobody anywhere."""

from __future__ import annotations

from typing import Any

import pytest

from contentlint import registry
from contentlint.check import Match
from contentlint.site import profile
from contentlint.source.document import Document


def matches(
    rule_id: str, text: str, path: str = "content/a.md", generator: str = "plain", **options: Any
) -> list[Match]:
    rule = registry.load().rules[rule_id]
    check = registry.load_check(rule.check)
    document = Document(path, text, profile.load(generator).conventions(path))
    return list(check.run(document, registry.bind(check, {**rule.options, **options})))


def found(rule_id: str, text: str, path: str = "content/a.md", generator: str = "plain", **options: Any) -> list[str]:
    """The text of each match."""
    return [match.span.of(text) for match in matches(rule_id, text, path, generator, **options)]


# Headings


def test_only_steps_down_by_more_than_one_level_are_skips():
    text = "### a\n\n# b\n\n### c\n\n## d\n\n##### e\n\n##### f\n"
    (c, e) = matches("structure/heading-level-skip", text)
    assert (c.span.of(text), c.values) == ("### c", {"level": 3, "previous": 1, "missing": 1, "levels": "2"})
    assert (e.span.of(text), e.related[0].span.of(text)) == ("##### e", "## d")


def test_headings_in_html_count_as_steps():
    assert found("structure/heading-level-skip", "# a\n\n<h2>b</h2>\n\n### c\n") == []
    assert found("structure/heading-level-skip", "# a\n\n<h3>b</h3>\n") == ["<h3>"]


def test_headings_of_a_quotation_belong_to_another_page():
    assert found("structure/heading-level-skip", "# a\n\n> #### b\n") == []
    assert found("structure/multiple-h1", "# a\n\n> # b\n") == []


def test_every_level_1_heading_after_the_first_is_one_too_many():
    text = "---\ntitle: x\n---\n\n# a\n\n## b\n\nc\n===\n\n<h1>d</h1>\n"
    assert found("structure/multiple-h1", text) == ["c\n===", "<h1>"]
    assert matches("structure/multiple-h1", text)[1].related[0].span.of(text) == "# a"


def test_a_comment_in_code_is_no_heading():
    assert found("structure/multiple-h1", "# a\n\n```sh\n# b\n```\n\n    # c\n") == []


@pytest.mark.parametrize("heading", ["##", "## ##", '## <a name="x"></a>', "## <!-- later -->", "## &nbsp;"])
def test_a_heading_that_shows_nothing_is_empty(heading: str):
    assert found("structure/empty-heading", f"{heading}\n\nText.\n") == [heading]


@pytest.mark.parametrize(
    "heading",
    ["## a", "## `a`", "## ![a](b.png)", "## ![](b.png)", "## <img src=b.png alt=a>", "## {{ page.title }}", "## 1"],
)
def test_a_heading_that_shows_something_is_not_empty(heading: str):
    assert found("structure/empty-heading", f"{heading}\n", generator="jekyll") == []


ARTICLE = "---\ndate: 2025-03-14\n---\n\n"


def test_headings_are_duplicates_below_the_same_heading_only():
    text = ARTICLE + "## a\n\n### b\n\n### *B*\n\n## c\n\n### b\n\n## a\n"
    second_b, second_a = matches("structure/duplicate-heading", text)
    assert (second_b.span.of(text), second_b.related[0].span.of(text)) == ("### *B*", "### b")
    assert second_a.span.start == text.rindex("## a")


def test_reference_pages_repeat_headings_on_purpose():
    assert found("structure/duplicate-heading", "## a\n\n## a\n") == []
    assert found("structure/duplicate-heading", "## a\n\n## a\n", articles_only=False) == ["## a"]
    assert found("structure/duplicate-heading", "## a\n\n## a\n", path="_posts/2025-03-14-a.md") == ["## a"]


def test_the_labels_of_tabs_are_no_headings():
    tabs = "::: {.panel-tabset}\n\n## R\n\nx\n\n::: {.note}\ny\n:::\n\n## Python\n\nz\n\n:::\n\n"
    assert found("structure/duplicate-heading", ARTICLE + tabs + tabs + "## a\n\n## a\n") == ["## a"]


# Bold lines


def test_bold_lines_before_text_are_headings_in_disguise():
    words = "one two three four five six seven eight nine ten eleven."
    text = f"**First**\n\nText.\n\n**Second**\n{words}\n\n**Third ?**\n\n- item\n"
    assert found("structure/emphasis-as-heading", text) == ["**First**", "**Second**", "**Third ?**"]


def test_one_bold_line_may_be_an_accent():
    assert found("structure/emphasis-as-heading", "**First**\n\nText.\n") == []
    assert found("structure/emphasis-as-heading", "**First**\n\nText.\n", min_lines=1) == ["**First**"]


@pytest.mark.parametrize(
    "block",
    [
        "**A whole sentence in bold.**\n\nText.",
        "**Advantages:**\n\n- one",
        "**“We lost money.”**\n\nText.",
        "**Required for ovens; not for flour**\n\nText.",
        "**one two three four five six seven eight nine ten eleven**\n\nText.",
        "**First** and more\n\nText.",
        "**First**\n\n## Heading",
        "**Ada Miller**\nHead baker",
        "![a](b.png)\n\n**Our ovens in winter**\n\nText.",
        "- **First**\n\n  Text.",
        "> **First**\n>\n> Text.",
    ],
)
def test_bold_text_that_is_no_heading(block: str):
    assert found("structure/emphasis-as-heading", f"{block}\n\n", min_lines=1) == []


def test_a_bold_label_that_comes_back_is_no_heading():
    text = "**Input**\n\na\n\n**Output**\n\nb\n\n**Input**\n\nc\n\n**Output**\n\nd\n"
    assert found("structure/emphasis-as-heading", text) == []


# Images


def test_images_without_a_text_are_reported_in_markdown_and_html():
    text = 'a ![](b.png) ![ ](c.png) ![][ref]\n\n<p><img src="d.png"></p>\n\n[ref]: e.png\n'
    assert found("images/missing-alt", text) == ["![](b.png)", "![ ](c.png)", "![][ref]", '<img src="d.png">']


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="a.png" alt="">',
        '<img src="a.png" alt>',
        '<img src="a.png" aria-hidden="true">',
        '<img src="a.png" role="presentation">',
        '<img src="a.png" width="1" height="1">',
        '<img src="a.png" :alt="text">',
        '<img :src="a" v-bind:alt="text">',
        "the `<img src=x>` tag",
        "An <img/> is a tag",
    ],
)
def test_images_that_need_no_text(tag: str):
    assert found("images/missing-alt", f"{tag}\n") == []


def test_in_mdx_an_image_may_get_its_attributes_from_elsewhere():
    text = "<img {...props} src='a' />\n\n<img src='a' alt={b} />\n\n<img src='c' />\n"
    assert found("images/missing-alt", text, "content/a.mdx") == ["<img src='c' />"]


def test_components_can_be_held_to_the_same():
    text = '<Image src="a.png" />\n'
    assert found("images/missing-alt", text, "content/a.mdx", tags=("img", "Image")) == ['<Image src="a.png" />']


# Links


def test_links_without_a_text():
    text = 'a [](/b) [<span></span>](/c)\n\n<p><a href="/d"> <i></i> </a></p>\n'
    assert found("links/empty-link", text) == ["[](/b)", "[<span></span>](/c)", '<a href="/d"> <i></i> </a>']


def test_links_without_a_target():
    text = "a [b]() [c](#) [d](<>)\n"
    found_matches = matches("links/empty-link", text)
    assert [(match.message, match.values["text"]) for match in found_matches] == [("no-target", name) for name in "bcd"]


@pytest.mark.parametrize(
    "link",
    [
        "[a](#b)",
        "[`a`](/b)",
        "[![a](b.png)](/c)",
        "<https://example.org>",
        '<a id="x"></a>',
        '<a href="/b" aria-label="a"></a>',
        '<a href="/b">a</a>',
        '<a href="/b"><img src="a.png" alt="a"></a>',
        '<a href="/b"><svg></svg></a>',
        '<a href="#">a</a>',
        "[{{ a }}](/b)",
        "`[](/b)`",
    ],
)
def test_links_that_are_whole(link: str):
    assert found("links/empty-link", f"{link}\n", generator="jekyll") == []


def test_an_image_without_a_text_in_a_link_is_said_once():
    text = "[![](b.png)](/c)\n"
    assert found("links/empty-link", text) == []
    assert found("images/missing-alt", text) == ["![](b.png)"]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Click here"), ("en", "read more »"), ("en", "→ here."), ("fr", "En savoir plus…"), ("fr", "ici")],
)
def test_vague_link_texts(language: str, text: str):
    assert found("links/vague-text", f"---\nlang: {language}\n---\n\nText [**{text}**](/a).\n") == [f"**{text}**"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "read more about ovens"),
        ("en", "`this`"),
        ("en", ".here"),
        ("fr", "here"),
        ("en", "{{ a }} here"),
        ("en", "Go"),
    ],
)
def test_link_texts_that_say_something(language: str, text: str):
    assert found("links/vague-text", f"---\nlang: {language}\n---\n\nText [{text}](/a).\n", generator="jekyll") == []


# Patterns of one's own


def pattern(text: str, **options: Any) -> list[str]:
    check = registry.load_check("pattern")
    document = Document("content/a.md", text, profile.load("plain").conventions("content/a.md"))
    return [match.span.of(text) for match in check.run(document, registry.bind(check, options))]


def test_words_are_found_whole_in_prose_and_not_in_code():
    text = "An **oven**, `oven`, ovens.\n\n## Oven\n\n    oven\n"
    assert pattern(text, words=["oven"]) == ["oven", "Oven"]
    assert pattern(text, words=["oven"], ignore_case=False) == ["oven"]
    assert pattern(text, words=["oven"], scope="heading") == ["Oven"]


def test_phrases_match_over_line_endings_and_with_either_apostrophe():
    assert pattern("Aujourd’hui, prix\nd’appel.\n", words=["aujourd'hui", "prix d'appel"]) == [
        "Aujourd’hui",
        "prix\nd’appel",
    ]


def test_regular_expressions_and_other_scopes():
    text = '---\ntitle: "Ovens 2024"\n---\n\n![Ovens 2024](a.png)\n'
    assert pattern(text, pattern=r"20\d\d", scope="front-matter") == ["2024"]
    assert pattern(text, pattern=r"20\d\d", scope="image-alt") == ["Ovens 2024"]


def test_a_broken_expression_is_an_error_of_the_config():
    with pytest.raises(registry.OptionError, match="pattern"):
        pattern("a\n", pattern="(")
