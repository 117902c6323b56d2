"""Front matter is found, read as YAML, TOML or JSON, and every key and value has its exact place."""

import datetime as dt
import subprocess
import sys

import frontmatter
import pytest

from contentlint.source import front_matter, toml
from contentlint.source.post import from_post, to_post
from contentlint.source.scalars import parse_date
from contentlint.span import Span


def yaml(content):
    return front_matter.read(f"---\n{content}---\n")


def kinds(matter):
    return [problem.kind for problem in matter.problems]


def places(text):
    """Every entry as name, key as written, value as written, inner as written."""
    matter = front_matter.read(text)
    assert matter.problems == ()
    return [
        (
            entry.name,
            entry.key_span and entry.key_span.of(text),
            entry.span.of(text),
            entry.inner and entry.inner.of(text),
        )
        for entry in matter.entries()
    ]


# Detection


@pytest.mark.parametrize(
    ("text", "format_", "body"),
    [
        ("---\na: 1\n---\nbody", "yaml", "body"),
        ("--- \t\na: 1\n---  \nbody", "yaml", "body"),
        ("---\na: 1\n...\nbody", "yaml", "body"),
        ("---\r\na: 1\r\n---\r\nbody", "yaml", "body"),
        ("---\ra: 1\r---\rbody", "yaml", "body"),
        ("\n \n---\na: 1\n---\nbody", "yaml", "body"),
        ("---yaml\na: 1\n---\nbody", "yaml", "body"),
        ("---\na: 1\n---", "yaml", ""),
        ("+++\na = 1\n+++\nbody", "toml", "body"),
        ("---toml\na = 1\n---\nbody", "toml", "body"),
        ('{\n"a": 1}\nbody', "json", "body"),
        ('{"a": "}\\"{", "b": {"c": 1}} body', "json", " body"),
        (';;;\n"a": 1\n;;;\nbody', "json", "body"),
        (';;;\n{"a": 1}\n;;;\nbody', "json", "body"),
        ('---json\n{"a": 1}\n---\nbody', "json", "body"),
        ('---\n{"a": 1}\n---\nbody', "yaml", "body"),
    ],
)
def test_all_fences_are_found(text, format_, body):
    matter = front_matter.read(text)
    assert matter.format == format_
    assert matter.present
    assert matter.complete
    assert text[matter.span.end :] == body
    entry = matter.get("a")
    assert entry.value == 1 or format_ == "json"
    assert entry.value == (1 if "}" not in str(entry.value) else '}"{')
    assert matter.opening.of(text).rstrip("yamltojsn") in ("---", "+++", ";;;", "{")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Title",
        "----\na: 1\n----\n",
        " ---\na: 1\n---\n",
        "text\n---\na: 1\n---\n",
        "---\n\nA page that begins with a rule.\n\n---\n\nAnother part.\n",
        "---\n\nA page that begins with a rule.\n",
        "---\nProse right after the rule, and: a colon.\n\nMore.",
        "***\na: 1\n***\n",
        "{% include x %}\n",
        "{{< figure >}}\n",
        "{/* a comment of MDX */}\n",
        '{"a string of MDX"}\n',
        "---",
        "+++\n",
    ],
)
def test_what_only_looks_like_front_matter_is_body(text):
    matter = front_matter.read(text)
    assert not matter.present
    assert matter.span == matter.opening == Span(0, 0)
    assert matter.data == {}
    assert matter.complete


@pytest.mark.parametrize(
    "text", ["---\n---\n", "---\n\n---\n", "---\n# only a comment\n---\n", "+++\n+++\n", ";;;\n;;;\n", "{}\n"]
)
def test_empty_front_matter_is_legal(text):
    matter = front_matter.read(text)
    assert matter.present
    assert matter.data == {}
    assert matter.problems == ()
    assert matter.span == Span(0, len(text))


@pytest.mark.parametrize(
    "text",
    ["---\ntitle: x\n\n# Body\n", "---\ntitle: x\n", "---\n# comment\ntitle: x\n\n***\n", "---\n\na: 1\nb: 2\n",
     "+++\ntitle = 1\n\nbody", ';;;\n"a": 1\n\nbody', '{\n  "a": 1,\n\n# Body'],
)  # fmt: skip
def test_a_block_without_end_is_reported_at_its_fence_and_all_is_body(text):
    matter = front_matter.read(text)
    assert kinds(matter) == ["unclosed"]
    assert matter.problems[0].span == matter.opening == Span(0, 3 if text[0] != "{" else 1)
    assert matter.span == Span(0, 0)
    assert matter.present
    assert not matter.complete
    assert matter.data == {}


