"""What is hidden from the Markdown parser, and what is not."""

from __future__ import annotations

import pytest

from contentlint.source.mask import LETTER, Mask, mask
from contentlint.span import Span

JEKYLL = frozenset({"liquid"})
HUGO = frozenset({"shortcodes"})


def masked(text: str, dialects: frozenset[str] = frozenset(), path: str = "page.md") -> Mask:
    return mask(text, Span(0, len(text)), path, dialects)


def hidden(text: str, dialects: frozenset[str] = frozenset(), path: str = "page.md") -> list[tuple[str, str]]:
    return [(place.kind, place.span.of(text)) for place in masked(text, dialects, path).hidden]


@pytest.mark.parametrize(
    ("text", "kind", "construct"),
    [
        ("Voir {{< ref id=3 >}} ici.", "shortcode", "{{< ref id=3 >}}"),
        ("Voir {{% ref %}} ici.", "shortcode", "{{% ref %}}"),
        ("Voir {{{< ref >}}} ici.", "shortcode", "{{{< ref >}}}"),
        ("Prix : {{ prix | euros }} TTC", "liquid", "{{ prix | euros }}"),
        ("Si {% if promo %} alors", "liquid", "{% if promo %}"),
        ("Sur {{ deux\nlignes }}.", "liquid", "{{ deux\nlignes }}"),
    ],
)
def test_what_is_never_prose_is_hidden_on_any_site(text, kind, construct):
    assert hidden(text) == [(kind, construct)]


@pytest.mark.parametrize(
    "text",
    [
        "Une accolade {{ jamais fermée",
        "Ouverte ici {{ et\n\nfermée }} trop tard",
        "`{{ code }}`",
        "``{{ un ` dedans }}``",
        "```\n{{< code >}}\n```",
        "- ~~~ html\n  {{ code }}\n  ~~~",
        "{{",
        "{# un commentaire de Nunjucks #}",
        "import this, export that {a}",
    ],
)
def test_on_a_site_of_unknown_dialect_all_else_stays(text):
    assert hidden(text) == []


def test_code_spans_do_not_hide_what_stands_between_them():
    assert hidden("`a` {{ b }} `c` \\` {{ d }} `") == [("liquid", "{{ b }}"), ("liquid", "{{ d }}")]


def test_constructs_are_read_before_markdown_where_the_generator_does_so():
    text = "```\n{{ a }} {{< b >}}\n```\n"
    assert hidden(text, JEKYLL) == [("liquid", "{{ a }}")]
    assert hidden(text, HUGO) == [("shortcode", "{{< b >}}")]


def test_raw_keeps_its_content_and_comment_does_not():
    raw = "{% raw %}Texte {{ a }} et `{{ b }}`{% endraw %} {{ c }}"
    constructs = [construct for _, construct in hidden(raw, JEKYLL)]
    assert constructs == ["{% raw %}", "{{ a }}", "{% endraw %}", "{{ c }}"]
    assert hidden("a {%- comment -%} b\n\nc {%- endcomment -%} d", JEKYLL) == [
        ("comment", "{%- comment -%} b\n\nc {%- endcomment -%}")
    ]


@pytest.mark.parametrize(
    "code",
    [
        '{% highlight "bash" %}\n# Pas un titre\n\n{{ a }}\n{% endhighlight %}',
        "{%- set exemple -%}\n<h1>Non plus</h1>\n\n# Ni ici\n{%- endset -%}",
        "{% set exemple %}{% raw %}{% endset %} # cité {% endraw %}{% endset %}",
        "{{< highlight go >}}\n# a\n{{< / highlight >}}",
        "{{% highlight go %}}a{{% /highlight %}}",
        "{{<code-toggle file=hugo>}}\n# b\n{{</code-toggle>}}",
    ],
)
def test_tags_that_hold_code_are_hidden_with_it(code):
    assert hidden(f"Avant\n\n{code}\n\n# Titre\n") == [("code", code)]


