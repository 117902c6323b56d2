"""The contract of a check: a function that looks at a document (or at the site) and yields matches.

A check knows nothing of rules, severities or wording. It names a message and gives values; the rule's page words it.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from contentlint.diagnostic import Fix
from contentlint.site.index import SiteIndex
from contentlint.source.document import Document
from contentlint.span import Span


@dataclass(frozen=True, slots=True)
class Place:
    """A related place: a span, the page it is on (None: the page of the match), the name of the message to show."""

    span: Span
    message: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Something that a check saw.

    ``message`` names one of the messages of the rule's page, ``values`` fills it; values are plain data (JSON).
    ``path`` is set by checks of the site only: the page, any other file of the site for a finding about that file as a
    whole, or ``""`` for one about the site.
    """

    span: Span
    message: str = "found"
    values: Mapping[str, Any] = field(default_factory=dict)
    fix: Fix | None = None
    related: tuple[Place, ...] = ()
    confidence: float | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class NoOptions:
    """For a check without options."""


PageFunction = Callable[[Document, Any], Iterable[Match]]
SiteFunction = Callable[[SiteIndex, Mapping[str, Any], Any], Iterable[Match]]
FactsFunction = Callable[[Document, Any], Any]
_Page = TypeVar("_Page", bound=PageFunction)
_Site = TypeVar("_Site", bound=SiteFunction)

Need = Literal["front-matter", "prose"] | str
"""What must be on a page for the check to have work: ``front-matter``, ``prose``, or a kind of node (``heading``)."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check as the engine sees it. Made by the decorators below."""

    name: str
    stage: Literal["page", "site"]
    run: Callable[..., Iterable[Match]]
    needs: frozenset[str]
    """The check is called when the page has any of these; an empty set means always."""
    facts: FactsFunction | None = None

    @property
    def options_type(self) -> type:
        """The dataclass that the check's ``options`` argument is annotated with."""
        hints = typing.get_type_hints(self.run, include_extras=True)
        options: type = hints["options"]
        return options


_registered: dict[str, Check] = {}


def check(name: str, *, needs: Iterable[Need] = ()) -> Callable[[_Page], _Page]:
    """Declare a check of pages: ``function(document, options)`` yields matches on that page."""

    def declare(function: _Page) -> _Page:
        _registered[name] = Check(name, "page", function, frozenset(needs))
        return function

    return declare


def site_check(
    name: str, *, facts: FactsFunction | None = None, needs: Iterable[Need] = ()
) -> Callable[[_Site], _Site]:
    """Declare a check of the site: ``function(site, pages, options)`` yields matches that name their page or file.

    What is said of files that are no pages, and of the site, is reported where the run is about them and the settings
    for their path have the rule on: a check need not ask.

    ``pages`` maps the path of every page concerned to what ``facts(document, options)`` gave for it in the page stage:
    plain data (None where there is no ``facts``, or where the page has nothing of what the check ``needs``).
    """

    def declare(function: _Site) -> _Site:
        _registered[name] = Check(name, "site", function, frozenset(needs), facts)
        return function

    return declare


def declared(name: str) -> Check | None:
    """The check of that name, if its module has been imported."""
    return _registered.get(name)
