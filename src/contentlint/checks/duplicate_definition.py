"""Definitions of references that an earlier one on the page hides."""

from __future__ import annotations

from collections.abc import Iterator

from contentlint.check import Match, NoOptions, Place, check
from contentlint.source.document import Document
from contentlint.source.nodes import Definition


@check("duplicate-definition", needs={"definition"})
def duplicate_definition(document: Document, options: NoOptions) -> Iterator[Match]:  # noqa: ARG001
    """A second definition of a label: to the same target (``same``), or to another that nobody reaches (``other``).

    The first counts: https://spec.commonmark.org/0.31.2/#example-204. ``[//]: # (…)`` is how authors write comments.
    """
    first: dict[str, Definition] = {}
    for definition in document.nodes(Definition):
        if not definition.destination.strip("#"):
            continue
        known = first.setdefault(_folded(definition.label), definition)
        if known is not definition:
            message = "same" if known.destination == definition.destination else "other"
            values = {"label": definition.label, "target": definition.destination, "first": known.destination}
            yield Match(definition.span, message, values, related=(Place(known.span, "counts"),))


def _folded(label: str) -> str:
    """The form in which labels are compared: https://spec.commonmark.org/0.31.2/#matches."""
    return " ".join(label.split()).casefold()
