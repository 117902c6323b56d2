"""Write the table of docs/sites.md: what is found and told of the pictures and links of the real sites.

    tools/sites.py    read the sites of build/corpora, and write what stands between the markers of the page

It is a command of its own, for the sites need not be there: ``make sites`` lays them out first.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from generate import SECTION
from verdicts import CORPORA, ROOT, TODAY

from contentlint import linter
from contentlint.project import Planner
from contentlint.registry import Selection
from contentlint.report import Failure
from contentlint.site.anchors import matches
from contentlint.site.index import SiteIndex
from contentlint.source.references import MEDIA, Form, Reference
from contentlint.span import Span

PAGE = ROOT / "docs" / "sites.md"
RULES = ("images/missing-file", "images/wrong-case", "links/broken-page", "links/broken-anchor")

_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")

_FORMS: Mapping[Form, str] = {
    "markdown": "Markdown",
    "html": "HTML, JSX",
    "jsx": "HTML, JSX",
    "construct": "constructs",
    "front-matter": "front matter",
}
_FOUND = tuple(dict.fromkeys(_FORMS.values()))
_PICTURES = ("resolved", "remote", "not judged", "missing", "wrong case")
_LINKS = ("pages", "files", "other", "places", "remote", "not judged", "broken page", "broken place")
_REPORTED = {
    "images/missing-file": "missing",
    "images/wrong-case": "wrong case",
    "links/broken-page": "broken page",
    "links/broken-anchor": "broken place",
}
_TARGETS = {"page": "pages", "file": "files", "code": "other", "redirect": "other", "generated": "other"}


@dataclass(slots=True)
class Row:
    """What is known of one site, or of all. The counters are by the heads of the columns."""

    name: str
    generator: str = ""
    pages: int = 0
    pictures: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)

    def add(self, other: Row) -> None:
        """Count what is in another row too."""
        self.pages += other.pages
        self.pictures += other.pictures
        self.links += other.links


def row(site: Path) -> Row:
    """What contentlint knows of a site, with what its rules report of it."""
    request = linter.Request(selection=Selection(RULES), today=TODAY)
    failures: list[Failure] = []
    counted = Row(site.name.replace("+", "/", 1).replace("__", ", "))
    generators: Counter[str] = Counter()
    with chdir(site):
        plan = Planner(request.config, request.isolated, request.selection).plan(())
        for linted in linter._page_stage(plan, request, failures):
            reported: dict[tuple[str, Span], str] = {}
            for path, rule, match in linter._site_stage(linted, failures):
                reported[path, match.span] = _REPORTED[rule]
            generators[linted.project.profile.title] += len(linted.results)
            counted.pages += len(linted.results)
            _count(counted, linted.index, reported)
    for failure in failures:
        print(f"{site.name}: {failure.path}: {failure.message}", file=sys.stderr)
    counted.generator = ", ".join(title for title, _ in generators.most_common())
    return counted


def _count(counted: Row, index: SiteIndex, reported: Mapping[tuple[str, Span], str]) -> None:
    for path, page in index.pages.items():
        for one in page.references:
            said = reported.get((path, one.span))
            if one.kind != "link" or MEDIA.search(unquote(one.destination)):
                counter, outcome = counted.pictures, said or _of_picture(index, path, one)
            else:
                counter, outcome = counted.links, said or _of_link(index, path, one)
            counter[_FORMS[one.form]] += 1
            counter[outcome] += 1


def _of_picture(index: SiteIndex, page: str, picture: Reference) -> str:
    """What became of a picture that no rule reports."""
    if picture.templated:
        return "not judged"
    if index.file_of(page, picture).state == "found":
        return "resolved"
    return "remote" if _REMOTE.match(picture.destination) else "not judged"


def _of_link(index: SiteIndex, page: str, link: Reference) -> str:
    """What became of a link that no rule reports."""
    if link.templated:
        return "not judged"
    target = index.routes.resolve(link.destination, page, link.lookup)
    if target.state == "not-checkable" and _REMOTE.match(link.destination):
        return "remote"
    if target.path is None or target.state != "page" or not target.fragment:
        return _TARGETS.get(target.state, "not judged")
    return "places" if matches(target.fragment, index.anchors(target.path) or ()) else "not judged"


# The page


def tables(rows: Sequence[Row]) -> str:
    """The tables of pictures and of links, with the sums."""
    total = Row("**all**")
    for one in rows:
        total.add(one)
    every = (*rows, total)
    lines = ["### Pictures and films", ""]
    lines += _table((*_FOUND, *_PICTURES), ((one, one.pictures) for one in every))
    lines += ["", "### Links", ""]
    lines += _table((*_FOUND, *_LINKS), ((one, one.links) for one in every))
    return "\n".join(("", *lines, "", ""))


def _table(columns: Sequence[str], rows: Iterable[tuple[Row, Counter[str]]]) -> Iterator[str]:
    yield f"| Site | Generator | Pages | {' | '.join(columns)} |"
    yield f"| --- | --- | {'---: | ' * len(columns)}---: |"
    for one, counts in rows:
        cells = (f"{count:,}" for count in (one.pages, *(counts[column] for column in columns)))
        yield f"| {one.name} | {one.generator} | {' | '.join(cells)} |"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--page", type=Path, default=PAGE, help="The page that the tables are written into.")
    options = parser.parse_args(arguments)
    sites = sorted(options.corpora.iterdir(), key=lambda site: site.name.lower()) if options.corpora.is_dir() else []
    if not sites:
        parser.error(f"no sites in {options.corpora}")
    text = tables([row(site) for site in sites])
    page = options.page.read_text(encoding="utf8")
    options.page.write_text(SECTION.sub(lambda found: f"{found[1]}{text}{found[4]}", page), encoding="utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
