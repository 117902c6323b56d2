"""Shortcodes, tags and outputs: their names, their arguments, and where these lead."""

from __future__ import annotations

import pytest

from contentlint.source.constructs import Construct
from contentlint.source.document import Conventions, Document
from contentlint.source.nodes import Image, Link


def page(text: str, *dialects: str, path: str = "page.md") -> Document:
    return Document(path, text, Conventions(dialects=frozenset(dialects)))


def only(text: str, *dialects: str) -> Construct:
    (construct,) = page(text, *dialects).constructs
    return construct


def arguments(text: str, *dialects: str) -> list[tuple[str | None, str]]:
    return [(argument.name, argument.value) for argument in only(text, *dialects).arguments]


def leads(text: str, *dialects: str) -> list[tuple[str, str]]:
    return [(one.kind, one.destination) for one in page(text, *dialects).construct_references]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ('{{< figure src="x.png" alt="Un « pain »" >}}', "figure", [("src", "x.png"), ("alt", "Un « pain »")]),
        ('{{<figure src="a \\"b\\".png">}}', "figure", [("src", 'a "b".png')]),
        ("{{% img `C:\\bread\\n.png` %}}", "img", [(None, "C:\\bread\\n.png")]),
        ("{{< img src=a.png width=300 >}}", "img", [("src", "a.png"), ("width", "300")]),
        ("{{< video https://example.org/v?a=b&c=d >}}", "video", [(None, "https://example.org/v?a=b&c=d")]),
        ('{{< tag/box.html\n  title="Two\nlines"\n>}}', "tag/box.html", [("title", "Two\nlines")]),
        ('{{< figure src="x.png" />}}', "figure", [("src", "x.png")]),
        ("{{< meta title >}}", "meta", [(None, "title")]),
    ],
)
def test_a_shortcode(text: str, name: str, expected: list[tuple[str | None, str]]) -> None:
    assert (only(text, "shortcodes").kind, only(text, "shortcodes").name) == ("shortcode", name)
    assert arguments(text, "shortcodes") == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            "{% include figure.html src=\"/a.png\" alt='x y' %}",
            "include",
            [(None, "figure.html"), ("src", "/a.png"), ("alt", "x y")],
        ),
        ("{%- link _posts/2020-01-01-a.md -%}", "link", [(None, "_posts/2020-01-01-a.md")]),
        ('{% image "./a.png", "A loaf", [300, 600] %}', "image", [(None, "./a.png"), (None, "A loaf")]),
        ('{% render "card", src: "a.png", wide: true %}', "render", [(None, "card"), ("src", "a.png")]),
        ('{{ figure(src="x.png", alt="A") }}', "figure", [("src", "x.png"), ("alt", "A")]),
        ("{{ page.title | upcase }}", "page.title", []),
    ],
)
def test_a_tag_or_a_call(text: str, name: str, expected: list[tuple[str | None, str]]) -> None:
    assert only(text, "liquid").name == name
    assert arguments(text, "liquid")[: len(expected)] == expected


def test_an_output_knows_its_text_and_its_filters() -> None:
    output = only('{{ "/x.png" | prepend: site.baseurl | escape }}', "liquid")
    assert (output.name, output.filters) == ("", ("prepend", "escape"))
    assert [(argument.value, argument.quoted) for argument in output.arguments] == [("/x.png", True)]


def test_every_value_stands_where_its_span_says() -> None:
    text = 'Fin.\n\n{{< figure\n  src=`é.png`\n  link=/a/ >}} et {{% ref "b.md" %}}\n'
    document = page(text, "shortcodes")
    values = [(one.value, one.span.of(text)) for construct in document.constructs for one in construct.arguments]
    assert values == [("é.png", "é.png"), ("/a/", "/a/"), ("b.md", "b.md")]
    assert document.constructs[1].span.of(text) == '{{% ref "b.md" %}}'


def test_last_tags_are_told_from_first_ones() -> None:
    text = "{{< box >}}a{{< /box >}} {% note %}b{% endnote %}"
    assert [(one.name, one.closing) for one in page(text).constructs] == [
        *[("box", False), ("box", True)],
        *[("note", False), ("endnote", True)],
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{{</* figure src="x.png" */>}}',
        '{{{< figure src="x.png" >}}}',
        '{% comment %}{% link a.md %}{{< figure src="x.png" >}}{% endcomment %}',
        "{# {% link a.md %} #}",
        "`{% link a.md %}`",
    ],
)
def test_what_is_shown_or_left_out_is_not_run(text: str) -> None:
    dialects = ("shortcodes",) if text.startswith("`") else ("liquid", "shortcodes")
    assert leads(text, *dialects) == []


