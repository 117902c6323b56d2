"""The pages of a site that a run does not lint, read no further than somebody asks.

A pre-commit hook names two files, and whether a link in them leads somewhere depends on all the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property

from contentlint.site import anchors
from contentlint.site.addresses import CONCEPTS, Named, named
from contentlint.site.metadata import view
from contentlint.site.tree import SiteTree
from contentlint.source import front_matter
from contentlint.source.document import Conventions, Document

# What may be a link, as far as can be told without parsing: enough to learn how a site writes its addresses.
_DESTINATION = re.compile(
    r"""\]\(\s*<?((?:https?:/)?/[^)\s>"']*)|\bhref\s*=\s*["']((?:https?:/)?/[^"'\s]*)["']""", re.IGNORECASE
)


@cache
def _naming(keys: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    """What finds any of the keys, or the last steps of those that are nested, at the start of a line."""
    names = {re.escape(key.rpartition(".")[2]) for concept in keys for key in concept}
    return re.compile(
        rf"""^[\s{{,]*["']?(?:{"|".join(sorted(names)) or "(?!)"})["']?\s*[:=]""", re.MULTILINE | re.IGNORECASE
    )


class Neighbours:
    """The other pages of a site. ``conventions`` gives what is known of a page before it is opened; pages with the
    endings in ``templates`` are no Markdown; ``concepts`` are those that addresses depend on.
    """

    def __init__(
        self,
        tree: SiteTree,
        paths: Iterable[str],
        conventions: Callable[[str], Conventions],
        templates: Iterable[str] = (),
        concepts: Iterable[str] = CONCEPTS,
    ) -> None:
        self._tree = tree
        self._templates = frozenset(templates)
        self._concepts = tuple(concepts)
        self._conventions = conventions
        self._paths = paths
        self._anchors: dict[str, Sequence[str] | None] = {}

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """From the site's root, with ``/``."""
        return tuple(self._paths)

    @cached_property
    def named(self) -> Mapping[str, Named]:
        """What each page says of its own address; nothing of one that cannot be read."""
        return {path: self._named(path) for path in self.paths}

    def _named(self, path: str) -> Named:
        # Few pages say anything of their address, and reading front matter is slow.
        text = self._tree.read(path) or ""
        keys = self._conventions(path).keys
        if not text or not _naming(tuple(keys.get(concept, ()) for concept in self._concepts)).search(text):
            return Named()
        return named(view(front_matter.read(text), keys))

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
