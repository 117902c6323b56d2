from __future__ import annotations

import json
import tomllib
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint import resources
from contentlint.site import anchors as rooms
from contentlint.site import profile
from contentlint.site.anchors import UNKNOWN, anchors, matches
from contentlint.source.document import Conventions, Document

REFERENCE = json.loads((Path(__file__).parent / "data" / "heading_ids.json").read_text(encoding="utf8"))
HEADINGS = [heading for heading, _ in REFERENCE["headings"]]
ASKED = sorted(REFERENCE["headings"][0][1])


def ids(text: str, *algorithms: str, path: str = "page.md", dialects: frozenset[str] = frozenset()) -> list[str]:
    return anchors(Document(path, text, Conventions(dialects=dialects)), algorithms or ("github",))


def test_the_algorithms_are_valid() -> None:
    schema = json.loads((resources.folder("schemas") / "heading-ids.schema.json").read_text(encoding="utf8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    data = tomllib.loads(resources.package_file("site", "heading_ids.toml").read_text(encoding="utf8"))
    jsonschema.validate(data, schema)
    assert {table["like"] for table in data.values() if "like" in table} <= set(data)


@pytest.mark.parametrize("name", profile.known())
def test_a_profile_names_algorithms_that_exist(name: str) -> None:
    assert set(profile.load(name).heading_ids) <= set(rooms.known())
    assert profile.load(name).heading_ids


def test_a_site_of_unknown_generator_may_use_any_algorithm() -> None:
    assert sorted(profile.load("plain").heading_ids) == list(rooms.known())


@pytest.mark.parametrize("name", ASKED)
def test_the_ids_of_headings_are_those_of_the_real_program(name: str) -> None:
    page = "".join(f"## {heading}\n\n" for heading in HEADINGS) + "[^1]: A note.\n"
    document = Document("page.md", page)
    ours = list(rooms.load(name).ids(rooms.titles(document)))
    theirs = [unquote(answers[name]) for _, answers in REFERENCE["headings"]]
    known = {each["heading"] for each in REFERENCE["differences"] if name in each["algorithms"]}
    assert len(ours) == len(theirs)
    different = {
        heading
        for heading, mine, other in zip(HEADINGS, ours, theirs, strict=True)
        if mine != other and not (UNKNOWN in mine and matches(other, [mine]))
    }
    assert different == known


def test_what_is_transliterated_by_a_table_of_its_own_is_left_open_and_nothing_else() -> None:
    document = Document("page.md", "".join(f"## {heading}\n\n" for heading in HEADINGS))
    titles = rooms.titles(document)
    open_ids = {name: sum(UNKNOWN in one for one in rooms.load(name).ids(titles)) for name in rooms.known()}
    assert {name for name, count in open_ids.items() if count} == {
        "eleventy", "eleventy-slugify", "pandoc-ascii", "pandoc-gfm", "sindresorhus-slugify", "zola",
    }  # fmt: skip
    assert max(open_ids.values()) <= 10


def test_zola_can_be_told_to_leave_titles_as_they_are() -> None:
    assert ids("## Où aller (en été)\n", "zola-as-written") == ["Où_aller_(en_été)"]


@pytest.mark.parametrize(
    ("algorithm", "expected"),
    [
        ("hugo-github", ["setup-1", "setup", "setup-2"]),
        ("github", ["setup-1", "setup"]),
        ("kramdown-gfm", ["setup-1", "setup"]),
        ("python-markdown", ["setup-1", "setup", "setup_1"]),
    ],
)
def test_an_id_that_the_author_gives_is_taken_where_the_program_counts_it(algorithm: str, expected: list[str]) -> None:
    assert ids("## A {#setup-1}\n\n## Setup\n\n## Setup\n", algorithm) == expected


def test_python_markdown_counts_the_authors_ids_of_the_whole_page() -> None:
    assert ids("## Setup\n\n## A { #setup }\n", "python-markdown") == ["setup", "setup_1"]


@pytest.mark.parametrize(
    "text",
    [
        '<a id="été"></a> text\n',
        '<a name="été"></a>\n\ntext\n',
        '<section id="été">\n\ntext\n\n</section>\n',
        "<h2 id='été'>A</h2>\n",
        "A paragraph.\n{: #été}\n",
        "A paragraph.\n{: .lead #été }\n",
        "## A heading {.lead #été}\n",
        "![](a.png){#été width=50%}\n",
        "::: {#été}\nA\n:::\n",
        "```{.python #été}\na\n```\n",
        "```{python}\n#| label: été\n#| echo: false\na\n```\n",
        '=== "Été"\n\n    text\n',
    ],
)
def test_what_an_author_marks_is_an_anchor(text: str) -> None:
    assert "été" in ids(text, "pymdownx")


def test_a_component_of_mdx_has_the_id_that_it_is_given() -> None:
    assert ids('<Card id="prix" title="A">\n\ntext\n\n</Card>\n', path="a.mdx") == ["prix"]


def test_what_stands_in_code_is_no_anchor() -> None:
    assert ids('```html\n<a id="a"></a>\n```\n\nText with `<a id="b">` in code.\n') == []


@pytest.mark.parametrize("fragment", ["fn1", "fnref1", "fn:1", "fn:source", "fnref:source", "user-content-fn-source"])
def test_a_footnote_has_the_ids_of_all_programs(fragment: str) -> None:
    assert matches(fragment, ids("A[^source].\n\n[^source]: B.\n"))


def test_the_terms_of_a_definition_list_have_ids_where_hugo_is_told_so() -> None:
    text = "## Options\n\nname\n: A.\n\nOptions\n: B.\n\n## Options\n"
    assert sorted(ids(text, "hugo-github")) == ["name", "options", "options-1", "options-2"]
    assert ids(text, "github") == ["options", "options-1"]


def test_a_heading_in_html_has_an_id_where_the_program_gives_one() -> None:
    text = "## Raw title\n\n<h2>Raw <em>title</em> &amp; x</h2>\n\n<h2>Raw title</h2>\n\n## Raw title\n"
    assert sorted(ids(text, "github")) == ["raw-title", "raw-title--x", "raw-title-1", "raw-title-2"]
    assert sorted(ids(text, "eleventy")) == ["raw-title", "raw-title-2", "raw-title-3", "raw-title-and-x"]
    assert ids(text, "kramdown-gfm") == ["raw-title", "raw-title-1"]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{{% include "/_common/spec.md" %}}\n', "a.md"),
        ("{{< include _part.qmd >}}\n", "a.qmd"),
        ("{% include_relative part.md %}\n", "a.md"),
        ('{% renderFile "setup.md" %}\n', "a.md"),
        ("{% include parts/setup.md title='A' %}\n", "a.md"),
        ("import Card from './Card.tsx'\nimport Setup from './_setup.mdx'\n\n<Setup />\n", "a.mdx"),
        ("<!-- @include: ./parts/setup.md -->\n", "a.md"),
        ("<!--@include: ./parts/setup.md-->\n", "a.md"),
        ('--8<-- "setup.md"\n', "a.md"),
    ],
)
def test_a_page_that_takes_in_another_may_have_any_anchor(text: str, path: str) -> None:
    assert matches("anything", ids(f"# A\n\n{text}", path=path))