def test_a_tag_that_is_left_as_it_is_leads_nowhere() -> None:
    assert leads("{% raw %}{% link a.md %}{% endraw %}{% link b.md %}", "liquid") == [("source-page", "b.md")]


@pytest.mark.parametrize(
    ("text", "dialects", "expected"),
    [
        ('{{< figure src="x.png" link="/a/" >}}', ["shortcodes"], [("image", "x.png"), ("link", "/a/")]),
        ('{{< ref "a.md#b" >}}', ["shortcodes"], [("page", "a.md#b")]),
        ('{{% relref path="a.md" lang="fr" %}}', ["shortcodes"], [("page", "a.md")]),
        ("{{< video a.mp4 >}}", ["shortcodes"], [("file", "a.mp4")]),
        ("{{< include _part.qmd >}}", ["shortcodes", "quarto"], [("source-file", "_part.qmd")]),
        ("{{< include _part.qmd >}}", ["shortcodes"], []),
        ("{% link _posts/a.md %}", ["liquid"], [("source-page", "_posts/a.md")]),
        ("{% post_url 2020-01-01-x %}", ["liquid"], [("post", "2020-01-01-x")]),
        ('{% include a.html img="/a.png" url="/b/" %}', ["liquid"], [("image", "/a.png"), ("link", "/b/")]),
        ('{% image "./a.png", "alt" %}', ["liquid"], [("image", "./a.png")]),
        ('{{ "/x.png" | relative_url }}', ["liquid"], [("address", "/x.png")]),
        ("{% asset_img big a.jpg 300 %}", ["hexo"], [("asset", "a.jpg")]),
        ("{% post_link a-b 'Title' %}", ["hexo"], [("post", "a-b")]),
        ('{{ figure(src="x.png") }}', ["zola"], [("image", "x.png")]),
    ],
)
def test_where_arguments_lead(text: str, dialects: list[str], expected: list[tuple[str, str]]) -> None:
    assert leads(text, *dialects) == expected


@pytest.mark.parametrize(
    "text",
    [
        "{% include a.html src=page.image %}",
        "{% image src, alt %}",
        "{{ page.url | relative_url }}",
        '{% include a.html src="{{ page.image }}" %}',
        '{{< figure src="" >}}',
        '{{< figure src="x.png >}}',
        "{% link {{ page.next }} %}",
    ],
)
def test_what_a_template_decides_is_no_reference(text: str) -> None:
    assert leads(text, "liquid", "shortcodes") == []


def test_constructs_in_the_destinations_of_markdown() -> None:
    text = (
        '![a]({{ site.baseurl }}/img/x.png) [b]({% link a.md %}) [c]({{< ref "x.md" >}}) '
        "![d]({{ '/y.png' | relative_url }}) [e](/{{ page.lang }}/z)\n"
    )
    document = page(text)
    links = {link.destination: link.destination_span for link in document.nodes(Link)}
    assert list(links) == ["{% link a.md %}", '{{< ref "x.md" >}}', "/{{ page.lang }}/z"]
    names = [[one.name for one in document.constructs_in(span)] for span in links.values()]
    assert names == [["link"], ["ref"], ["page.lang"]]
    assert [document.address(span) for span in links.values()] == [None, None, None]
    images = [document.address(image.destination_span) for image in document.nodes(Image)]
    assert images == ["/img/x.png", "/y.png"]


def test_an_attribute_of_a_tag_may_be_printed_by_a_template() -> None:
    document = page('<img src="{{ "/a.png" | relative_url }}">\n', "liquid")
    assert [(one.kind, one.destination) for one in document.construct_references] == [("address", "/a.png")]


@pytest.mark.parametrize(
    "text", ['{{< a "', '{{< a "b >}}', "{{< >}}", "{{}}", "{%%}", "{{ | }}", "{{ ' }}", "{%-%}", "{{-}}"]
)
def test_broken_constructs_are_read_as_far_as_they_go(text: str) -> None:
    assert all(argument.value == "" for one in page(text).constructs for argument in one.arguments)


def test_quotes_without_end_take_no_time() -> None:
    construct = only("{{< a " + '\\"' * 50_000 + " >}}", "shortcodes")
    assert construct.name == "a"