@pytest.mark.parametrize(
    ("text", "constructs"),
    [
        ("{% set a = 1 %}\n# Titre\n{% set b %}x{% endset %}", ["{% set a = 1 %}", "{% set b %}x{% endset %}"]),
        ("{% set a %}\n# Titre\n", ["{% set a %}"]),
        ("{% settle a %}\n# Titre\n{% endset %}", ["{% settle a %}", "{% endset %}"]),
        ("{{< highlight a />}}\n# Titre\n{{< /highlight >}}", ["{{< highlight a />}}", "{{< /highlight >}}"]),
        (
            "{% raw %}{% set a %}{% endraw %}\n# Titre\n{% endset %}",
            ["{% raw %}", "{% set a %}", "{% endraw %}", "{% endset %}"],
        ),
        ("{% capture a %}\n# Titre\n{% endcapture %}", ["{% capture a %}", "{% endcapture %}"]),
        ("{% note %}\n# Titre\n{% endnote %}", ["{% note %}", "{% endnote %}"]),
    ],
)
def test_of_other_tags_the_content_stays(text, constructs):
    assert [construct for _, construct in hidden(text, JEKYLL)] == constructs


def test_a_construct_alone_on_its_lines_leaves_a_blank_line():
    text = "Avant\n{{< figure\n  src=a.png >}}\nAprès {{< b >}}\n"
    assert masked(text).text == "Avant\n" + " " * 10 + "\n" + " " * 15 + "\nAprès " + LETTER * 9 + "\n"


def test_output_alone_on_its_line_is_still_a_paragraph():
    assert masked("{{ contenu }}\n").text == LETTER * 13 + "\n"


def test_the_front_matter_is_blank_and_its_lines_stay():
    text = "---\r\ntitle: {{ a }}\r\n---\r\nTexte"
    found = mask(text, Span(text.index("Texte"), len(text)), "page.md", frozenset())
    assert found.text == "   \r\n              \r\n   \r\nTexte"
    assert [place.kind for place in found.hidden] == ["front-matter"]


def test_the_id_of_a_heading_is_no_comment():
    assert hidden("## Titre {#titre}\n\nTexte #}", JEKYLL) == [("attributes", "{#titre}")]
    assert hidden("a {# note #} b", JEKYLL) == [("comment", "{# note #}")]
    assert hidden("## Titre {#titre}\n", path="page.mdx") == []


MDX = """import { A } from './a'
import {
  B,

  C,
} from "./b"
export const meta = { title: 'Été' }

# Titre {props.nom}

<Carte title="Un > deux" taille={3}>

import de marchandises : \\{ceci\\} et \\<cela>, `{code}` et a < b.

{/* une
note */}

</Carte>

Texte <b>gras</b> {liste.map((x) => { return "}" })} fin.
"""


def test_mdx_hides_modules_expressions_comments_and_tags():
    found = hidden(MDX, path="page.mdx")
    assert [kind for kind, _ in found] == [
        *("mdx-esm", "mdx-expression", "mdx-tag", "comment", "mdx-tag"),
        *("mdx-tag", "mdx-tag", "mdx-expression"),
    ]
    assert found[0][1] == MDX[: MDX.index("\n\n# Titre")]
    assert found[2][1] == '<Carte title="Un > deux" taille={3}>'
    assert found[-1][1] == '{liste.map((x) => { return "}" })}'


def test_mdx_is_known_by_the_name_or_the_dialect_of_the_page():
    assert masked("{a}", path="page.MDX").dialects == {"mdx"}
    assert hidden("{a}", frozenset({"mdx"})) == [("mdx-expression", "{a}")]
    assert hidden("{a}") == []


def test_an_expression_that_is_not_closed_stays():
    assert hidden("a { b\n\n{c} d", path="page.mdx") == [("mdx-expression", "{c}")]


def test_a_lone_carriage_return_ends_a_line():
    assert masked("a\r{% b %}\rc {{ d\r\re }}").text == "a\r       \rc {{ d\r\re }}"
