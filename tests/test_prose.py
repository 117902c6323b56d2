"""Prose runs, their map back to the file, sentences and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.source import language, prose
from contentlint.source.document import Conventions, Document
from contentlint.source.mask import LETTER
from contentlint.source.nodes import CodeBlock, Heading, Link
from contentlint.source.prose import MASKED, Run, Sentence


def runs(text: str, path: str = "page.md", *dialects: str) -> list[Run]:
    document = Document(path, text, Conventions(dialects=frozenset(dialects)))
    return prose.runs(document.root, document.mask.text)


def texts(text: str, path: str = "page.md", *dialects: str) -> list[str]:
    return [run.text for run in runs(text, path, *dialects)]


def split(text: str, code: str = "fr") -> list[str]:
    return [sentence.text for sentence in _sentences(text, code)]


def _sentences(text: str, code: str) -> list[Sentence]:
    return [sentence for run in runs(text) for sentence in prose.sentences(run, language.load(code))]


# Runs


def test_markup_is_not_read() -> None:
    page = 'Some **bold *and* ~~old~~** [link](https://example.org "a title") here.\n'
    assert texts(page) == ["Some bold and old link here."]


def test_pictures_raw_tags_and_footnote_references_are_not_read() -> None:
    page = "Bread![A loaf](a.png) is <b>good</b><!-- really -->.[^1]\n\n[^1]: So they say.\n"
    assert texts(page) == ["Bread is good.", "So they say."]


def test_inline_code_is_one_masked_word() -> None:
    (run,) = runs("Call `bake(the, bread)` now.\n")
    (sentence,) = prose.sentences(run, language.load("en"))
    assert [word.text for word in sentence.words] == ["Call", MASKED * 16, "now"]
    assert sentence.words[1].text in run.text


def test_html_code_is_masked_and_scripts_are_left_out() -> None:
    page = "Press <kbd>Ctrl C</kbd> now.\n\n<script>\nvar bread = 1;\n</script>\n"
    assert texts(page) == [f"Press {MASKED * 6} now."]


def test_a_template_is_a_masked_word() -> None:
    (run,) = runs("Welcome to {{ site.name }} again.\n", "page.md", "liquid")
    assert [len(word.text) for word in prose.words(run.text)] == [7, 2, 15, 5]
    assert "site" not in run.text


def test_a_line_ending_is_a_space_and_a_kept_one_a_newline() -> None:
    assert texts("> One\n> line.  \n> Next\\\n> last<br>one\n") == ["One line.\nNext\nlast\none"]


def test_entities_and_escapes_are_what_is_read() -> None:
    (run,) = runs("Tea &amp; \\*cake\\*\n")
    assert run.text == "Tea & *cake*"
    assert run.span(4, 5) == (4, 9)


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ("# Title\n\nText.\n", ["heading", "paragraph"]),
        ("- One\n- Two\n\n  More.\n", ["list-item", "list-item", "list-item"]),
        ("| A | B |\n|---|---|\n| c | d |\n", ["table-cell"] * 4),
        ("Term\n: Meaning.\n", ["definition-term", "definition-description"]),
        ("Text.[^a]\n\n[^a]: Note.\n", ["paragraph", "footnote-definition"]),
        ("<div>\nText.\n</div>\n", ["html-block"]),
        ("    code\n\n```\nfence\n```\n", []),
    ],
)
def test_the_kinds_of_runs(page: str, kinds: list[str]) -> None:
    assert [run.kind for run in runs(page)] == kinds


def test_a_run_knows_the_quotation_that_it_stands_in() -> None:
    quoted, plain = runs("> - Said.\n\nWritten.\n")
    assert quoted.kind == "list-item"
    assert quoted.inside("quote")
    assert not plain.inside("quote")


def test_text_in_raw_html_is_cut_at_its_blocks() -> None:
    page = "<div>\n<p>First <b>bold</b>\nline &amp; more.</p>\n<ul><li>Item</li></ul>\n</div>\n"
    found = runs(page)
    assert [run.text.strip() for run in found] == ["First bold line & more.", "Item"]
    start = found[0].text.index("bold")
    assert found[0].span(start, start + 4).of(page) == "bold"


# Places


def test_a_span_reaches_over_the_markup_inside_it_and_not_beyond() -> None:
    page = "A **bold [link](https://example.org)** word.\n"
    (run,) = runs(page)
    start = run.text.index("bold")
    assert run.span(start, start + len("bold link")).of(page) == "bold [link"
    assert run.span(0, start + 4).of(page) == "A **bold"


def test_the_outer_span_takes_the_markup_of_the_range() -> None:
    page = "A **bold [link](https://example.org)** word.\n"
    (run,) = runs(page)
    start = run.text.index("bold")
    assert run.outer_span(start, start + len("bold link")).of(page) == "**bold [link](https://example.org)**"
    assert run.outer_span(start, start + 4).of(page) == "bold"


def test_a_sentence_has_its_markup_and_its_footnote() -> None:
    page = "First. **Second** is [here](x).[^1] Third.\n\n[^1]: Note.\n"
    spans = [sentence.span.of(page) for sentence in _sentences(page, "en")]
    assert spans == ["First.", "**Second** is [here](x).[^1]", "Third.", "Note."]


def test_places_are_exact_in_containers() -> None:
    page = "> - A first line\n>   and a *second* one.\n"
    (run,) = runs(page)
    for word in prose.words(run.text):
        assert run.span(word.start, word.end).of(page) == word.text


@given(st.text(alphabet="ab .!?…*_`[]()<>&;\n#>-|\"'«» 1:\\", max_size=60))
def test_every_word_stands_where_its_span_says(page: str) -> None:
    for run in runs(page):
        for sentence in prose.sentences(run, language.load("en")):
            assert sentence.text == sentence.text.strip() != ""
            assert sentence.span.start < sentence.span.end <= len(page)
        for word in prose.words(run.text):
            if word.text.isalpha() and MASKED not in word.text:
                place = run.span(word.start, word.end).of(page)
                assert place[0] == word.text[0]
                assert place[-1] == word.text[-1]


# Sentences


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fr", "M. Dupont a rencontré Mme Martin à 9 h."),
        ("fr", "Le Dr. J.-P. Durand et A. Martin ont signé."),
        ("fr", "Voir p. 12, fig. 3 et art. 4 du code, cf. Annexe."),
        ("fr", "Des pommes, des poires, etc. sont livrées par Bio S.A. chaque mardi."),
        ("fr", "Le service répond 24/7, soit 3,5 fois plus que 1.5 l'an passé."),
        ("fr", "Écrivez à jean.dupont@example.org ou sur https://example.org/a.b?c=d avant midi."),
        ("fr", "« Pourquoi ? » demanda-t-elle."),
        ("fr", "Il hésita… puis partit."),
        ("fr", "Node.js et Vue.js tournent sur le serveur."),
        ("fr", "1. Ouvrir le fichier"),
        ("fr", "Le taux (env. 40 %) monte."),
        ("en", "Mr. Smith met Dr. J. R. Jones at 5 p.m. on Monday."),
        ("en", "See No. 5, Fig. 3 and pp. 12, e.g. The Guardian, i.e. Nobody."),
        ("en", "The U.S. Senate sat from Sept. 12 on."),
        ("en", "“Why?” she asked."),
        ("en", "Run `npm. Install` first, v1.2.3 or later."),
        ("en", "Wait... what is that?"),
        ("en", "a. Open the file"),
    ],
)
def test_one_sentence(code: str, text: str) -> None:
    assert len(split(text, code)) == 1


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        ("fr", ["Il pleut.", "Il vente !", "Qui sort ?", "Personne…", "Alors on lit."]),
        ("fr", ["Elle dit : « Le pain lève. »", "Puis elle sort."]),
        ("fr", ["Le prix est de 2 000 €.", "Il baisse en 2024.", "40 % de moins."]),
        ("fr", ["On vend des pommes, etc.", "Les clients viennent."]),
        ("fr", ["Choisissez le plan B.", "Il coûte moins."]),
        ("en", ["It rains.", "“Nobody goes out.”", "(They read.)", "Good!"]),
        ("en", ["It was 1999.", "The year ended.", "40% left."]),
        ("en", ["Use Node.js.", "iPhone users may wait."]),
        ("en", ["Did he?", "No.", "He left."]),
        ("en", ["Made by Acme Inc.", "The rest is history."]),
        ("ja", ["これは本です。", "それも本です。"]),
    ],
)
def test_several_sentences(code: str, sentences: list[str]) -> None:
    joined = ("" if code == "ja" else " ").join(sentences)
    assert split(joined, code) == sentences


def test_a_heading_and_an_item_are_sentences_without_a_full_stop() -> None:
    assert split("## Le pain\n\n- La farine\n- L'eau\n\nTexte\n") == ["Le pain", "La farine", "L'eau", "Texte"]


def test_signs_alone_belong_to_the_sentence_before() -> None:
    assert split("Le pain lève. 😀\n") == ["Le pain lève. 😀"]
    assert split("…\n") == []


def test_a_kept_line_ending_ends_a_sentence_unless_a_small_letter_follows() -> None:
    assert split("Prix : 30 €  \nDurée : un jour  \net demi\n") == ["Prix : 30 €", "Durée : un jour\net demi"]


def test_white_space_of_all_kinds_stands_around_no_sentence() -> None:
    assert split("« Le pain lève ! »\u00a0\u202f Puis il cuit.\n") == ["« Le pain lève ! »", "Puis il cuit."]


# Words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’eau, c'est-à-dire aujourd'hui.", ["L’eau", "c'est-à-dire", "aujourd'hui"]),
        ("24/7, 3,5 % et 2\u202f000 €", ["24/7", "3,5", "et", "2\u202f000"]),
        ("Node.js v1.2.3 (a/b)", ["Node.js", "v1.2.3", "a", "b"]),
        ("https://example.org/a?b=c, jean@example.org.", ["https://example.org/a?b=c", "jean@example.org"]),
        ("abonné·e·s", ["abonné·e·s"]),
        ("les européens¹ et m²", ["les", "européens", "et", "m"]),
        ("e\u0301te\u0301", ["e\u0301te\u0301"]),
        ("本を読む", ["本", "を", "読", "む"]),
        ("… — « »", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [word.text for word in prose.words(text)] == words
    assert all(text[word.start : word.end] == word.text for word in prose.words(text))


@pytest.mark.parametrize(
    "piece", ["a.", ". ", "! ", "<br>", "*a*", "a@", '."', "… ", "- \n", "J. ", "&amp;", "http://"]
)
def test_hostile_repetition_is_read_to_the_end(piece: str) -> None:
    page = "Word " + piece * 20_000
    found = runs(page)
    sentences = [sentence for run in found for sentence in prose.sentences(run, language.load("en"))]
    assert sentences[0].start == 0
    assert all(sentence.span.end <= len(page) for sentence in sentences)
    assert all(run.text[word.start : word.end] == word.text for run in found for word in prose.words(run.text))


# Dialects: the marks are no prose, the titles and bodies are


@pytest.mark.parametrize(
    ("page", "read"),
    [
        (":::tip Keep it warm\nThe dough.\n:::\nAfter.\n", ["Keep it warm", "The dough.", "After."]),
        (":::tip[Keep **it** [warm](a.md)]{.wide}\n\nThe dough.\n\n:::\n", ["Keep it warm", "The dough."]),
        ("::: details For bakers {open}\nThe dough.\n:::\n", ["For bakers", "The dough."]),
        ("::::: code-group labels=[npm, pnpm]\n::: warning\nHot.\n:::\n:::::\n", ["Hot."]),
        ("::: {.callout-note title='Hot'}\n\n## Warm\n\nThe dough.\n:::\n", ["Warm", "The dough."]),
        ("- Item\n\n  :::note\n  The dough.\n  :::\n", ["Item", "The dough."]),
        ("Before\n:::note\nThe dough.\n", ["Before", "The dough."]),
        ("> [!NOTE]\n> The dough.\n", ["The dough."]),
        ("> [!tip]- For *bakers*\n> The dough.\n", ["For bakers", "The dough."]),
        ("Bread{.big} and ![x](a.png){width=50%} [link](b){: .btn target='_blank'} rise.\n", ["Bread and  link rise."]),
        ("The dough.\n{: .lead #dough}\n\nIt rises.\n", ["The dough.", "It rises."]),
        ("The dough.\n{class='!big'}\n\nIt rises.\n", ["The dough.", "It rises."]),
        ("* Contents\n{:toc}\n\n[[toc]]\n\n[TOC]\n\nText.\n", ["Text."]),
        ("A {::comment}hidden [link](a){:/comment}text.\n", ["A text."]),
        ('--8<-- "a.md"\n\n<<< @/a.js{1,3}\n\nText {!a.md!}.\n', ["Text ."]),
        ("*[HTML]: the language\n\nHTML is read.\n", ["HTML is read."]),
        ("Good :smile: bread :+1: at 10:30:45, a::b::c |:-:|.\n", ["Good  bread  at 10:30:45, a::b::c |:-:|."]),
        ("<p>Good :smile: bread</p>\n", ["Good bread"]),
        ("```\n:::tip Code\n{: .x}\n```\n\n`{.x}` `:a:`\n", [f"{MASKED * 4} {MASKED * 3}"]),
        ("The set {1, 2} and {a} of (x){y} are {here}.\n", ["The set {1, 2} and {a} of (x){y} are {here}."]),
        ("Il dit : oui, non : peut-être !!! Quoi ???\n", ["Il dit : oui, non : peut-être !!! Quoi ???"]),
    ],
)
def test_marks_that_are_never_prose(page: str, read: list[str]) -> None:
    assert texts(page) == read
    crlf = [text.strip() for text in texts(page.replace("\n", "\r\n"))]
    assert crlf == [text.strip() for text in read]


MKDOCS = """Before
!!! note "Keep *it* warm"
    The dough
    rests.

        indented code

    - One [link](a.md)

    ??? tip

        Even longer.

