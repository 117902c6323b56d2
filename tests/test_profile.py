from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import jsonschema
import pytest

from contentlint import resources
from contentlint.project import Planner
from contentlint.registry import Selection
from contentlint.site import profile
from contentlint.site.addresses import Named
from contentlint.site.routes import Routes
from contentlint.site.tree import SiteTree
from contentlint.source import dialect

FILES = sorted(resources.package_file("site", "profiles").glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_profile_is_valid(file: Path) -> None:
    schema = json.loads((resources.folder("schemas") / "profile.schema.json").read_text(encoding="utf8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(tomllib.loads(file.read_text(encoding="utf8")), schema)


def test_the_dialects_of_every_profile_exist() -> None:
    named = {name: profile.load(name).dialects for name in profile.known()}
    assert {
        name: dialects - set(dialect.known()) for name, dialects in named.items() if dialects - set(dialect.known())
    } == {}
    assert named["hugo"] >= {"shortcodes"}


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
        (["config.toml", "content/a.md", "templates/x.html"], "zola"),
        (["config.toml", "content/a.md", "themes/x/a.txt"], "plain"),
        (["_config.yml", "_posts/2025-01-01-a.md"], "jekyll"),
        (["_config.yml", "source/_posts/a.md", "themes/x/a.txt"], "hexo"),
        (["_config.yml", "source/_posts/a.md", "Gemfile"], "jekyll"),
        (["_config.yml", "scaffolds/post.md", "source/about.md"], "hexo"),
        (["_config.yml", "source/about.md"], "plain"),
        (["astro.config.mjs", "src/content/a.md"], "astro"),
        (["config/site.ts", "content/blog/a.md", "layouts/post.astro"], "plain"),
        (["docusaurus.config.ts", "docs/a.md", "static/a.png"], "docusaurus"),
        (["content.config.ts", "nuxt.config.ts", "content/a.md"], "nuxt-content"),
        (["nuxt.config.ts", "content/a.md"], "nuxt-content"),
        (["nuxt.config.ts", "pages/index.vue"], "plain"),
        (["content.config.ts", "content/a.md"], "plain"),
        ([".eleventy.js", "src/a.md"], "eleventy"),
        ([".eleventy.cjs", "src/a.md"], "eleventy"),
        (["eleventy.config.mjs", "src/a.md"], "eleventy"),
        (["gatsby-config.js", "content/a.md"], "gatsby"),
        ([".vitepress/config.mts", "a.md"], "vitepress"),
        ([".vitepress/config/index.ts", "a.md"], "vitepress"),
        ([".vuepress/config.js", "a.md"], "vuepress"),
        (["mkdocs.yml", "docs/a.md"], "mkdocs"),
        (["pelicanconf.py", "content/a.md"], "pelican"),
        (["zola.toml", "content/a.md"], "zola"),
        (["_quarto.yml", "a.qmd"], "quarto"),
        (["gridsome.config.js", "content/a.md"], "gridsome"),
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
        ('{"dependencies": {"@docusaurus/core": "3"}}', "docusaurus"),
        ('{"dependencies": {"@nuxt/content": "3"}}', "nuxt-content"),
        ('{"devDependencies": {"@11ty/eleventy": "3"}}', "eleventy"),
        ('{"dependencies": {"gatsby": "5"}}', "gatsby"),
        ('{"dependencies": {"hexo": "7"}}', "hexo"),
        ('{"dependencies": {"gridsome": "0.7"}}', "gridsome"),
        ('{"devDependencies": {"vitepress": "1"}}', "plain"),
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


@pytest.mark.parametrize(
    ("config", "name"),
    [
        ('base_url = "https://example.org"\n', "zola"),
        ('baseURL = "https://example.org"\n', "plain"),
        ('base_url = ""\n', "plain"),
        ("base_url = \n[[[", "plain"),
        ("\0", "plain"),
    ],
)
def test_two_generators_with_one_name_of_config_are_told_apart_by_what_it_says(
    tmp_path: Path, config: str, name: str
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "config.toml").write_text(config, encoding="utf8")
    assert profile.detect(SiteTree(tmp_path)).name == name


def test_a_docs_folder_with_its_own_generator_is_a_site_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "next.config.js", "content/blog/a.md", "docs/.vitepress/config.ts", "docs/guide/b.md")
    write(tmp_path, "website/docusaurus.config.js", "website/docs/c.md", "pages/index.tsx")
    roots = {
        page: profile.find_root(tmp_path / page)
        for page in ("content/blog/a.md", "docs/guide/b.md", "website/docs/c.md")
    }
    names = [profile.detect(SiteTree(root)).name for root in roots.values()]
    assert list(roots.values()) == [tmp_path, tmp_path / "docs", tmp_path / "website"]
    assert names == ["nextjs", "vitepress", "docusaurus"]


def test_a_run_over_a_site_takes_the_sites_inside_it_but_not_those_of_its_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "next.config.js", "content/a.md", "docs/.vitepress/config.ts", "docs/b.md")
    write(tmp_path, "__tests__/site/.vitepress/config.ts", "__tests__/site/c.md")
    monkeypatch.chdir(tmp_path)
    plan = Planner(None, True, Selection()).plan([])
    pages = {project.profile.name: project.pages for project in plan.projects if project.pages}
    assert pages == {"nextjs": ["content/a.md"], "vitepress": ["b.md"]}
    named = Planner(None, True, Selection()).plan(["__tests__/site/c.md"])
    assert [project.pages for project in named.projects] == [["c.md"]]


def test_quarto_publishes_what_its_config_lists(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text(
        "project:\n  render:\n    - index.qmd\n    - '!blog/old/*.qmd'\n    - blog/**/*.qmd\n    - '*.en.qmd'\n",
        encoding="utf8",
    )
    quarto = profile.detect(SiteTree(tmp_path))
    pages = ["index.qmd", "blog/index.qmd", "blog/a/b.qmd", "team/about.en.qmd"]
    others = ["about.qmd", "blog/old/a.qmd", "team/index.qmd", "blog/_draft.qmd", "_parts/x.en.qmd", "blog/a.md"]
    assert quarto.pages([*pages, *others]) == pages
    assert quarto.origins["content"] == "project.render in _quarto.yml"


@pytest.mark.parametrize("pattern", ["[z-a]*", "a\\", "*\\", "!", "///"])
def test_a_pattern_that_cannot_be_read_is_passed_over(tmp_path: Path, pattern: str) -> None:
    config = tmp_path / "_quarto.yml"
    config.write_text(f"project: {{render: ['{pattern}', 'a.qmd']}}\n", encoding="utf8")
    assert profile.detect(SiteTree(tmp_path)).pages(["a.qmd", "b.qmd"]) == ["a.qmd"]
    config.write_text(f"project: {{render: ['{pattern}']}}\n", encoding="utf8")
    assert "a.qmd" in profile.detect(SiteTree(tmp_path)).pages(["a.qmd", "b.qmd"])


def test_quarto_without_a_list_publishes_all_but_what_begins_with_an_underscore() -> None:
    quarto = profile.detect(SiteTree.of(["_quarto.yml"]))
    assert quarto.pages(["a.qmd", "blog/b.md", "_c.qmd", "_parts/d.qmd", "README.md"]) == ["a.qmd", "blog/b.md"]


@pytest.mark.parametrize(
    ("config", "page", "static"),
    [
        ("docs_dir: texts/en/\n", "texts/en/a.md", "texts/en"),
        ("docs_dir: ./texts\nplugins:\n  - x: !!python/name:a.b\n", "texts/a.md", "texts"),
        ("site_name: A\n", "docs/a.md", "docs"),
        ("docs_dir: 3\n", "docs/a.md", "docs"),
        ("docs_dir: .\n", "docs/a.md", "docs"),
        ("docs_dir: [\n", "docs/a.md", "docs"),
    ],
)
def test_mkdocs_says_itself_where_its_pages_lie(tmp_path: Path, config: str, page: str, static: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf8")
    mkdocs = profile.detect(SiteTree(tmp_path))
    assert mkdocs.is_page(page)
    assert not mkdocs.is_page("other/a.md")
    assert static in mkdocs.static


def test_one_data_file_makes_a_new_generator_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "profiles"
    shutil.copytree(resources.package_file("site", "profiles"), folder)
    (folder / "invented.toml").write_text(
        """
        title = "Invented"
        markers = [{ settings = { "invented.y*ml" = "out.of" } }]
        content = ["/texts/"]
        templates = ["inv"]
        addresses = [{ folder = "texts/{lang}", to = ["/{lang}/read/{slugged}.htm"] }]
        code-routes = [{ folders = ["screens"], endings = ["prog"] }]
        redirects = [{ file = "moved.txt", format = "lines" }]
        own-settings = [
          { files = ["invented.y*ml"], keys = ["out.of"], sets = ["static"] },
          { files = ["invented.y*ml"], keys = ["patterns.*"], sets = ["addresses"], folder = "texts/{lang}/{key}" },
        ]
        permalinks = { ":stem" = "{name}" }
        """,
        encoding="utf8",
    )
    jsonschema.validate(
        tomllib.loads((folder / "invented.toml").read_text(encoding="utf8")),
        json.loads((resources.folder("schemas") / "profile.schema.json").read_text(encoding="utf8")),
    )
    monkeypatch.setattr(profile, "package_file", lambda *parts: folder.joinpath(*parts[2:]))
    monkeypatch.setattr(profile, "known", profile.known.__wrapped__)
    config = "out: {of: [files, /more/]}\npatterns:\n  notes: /n/:year/:stem\n"
    (tmp_path / "invented.yaml").write_text(config, encoding="utf8")
    (tmp_path / "moved.txt").write_text("/old /new\n", encoding="utf8")
    write(tmp_path, "texts/en/a.md", "texts/en/notes/2025-03-04-b.md", "screens/[id]/help.prog", "files/x.pdf")
    tree = SiteTree(tmp_path)
    found = profile.detect(tree)
    assert profile.find_root(tmp_path / "texts/a.md") == tmp_path
    assert found.name == "invented"
    assert found.static == ("files", "more")
    assert found.origins["static"] == "out.of in invented.yaml"
    assert profile.evidence(found, tree) == ["out.of in invented.yaml"]
    pages = {"texts/en/a.md": Named(slug="first"), "texts/en/notes/2025-03-04-b.md": Named()}
    routes = Routes(pages, tree, found)
    states = {
        "/en/read/first.htm": "page",
        "/en/read/a.htm": "missing",
        "../read/notes/b.htm": "page",
        "/n/2025/b": "page",
        "notes/2025-03-04-b.md": "page",
        "/7/help": "code",
        "/help": "missing",
        "/old": "redirect",
        "/x.pdf": "file",
        "/y.pdf": "missing",
    }
    assert {link: routes.resolve(link, "texts/en/a.md").state for link in states} == states


def write(root: Path, *files: str) -> None:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).touch()
