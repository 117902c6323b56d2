"""``contentlint schema``: what a section's pages have in common, what deviates, and the rule that holds it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from contentlint.cli import group
from contentlint.linter import Request, lint
from contentlint.registry import Selection
from contentlint.schema_inference import inferred
from contentlint.site.sections import sections

Write = Callable[[Mapping[str, str]], Path]

POST = (
    "---\ntitle: Loaf {0}\ndate: 2025-03-{0:02}\nauthor: {1}\ndraft: no\ntags: [bread, oven]\nseo:\n  rank: {0}\n---\n"
)


def blog() -> dict[str, str]:
    posts = {f"content/blog/p{n}.md": POST.format(n % 28 + 1, ("Ada", "Bea")[n % 2]) for n in range(148)}
    posts["content/blog/x.md"] = (
        "---\ntitle: No author\ndate: 2025-03-01\ndraft: no\ntags: [bread]\nseo: {rank: 1}\n---\n"
    )
    posts["content/blog/y.md"] = "---\ntitle: 3\ndate: soon\ndraft: yes\ntags: bread\nseo: {rank: 1}\n---\n"
    posts["content/blog/_index.md"] = "---\nlayout: list\n---\n"
    posts["content/about.md"] = "---\nlayout: page\n---\n"
    return {**posts, "hugo.toml": ""}


def run(*arguments: str) -> str:
    result = CliRunner().invoke(group, ["schema", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def proposed(*arguments: str) -> list[dict[str, Any]]:
    data = json.loads(run("infer", *arguments))
    assert data["schema"] == 1
    found: list[dict[str, Any]] = data["sections"]
    return found


def test_what_nearly_all_pages_have_is_required_and_the_others_are_named(write: Write) -> None:
    write(blog())
    (section,) = proposed()
    assert (section["folder"], section["pages"]) == ("content/blog", 150)
    schema = section["schema"]
    assert schema["required"] == ["author", "date", "draft", "seo", "tags", "title"]
    properties = schema["properties"]
    assert properties["author"] == {"type": "string", "enum": ["Ada", "Bea"]}
    assert properties["date"] == {"type": "string", "format": "date"}
    assert properties["draft"] == {"type": "boolean"}
    assert properties["tags"]["items"]["enum"] == ["bread", "oven"]
    assert properties["seo"]["properties"]["rank"] == {"type": "integer"}
    missing = next(one for one in section["deviations"] if one["field"] == "author")
    assert missing["problem"] == "missing"
    assert [place["path"] for place in missing["places"]] == ["content/blog/x.md", "content/blog/y.md"]


def test_the_schema_in_the_config_reports_the_pages_that_deviate_and_no_others(write: Write) -> None:
    root = write(blog())
    (section,) = proposed()
    (root / "contentlint.toml").write_text(run("infer", "--format", "toml"), encoding="utf8")
    report = lint(Request(selection=Selection(select=("front-matter/schema",))))
    expected = {
        (place["path"], place["line"], place["column"]) for one in section["deviations"] for place in one["places"]
    }
    assert {(one.path, *one.range.start) for one in report.diagnostics} == expected
    assert {path for path, *_ in expected} == {"content/blog/x.md", "content/blog/y.md"}


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "148 of 150 pages have `author`; not content/blog/x.md:1, content/blog/y.md:1"),
        ("fr", "148 pages sur 150 ont `author`\u00a0; pas content/blog/x.md:1, content/blog/y.md:1"),
    ],
)
def test_the_text_says_how_many_pages_have_a_field_and_which_do_not(write: Write, lang: str, line: str) -> None:
    write(blog())
    assert line in run("infer", "--format", "text", "--lang", lang)


def test_a_smaller_share_makes_more_of_a_rule(write: Write) -> None:
    pages = {f"content/blog/{n}.md": "---\ntitle: x\nimage: /a.png\n---\n" for n in range(9)}
    write({"hugo.toml": "", **pages, "content/blog/last.md": "---\ntitle: y\n---\n"})
    assert proposed()[0]["schema"]["required"] == ["title"]
    assert proposed("--share", "90")[0]["schema"]["required"] == ["image", "title"]


def test_the_result_goes_to_a_file_where_one_is_named(write: Write) -> None:
    root = write(blog())
    assert run("infer", "--output", "out.json") == ""
    assert json.loads((root / "out.json").read_text(encoding="utf8"))["sections"][0]["pages"] == 150


_TEXTS = st.sampled_from(["", "bread", "a longer text about bread", "2025-03-01", "a@b.example", "https://b.example/"])
_SCALARS = st.sampled_from([None, True, 3, 2.5]) | _TEXTS
_VALUES = _SCALARS | st.lists(_SCALARS, max_size=3) | st.dictionaries(st.sampled_from("xy"), _SCALARS)


@given(st.lists(st.dictionaries(st.sampled_from("abc"), _VALUES), min_size=1, max_size=12))
def test_with_a_share_of_all_every_page_meets_the_schema(pages: list[Any]) -> None:
    from jsonschema import Draft202012Validator

    schema = inferred(pages, 1.0)
    Draft202012Validator.check_schema(schema)
    assert [list(Draft202012Validator(schema).iter_errors(page)) for page in pages] == [[]] * len(pages)
    assert inferred(reversed(pages), 1.0) == schema


def test_pages_belong_to_the_nearest_folder_with_enough_of_them() -> None:
    blog = [f"content/blog/2024/0{n}/post.md" for n in range(1, 7)]
    bundles = [f"content/news/{n}-x/index.md" for n in range(5)]
    few = ["content/a.md", "content/legal/b.md"]
    lists = ["content/_index.md", "content/blog/index.md", "content/news/index.fr.md"]
    assert sections([*blog, *bundles, *few, *lists]) == {
        "": few,
        "content/blog": blog,
        "content/news": bundles,
    }


# Export


def test_the_schemas_that_the_config_applies_are_exported_with_their_pages(write: Write) -> None:
    root = write(
        {
            "hugo.toml": "",
            "content/blog/a.md": "---\ntitle: x\n---\n",
            "content/blog/b.md": "---\ntitle: x\n---\n",
            "content/c.md": "---\ntitle: x\n---\n",
            "contentlint.toml": '[[overrides]]\nfiles = ["/content/blog/"]\n'
            'rules = {"front-matter/schema" = {schema = "own.json"}}\n',
            "own.json": '{"required": ["title"]}',
        }
    )
    (one,) = json.loads(run("export"))["schemas"]
    assert one == {
        "rule": "front-matter/schema",
        "files": ["content/blog/**/*.md"],
        "pages": 2,
        "schema": {"required": ["title"]},
    }
    assert json.loads(run("export", "--folder", "schemas")) == {
        "yaml.schemas": {"./schemas/front-matter-1.schema.json": ["content/blog/**/*.md"]}
    }
    assert json.loads((root / "schemas/front-matter-1.schema.json").read_text(encoding="utf8")) == one["schema"]


def test_without_a_schema_in_the_config_nothing_is_exported(write: Write) -> None:
    write(blog())
    assert json.loads(run("export")) == {"schema": 1, "schemas": []}
