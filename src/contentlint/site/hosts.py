"""The names under which a site is published: learned from its configs and from what it tells search engines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentlint.site.profile import Profile
from contentlint.site.tree import SiteTree

_ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/?#@\s]*@)?([^/?#:\s]+)")
_NAME = re.compile(r"(?:[a-z0-9_-]+\.)+[a-z]{2,}")
# Names that many sites have in common; the site is told by the path after them.
_SHARED = re.compile(
    r"(?:^|\.)(?:github\.com|githubusercontent\.com|gitlab\.com|bitbucket\.org|npmjs\.com|localhost|example\.(?:com|org|net))$"
)


def host_of(address: str) -> str | None:
    """The name of the host in an absolute address, in small letters; None where there is none."""
    match = _ADDRESS.match(address)
    return match[1].lower().rstrip(".") if match else None


def hosts(tree: SiteTree, profile: Profile, base_url: str | None = None) -> frozenset[str]:
    """The site's own hosts, with and without ``www.``; empty where nothing tells.

    What the config of contentlint says (``base_url``) counts alone; else the config of the generator, CNAME,
    robots.txt, sitemaps and what else the profile names.
    """
    told = [base_url] if base_url else [profile.base_url or "", *_told(tree, profile)]
    names = (name for name in map(_name, told) if name and (base_url or not _SHARED.search(name)))
    found = {name.removeprefix("www.") for name in names}
    return frozenset(found | {f"www.{name}" for name in found})


def _told(tree: SiteTree, profile: Profile) -> Iterator[str]:
    for source in profile.host_files:
        pattern = re.compile(source.pattern, re.IGNORECASE | re.MULTILINE)
        for glob in source.files:
            for file in tree.matching(glob):
                yield from (match[1] for match in pattern.finditer(tree.read(file) or ""))


def _name(told: str) -> str | None:
    name = (host_of(told) or told.partition("/")[0].partition(":")[0]).strip().lower()
    return name if _NAME.fullmatch(name) else None


def address_on_site(address: str, names: frozenset[str]) -> str | None:
    """The path, query and fragment of an absolute address on one of the site's own hosts; None for all else."""
    match = _ADDRESS.match(address)
    if match is None or match[1].lower() not in names:
        return None
    rest = address[match.end() :]
    rest = re.sub(r"^:\d+", "", rest)
    return rest if rest.startswith("/") else f"/{rest}"