def test_a_program_is_found_and_not_run():
    text = "---js\n{ title: process.exit(1) }\n---\nbody"
    matter = front_matter.read(text)
    assert matter.format == "javascript"
    assert text[matter.span.end :] == "body"
    assert not matter.complete
    assert matter.problems == ()


@pytest.mark.parametrize(
    ("content", "span"), [("- a\n- b\n", Span(4, 11)), ("Some text.\n", Span(4, 14)), ("12\n", Span(4, 6))]
)
def test_a_list_or_a_text_is_no_mapping(content, span):
    matter = yaml(content)
    assert kinds(matter) == ["not-a-mapping"]
    assert matter.problems[0].span == span
    assert matter.span.end == 4 + len(content) + 4
    assert matter.data == {}


# Places


def test_places_in_yaml():
    text = (
        "---\n"
        "title: Été 😀 en ville  # note\n"
        'seo:\n  metaTitle: "Un titre"\n  keywords: [ia, \'pme\', "a\\nb"]\n  none:\n'
        "tags:\n- un\n-\n- deux: 2\n"
        "text: |\n  Une ligne\n  puis\n\n\n"
        "folded: >-\n  a\n  b\n"
        "long: one\n  two\n"
        "map: {a: b}\n'a.b': ~\nempty: ''\n---\n"
    )
    assert places(text) == [
        ("title", "title", "Été 😀 en ville", "Été 😀 en ville"),
        ("seo", "seo", 'metaTitle: "Un titre"\n  keywords: [ia, \'pme\', "a\\nb"]\n  none:', None),
        ("seo.metaTitle", "metaTitle", '"Un titre"', "Un titre"),
        ("seo.keywords", "keywords", "[ia, 'pme', \"a\\nb\"]", None),
        ("seo.keywords[0]", None, "ia", "ia"),
        ("seo.keywords[1]", None, "'pme'", "pme"),
        ("seo.keywords[2]", None, '"a\\nb"', None),
        ("seo.none", "none", "none", None),
        ("tags", "tags", "- un\n-\n- deux: 2", None),
        ("tags[0]", None, "un", "un"),
        ("tags[1]", None, "-", None),
        ("tags[2]", None, "deux: 2", None),
        ("tags[2].deux", "deux", "2", "2"),
        ("text", "text", "|\n  Une ligne\n  puis", None),
        ("folded", "folded", ">-\n  a\n  b", None),
        ("long", "long", "one\n  two", None),
        ("map", "map", "{a: b}", None),
        ("map.a", "a", "b", "b"),
        ("a.b", "'a.b'", "~", "~"),
        ("empty", "empty", "''", ""),
    ]


def test_places_in_toml():
    text = (
        "+++\n"
        'title = "Été 😀" # note\n'
        "date = 2025-01-31T10:00:00Z\n"
        "tags = ['un', \"d\\u0065ux\", {a = 1}]\n"
        'seo.meta."x y" = true\n'
        '[params]\nlong = """\nligne"""\n[params.sub]\nn = 1_000\n'
        "[[items]]\nname = 'a'\n[[items]]\nname = 'b'\n[items.more]\nk = 1.5\n"
        "+++\n"
    )
    assert places(text) == [
        ("title", "title", '"Été 😀"', "Été 😀"),
        ("date", "date", "2025-01-31T10:00:00Z", "2025-01-31T10:00:00Z"),
        ("tags", "tags", "['un', \"d\\u0065ux\", {a = 1}]", None),
        ("tags[0]", None, "'un'", "un"),
        ("tags[1]", None, '"d\\u0065ux"', None),
        ("tags[2]", None, "{a = 1}", None),
        ("tags[2].a", "a", "1", "1"),
        ("seo", "seo", 'seo.meta."x y" = true', None),
        ("seo.meta", "meta", 'seo.meta."x y" = true', None),
        ("seo.meta.x y", '"x y"', "true", "true"),
        ("params", "params", '[params]\nlong = """\nligne"""', None),
        ("params.long", "long", '"""\nligne"""', None),
        ("params.sub", "sub", "[params.sub]\nn = 1_000", None),
        ("params.sub.n", "n", "1_000", "1_000"),
        ("items", "items", "items", None),
        ("items[0]", None, "[[items]]\nname = 'a'", None),
        ("items[0].name", "name", "'a'", "a"),
        ("items[1]", None, "[[items]]\nname = 'b'", None),
        ("items[1].name", "name", "'b'", "b"),
        ("items[1].more", "more", "[items.more]\nk = 1.5", None),
        ("items[1].more.k", "k", "1.5", "1.5"),
    ]
    data = front_matter.read(text).data
    assert data["date"] == dt.datetime(2025, 1, 31, 10, tzinfo=dt.UTC)
    assert data["items"] == [{"name": "a"}, {"name": "b", "more": {"k": 1.5}}]
    assert data["seo"] == {"meta": {"x y": True}}


