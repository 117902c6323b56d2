"""Links to the site itself by its full address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contentlint.check import Match, NoOptions, site_check
from contentlint.diagnostic import Applicability, Edit, Fix
from contentlint.site.hosts import address_on_site
from contentlint.site.index import SiteIndex


@site_check("absolute-to-self")
def absolute_to_self(site: SiteIndex, pages: Mapping[str, Any], options: NoOptions) -> Iterator[Match]:  # noqa: ARG001
    """A link by the full address of a page that is in the repository; ``path`` is the address without the host.

    Only links in the text are meant: templates may need full addresses in front matter, and what is not in the
    repository may be another application on the same host.
    """
    for page in pages:
        for link in site.pages[page].references:
            if link.kind != "link" or link.form == "front-matter" or link.templated:
                continue
            path = address_on_site(link.destination, site.hosts)
            if path is not None and site.routes.resolve(path, page).state in ("page", "file"):
                fix = Fix((Edit(link.span, path),), Applicability.UNSAFE) if link.literal else None
                yield Match(link.span, values={"reference": link.destination, "path": path}, fix=fix, path=page)
