"""Every page of every real site is read without a crash."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import contentlint

CORPORA = Path(__file__).parents[2] / "build" / "corpora"
SITES = sorted(path.name for path in CORPORA.iterdir()) if CORPORA.is_dir() else []

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not SITES, reason="the real sites are not unpacked"),
]


@pytest.mark.parametrize("site", SITES)
def test_every_page_is_read(site: str) -> None:
    report = contentlint.lint([CORPORA / site], isolated=True, jobs=1)
    print(site, report.pages, Counter(one.rule for one in report.diagnostics).most_common())
    assert report.failures == ()
    assert report.pages > 0


def test_only_the_articles_of_the_first_user_are_linted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CORPORA / "RomainVelocitAI+siteVelocitAI")
    report = contentlint.lint(isolated=True)
    assert report.pages == 11
    assert report.sites[0].left_out == 37
    assert report.language == "fr"