@pytest.mark.parametrize("fence", ["{}\n", ";;;\n{}\n;;;\n", "---json\n{}\n---\n"])
def test_places_in_json(fence):
    text = fence.format('{\n\t"title": "Été 😀",\n  "n": [1, -2.5e3, null, "a\\u00e9"],\n  "m": {"k": false}\n}')
    assert places(text) == [
        ("title", '"title"', '"Été 😀"', "Été 😀"),
        ("n", '"n"', '[1, -2.5e3, null, "a\\u00e9"]', None),
        ("n[0]", None, "1", "1"),
        ("n[1]", None, "-2.5e3", "-2.5e3"),
        ("n[2]", None, "null", "null"),
        ("n[3]", None, '"a\\u00e9"', None),
        ("m", '"m"', '{"k": false}', None),
        ("m.k", '"k"', "false", "false"),
    ]
    assert front_matter.read(text).data == {"title": "Été 😀", "n": [1, -2500.0, None, "aé"], "m": {"k": False}}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("fence", ["---", "+++"])
def test_line_endings_change_neither_data_nor_places(ending, fence):
    lines = {"---": ["a: b", "c:", "  - d", "e: 'f'"], "+++": ["a = 'b'", "c = [", "  'd',", "]", "e = 'f'"]}[fence]
    text = ending.join([fence, *lines, fence, "body"])
    matter = front_matter.read(text)
    assert matter.data == {"a": "b", "c": ["d"], "e": "f"}
    assert text[matter.span.end :] == "body"
    assert [matter.get(name).inner.of(text) for name in ("a", "c[0]", "e")] == ["b", "d", "f"]


def test_a_part_of_a_value_has_its_place():
    text = '---\ntitle: "Un mot long"\nescaped: "a\\tmot"\n---\n'
    matter = front_matter.read(text)
    assert matter.get("title").part(3, 6).of(text) == "mot"
    assert matter.get("escaped").part(2, 5).of(text) == '"a\\tmot"'


def test_paths():
    matter = yaml("seo:\n  title: x\nseo.title: y\nimages:\n  - src: z\na.b:\n  c: 1\n")
    assert matter.get("seo.title").value == "y"
    assert matter.get(("seo", "title")).value == "x"
    assert matter.get("images[0].src").value == "z"
    assert matter.get(["images", 0, "src"]).path == ("images", 0, "src")
    assert matter.get("a.b.c").value == 1
    for missing in ("seo.none", "images[1]", "images[x]", "images.src", "title", "", "[0]", "seo..title"):
        found = matter.get(missing)
        assert found is None or missing == ""


def test_comments_are_no_part_of_values():
    text = "---\n# first\na: 'x # y' # second\nb: a#b\nc: |\n  # text\n---\n# Body\n"
    assert [span.of(text) for span in front_matter.read(text).comments] == ["# first", "# second"]


# Values


