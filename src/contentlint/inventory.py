"""What the pages of sites refer to, address by address: for link checkers, and for people who move a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from contentlint.linter import Request, survey
from contentlint.report import Failure
from contentlint.site.hosts import host_of
from contentlint.site.index import SiteIndex
from contentlint.source.references import Reference
from contentlint.span import Position

EXTERNAL = "external"
"""The state of an address on another host, which only a request could judge."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address is written."""

    path: str
    """Of the page, relative to the working directory, with ``/``."""
    position: Position
    kind: str
    """``link``, ``image`` or ``media``."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address that pages refer to."""

    url: str
    state: str
    """``external``, or where it leads on the site as ``site.routes`` and ``site.assets`` say it: ``page``, ``file``,
    ``missing`` …; ``templated`` for one that a template is yet to fill in.
    """
    places: list[Place] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """The address as JSON has it; lines and columns from 1, in code points."""
        places = [
            {"path": one.path, "line": one.position.line, "column": one.position.column, "kind": one.kind}
            for one in self.places
        ]
        return {"url": self.url, "state": self.state, "places": places}


def addresses(request: Request, *, external: bool = False) -> tuple[list[Address], Sequence[Failure]]:
    """Every address that the pages refer to, in alphabetical order; with ``external`` those on other hosts by http.

    Relative addresses of different pages are different. Raises ConfigError.
    """
    found: dict[tuple[str, str], Address] = {}
    surveyed = survey(request)
    for one in surveyed.sites:
        site = one.index
        for page, reference in _references(site):
            state = _state(site, page, reference)
            if external and not (state == EXTERNAL and reference.destination.lower().startswith(("http:", "https:"))):
                continue
            relative = state != EXTERNAL and not reference.destination.startswith("/")
            key = (reference.destination, page if relative else "")
            address = found.setdefault(key, Address(reference.destination, state))
            position = site.pages[page].position(reference.span.start)
            address.places.append(Place(one.shown(page), position, reference.kind))
    return sorted(found.values(), key=lambda one: (one.url, one.places[0].path)), surveyed.failures


def _references(site: SiteIndex) -> Iterator[tuple[str, Reference]]:
    for page in sorted(site.pages):
        for reference in site.pages[page].references:
            yield page, reference


def _state(site: SiteIndex, page: str, reference: Reference) -> str:
    if reference.templated:
        return "templated"
    host = host_of(reference.destination)
    if host is not None and host not in site.hosts:
        return EXTERNAL
    if reference.kind == "link":
        return site.routes.resolve(reference.destination, page, reference.lookup).state
    own = site.on_site(reference.destination)
    return site.file_of(page, replace(reference, destination=own) if own else reference).state


def as_json(found: Iterable[Address], failures: Iterable[Failure]) -> dict[str, Any]:
    """The inventory as data: the stable form that other programs read."""
    return {
        "schema": 1,
        "links": [one.as_data() for one in found],
        "failures": [{"path": one.path, "message": one.message} for one in failures],
    }
