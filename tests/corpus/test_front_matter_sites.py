"""Real pages: every one is read, what is said to be wrong is, and PyYAML reads the same values."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from contentlint.source import file, front_matter
from contentlint.span import Span

CORPORA = Path(__file__).parents[2] / "build" / "corpora"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="the real sites are not unpacked"),
]

# Read one by one: two titles, permalinks, drafts; in archetypes, templates without quotes or with quotes in them.
KNOWN_PROBLEMS = {("duplicate-key", "other"): 3, ("syntax", "template"): 6, ("syntax", "unquoted-special"): 2}
PASTED = ["automatisation-processus-metier-guide-complet-dirigeants-2025.md"]


def raw(entry):
    if entry.kind == "map":
        return {child.key: raw(child) for child in entry.children}
    return [raw(child) for child in entry.children] if entry.kind == "list" else entry.raw


def test_all_pages():
    problems, pasted = Counter(), []
    for path in sorted(CORPORA.rglob("*")):
        if path.suffix not in (".md", ".mdx", ".markdown", ".qmd", ".njk") or not path.is_file():
            continue
        data = file.read_bytes(path)
        source = file.decode(data)
        text = source.text
        assert source.problems == ()
        assert source.encode(text) == data
        matter = front_matter.read(text)
        problems.update((problem.kind, problem.cause) for problem in matter.problems)
        for entry in matter.entries():
            assert 0 <= entry.span.start < entry.span.end <= matter.content.end
            assert entry.inner is None or entry.inner.of(text) == entry.raw
        if matter.format == "yaml" and matter.root and not matter.problems:
            content = matter.content.of(text)
            assert raw(matter.root) == yaml.load(content, yaml.CBaseLoader), path
            loaded = yaml.load(content, yaml.CSafeLoader)
            if not any(entry.readings for entry in matter.entries()):
                assert matter.data == loaded, path
        if front_matter.second_block(text, Span(matter.span.end, len(text))):
            pasted.append(path.name)
    assert problems == KNOWN_PROBLEMS
    assert pasted == PASTED