@pytest.mark.parametrize(
    ("raw", "kind", "value", "readings"),
    [
        ("no", "str", "no", (False, "no", "no")),
        ("On", "str", "On", (True, "On", "On")),
        ("true", "bool", True, None),
        ("~", "null", None, None),
        ("12:30", "str", "12:30", (750, 750, "12:30")),
        ("017", "int", 17, (15, 15, 17)),
        ("0o17", "int", 15, ("0o17", "0o17", 15)),
        ("1_000", "str", "1_000", (1000, 1000, "1_000")),
        ("0b11", "str", "0b11", (3, 3, "0b11")),
        ("1e3", "float", 1000.0, ("1e3", 1000.0, 1000.0)),
        ("1.10", "float", 1.1, None),
        ("0x1F", "int", 31, None),
        ("-.inf", "float", float("-inf"), None),
        ("2025-01-31", "date", dt.date(2025, 1, 31), None),
        ("2025-01-31 10:00:00", "datetime", dt.datetime(2025, 1, 31, 10), None),
        ("2025-01-31T10:00:00.5Z", "datetime", dt.datetime(2025, 1, 31, 10, 0, 0, 500000, dt.UTC), None),
        (
            "2025-01-31 10:00:00 +0200",
            "datetime",
            dt.datetime(2025, 1, 31, 10, tzinfo=dt.timezone(dt.timedelta(hours=2))),
            None,
        ),
        ("2013/7/13 20:46:25", "str", "2013/7/13 20:46:25", None),
        ("Last Modified", "str", "Last Modified", None),
        ("=", "str", "=", None),
        ("8" * 5000, "str", "8" * 5000, None),
    ],
)
def test_scalars_and_how_each_dialect_reads_them(raw, kind, value, readings):
    matter = yaml(f"key: {raw}\n")
    entry = matter.get("key")
    assert matter.problems == ()
    assert (entry.kind, entry.value, entry.raw) == (kind, value, raw)
    found = [reading.value for reading in entry.readings.values()]
    assert found == list(readings or [])
    assert [type(item) for item in found] == [type(item) for item in readings or []]


@pytest.mark.parametrize("quoted", ["'no'", '"12:30"', "!!str no"])
def test_what_is_quoted_is_text_everywhere(quoted):
    entry = yaml(f"key: {quoted}\n").get("key")
    assert entry.kind == "str"
    assert entry.readings == {}


@pytest.mark.parametrize(
    "raw", ["2025-13-45", "2025-02-30", "0000-01-01", "2025-01-01T25:00:00", "2025-01-01 10:00:00+99:00"]
)
def test_a_date_that_does_not_exist(raw):
    matter = yaml(f"date: {raw}\ntitle: x\n")
    assert kinds(matter) == ["invalid-date"]
    assert matter.problems[0].span == matter.get("date").span == Span(10, 10 + len(raw))
    assert matter.get("date").value == raw
    assert matter.complete


def test_javascript_counts_on_from_a_date_that_does_not_exist():
    readings = yaml("date: 2025-13-45\n").get("date").readings
    assert readings["yaml-1.1"].kind == "error"
    assert readings["js-yaml-3"].value == dt.date(2026, 2, 14)


def test_dates_as_authors_write_them():
    assert parse_date("2013/7/13 20:46:25") == dt.datetime(2013, 7, 13, 20, 46, 25)
    assert parse_date("2024-1-5") == dt.date(2024, 1, 5)
    assert parse_date(" 2024-01-05 10:30 ") == dt.datetime(2024, 1, 5, 10, 30)
    assert parse_date("2024-02-30") is None
    assert parse_date("git Created") is None


def test_keys_are_text():
    matter = yaml("on: a\n1: b\nnull: c\n2025-01-01: d\ncontent: e\nhandler: f\n'no': g\n")
    assert list(matter.data) == ["on", "1", "null", "2025-01-01", "content", "handler", "no"]


def test_aliases_and_merge_keys():
    text = "---\nbase: &b {x: 1, y: 2}\npage:\n  <<: *b\n  y: 3\nsame: *b\n---\n"
    matter = front_matter.read(text)
    assert matter.problems == ()
    assert matter.data == {"base": {"x": 1, "y": 2}, "page": {"x": 1, "y": 3}, "same": {"x": 1, "y": 2}}
    assert matter.get("same").span.of(text) == "*b"
    assert matter.get("page.x").borrowed
    assert [entry.name for entry in matter.entries()] == ["base", "base.x", "base.y", "page", "page.y", "same"]


