"""What the site stage knows: the facts of every page, the tree of files, the profile, and the day."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from contentlint.site import anchors, hosts
from contentlint.site.addresses import Named, named
from contentlint.site.assets import Resolution, resolve
from contentlint.site.mentions import Mentions
from contentlint.site.metadata import view
from contentlint.site.neighbours import Neighbours
from contentlint.site.profile import Profile
from contentlint.site.routes import Routes
from contentlint.site.tree import SiteTree
from contentlint.source.document import Document
from contentlint.source.references import Reference
from contentlint.span import Position


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the page stage hands to the site stage about one page: plain data, so that it can cross any border.

    Numbers, strings, lists and mappings only: it goes into a cache as JSON and to other processes.
    """

    path: str
    """Relative to the site's root, with ``/``."""
    language: str | None = None
    title: str | None = None
    description: str | None = None
    date: str | None = None
    """The day of publication, as ``2025-07-15``; None where there is none, or none that exists."""
    draft: bool = False
    named: Named = field(default_factory=Named)
    """What the page says of its own address."""
    words: int = 0
    """The words of the body's prose."""
    references: tuple[Reference, ...] = ()
    """What the page refers to, in the order of the text."""
    anchors: tuple[str, ...] = ()
    """The ids that a link to the page may name after ``#``."""
    line_starts: tuple[int, ...] = (0,)
    """The offset of the first code point of each line, so that spans become positions without the text."""
    length: int = 0
    """How many code points the text has."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the ``facts`` function of each site check gave, under the id of the rule that asked."""
    suppressions: Any = ()

    @property
    def section(self) -> str:
        """The folder that the page lies in (``content/blog``); empty for the site's root."""
        return self.path.rpartition("/")[0]

    def position(self, offset: int) -> Position:
        """The position of an offset; an offset past the end is placed at the end."""
        offset = max(0, min(offset, self.length))
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)


def page_facts(document: Document, facts: Mapping[str, Any], suppressions: Any = ()) -> PageFacts:
    """The facts of a page. ``facts`` is what the site checks keep, by rule id."""
    metadata = view(document.front_matter, document.conventions.keys)
    day = metadata.day("date")
    return PageFacts(
        path=document.path,
        language=document.language,
        title=metadata.text("title"),
        description=metadata.text("description"),
        date=day.isoformat() if day else None,
        draft=metadata.draft,
        named=named(metadata),
        words=sum(len(sentence.words) for sentence in document.sentences),
        references=document.references,
        anchors=tuple(anchors.anchors(document, document.conventions.heading_ids)),
        line_starts=tuple(document.lines.starts),
        length=len(document.text),
        facts=facts,
        suppressions=suppressions,
    )


@dataclass(frozen=True)
class SiteIndex:
    """The site as a whole, as the checks of the site see it."""

    pages: Mapping[str, PageFacts]
    """The pages of the run, by their path."""
    tree: SiteTree
    profile: Profile
    today: datetime.date
    theme_prints_title: bool | None = None
    """Whether the site's templates print the front-matter title as a heading; None where nobody said.
    The config's answer, else the profile's."""
    base_url: str | None = None
    """The address that the site is published at (``https://example.org/blog/``), where the config gives it."""
    neighbours: Neighbours | None = None
    """The other pages of the site."""
    concerns: Callable[[str], bool] | None = None
    """Whether the run asks about that file of the site, which is no page: work on others is for nothing. None where
    the run asks about pages only.
    """

    @cached_property
    def routes(self) -> Routes:
        """The addresses of the site, of all its pages."""
        named = {path: page.named for path, page in self.pages.items()}
        others = self.neighbours.named if self.neighbours else {}
        profile = replace(self.profile, base_url=self.base_url) if self.base_url else self.profile
        return Routes({**others, **named}, self.tree, profile, self.hosts)

    @property
    def all_pages(self) -> Iterator[str]:
        """The paths of the pages of the run, then of the others."""
        yield from self.pages
        yield from self.neighbours.paths if self.neighbours else ()

    @cached_property
    def mentions(self) -> Mentions:
        """The pictures that any text of the site may mean."""
        return Mentions(self.tree, (one.destination for page in self.pages.values() for one in page.references))

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The names under which the site is published; empty where nothing tells."""
        return hosts.hosts(self.tree, self.profile, self.base_url)

    @cached_property
    def _resolutions(self) -> dict[tuple[str, str, bool], Resolution]:
        return {}

    def file_of(self, page: str, reference: Reference) -> Resolution:
        """The file of the site that a reference on a page names; kept, for several rules ask."""
        # A template may put a folder before a name in front matter, as it does for the files that belong to a page.
        prefixed = reference.form == "front-matter" or reference.lookup == "asset"
        key = (page, reference.destination, prefixed)
        if key not in self._resolutions:
            self._resolutions[key] = resolve(
                reference.destination, page, self.tree, self.profile, self.base_url, prefixed=prefixed
            )
        return self._resolutions[key]

    def destinations(self) -> Iterator[str]:
        """The addresses from the top of the site that its pages link to, as far as can be told."""
        for page in self.pages.values():
            for one in page.references:
                if one.kind == "link" and not one.templated and (address := self.on_site(one.destination)):
                    yield address
        for destinations in self.neighbours.destinations.values() if self.neighbours else ():
            yield from filter(None, map(self.on_site, destinations))

    def on_site(self, destination: str) -> str | None:
        """The address from the top of the site that a destination names; None for a relative one and other sites."""
        if destination.startswith("/") and not destination.startswith("//"):
            return destination
        return hosts.address_on_site(destination, self.hosts)

    def anchors(self, path: str) -> Sequence[str] | None:
        """The ids that a link to the page at that path may name; None where they cannot be known."""
        if path in self.pages:
            return self.pages[path].anchors
        return self.neighbours.anchors(path) if self.neighbours else None

    def section(self, path: str) -> str:
        """The folder that the page lies in (``content/blog``); empty for the site's root."""
        return path.rpartition("/")[0]

    def replace(self, page: PageFacts) -> SiteIndex:
        """The same site with one page changed or added: what an editor does at every key stroke."""
        return replace(self, pages={**self.pages, page.path: page})
