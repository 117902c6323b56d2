"""The pages of a site that a run does not lint, read no further than somebody asks.

A pre-commit hook names two files, and whether a link in them leads somewhere depends on all the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from contentlint.site import anchors
from contentlint.site.addresses import Named, named
from contentlint.site.metadata import view
from contentlint.site.tree import SiteTree
from contentlint.source import front_matter
from contentlint.source.document import Conventions, Document

# What may be a link, as far as can be told without parsing: enough to learn how a site writes its addresses.
_DESTINATION = re.compile(
    r"""\]\(\s*<?((?:https?:/)?/[^)\s>"']*)|\bhref\s*=\s*["']((?:https?:/)?/[^"'\s]*)["']""", re.IGNORECASE
)


class Neighbours:
    """The other pages of a site. ``conventions`` gives what is known of a page before it is opened; pages with the
    endings in ``templates`` are no Markdown.
    """

    def __init__(
        self,
        tree: SiteTree,
        paths: Iterable[str],
        conventions: Callable[[str], Conventions],
        templates: Iterable[str] = (),
    ) -> None:
        self._tree = tree
        self._templates = frozenset(templates)
        self._conventions = conventions
        self.paths = tuple(paths)
        self._anchors: dict[str, Sequence[str] | None] = {}

    @cached_property
    def named(self) -> Mapping[str, Named]:
        """What each page says of its own address; nothing of one that cannot be read."""
        return {path: self._named(path) for path in self.paths}

    def _named(self, path: str) -> Named:
        text = self._tree.read(path)
        if not text:
            return Named()
        return named(view(front_matter.read(text), self._conventions(path).keys))

    @cached_property
    def destinations(self) -> Mapping[str, tuple[str, ...]]:
        """The addresses, from the top of a site, that each page seems to link to."""
        return {path: self._destinations(path) for path in self.paths}

    def _destinations(self, path: str) -> tuple[str, ...]:
        return tuple(match[1] or match[2] for match in _DESTINATION.finditer(self._tree.read(path) or ""))

    def anchors(self, path: str) -> Sequence[str] | None:
        """The ids that a link to the page may name; None of a page that is no Markdown, or cannot be read."""
        if path not in self._anchors:
            self._anchors[path] = self._read_anchors(path)
        return self._anchors[path]

    def _read_anchors(self, path: str) -> Sequence[str] | None:
        text = None if path.rpartition(".")[2] in self._templates else self._tree.read(path)
        if text is None:
            return None
        document = Document(path, text, self._conventions(path))
        return anchors.anchors(document, document.conventions.heading_ids)