def test_a_tab_separates_and_stays_text_inside_a_value():
    text = "---\na:\tb\nc:\n- \td\n-\te\nf: |\n  -\tg\nh: 'i\tj'\n---\n"
    matter = front_matter.read(text)
    assert matter.problems == ()
    assert matter.data == {"a": "b", "c": ["d", "e"], "f": "-\tg\n", "h": "i\tj"}
    assert matter.get("c[1]").span.of(text) == "e"


def test_unicode_line_separators_and_odd_bytes_stay_in_the_value():
    text = "---\ntitle: a\u2028b\udce9: c\u0085\n---\n".replace(": c", " c")
    matter = front_matter.read(text)
    assert matter.data == {"title": "a\u2028b\udce9 c\u0085"}
    assert matter.get("title").span.of(text) == "a\u2028b\udce9 c\u0085"


# Problems


@pytest.mark.parametrize(
    ("content", "kind", "cause", "line", "written"),
    [
        ("a: 1\ntitle: Un: deux\n", "syntax", "unquoted-colon", 3, ":"),
        ("a: 1\ntitle: @x\n", "syntax", "unquoted-special", 3, "@"),
        ("a: 1\ntitle: `x`\n", "syntax", "unquoted-special", 3, "`"),
        ("a: 1\ntitle: %x\n", "syntax", "unquoted-special", 3, "%"),
        ("a: 1\ntitle: *x* y\n", "syntax", "unquoted-special", 3, "*"),
        ("a: 1\ntitle: *x\n", "syntax", "undefined-alias", 3, "*x"),
        ("a: 1\ntitle: [Draft] x\n", "syntax", "unquoted-special", 3, "x"),
        ("a: 1\ntitle: 'it's'\n", "syntax", "unquoted-special", 3, "s"),
        ("a: 1\ntitle: 'x\nb: 1\n", "syntax", "unclosed-quote", 3, "'"),
        ("a: 1\ntags: [x, y\nb: 1\n", "syntax", "unclosed-bracket", 3, "["),
        ('a: 1\ntitle: "C:\\quoi"\n', "syntax", "escape", 3, "\\"),
        ("a: 1\ntitle: {{ page }}\n", "syntax", "template", 3, "{ page }"),
        ("a: 1\n  b: 2\n", "syntax", "indentation", 3, ":"),
        ("a: 1\n--- # more\nb: 2\n", "syntax", "second-document", 3, "---"),
        ("a:\n\tb: 1\n", "tab-indent", "indentation", 3, "\t"),
        ("a: 1\na: 2\n", "duplicate-key", "other", 3, "a"),
        ("a: 1\n'a': 2\n", "duplicate-key", "other", 3, "'a'"),
        ("1: x\n'1': 2\n", "duplicate-key", "other", 3, "'1'"),
        ("x:\n  a: 1\n  b: 1\n  a: 2\n", "duplicate-key", "other", 5, "a"),
        ("a: 1\nb: !ENV x\n", "unknown-tag", "other", 3, "!ENV"),
        ("a: 1\nb: !!int x\n", "syntax", "other", 3, "x"),
        ("a: 1\nb: x\0y\n", "control-character", "other", 3, "\0"),
        ("a: 1\nb: x\x1by\n", "control-character", "other", 3, "\x1b"),
    ],
)
def test_what_is_wrong_in_yaml_is_said_where_it_is(content, kind, cause, line, written):
    text = f"---\n{content}---\nbody"
    matter = front_matter.read(text)
    (problem,) = matter.problems
    assert (problem.kind, problem.cause) == (kind, cause)
    assert text.count("\n", 0, problem.span.start) + 1 == line
    assert problem.span.of(text) == written
    assert problem.reason
    assert text[matter.span.end :] == "body"


def test_the_first_of_two_keys_is_named_and_the_last_counts():
    matter = yaml("a: 1\nb: 2\na: 3\n")
    assert matter.problems[0].related == Span(4, 5)
    assert matter.data == {"a": 3, "b": 2}
    assert [entry.value for entry in matter.entries()] == [1, 2, 3]


def test_malformed_yaml_still_gives_the_keys_that_can_be_read():
    text = "---\ntitle: 'Un titre'\ndescription: a: b\ntags:\n  - x\n---\n"
    matter = front_matter.read(text)
    assert matter.data == {"title": "Un titre", "tags": ["x"]}
    assert matter.get("tags[0]").span.of(text) == "x"
    assert not matter.complete