def test_a_page_that_shows_how_another_is_taken_in_has_its_own_anchors() -> None:
    text = "# A\n\n```md\n<!--@include: ./setup.md-->\n{% include setup.md %}\n```\n"
    assert not matches("anything", ids(text))


@pytest.mark.parametrize(
    "text", ['{% include image.html src="a.png" %}\n', "import Card from './Card.tsx'\n\n<Card />\n"]
)
def test_a_component_that_holds_no_page_adds_no_anchor(text: str) -> None:
    assert not matches("anything", ids(f"# A\n\n{text}", path="a.mdx" if "import" in text else "a.md"))


def test_what_is_filled_in_at_the_edge_of_a_heading_may_be_empty() -> None:
    found = ids('## {{ new }} Opt out {% addedin "1.0" %} of it {% addedin "1.0" %}\n', dialects=frozenset({"liquid"}))
    assert matches("opt-out-of-it", found)
    assert matches("new-opt-out-1-of-it-2", found)
    assert not matches("opt-of-it", found)


def test_a_heading_that_is_filled_in_later_may_have_any_text_there() -> None:
    found = ids("## Prices in {{ site.year }}, and after\n")
    assert matches("prices-in-2025-and-after", found)
    assert not matches("prices-in-2025", found)
    assert not matches("prices", found)


@pytest.mark.parametrize(
    ("text", "path"),
    [('<p id="{{ page.slug }}-top">A</p>\n', "a.md"), ("<Card id={slug + '-top'} />\n", "a.mdx")],
)
def test_an_id_that_is_made_later_may_be_any(text: str, path: str) -> None:
    found = ids(text, path=path, dialects=frozenset({"liquid"}) if path == "a.md" else frozenset())
    assert matches("something-top", found)


@pytest.mark.parametrize("name", rooms.known())
def test_no_algorithm_loses_what_is_not_known(name: str) -> None:
    assert matches("anything", ids("## {{ title }}\n", name, dialects=frozenset({"liquid"})))


@pytest.mark.parametrize(
    ("fragment", "there"),
    [
        ("", True),
        ("top", True),
        ("Top", True),
        ("été", True),
        ("Été", False),
        ("ete", False),
        ("été:~:text=mot", True),
        (":~:text=mot", True),
        ("ete:~:text=mot", False),
        ("user-content-été", True),
        ("/route/of/an/app", True),
    ],
)
def test_a_fragment_is_looked_for_as_browsers_do(fragment: str, there: bool) -> None:
    assert matches(fragment, ["été", "fin"]) is there


@given(st.text(st.characters() | st.sampled_from("-_ .#'’«»1234:–—\t&;[](){}`*<>!") | st.just(UNKNOWN), max_size=60))
def test_any_text_has_ids(text: str) -> None:
    document = Document("page.md", f"# {text}\n\n{text}\n\n## {text}\n", Conventions(dialects=frozenset({"liquid"})))
    for one in anchors(document, rooms.known()):
        assert one
        assert matches(one, [one])


@pytest.mark.parametrize(
    "unit",
    [
        "-",
        " ",
        "a",
        "_1",
        "{ ",
        "import ",
        "{% include ",
        "\u00a0",
        "'",
        '"',
        ".",
        "1",
        "é",
        "{#",
        "[",
        "<br>",
        "&amp;",
        ":a:",
        "😀",
    ],
)
def test_a_hostile_heading_is_read_in_one_go(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    assert anchors(Document("page.md", f"# a {text} b\n"), rooms.known())


def test_a_page_of_one_heading_repeated_has_as_many_ids() -> None:
    page = "## A\n\n" * 1_000 + "## A 1\n\n" * 1_000
    for name in ("github", "python-markdown", "hugo-github"):
        assert len(ids(page, name)) == 2_000
