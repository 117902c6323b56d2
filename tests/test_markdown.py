"""The nodes of a page: what they are, against the CommonMark specification, and where they are."""

from __future__ import annotations

import json
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from contentlint.source import markdown, nodes
from contentlint.source.mask import mask
from contentlint.source.nodes import Node, Root
from contentlint.span import LineIndex, Span

SPECIFICATION = Path(__file__).parents[1] / "build" / "commonmark.json"
EXAMPLES = json.loads(SPECIFICATION.read_text("utf-8")) if SPECIFICATION.exists() else []

Event = tuple[str, ...]


def parse(text: str, dialects: frozenset[str] = frozenset(), path: str = "page.md") -> Root:
    return markdown.parse(text, LineIndex(text), mask(text, Span(0, len(text)), path, dialects))


def find(root: Node, kind: type[Node]) -> list:
    return [node for node in root.walk() if type(node) is kind]


def only(text: str, kind: type[Node], dialects: frozenset[str] = frozenset(), path: str = "page.md"):
    (node,) = find(parse(text, dialects, path), kind)
    return node


def assert_well_placed(root: Root, text: str) -> None:
    """Every node inside the file and its parent, in order, and every literal text what the file says."""
    for node in root.walk():
        assert 0 <= node.span.start <= node.span.end <= len(text), node
        assert node is root or node.spans, node
        for span in node.spans:
            assert node.span.contains(span), node
        for child in node.children:
            assert child.parent is node
            assert node.span.contains(child.span), (node, child)
        for first, second in zip(node.children, node.children[1:], strict=False):
            assert first.span.end <= second.span.start, (first, second)
        if isinstance(node, nodes.Text) and node.literal:
            assert node.span.of(text) == node.text


# What the nodes are: the same tree as the reference implementation renders

TAGS = {
    nodes.Quote: "blockquote",
    nodes.ListItem: "li",
    nodes.Emphasis: "em",
    nodes.Strong: "strong",
}


def rendered(node: Node, text: str) -> str:
    """The tree as HTML, in the manner of the specification."""
    content = "".join(rendered(child, text) for child in node.children)
    match node:
        case nodes.Text():
            return escape(node.text)
        case nodes.Tag():
            return "".join(span.of(text) + "\n" * (span is not node.spans[-1]) for span in node.spans)
        case nodes.HtmlBlock():
            return node.text
        case nodes.SoftBreak():
            return "\n"
        case nodes.HardBreak():
            return "<br>\n"
        case nodes.ThematicBreak():
            return "<hr>"
        case nodes.CodeSpan():
            return f"<code>{escape(node.text)}</code>"
        case nodes.CodeBlock():
            language = f' class="language-{escape(node.info)}"' if node.info else ""
            return f"<pre><code{language}>{escape(node.text)}</code></pre>"
        case nodes.Image():
            return f'<img src="{escape(node.destination)}" alt="{escape(node.alt)}"{title(node)}>'
        case nodes.Link():
            return f'<a href="{escape(node.destination)}"{title(node)}>{content}</a>'
        case nodes.Heading():
            return f"<h{node.level}>{content}</h{node.level}>"
        case nodes.List():
            name = "ol" if node.ordered else "ul"
            start = f' start="{node.first}"' if node.ordered and node.first != 1 else ""
            return f"<{name}{start}>{content}</{name}>"
        case nodes.Paragraph():
            return f"<p>{content}</p>\n"
    name = TAGS.get(type(node))
    return f"<{name}>{content}</{name}>" if name else content


def title(node: nodes.Link | nodes.Image) -> str:
    return f' title="{escape(node.title)}"' if node.title else ""