@pytest.mark.parametrize(
    ("content", "kind", "line", "written"),
    [
        ('a = 1\nb = "x\n', "syntax", 3, "x"),
        ("a = 1\nb = \n", "syntax", 3, " "),
        ("a = 1\nb = no\n", "syntax", 3, "n"),
        ("a = 1\nb = 2025-13-01\n", "invalid-date", 3, "2025-13-01"),
        ("a = 1\nb = 2025-02-30\n", "invalid-date", 3, "2025-02-30"),
        ("a = 1\nb = 1\na = 2\n", "duplicate-key", 4, "a"),
        ("a = 1\n[t]\n[t]\n", "duplicate-key", 4, "t"),
        ("a = 1\n[[t]]\nx.y = 1\nx.y = 2\n", "duplicate-key", 5, "x.y"),
        ("a = 1\nb: 2\n", "syntax", 3, ":"),
    ],
)
def test_what_is_wrong_in_toml_is_said_where_it_is(content, kind, line, written):
    text = f"+++\n{content}+++\nbody"
    matter = front_matter.read(text)
    (problem,) = matter.problems
    assert problem.kind == kind
    assert text.count("\n", 0, problem.span.start) + 1 == line
    assert problem.span.of(text) == written
    assert matter.data["a"] == 1
    assert text[matter.span.end :] == "body"


@pytest.mark.parametrize(
    ("content", "kind", "line", "written"),
    [
        ('"a": 1,\n"b": 2,\n', "syntax", 3, ","),
        ('"a": 1\n"b": 2\n', "syntax", 3, '"'),
        ('"a": 1,\n"b": x\n', "syntax", 3, "x"),
        ('"a": 1,\n"b": NaN\n', "syntax", 3, "N"),
        ('"a": 1,\n"b": "\\q"\n', "syntax", 3, "\\"),
        ('"a": 1,\n"a": 1\n', "duplicate-key", 3, '"a"'),
        ('"a": 1,\nb: 2\n', "syntax", 3, "b"),
    ],
)
def test_what_is_wrong_in_json_is_said_where_it_is(content, kind, line, written):
    text = f"{{\n{content}}}\nbody"
    matter = front_matter.read(text)
    (problem,) = matter.problems
    assert problem.kind == kind
    assert text.count("\n", 0, problem.span.start) + 1 == line
    assert problem.span.of(text) == written
    assert matter.data["a"] == 1
    assert text[matter.span.end :] == "body"


def _bomb(levels):
    return "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, levels))


def _merge_bomb(levels):
    return "a0: &a0 {x: 1}\n" + "".join(f"a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}]}}\n" for i in range(1, levels))


@pytest.mark.parametrize(
    "content",
    [
        _bomb(10), _merge_bomb(26), "a: &a [*a]\n", "a: &a {b: *a}\n", "a: " + "[" * 65 + "]" * 65 + "\n",
        "- " * 70 + "\n",
        "? " * 60_000 + "\n", "a: " + "[" * 100_000 + "\n", "a: " + "{a: " * 50_000 + "\n", "- a\n" * 21_000,
        "a: &a x\nb: [" + "*a, " * 101 + "]\n",
    ],
    ids=["aliases", "merge keys", "recursive list", "recursive map", "65 brackets", "dashes", "question marks",
         "brackets", "braces", "long list", "many aliases"],
)  # fmt: skip
def test_what_would_explode_is_refused(content):
    matter = yaml(content)
    assert kinds(matter) == ["too-complex"]
    assert matter.data == {}
    assert matter.span.end == len(content) + 8


@pytest.mark.parametrize(
    "text",
    ["+++\na = " + "[" * 5000 + "\n+++\n", "+++\n" + "a." * 50_000 + "b = 1\n+++\n", '{"a":' * 5000 + "\n",
     '{"a": ' + "[" * 100 + "]" * 100 + "}\n"],
)  # fmt: skip
def test_deep_toml_and_json_are_refused(text):
    assert kinds(front_matter.read(text)) in (["too-complex"], ["unclosed"])


def test_64_levels_are_read():
    assert yaml("a: " + "[" * 63 + "]" * 63 + "\n").problems == ()


