"""Pictures that are loaded from elsewhere although they are files of the site."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from msgspec import Meta

from contentlint.check import Match, site_check
from contentlint.checks._pictures import file_at_end
from contentlint.diagnostic import Applicability, Edit, Fix
from contentlint.site.assets import static_roots
from contentlint.site.hosts import host_of
from contentlint.site.index import SiteIndex
from contentlint.source.references import MEDIA, Reference, under


@dataclass(frozen=True, slots=True)
class Options:
    """Where repositories are read from."""

    forges: Annotated[
        tuple[str, ...],
        Meta(
            description="How addresses of files in a repository begin: `{repository}` is its owner and name; the branch"
            " and the path follow."
        ),
    ] = (
        "raw.githubusercontent.com/{repository}/",
        "github.com/{repository}/raw/",
        "github.com/{repository}/blob/",
        "cdn.jsdelivr.net/gh/{repository}@",
        "gitlab.com/{repository}/-/raw/",
        "gitlab.com/{repository}/-/blob/",
        "bitbucket.org/{repository}/raw/",
        "bitbucket.org/{repository}/src/",
        "codeberg.org/{repository}/raw/",
    )


class _Remote(NamedTuple):
    page: str
    reference: Reference
    message: str
    host: str
    repository: str
    """Empty for the site's own address."""
    file: str | None
    """Of the site, where it has one at the path."""


@site_check("own-site-remote")
def own_site_remote(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:
    """A picture by the address of its file in the site's own repository (``repository``) or on the site's own host.

    The site's repository is the one of which most of the pictures that the pages name are files of the site; ``host``
    is where they are loaded from, ``file`` where they lie. An absolute address of the site itself (``own-address``) is
    right under the keys of pictures for networks.
    """
    if not site.tree.known:
        return
    forges = [re.compile(_pattern(forge), re.IGNORECASE) for forge in options.forges]
    found = [one for page in pages for one in _on_page(site, page, forges)]
    known: dict[str, dict[str, bool]] = defaultdict(dict)
    for one in found:
        known[one.repository][one.reference.destination] = one.file is not None
    own = {name for name, files in known.items() if not name or 2 * sum(files.values()) > len(files)}
    for one in found:
        if one.file is not None and one.repository in own:
            values = {"name": posixpath.basename(one.file), "host": one.host, "file": one.file}
            yield Match(one.reference.span, one.message, values, _local(site, one), path=one.page)


def _pattern(forge: str) -> str:
    # A group on GitLab may have groups of its own.
    return r"https?://(?:www\.)?" + re.escape(forge).replace(re.escape("{repository}"), r"(\w[\w./-]*?/[\w.-]+?)")


def _on_page(site: SiteIndex, page: str, forges: list[re.Pattern[str]]) -> Iterator[_Remote]:
    share = frozenset(key.lower() for key in site.profile.keys.get("share-image", ()))
    for reference in site.pages[page].references:
        address = reference.destination
        if reference.kind == "link" or reference.templated or "//" not in address or not MEDIA.search(address):
            continue
        host = host_of(address) or ""
        if host in site.hosts:
            if not under(reference.key, share):
                state, file = site.file_of(page, replace(reference, destination=urlsplit(address).path))
                yield _Remote(page, reference, "own-address", host, "", file if state == "found" else None)
            continue
        forge = next((match for forge in forges if (match := forge.match(address))), None)
        if forge:
            path = unquote(re.split("[?#]", address[forge.end() :], maxsplit=1)[0])
            yield _Remote(page, reference, "repository", host, forge[1].lower(), file_at_end(site, path))


def _local(site: SiteIndex, one: _Remote) -> Fix | None:
    """The path from the top of the site, where the file lies in a folder that is served from there."""
    if one.file is None or not one.reference.literal:
        return None
    roots = [root for root in static_roots(site.tree, site.profile) if one.file.startswith(f"{root}/" if root else "")]
    if not roots:
        return None
    path = one.file[len(max(roots, key=len)) :].lstrip("/")
    if re.search(r"[^\w./@+~-]", path):
        return None
    return Fix((Edit(one.reference.span, f"/{path}"),), Applicability.UNSAFE)
