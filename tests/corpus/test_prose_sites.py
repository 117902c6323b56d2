"""Real pages: words stand where their runs say, languages are those of the folders, reading times are judged right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import contentlint
from contentlint.source import language, prose
from contentlint.source.document import Conventions, Document

CORPORA = Path(__file__).parents[2] / "build" / "corpora"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="the real sites are not unpacked"),
]


def documents() -> Iterator[Document]:
    for path in sorted(CORPORA.rglob("*")):
        if path.suffix in (".md", ".mdx", ".markdown", ".qmd") and path.is_file():
            text = path.read_text(encoding="utf8", errors="surrogateescape").removeprefix("\ufeff")
            dialects = frozenset({"mdx"}) if path.suffix == ".mdx" else frozenset[str]()
            yield Document(path.relative_to(CORPORA).as_posix(), text, Conventions(dialects=dialects))


def test_words_and_languages() -> None:
    told: Counter[tuple[str, str | None]] = Counter()
    for document in documents():
        runs = prose.runs(document.root, document.mask.text)
        for run in runs:
            for word in prose.words(run.text):
                if word.text.isascii() and word.text.isalpha():
                    place = run.span(word.start, word.end).of(document.text)
                    assert place[0] == word.text[0] or place[0] in "&\\", document.path
        by_path = language.of_path(document.path)
        if by_path in language.known() and sum(len(run.text.split()) for run in runs) >= 40:
            told[by_path, language.of_text(runs)] += 1
    print(told)
    assert told["fr", "en"] == told["en", "fr"] == 0
    assert told["fr", "fr"] > 500
    assert told["en", "en"] > 1100
    assert told["fr", None] + told["en", None] < 30


def test_two_articles_of_the_first_user_declare_an_impossible_time() -> None:
    articles = CORPORA / "RomainVelocitAI+siteVelocitAI" / "content" / "blog"
    report = contentlint.lint([articles], isolated=True, select=["reading-time/mismatch"])
    assert report.pages == 11
    found = {Path(one.path).stem.split("-")[0]: one.data["words"] for one in report.diagnostics}
    assert found == {"automatisation": 2349, "n8n": 922}
