from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from contentlint import resources
from contentlint.site import profile
from contentlint.site.tree import SiteTree

FILES = sorted(resources.package_file("site", "profiles").glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_profile_is_valid(file: Path) -> None:
    schema = json.loads((resources.folder("schemas") / "profile.schema.json").read_text(encoding="utf8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(tomllib.loads(file.read_text(encoding="utf8")), schema)


def test_every_profile_knows_the_usual_keys() -> None:
    for name in profile.known():
        keys = profile.load(name).keys
        assert "title" in keys["title"]
        assert "seo.metaTitle" in keys["meta-title"]
        assert "readTime" in keys["reading-time"]


def test_a_profile_puts_its_keys_first_and_can_take_a_concept_away(tmp_path: Path) -> None:
    file = tmp_path / "invented.toml"
    file.write_text(
        'title = "Invented"\nmarkers = [{ files = ["invented.json"] }]\ncontent = ["/texts/"]\nstatic = ["files"]\n'
        'dialects = ["liquid"]\n[keys]\ntitle = ["headline"]\npublished = []\n',
        encoding="utf8",
    )
    invented = profile.read(file)
    assert invented.keys["title"][:2] == ("headline", "title")
    assert invented.keys["published"] == ()
    assert invented.is_page("texts/a.md")
    assert not invented.is_page("other/a.md")
    assert not invented.is_page("texts/.drafts/a.md")
    assert invented.conventions("texts/a.md").dialects == {"liquid"}


def test_the_config_replaces_what_the_profile_says() -> None:
    changed = profile.load("nextjs").configured(
        {"content": ["/texts/"], "static": ["files"], "theme_prints_title": True, "keys": {"image": ["visual"]}}
    )
    assert changed.is_page("texts/a.md")
    assert not changed.is_page("content/a.md")
    assert changed.static == ("files",)
    assert changed.theme_prints_title is True
    assert changed.keys["image"][:2] == ("visual", "image")


@pytest.mark.parametrize(
    ("files", "name"),
    [
        (["next.config.mjs", "content/a.md"], "nextjs"),
        (["hugo.toml"], "hugo"),
        (["config.yaml", "content/a.md", "archetypes/default.md"], "hugo"),
        (["config/_default/config.toml", "content/a.md", "layouts/x.html"], "hugo"),
        (["config.toml", "content/a.md", "templates/x.html"], "plain"),
        (["_config.yml", "_posts/2025-01-01-a.md"], "jekyll"),
        (["_config.yml", "source/_posts/a.md", "themes/x/a.txt"], "plain"),
        (["astro.config.mjs", "src/content/a.md"], "astro"),
        (["a.md"], "plain"),
    ],
)
def test_a_generator_is_known_by_its_files(files: list[str], name: str) -> None:
    assert profile.detect(SiteTree.of(files)).name == name


@pytest.mark.parametrize(
    ("package", "name"),
    [
        ('{"dependencies": {"next": "15"}}', "nextjs"),
        ('{"devDependencies": {"astro": "5"}}', "astro"),
        ('{"dependencies": ["next"]}', "plain"),
        ('{"name": "next"}', "plain"),
        ("{", "plain"),
        ("[" * 100_000, "plain"),
    ],
)
def test_a_generator_is_known_by_its_package(tmp_path: Path, package: str, name: str) -> None:
    (tmp_path / "package.json").write_text(package, encoding="utf8")
    assert profile.detect(SiteTree(tmp_path)).name == name


def test_the_generators_own_file_counts_more_than_a_dependency(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"dependencies": {"astro": "5"}}', encoding="utf8")
    (tmp_path / "next.config.js").touch()
    assert profile.detect(SiteTree(tmp_path)).name == "nextjs"


def test_documentation_of_a_next_project_is_no_content() -> None:
    files = ["content/blog/a.md", "README.md", "docs/setup.md", "GUIDE.md", "src/app/[lang]/about/page.mdx"]
    assert profile.load("nextjs").pages(files) == ["content/blog/a.md", "src/app/[lang]/about/page.mdx"]


def test_where_no_known_folder_has_pages_all_are_taken() -> None:
    assert profile.load("nextjs").pages(["texts/a.md", "README.md", ".github/b.md"]) == ["texts/a.md"]


@pytest.mark.parametrize("marker", [".git/HEAD", "contentlint.toml", "hugo.toml", "next.config.js"])
def test_the_root_is_the_nearest_mark_upwards(tmp_path: Path, marker: str) -> None:
    (tmp_path / "site/content/blog").mkdir(parents=True)
    (tmp_path / "site" / marker).parent.mkdir(exist_ok=True)
    (tmp_path / "site" / marker).touch()
    assert profile.find_root(tmp_path / "site/content/blog/not-yet-there.md") == tmp_path / "site"
    assert profile.find_root(tmp_path / "site") == tmp_path / "site"


def test_a_source_folder_with_the_names_of_another_generator_is_no_root(tmp_path: Path) -> None:
    for name in ("src/config/site.json", "src/config.ts", "src/content/blog/a.md", "src/layouts/post.astro"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "astro.config.mjs").touch()
    assert profile.find_root(tmp_path / "src/content/blog/a.md") == tmp_path


def test_a_pyproject_is_a_root_only_if_it_configures_contentlint(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/pyproject.toml").write_text("[tool.other]\n", encoding="utf8")
    (tmp_path / "pyproject.toml").write_text("[tool.contentlint]\n", encoding="utf8")
    assert profile.find_root(tmp_path / "docs/a.md") == tmp_path


def test_the_search_for_a_root_stops_below_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".git").mkdir()
    (tmp_path / "notes").mkdir()
    assert profile.find_root(tmp_path / "notes/a.md") is None


def test_an_unknown_profile_is_an_error() -> None:
    with pytest.raises(KeyError):
        profile.load("no-such-generator")