After.

=== "Wheat"

    White bread.

=== "Rye"

    ```
    code
    ```

    Dark bread.
"""


def test_boxes_of_mkdocs_hold_markdown() -> None:
    found = runs(MKDOCS, "page.md", "admonitions")
    assert [run.text for run in found] == [
        *("Before", "Keep it warm", "The dough rests.", "One link", "Even longer.", "After."),
        *("Wheat", "White bread.", "Rye", "Dark bread."),
    ]
    assert [run.inside("box") for run in found] == [False, True, True, True, True, False, True, True, True, True]
    for run in found:
        for word in prose.words(run.text):
            assert run.span(word.start, word.end).of(MKDOCS) == word.text
    document = Document("page.md", MKDOCS, Conventions(dialects=frozenset({"admonitions"})))
    (link,) = document.nodes(Link)
    assert link.span.of(MKDOCS) == "[link](a.md)"
    assert [block.text for block in document.nodes(CodeBlock)] == ["indented code\n", "code\n"]


def test_boxes_are_of_mkdocs_alone() -> None:
    assert texts('!!! note "Hot"\n\n    code\n') == ['!!! note "Hot"']


NUXT = """::card{title="x" .wide}
---
icon: oven
# comment: a: b
---
#title
Warm :b[bread]{.big} :icon{name="x"}

