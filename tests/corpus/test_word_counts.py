"""Pages heavy in constructs: as many words as a reader sees.

The figures were counted in what renderers made of the pages: Hugo 0.111, Liquid and kramdown for Jekyll, Liquid and
markdown-it for Eleventy, VitePress 1, Pandoc 2.17 for Quarto, MDX 3 for Astro and Next.js. Every word by which the two
differed was looked up in the page. Counted as a reader sees it: a span of code, a formula or a construct that prints
something in a line is one word. Left out: blocks of code, alternative texts, what a theme adds (“TIP”, the names of
tabs and languages), tables of contents, and what stands for a whole block.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from contentlint.site import profile
from contentlint.site.profile import Profile
from contentlint.site.tree import SiteTree
from contentlint.source import prose
from contentlint.source.document import Document

CORPORA = Path(__file__).parents[2] / "build" / "corpora"

TOLERANCE = 2
"""Words. Renderers do not agree on a few: where a URL ends, whether a construct in a table cell stands alone."""

PAGES = [
    ("gohugoio+hugoDocs", "content/en/content-management/shortcodes.md", 664),
    ("gohugoio+hugoDocs", "content/en/content-management/urls.md", 1128),
    ("gohugoio+hugoDocs", "content/en/configuration/module.md", 832),
    ("gohugoio+hugoDocs", "content/en/shortcodes/highlight.md", 199),
    ("gohugoio+hugoDocs", "content/en/templates/embedded.md", 1094),
    ("Budibase+website", "content/blog/updates/v3/launchweek/day1.md", 965),
    ("Budibase+website", "content/blog/updates/5-good-habits-for-success/index.md", 1053),
    ("Scalingo+documentation", "src/_posts/platform/networking/public/2000-01-01-routing.md", 1228),
    ("Scalingo+documentation", "src/_posts/platform/internals/stacks/2000-01-01-overview.md", 1071),
    (
        "Scalingo+documentation",
        "src/_posts/databases/postgresql/shared-resources/getting-started/2000-01-01-accessing.md",
        930,
    ),
    ("Scalingo+documentation", "src/_posts/languages/php/2000-01-01-start.md", 1415),
    ("guillaumew+simbios", "blog/_posts/2024/Q3/2024-07-15-particules.md", 1053),
    ("guillaumew+simbios", "a-propos.md", 483),
    ("plausible+website", "_articles/lightweight-web-analytics.md", 1066),
    ("11ty+11ty-website", "src/docs/plugins/navigation.md", 1420),
    ("11ty+11ty-website", "src/docs/languages/liquid.md", 671),
    ("11ty+11ty-website", "src/docs/languages/javascript.md", 519),
    ("vuejs+vitepress", "docs/en/guide/getting-started.md", 652),
    ("vuejs+vitepress", "docs/en/guide/deploy.md", 801),
    ("vuejs+vitepress", "docs/en/guide/routing.md", 1157),
    ("vuejs+vitepress", "docs/en/reference/default-theme-search.md", 500),
    ("InseeFrLab+ssphub", "blog/parquetRP/index.qmd", 1556),
    ("InseeFrLab+ssphub", "blog/recap2022/index.qmd", 1483),
    ("InseeFrLab+ssphub", "infolettre/infolettre_11/index.qmd", 1155),
    ("withastro+docs", "src/content/docs/fr/reference/modules/astro-content.mdx", 1597),
    ("withastro+docs", "src/content/docs/en/recipes/sharing-state-islands.mdx", 928),
    ("withastro+docs", "src/content/docs/en/guides/integrations-guide/sitemap.mdx", 1473),
    ("SocialGouv+www", "pages/startups/code-du-travail-numerique/index.mdx", 343),
    ("SocialGouv+www", "pages/startups/work-in-france.mdx", 430),
]

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="the real sites are not unpacked"),
]


@cache
def generator(site: str) -> Profile:
    return profile.detect(SiteTree(CORPORA / site))


@pytest.mark.parametrize(("site", "path", "words"), PAGES, ids=[f"{site}/{path}" for site, path, _ in PAGES])
def test_a_page_has_the_words_that_its_reader_sees(site: str, path: str, words: int) -> None:
    text = (CORPORA / site / path).read_text(encoding="utf8").removeprefix("\ufeff")
    document = Document(path, text, generator(site).conventions(path))
    assert sum(len(prose.words(run.text)) for run in document.prose) == pytest.approx(words, abs=TOLERANCE)
