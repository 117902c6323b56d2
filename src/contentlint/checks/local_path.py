"""References to files of the author's own disk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from contentlint.check import Match, NoOptions, site_check
from contentlint.site.assets import local_path as read_local_path
from contentlint.site.assets import resolve
from contentlint.site.index import SiteIndex
from contentlint.source.document import Document
from contentlint.source.references import one_line_values
from contentlint.span import Span

# /home/news/2024 is a page of some site; /home/news/plan.pdf is a file of some disk. Addresses of pages end in these.
_FILE = re.compile(r"\.(?!(?:html?|php|aspx?|jsp)$)[A-Za-z0-9]{2,5}$")


def facts(document: Document, options: NoOptions) -> list[list[Any]]:  # noqa: ARG001
    """What looks like a path of a disk: destination, start, end, account, and whether it can be nothing else."""
    written = {entry.inner or entry.span: (entry.value.strip(), False) for entry in one_line_values(document)}
    written |= {
        one.span: (one.destination, one.kind != "link") for one in document.references if one.span not in written
    }
    found = []
    for span, (destination, shown) in written.items():
        local = read_local_path(destination)
        if local and (local.certain or shown or _FILE.search(destination)):
            found.append([destination, *span, local.user, local.certain])
    return found


@site_check("local-path", facts=facts, needs={"image", "link", "tag", "front-matter"})
def local_path(site: SiteIndex, pages: Mapping[str, Any], options: NoOptions) -> Iterator[Match]:  # noqa: ARG001
    """A picture, a link or a value of the front matter that only exists on the author's machine.

    ``with-account`` where the path shows an account's name, ``found`` elsewhere. A path such as ``/home/anna/x.png``
    may be an address as well: it is left alone where the site serves a folder of that name.
    """
    for page, found in pages.items():
        for destination, start, end, account, certain in found or ():
            if not certain and resolve(destination, page, site.tree, site.profile).state != "not-checkable":
                continue
            message = "with-account" if account else "found"
            values = {"reference": destination} | ({"user": account} if account else {})
            yield Match(Span(start, end), message, values, path=page)