def test_front_matter_larger_than_256_kb_is_not_parsed():
    matter = yaml("a: " + "x" * 300_000 + "\n")
    assert kinds(matter) == ["too-large"]
    assert matter.span.end == 300_000 + 12


# The extension point of python-frontmatter


@pytest.mark.parametrize("handler", front_matter.handlers(), ids=lambda handler: type(handler).__name__)
def test_handlers_write_what_they_read(handler):
    if handler.name == "javascript":
        pytest.skip("a program gives no data")
    data = {"title": "Été : « 😀 »", "content": "x", "handler": ["no", "12:30"], "seo": {"n": 1}}
    post = frontmatter.Post("\n    code\n", handler)
    post.metadata.update(data)
    text = from_post(post)
    assert handler.detect(text)
    fm, content = handler.split(text)
    assert handler.load(fm) == data
    assert content == "\n    code\n"
    again = to_post(text)
    assert again.metadata == data
    assert again.content == "\n    code\n"
    assert type(again.handler) is type(handler)
    assert from_post(again) == text


def test_handlers_refuse_what_is_malformed():
    handler = front_matter.YamlHandler()
    with pytest.raises(ValueError, match="colon"):
        handler.load("a: b: c")
    with pytest.raises(ValueError, match="mapping"):
        handler.load("- a")
    with pytest.raises(ValueError, match="closed"):
        handler.split("no fence")
    assert handler.load("") == {}


def test_python_frontmatter_itself_reads_through_our_handlers():
    data, content = frontmatter.parse("+++\na = 1\n+++\nbody", handler=front_matter.TomlHandler())
    assert (data, content) == ({"a": 1}, "body")


def test_a_page_without_front_matter_is_a_post_without_metadata():
    post = to_post("# Title\n")
    assert (post.metadata, post.content, from_post(post)) == ({}, "# Title\n", "# Title\n")


# A block in the body


def _second(text):
    matter = front_matter.read(text)
    span = front_matter.second_block(text, Span(matter.span.end, len(text)))
    return None if span is None else span.of(text)


FIRST = "---\ntitle: x\n---\n"
PASTED = '---\ntitle: "Un titre"\nseo:\n  keywords: [a, b]\ndate: 2025-01-01\n---\n'


@pytest.mark.parametrize("before", ["", "\n", "\nUn paragraphe.\n\n", "\n```yaml\na: 1\n```\n\n"])
def test_front_matter_pasted_into_the_body_is_found(before):
    assert _second(FIRST + before + PASTED + "\n# Body\n") == PASTED


@pytest.mark.parametrize(
    "body",
    [
        f"\n```md\n{PASTED}```\n",
        f"\n~~~\n{PASTED}~~~\n",
        f"\nA heading\n{PASTED}",
        f"\n::card\n{PASTED}::\n",
        "\n---\n\nProse.\n\n---\n",
        "\n---\ntitle: x\n---\n",
        "\n---\nNote: this is prose. It goes on.\n\nWarning: this too.\n\n---\n",
        "\n---\na: 1\nb: [\n---\n",
        "\n---\na: 1\nb: 2\n",
    ],
)
def test_other_rules_and_blocks_are_no_second_front_matter(body):
    assert _second(FIRST + body) is None


# The configuration reads TOML through the same room


def test_toml_errors_name_line_and_reason():
    with pytest.raises(toml.TomlError) as caught:
        toml.parse("a = 1\nb = \n")
    assert caught.value.line == 2
    assert caught.value.reason == "invalid value"
    with pytest.raises(toml.TomlError) as caught:
        toml.parse("[rules]\na = 1\n\n[rules]\n")
    assert caught.value.line == 4


def test_toml_entries_of_a_whole_text():
    text = "\n[rules]\n'images/missing-file' = 'off'\n"
    entry = toml.parse(text).get(("rules", "images/missing-file"))
    assert entry.value == "off"
    assert entry.key_span.of(text) == "'images/missing-file'"


def test_reading_front_matter_stays_small():
    heavy = "import sys; import contentlint.source.front_matter as f; f.read('---\\na: 1\\n---\\n');"
    heavy += "print(sorted({'tree_sitter', 'jsonschema', 'markdown_it', 'textstat'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True).stdout == "[]\n"