class Page(HTMLParser):
    """What a page of HTML says, in order: tags, and text with its white space folded outside code.

    Paragraphs are left out, as the reference does in tight lists.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[Event] = []
        self.text = ""
        self.code = 0
        self.feed(html)
        self.close()
        self.flush()

    def flush(self) -> None:
        text = self.text if self.code else re.sub(r"\s*\n\s*", " ", self.text).strip()
        if text:
            self.events.append(("text", text))
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p":
            self.text += "\n"
            return
        self.flush()
        self.code += tag == "code"
        values = {name: re.sub(r"[ \n]+", " ", value or "") for name, value in attrs}
        for address in ("href", "src"):
            if address in values:
                values[address] = unquote(values[address])
        self.events.append((tag, *(f"{name}={value}" for name, value in sorted(values.items()))))

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.text += "\n"
            return
        if tag in ("br", "hr", "img"):
            return
        self.flush()
        self.code -= tag == "code"
        self.events.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.flush()
        self.events.append(("!--", data))


@pytest.mark.skipif(not EXAMPLES, reason="tools/fetch_commonmark.py was not run")
def test_the_examples_of_the_specification_give_the_tree_of_the_reference():
    assert len(EXAMPLES) == 652
    for example in EXAMPLES:
        text = example["markdown"]
        root = parse(text)
        assert_well_placed(root, text)
        found, expected = Page(rendered(root, text)).events, Page(example["html"]).events
        assert found == expected, f"example {example['example']}"


# Where they are, and what the specification does not know


def test_a_node_over_several_lines_of_a_quotation_has_one_span_a_line():
    text = "> Un **mot\n> gras** et `du\n> code`.\n"
    strong, code = only(text, nodes.Strong), only(text, nodes.CodeSpan)
    assert strong.span.of(text) == "**mot\n> gras**"
    assert [span.of(text) for span in strong.spans] == ["**mot", "gras**"]
    assert [span.of(text) for span in code.spans] == ["`du", "code`"]
    paragraph = only(text, nodes.Paragraph)
    assert [span.of(text) for span in paragraph.spans] == ["Un **mot", "gras** et `du", "code`."]


@pytest.mark.parametrize(
    ("text", "destination"),
    [
        ("[a](b.png)", "b.png"),
        ('[a]( b.png "Titre" )', "b.png"),
        ("[a](<un fichier.png>)", "un fichier.png"),
        ("[a](\n  b.png\n  'T')", "b.png"),
        ("[a\\]`]`](b.png)", "b.png"),
        ("> [a\n> b](b.png)", "b.png"),
        ("<https://exemple.fr/é>", "https://exemple.fr/é"),
        ("[a][Étiquette]\n\n[étiquette]:\n  <b.png> 'T'", "b.png"),
        ("[étiquette]\n\n> [étiquette]: b.png", "b.png"),
        ("[a](file:///home/x.png)", "file:///home/x.png"),
        ("[a](javascript:alert)", "javascript:alert"),
        ("[a]()", ""),
    ],
)
def test_a_link_knows_its_destination_and_where_it_stands(text, destination):
    link = only(text, nodes.Link)
    assert (link.destination, link.destination_span.of(text)) == (destination, destination)


def test_a_destination_is_read_as_written_and_its_source_is_spanned():
    text = "![Été](a\\_b&amp;c%20d.png)"
    image = only(text, nodes.Image)
    assert image.destination == "a_b&c%20d.png"
    assert image.destination_span.of(text) == "a\\_b&amp;c%20d.png"


def test_the_label_of_a_reference_is_kept_as_written():
    text = "[a][Été 1] ![B][] [C]\n\n[été 1]: a\n[b]: b\n[c]: c"
    root = parse(text)
    assert [link.reference for link in find(root, nodes.Link)] == ["Été 1", "C"]
    assert [image.reference for image in find(root, nodes.Image)] == ["B"]


def test_of_several_definitions_the_first_counts_and_all_are_nodes():
    text = "[a]\n\n[a]: un\n[A]: deux 'T'\n"
    root = parse(text)
    first, second = find(root, nodes.Definition)
    assert find(root, nodes.Link)[0].destination_span == first.destination_span
    assert (second.label, second.destination, second.title) == ("A", "deux", "T")
    assert second.span.of(text) == "[A]: deux 'T'"


@pytest.mark.parametrize("text", ["[a]({{ site.url }}/x)", '![a]({{< ref "x y.md" >}})', "[a]: {% link a.md %}\n\n[a]"])
def test_a_destination_with_a_template_is_a_destination(text):
    kinds = (nodes.Link, nodes.Image, nodes.Definition)
    for node in (node for kind in kinds for node in find(parse(text), kind)):
        assert node.templated
        assert node.destination == node.destination_span.of(text)
        assert "{" in node.destination


def test_the_text_of_an_image_is_its_alternative_text():
    text = "![Un *chat* `noir`\n&amp; gris](chat.png)"
    image = only(text, nodes.Image)
    assert image.alt == "Un chat noir & gris"
    assert [node.span.of(text) for node in find(image, nodes.Text)] == ["Un ", "chat", " ", "&amp;", " gris"]


@pytest.mark.parametrize(
    ("text", "level", "content", "custom_id"),
    [
        ("## Titre ##", 2, "Titre", None),
        ("  # *Titre* {#ancre}", 1, "*Titre*", "ancre"),
        ("> Titre\n> suite {#a .b}\n> ===", 1, "Titre\n> suite", "a"),
        ("### {: #a}", 3, "", "a"),
        ("# # #", 1, "#", None),
        ("# Écouter sur ${PORT}", 1, "Écouter sur ${PORT}", None),
        ("# `{#a}`", 1, "`{#a}`", None),
        ("#", 1, "", None),
    ],
)
def test_a_heading_spans_its_markers_and_its_content_does_not(text, level, content, custom_id):
    heading = only(text, nodes.Heading)
    assert (heading.level, heading.content.of(text), heading.custom_id) == (level, content, custom_id)
    assert heading.span.end == len(text)


def test_the_cells_of_a_table_are_placed_even_with_escaped_bars():
    text = "> | a \\| `b\\|c` | d |\n> |---|:-:|\n> | e\n> | f | g | h |\n"
    root = parse(text)
    cells = find(root, nodes.TableCell)
    assert [cell.span.of(text) for cell in cells] == ["a \\| `b\\|c`", "d", "e", "", "f", "g"]
    assert [cell.header for cell in cells] == [True, True, False, False, False, False]
    assert [node.text for node in find(cells[0], nodes.Text)] == ["a ", "|", " "]
    assert only(text, nodes.CodeSpan).text == "b|c"
    assert_well_placed(root, text)


def test_footnotes_are_references_and_definitions():
    text = 'Un[^1], deux^[en *ligne*], `[^2]`, trois[^manque] et [^"].\n\n[^1]: Note\n\n    suite\n'
    root = parse(text)
    assert [node.label for node in find(root, nodes.FootnoteReference)] == ["1", "", "manque"]
    definition = only(text, nodes.FootnoteDefinition)
    assert (definition.label, definition.span.of(text)) == ("1", "[^1]: Note\n\n    suite")
    assert [node.span.of(text) for node in definition.children] == ["Note", "suite"]


def test_definition_lists():
    text = "> Terme un\n> : Sens *un*\n>\n> Terme deux\n>\n> : Sens deux\n> : Autre sens\n"
    root = parse(text)
    assert [node.span.of(text) for node in find(root, nodes.DefinitionTerm)] == ["Terme un", "Terme deux"]
    assert [node.span.of(text) for node in find(root, nodes.DefinitionDescription)] == [
        *(": Sens *un*", ": Sens deux", ": Autre sens"),
    ]


def test_a_code_block_tells_its_language_and_what_follows():
    text = "~~~ md bad file=a.md\n{{ x }}\n\tb\n~~~\n"
    code = only(text, nodes.CodeBlock)
    assert (code.info, code.arguments, code.text) == ("md", "bad file=a.md", "{{ x }}\n\tb\n")
    assert only(text, nodes.CodeBlock, frozenset({"liquid"})).text == code.text
    assert not only("    a\n\n    b\n", nodes.CodeBlock).fenced


def test_list_items_know_their_markers():
    text = "3) a\n4) b\n\n- [ ] c\n"
    numbered, bullets = find(parse(text), nodes.List)
    assert (numbered.ordered, numbered.first, bullets.ordered) == (True, 3, False)
    assert [item.marker for item in find(parse(text), nodes.ListItem)] == ["3)", "4)", "-"]
    assert find(bullets, nodes.Text)[0].text == "[ ] c"


def test_math_is_math_only_where_the_site_says_so_and_money_never():
    text = "De $5 à $10, soit $x^2$ ou $$\\sum_i$$.\n\n$$\na _b_ c\n$$\n"
    assert find(parse(text), nodes.Math) == []
    root = parse(text, frozenset({"math"}))
    assert [node.text for node in find(root, nodes.Math)] == ["x^2", "\\sum_i"]
    assert [node.span.of(text) for node in find(root, nodes.MathBlock)] == ["$$\na _b_ c\n$$"]


def test_constructs_are_nodes_of_their_own_in_the_text():
    text = "Dès {{ prix }} par mois, *{% if x\n %}oui*."
    first, second = find(parse(text), nodes.Construct)
    assert (first.construct, first.span.of(text)) == ("liquid", "{{ prix }}")
    assert second.span.of(text) == "{% if x\n %}"
    assert [node.text for node in find(parse(text), nodes.Text)] == ["Dès ", " par mois, ", "oui", "."]


def test_what_a_mask_hides_is_read_from_the_file_wherever_it_is_shown():
    text = (
        '``{{ a }} ` `` ![b {{ c }}](d "e {{ f }}") [g]\n\n'
        "[g]: h\n  'i {{ j }} &amp; k'\n\n~~~ l {{ m }}\n{{ n }}\n~~~\n"
    )
    for dialects in (frozenset(), frozenset({"liquid"})):
        root = parse(text, dialects)
        assert find(root, nodes.CodeSpan)[0].text == "{{ a }} ` "
        image, link, code = find(root, nodes.Image)[0], find(root, nodes.Link)[0], find(root, nodes.CodeBlock)[0]
        assert (image.alt, image.title, link.title) == ("b {{ c }}", "e {{ f }}", "i {{ j }} & k")
        assert (code.info, code.arguments, code.text) == ("l", "{{ m }}", "{{ n }}\n")


def test_a_tree_deeper_than_is_parsed_loses_no_text():
    text = "> " * 200 + "[lien](a.md)\n\nAprès\n"
    root = parse(text)
    assert root.too_deep is not None
    assert root.too_deep.contains(find(root, nodes.Link)[0].span)
    assert [node.text for node in find(root, nodes.Text)][-1] == "Après"
    assert parse("- " * 40 + "a").too_deep is None


def test_mdx_has_tags_between_blocks_and_no_indented_code():
    text = (
        'import A from "a"\n\n<Carte title="É &amp; H" large image={"/a.png"} n={1}>\n'
        "    **Texte** <img src={b} />\n</Carte>\n"
    )
    root = parse(text, path="page.mdx")
    assert_well_placed(root, text)
    assert find(root, nodes.CodeBlock) == []
    opening, image, closing = find(root, nodes.Tag)
    assert {name: attribute.value for name, attribute in opening.attributes.items()} == {
        **{"title": "É & H", "large": None, "image": "/a.png", "n": None},
    }
    assert opening.attributes["title"].span.of(text) == "É &amp; H"
    assert (image.name, image.attributes["src"].expression, image.attributes["src"].span.of(text)) == (
        "img",
        True,
        "{b}",
    )
    assert (closing.name, closing.closing) == ("Carte", True)
    assert [type(node) for node in root.children] == [nodes.Tag, nodes.Paragraph, nodes.Tag]


def test_tags_of_html_are_found_in_text_and_in_blocks_over_several_lines():
    text = (
        "Un <B class=x>mot</B>.\n\n> <figure>\n> <img\n>   src='a.png' ALT=\"L'été &amp; l'hiver\"\n>   data-x>\n"
        "> <!-- <b>rien</b> -->\n> <script>if (a<b) '<i>'</script>\n> </figure>\n"
    )
    root = parse(text)
    assert_well_placed(root, text)
    tags = find(root, nodes.Tag)
    assert [("/" * tag.closing) + tag.name for tag in tags] == [
        *("b", "/b", "figure", "img", "!--", "script", "/script", "/figure"),
    ]
    image = tags[3]
    assert {name: attribute.value for name, attribute in image.attributes.items()} == {
        **{"src": "a.png", "alt": "L'été & l'hiver", "data-x": None},
    }
    assert image.attributes["src"].span.of(text) == "a.png"
    assert [span.of(text) for span in image.spans] == [
        *("<img", "src='a.png' ALT=\"L'été &amp; l'hiver\"", "data-x>"),
    ]


def test_an_attribute_with_a_template_says_so():
    text = '<img src="{{ base }}/a.png" alt=x>\n'
    tag = only(text, nodes.Tag)
    assert (tag.attributes["src"].value, tag.attributes["src"].templated) == ("{{ base }}/a.png", True)
    assert not tag.attributes["alt"].templated


@pytest.mark.parametrize(
    "text", ["<div>\n<a <b>\n", "<div>\n<a b='\n", "<div>\n<!-- \n", "<div>\n< b>\n", "<div>\n<a b=>\n"]
)
def test_what_is_no_well_formed_tag_is_no_tag(text):
    assert [tag.name for tag in find(parse(text), nodes.Tag)] in (["div"], ["div", "b"])


def test_line_ends_of_windows_and_invalid_text_do_not_shift_anything():
    text = "\u2028Été\r\n\r\n> *a\r\n> b* \ud83d\0 [c](d)\r\n"
    root = parse(text)
    assert_well_placed(root, text)
    assert only(text, nodes.Emphasis).span.of(text) == "*a\r\n> b*"
    assert only(text, nodes.Link).destination_span.of(text) == "d"
    assert only(text, nodes.SoftBreak).span.of(text) == "\r\n"
