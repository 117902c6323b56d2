"""Links to a place in a page that the page does not have."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contentlint.check import Match, NoOptions, site_check
from contentlint.site.anchors import UNKNOWN, matches
from contentlint.site.index import SiteIndex
from contentlint.source.references import Reference

_ENOUGH = 3
"""Where headings need not have ids: links to places that must be right before another is taken for a mistake."""
_SHARE = 2
"""How many times as many must be right as not."""
_THEME = 3
"""On so many pages the same anchor of the page itself is one that the template prints."""


@site_check("broken-anchor")
def broken_anchor(site: SiteIndex, pages: Mapping[str, Any], options: NoOptions) -> Iterator[Match]:  # noqa: ARG001
    """A link whose ``#…`` is no heading or anchor of the page that it leads to: ``here`` for the page itself,
    ``there`` for another, each with ``-near`` where an anchor is called nearly so.

    Ids of headings are made as the site's generator makes them, in each way that it can be told to. Where templates
    decide whether headings have ids at all, the links on the site's pages must show that they do: those to any page,
    or those to the page in question.
    """
    links = list(_to_places(site, pages))
    lost = [one for one in links if not _exists(site, one[2], one[3])]
    if not lost:
        return
    sure = site.profile.makes_heading_ids or _mostly_right(len(links), len(lost))
    all_to, lost_to = Counter(link[2] for link in links), Counter(link[2] for link in lost)
    of_themes = Counter((fragment, page == target) for page, _, target, fragment in dict.fromkeys(lost))
    for page, link, target, fragment in lost:
        if not sure and not _mostly_right(all_to[target], lost_to[target]):
            continue
        if page == target and of_themes[fragment, True] >= _THEME:
            continue
        there = [anchor for anchor in site.anchors(target) or () if UNKNOWN not in anchor]
        near = difflib.get_close_matches(fragment, there, 1, 0.75)
        message = ("here" if page == target else "there") + ("-near" if near else "")
        values = {"fragment": fragment, "file": target} | ({"near": near[0]} if near else {})
        yield Match(link.span, message, values, path=page)


def _mostly_right(links: int, lost: int) -> bool:
    return links - lost >= max(_ENOUGH, _SHARE * lost)


def _to_places(site: SiteIndex, pages: Iterable[str]) -> Iterator[tuple[str, Reference, str, str]]:
    """The links to places in pages: page, link, the page that it leads to, the fragment."""
    for page in pages:
        for link in site.pages[page].references:
            if link.kind != "link" or link.templated or "#" not in link.destination:
                continue
            target = site.routes.resolve(link.destination, page, link.lookup)
            if target.state == "page" and target.path is not None and target.fragment:
                yield page, link, target.path, target.fragment


def _exists(site: SiteIndex, page: str, fragment: str) -> bool:
    anchors = site.anchors(page)
    # A page without any is printed by a template, which may give ids to what it lists.
    return not anchors or matches(fragment, anchors)
