"""At which addresses pages are published, generator by generator."""

from __future__ import annotations

from pathlib import Path

import pytest

from contentlint.site import profile
from contentlint.site.addresses import Named, Pattern, key, of_page
from contentlint.site.tree import SiteTree


@pytest.mark.parametrize(
    "address",
    ["/a/pain-dépice", "/a/pain-dépice/", "/a/pain-dépice.html", "/a/pain-dépice/index.html", "/A/Pain-d’épice/",
     "/a/pain-d%27%C3%A9pice", "//a/pain-d'épice", "/a/pain-dépice.md"],
)  # fmt: skip
def test_spellings_of_one_address_are_the_same(address: str) -> None:
    assert key(address) == "/a/pain-dépice"


def test_the_top_of_the_site_is_a_slash() -> None:
    assert {key(address) for address in ("", "/", "//", "/index.html", "index")} == {"/"}


def test_what_generators_leave_out_of_names_counts_for_nothing() -> None:
    assert key("/l’été-:-où-aller-–-et-quand") == key("/lété-où-aller-et-quand/")


def published(generator: str, path: str, **named: object) -> list[str]:
    found = profile.load(generator)
    return of_page(path, Named(**named), found.addresses, numbered=found.numbered)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("generator", "path", "address"),
    [
        ("hugo", "content/blog/a.md", "/blog/a"),
        ("hugo", "content/blog/_index.md", "/blog"),
        ("hugo", "content/blog/a/index.md", "/blog/a"),
        ("hugo", "content/fr/blog/a.md", "/fr/blog/a"),
        ("hugo", "content/fr/blog/a.md", "/blog/a"),
        ("hugo", "content/blog/a.fr.md", "/fr/blog/a"),
        ("hugo", "content/_index.fr.md", "/fr"),
        ("jekyll", "about.md", "/about"),
        ("jekyll", "_posts/2025-03-04-a.md", "/2025/03/04/a"),
        ("jekyll", "blog/_posts/2025/2025-03-04-a.md", "/blog/2025/03/04/a"),
        ("jekyll", "_recipes/bread.md", "/recipes/bread"),
        ("jekyll", "_startups/service-public.fr.md", "/startups/service-public.fr"),
        ("zola", "content/blog/2025-03-04-a.md", "/blog/a"),
        ("zola", "content/a.fr.md", "/fr/a"),
        ("astro", "src/content/blog/a.md", "/blog/a"),
        ("astro", "src/content/docs/en/guides/a.mdx", "/en/guides/a"),
        ("astro", "src/pages/about.md", "/about"),
        ("nextjs", "content/blog/a.mdx", "/blog/a"),
        ("nextjs", "_posts/a.md", "/posts/a"),
        ("docusaurus", "docs/01-intro/02-install.md", "/docs/intro/install"),
        ("docusaurus", "blog/2025-03-04-a.md", "/blog/2025/03/04/a"),
        ("docusaurus", "i18n/fr/docusaurus-plugin-content-docs/current/a.md", "/fr/docs/a"),
        ("nuxt-content", "content/1.guide/2.install.md", "/guide/install"),
        ("eleventy", "src/blog/a.md", "/blog/a"),
        ("vitepress", "guide/index.md", "/guide"),
        ("vuepress", "guide/README.md", "/guide"),
        ("mkdocs", "docs/guide/a.md", "/guide/a"),
        ("pelican", "content/articles/a.md", "/a"),
        ("hexo", "source/_posts/a.md", "/2025/06/07/a"),
        ("hexo", "source/about/index.md", "/about"),
        ("quarto", "posts/a/index.qmd", "/posts/a"),
        ("gatsby", "content/blog/a/index.md", "/blog/a"),
        ("gridsome", "content/posts/a.md", "/posts/a"),
        ("plain", "docs/a.md", "/docs/a"),
    ],
)
def test_addresses_follow_from_places(generator: str, path: str, address: str) -> None:
    assert address in published(generator, path, date="2025-06-07")


def test_a_folder_of_two_letters_is_a_language_only_if_there_is_one() -> None:
    assert "/blog/a" in published("hugo", "content/fr/blog/a.md")
    assert "/blog/a" not in published("hugo", "content/qq/blog/a.md")


def test_front_matter_names_other_addresses() -> None:
    assert "/blog/b" in published("hugo", "content/blog/a.md", slug="b")
    assert published("nextjs", "content/blog/a.md", url="/z/", aliases=("/y", "x.html"))[:3] == ["/z", "/y", "/x"]
    assert "/https:/else.where" not in published("nextjs", "content/a.md", url="https://else.where/")
    assert "/notes/2025/b" in of_page(
        "posts/a.md", Named(slug="b", date="2025-06-07"), [Pattern("posts", ("/notes/{year}/{file-slug}",))]
    )


def test_an_address_that_asks_for_what_a_page_does_not_have_is_none() -> None:
    assert of_page("posts/a.md", Named(), [Pattern("posts", ("/{year}/{name}", "/{nonsense}"))]) == []


@pytest.mark.parametrize(
    ("config", "path", "address"),
    [
        ("permalink: /blog/:title\n", "_posts/2025-03-04-a.md", "/blog/a"),
        ("permalink: pretty\n", "_posts/2025-03-04-a.md", "/2025/03/04/a"),
        ("collections:\n  jobs:\n    permalink: /careers/:path\n", "_jobs/baker.md", "/careers/baker"),
        ("defaults:\n  - values: {permalink: '/:year/:slug'}\n", "_posts/2025-03-04-a.md", "/2025/a"),
    ],
)
def test_the_sites_own_config_names_addresses(tmp_path: Path, config: str, path: str, address: str) -> None:
    (tmp_path / "_config.yml").write_text(config, encoding="utf8")
    fitted = profile.load("jekyll").fitted(SiteTree(tmp_path))
    assert address in of_page(path, Named(), fitted.addresses)


@pytest.mark.parametrize(
    ("file", "config"),
    [
        ("hugo.toml", '[permalinks]\nblog = "/:year/:contentbasename/"\n'),
        ("config/_default/config.yaml", "languages:\n  fr:\n    permalinks:\n      blog: /:year/:filename\n"),
    ],
)
def test_permalinks_of_hugo_hold_for_their_section(tmp_path: Path, file: str, config: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(config, encoding="utf8")
    fitted = profile.load("hugo").fitted(SiteTree(tmp_path))
    named = Named(date="2025-06-07")
    assert "/2025/a" in of_page("content/fr/blog/posts/a.md", named, fitted.addresses)
    assert "/2025/a" not in of_page("content/fr/notes/a.md", named, fitted.addresses)