#default
Text.

    ::inner
    Deep.
    ::
::
"""


@pytest.mark.parametrize(
    ("dialect", "page", "read"),
    [
        ("mdc", NUXT, ["Warm bread ", "Text.", "Deep."]),
        (
            "pandoc",
            "As [see @key, p. 3; -@b] and @fig-x, mail a@b.org.\n",
            [f"As {'x' * 21} and {'x' * 6}, mail a@b.org."],
        ),
        ("pandoc", "<div>\n*Warm* [bread](a.md)\n\n<pre>\nno\n</pre>\n</div>\n", ["Warm bread"]),
        ("pandoc", "A [link @home](a.md) here.\n", [f"A link {'x' * 5} here."]),
        ("obsidian", "See [[Page|the page]], [[Other]], ![[a.png]] %%not\nthis%% [[1]](a.md).\n", None),
        ("latex", "So \\\\(x \\\\) and \\(y\\) is.\n", [f"So {'x' * 8} and {'x' * 5} is."]),
        ("math", "From $5 to $10, $x$ is.\n", ["From $5 to $10, \uf8fe is."]),
    ],
)
def test_marks_of_one_dialect(dialect: str, page: str, read: list[str] | None) -> None:
    found = [text.replace(LETTER, "x") for text in texts(page, "page.md", dialect)]
    assert found == (read or ["See the page, Other,   [1]."])
    assert texts(page) != found


@pytest.mark.parametrize(
    ("heading", "identifier"),
    [
        ("## Warm bread {#warm}", "warm"),
        ("## Warm bread {: #warm .big }", "warm"),
        ("## Warm bread { .big #warm data-x='a' }", "warm"),
        ("## Warm bread {#warm.bread}", "warm.bread"),
        ("## Warm bread {.unnumbered}", None),
        ("## Warm bread {-}", None),
        ("## Warm bread\n{: #warm}", "warm"),
        ("## Warm bread\n{: .big}", None),
        ("Warm bread {#warm}\n----------", "warm"),
        ("## Warm bread ## {#warm}", "warm"),
    ],
)
def test_the_id_of_a_heading_is_no_prose(heading: str, identifier: str | None) -> None:
    document = Document("page.md", f"{heading}\n\nText.\n")
    (node,) = document.nodes(Heading)
    assert (node.custom_id, [run.text for run in document.prose]) == (identifier, ["Warm bread", "Text."])
    assert node.content.of(document.text) == "Warm bread"


@pytest.mark.parametrize("mark", ["{/* #warm */}", "{#warm}", "\\{#warm}"])
def test_the_id_of_a_heading_in_mdx(mark: str) -> None:
    document = Document("page.mdx", f"## Warm {{bread}} {mark}\n")
    (node,) = document.nodes(Heading)
    assert node.custom_id == "warm"
    assert node.content.of(document.text) == "Warm {bread}"


def test_what_stands_at_the_end_of_a_heading_and_is_no_id_stays() -> None:
    document = Document("page.mdx", "## Warm {bread} {/* fresh #1 */}\n")
    (node,) = document.nodes(Heading)
    assert node.custom_id is None
    assert node.content.of(document.text) == "Warm {bread} {/* fresh #1 */}"


@pytest.mark.parametrize(
    ("page", "dialect", "words"),
    [
        ("Bread {% if fresh %}rises{% else %}waits{% endif %} here.\n", "liquid", ["Bread", "riseswaits", "here"]),
        ("Bread {{< note >}}rises{{< /note >}} and {{% /b %}}.\n", "shortcodes", ["Bread", "rises", "and"]),
        ("Bread {{< price >}} and {% price %}.\n", "shortcodes", ["Bread", "x" * 13, "and", "x" * 11]),
        ("<p>{% for a in b %}Bread {{ a }}{% endfor %}</p>\n", "liquid", ["Bread", "x" * 7]),
        ("Bread\n\n<pre>\nno word\n</pre>\n", "liquid", ["Bread"]),
    ],
)
def test_tags_that_print_nothing_are_no_words(page: str, dialect: str, words: list[str]) -> None:
    found = [word.text for run in runs(page, "page.md", dialect) for word in prose.words(run.text)]
    assert [word.replace(LETTER, "x") for word in found] == words
