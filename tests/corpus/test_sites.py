"""What is known to be true of the real sites."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import contentlint
from contentlint.site import profile
from contentlint.site.tree import SiteTree

CORPORA = Path(__file__).parents[2] / "build/corpora"
SITE = CORPORA / "RomainVelocitAI+siteVelocitAI"
PAGES = (".md", ".mdx", ".qmd", ".markdown")

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="the real sites are not unpacked"),
]

GENERATORS = {
    "11ty+11ty-website": "eleventy",
    "Budibase+website": "hugo",
    "DISIC+design.numerique.gouv.fr": "gridsome",
    "InseeFrLab+ssphub": "quarto",
    "RomainVelocitAI+siteVelocitAI": "nextjs",
    "Scalingo+documentation": "jekyll",
    "SocialGouv+www": "nextjs",
    "antoniwan+blog": "astro",
    "betagouv+beta.gouv.fr": "jekyll",
    "cds-snc+digital-canada-ca": "hugo",
    "firmapi+blog": "jekyll",
    "gohugoio+hugoDocs": "hugo",
    "guillaumew+simbios": "jekyll",
    "rust-lang+blog.rust-lang.org": "zola",
    "tinacms+tina.io": "nextjs",
    "vuejs+vitepress/docs": "vitepress",
    "withastro+docs": "astro",
}


@pytest.mark.parametrize("site", GENERATORS)
def test_the_generator_is_recognised(site: str) -> None:
    tree = SiteTree(CORPORA / site)
    found = profile.detect(tree)
    assert found.name == GENERATORS[site]
    assert any(found.is_page(file) for file in tree.files() if file.endswith(PAGES))


def test_the_content_of_the_first_users_site_is_eleven_articles() -> None:
    tree = SiteTree(SITE)
    markdown = [file for file in tree.files() if file.endswith(PAGES)]
    assert len(markdown) == 48
    assert len(profile.detect(tree).pages(markdown)) == 11


def found(site: str, *rules: str) -> list[tuple[str, str, int]]:
    report = contentlint.lint([CORPORA / site / "content"], isolated=True, select=rules)
    return [
        (one.rule, Path(one.path).stem[:28], one.range.start.line) for one in report.diagnostics if one.rule in rules
    ]


def test_one_picture_of_the_first_users_site_is_missing_and_its_titles_are_mixed() -> None:
    rules = ("images/missing-file", "images/wrong-case", "images/local-path", "structure/title-twice")
    assert found(SITE.name, *rules) == [
        ("images/missing-file", "automatisation-entreprise-gu", 19),
        ("structure/title-twice", "automatisation-processus-met", 35),
    ]


def test_local_paths_are_reported_and_never_as_missing() -> None:
    rules = ("images/missing-file", "images/local-path")
    kinds = [rule for rule, _, _ in found(f"{SITE.name}__filepaths", *rules)]
    assert kinds.count("images/local-path") == 14
    assert kinds.count("images/missing-file") == 1


def test_pictures_of_the_first_users_site_come_from_its_repository() -> None:
    pages = [page for _, page, _ in found(SITE.name, "images/own-site-remote")]
    assert len(pages) == 50
    assert len(set(pages)) == 8


def test_captions_of_the_first_users_site_that_belong_to_other_pictures() -> None:
    pages = Counter(page for _, page, _ in found(SITE.name, "images/alt-caption-disagree"))
    assert sorted(pages.values()) == [2, 2, 4]


def test_empty_pictures_weigh_nothing() -> None:
    assert found(SITE.name, "images/lighter-twin", "images/too-heavy", "images/too-small-for-sharing") == []


def test_generated_names_of_the_first_users_pictures() -> None:
    assert len(found(f"{SITE.name}__filepaths", "images/undescriptive-name")) == 12
    assert found(SITE.name, "images/undescriptive-name") == []


def test_a_link_that_was_never_filled_in() -> None:
    assert [line for _, _, line in found("coffeedevsolutions+entaik-landing", "links/left-placeholder")] == [116, 113]
