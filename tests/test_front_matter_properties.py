"""Whatever the text, front matter is read without an exception and points inside the text at what was written."""

import json as stdlib_json
import re
import tomllib

import yaml as pyyaml
from hypothesis import given, settings
from hypothesis import strategies as st

from contentlint.source import front_matter, json, toml, yaml
from contentlint.source.scalars import readings, resolve
from contentlint.span import Span

# What trips parsers, in every mixture.
SNIPPETS = st.sampled_from(
    [
        *"-+:;{}[],#&*!|>'\"%@`?~=. \t\n\r\\<0a1é😀\0\u2028\ufeff\ud800\udce9\x1b",
        "---", "+++", ";;;", "...", "---\n", "+++\n", "{\n", "\n---\n", "\r\n", "a: ", "a = ", '"a": ', "- ", "  ",
        "<<: *a", "&a ", "*a", "!!int ", "!x ", "[a]", "[[a]]", '"""', "2025-13-45", "2025-01-31", "12:30", "017",
        "1_000", "no", ".inf", "null", "{{ x }}", "%YAML 1.1\n", "# c", "\\u00e9", "\\", "a.b = 1\n", "title: x\n",
    ]
)  # fmt: skip
HOSTILE = st.lists(SNIPPETS, max_size=25).map("".join)
TEXTS = (
    HOSTILE
    | st.text(max_size=60)
    | st.builds(
        "{0}\n{1}\n{0}\n{2}".format, st.sampled_from(["---", "+++", ";;;", "---json"]), HOSTILE, st.text(max_size=10)
    )
)


def inside(span, text):
    return 0 <= span.start <= span.end <= len(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_text_is_read_and_every_span_lies_in_it(text):
    matter = front_matter.read(text)
    spans = [matter.span, matter.opening, matter.content, *matter.comments]
    for problem in matter.problems:
        spans += [problem.span, *([problem.related] if problem.related else [])]
        assert problem.reason
    for entry in matter.entries():
        spans += [entry.span, *([entry.key_span] if entry.key_span else []), *([entry.inner] if entry.inner else [])]
        assert entry.span.start < entry.span.end
        assert entry.inner is None or entry.inner.of(text) == entry.raw or entry.kind != "str"
        assert matter.get(entry.path) is not None
    assert all(inside(span, text) for span in spans)
    body = Span(matter.span.end, len(text))
    second = front_matter.second_block(text, body)
    assert second is None or body.contains(second)


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_the_three_parsers_never_raise(text):
    for parser in (yaml, toml, json):
        parsed = parser.read(f"é{text}", Span(1, 1 + len(text)))
        assert all(inside(problem.span, f"é{text}") for problem in parsed.problems)


def reread(entry, text):
    written = entry.span.of(text)
    return pyyaml.load(f"key: {written}", pyyaml.CBaseLoader)["key"]


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=20)
scalars = words | st.integers() | st.booleans() | st.none() | st.dates().map(str)
trees = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3))
documents = st.dictionaries(words, trees, min_size=1, max_size=4)


@settings(max_examples=100, deadline=None)
@given(documents, st.sampled_from([None, "'", '"']), st.booleans())
def test_a_yaml_scalar_is_its_place_read_again(data, style, flow):
    content = pyyaml.safe_dump(data, allow_unicode=True, default_style=style, default_flow_style=flow, sort_keys=False)
    text = f"---\n{content}---\n"
    matter = front_matter.read(text)
    base = pyyaml.load(content, pyyaml.CBaseLoader)
    # What PyYAML writes with a break of YAML 1.1 in it is read by the rules of 1.2.
    assert raw(matter.root) == base
    for entry in matter.entries():
        if entry.kind not in ("list", "map") and entry.span != entry.key_span and "\n" not in entry.span.of(text):
            assert reread(entry, text) == entry.raw


def raw(entry):
    if entry.kind == "map":
        return {child.key: raw(child) for child in entry.children}
    return [raw(child) for child in entry.children] if entry.kind == "list" else entry.raw


@settings(max_examples=100, deadline=None)
@given(documents)
def test_json_is_read_as_the_standard_library_reads_it(data):
    text = stdlib_json.dumps(data, indent=1, ensure_ascii=False)
    parsed = json.read(text)
    assert parsed.problems == ()
    assert parsed.root.value == data
    assert all(stdlib_json.loads(entry.span.of(text)) == entry.value for entry in parsed.root.walk())


toml_keys = words | st.text("abc-_1", min_size=1, max_size=5)
toml_scalars = words | st.integers(-(2**63), 2**63 - 1) | st.booleans() | st.dates() | st.datetimes() | st.times()
toml_trees = st.recursive(
    toml_scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(toml_keys, inner, max_size=3)
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(toml_keys, toml_trees, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_a_toml_value_is_its_place_read_again(data, ending):
    import tomli_w

    text = tomli_w.dumps(data).replace("\n", ending)
    parsed = toml.read(text)
    assert parsed.problems == ()
    assert parsed.root.value == data
    for entry in parsed.root.walk():
        if entry.kind not in ("list", "map"):
            assert tomllib.loads(f"key = {entry.span.of(text)}")["key"] == entry.value
        if entry.key_span:
            assert next(iter(tomllib.loads(f"{entry.key_span.of(text)} = 1"))) == entry.key


@settings(max_examples=300, deadline=None)
@given(
    st.lists(SNIPPETS.map(lambda snippet: re.sub("[\r\n]", "\n", snippet)), max_size=20).map("".join),
    st.sampled_from(["---", "+++"]),
)
def test_line_endings_do_not_change_the_data(content, fence):
    content = re.sub("[\r\n]+", "\n", content)
    text = f"{fence}\n{content}\n{fence}\nbody\n"
    plain = front_matter.read(text)
    for ending in ("\r\n", "\r"):
        twin = front_matter.read(text.replace("\n", ending))
        assert normal(twin.data) == normal(plain.data)
        assert [problem.kind for problem in twin.problems] == [problem.kind for problem in plain.problems]


def normal(data):
    """Data with line endings as line feeds, for comparison; repr, since nan is not equal to itself."""
    return repr(data).replace("\\r\\n", "\\n").replace("\\r", "\\n")


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789+-.:_eExobTZ nfyaNu", min_size=1, max_size=12))
def test_pyyaml_agrees_with_our_reading_of_its_dialect(raw):
    try:
        wanted = pyyaml.load(f"- {raw}", pyyaml.CSafeLoader)[0]
    except (ValueError, pyyaml.YAMLError, IndexError):
        return
    if pyyaml.load(f"- {raw}", pyyaml.CBaseLoader)[0] != raw:
        return
    found = readings(raw)
    value = found["yaml-1.1"].value if found else resolve(raw).value
    assert repr(value) == repr(wanted)
