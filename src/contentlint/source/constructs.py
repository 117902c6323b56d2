"""What the constructs of a page say: the names and arguments of shortcodes, tags and outputs, and where they lead.

One grammar reads them all, for generators differ little: a name, then values, in quotes or not, each after a name with
``=`` or ``:``, or by its place; commas and brackets only set apart. What cannot be read so is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from contentlint.source.dialect import Delimited, Reference, Repertoire, repertoire
from contentlint.source.mask import Hidden, Mask
from contentlint.span import Span

_NAME = re.compile(r"\s*([A-Za-z_][\w./-]*+)(?!\s*=)")
_KEY = re.compile(r"([A-Za-z_][\w.-]*+)\s*+(?:=(?!=)\s*|:\s+)")
# In backquotes Hugo knows no escapes.
_QUOTED = re.compile(r"""(["'])((?:[^"'\\]|\\.|(?!\1)["'])*+)\1|(`)([^`]*)`""", re.DOTALL)
_FILTER = re.compile(r"\|>?\s*([A-Za-z_]\w*)")
_WORD = re.compile(r"[^\s\"'`(),|]+")
_ESCAPED = re.compile(r"""\\(["'`\\])""")


@dataclass(frozen=True, slots=True)
class Argument:
    """A value that is given to a construct."""

    name: str | None
    """None for one that only its place tells."""
    value: str
    """Without quotes, escapes resolved."""
    span: Span
    """The value in the file, without its quotes."""
    quoted: bool
    """Whether it is a text for certain; in templates, what is not in quotes may name a variable."""


@dataclass(frozen=True, slots=True)
class Construct:
    """A shortcode, a tag or an output of a template: ``{{< figure src="a.png" >}}``, ``{{ "/a" | relative_url }}``."""

    kind: str
    """``shortcode`` or ``liquid``, as its dialect calls it."""
    name: str
    """Its first word; empty for an output that begins with a text."""
    span: Span
    """All of it; of a pair only the tag, the first or the last."""
    arguments: tuple[Argument, ...] = ()
    filters: tuple[str, ...] = ()
    """The names of the filters that a value goes through, in order."""
    closing: bool = False
    """Whether it is the last tag of a pair."""
    prints: str | None = None
    """The part of an address that it stands for, where that is known: nothing for ``{{ site.baseurl }}``, the path for
    ``{{ "/a.png" | relative_url }}``.
    """

    def argument(self, key: str | int) -> Argument | None:
        """The argument of that name, in any case, or at that place among those without name, from 0."""
        if isinstance(key, int):
            unnamed = [argument for argument in self.arguments if argument.name is None]
            return unnamed[key] if key < len(unnamed) else None
        return next((one for one in self.arguments if one.name is not None and one.name.lower() == key.lower()), None)


@dataclass(frozen=True, slots=True)
class ConstructReference:
    """Where an argument of a construct leads, as written; ``span`` is its place."""

    destination: str
    span: Span
    kind: str
    """``image``, ``link``, ``page``, ``source-page``, ``post``, ``file``, ``source-file``, ``asset`` or ``address``:
    how its generator looks it up; ``schemas/dialect.schema.json`` explains each.
    """
    construct: Construct


def constructs(text: str, mask: Mask) -> list[Construct]:
    """The constructs of a page that its generator runs, in order; what is in comments or left as it is, is not."""
    known = repertoire(mask.dialects)
    return [one for hidden in mask.hidden if (one := _construct(text, hidden, known)) is not None]


def references(found: Iterable[Construct], dialects: frozenset[str]) -> list[ConstructReference]:
    """Where the constructs of a page lead, in the order of the text, each place once."""
    known = repertoire(dialects)
    places: dict[Span, ConstructReference] = {}
    for construct in found:
        for reference in _speaking(construct, known):
            argument = _told(construct, reference, known)
            if argument is not None:
                told = ConstructReference(argument.value, argument.span, reference.kind, construct)
                places.setdefault(argument.span, told)
    return sorted(places.values(), key=lambda one: one.span)


def _construct(text: str, hidden: Hidden, known: Repertoire) -> Construct | None:
    inside = hidden.inside
    if inside is None or hidden.kind == "comment":
        return None
    entry = known.delimited[text[hidden.span.start : inside.start]]
    start, end = _trimmed(text, inside, entry.trim)
    # Hugo shows a shortcode that is commented out instead of running it.
    if text.startswith("/*", start):
        return None
    closing = bool(entry.last) and text.startswith(entry.last.partition("{")[0], start)
    if closing and entry.last.startswith("/"):
        start += 1
    elif text[end - 1 : end] == "/" and text[end - 2 : end - 1] in (" ", '"', "`"):
        end -= 1
    match = _NAME.match(text, start, end)
    arguments, filters = _arguments(text, match.end() if match else start, end, entry)
    span = Span(hidden.span.start, inside.end + len(entry.closer))
    found = Construct(entry.kind, match.group(1) if match else "", span, tuple(arguments), tuple(filters), closing)
    return replace(found, prints=_printed(found, known)) if entry.content else found


def _trimmed(text: str, inside: Span, trim: str) -> Span:
    start, end = inside
    if trim and text.startswith(trim, start):
        start += len(trim)
    if trim and text.endswith(trim, start, end):
        end -= len(trim)
    content = text[start:end]
    start += len(content) - len(content.lstrip())
    return Span(start, max(start, start + len(content.strip())))


def _arguments(text: str, position: int, end: int, entry: Delimited) -> tuple[list[Argument], list[str]]:
    arguments: list[Argument] = []
    filters: list[str] = []
    name: str | None = None
    while position < end:
        if entry.filters and (match := _FILTER.match(text, position, end)):
            filters.append(match.group(1))
        elif name is None and (match := _KEY.match(text, position, end)):
            name = match.group(1)
        elif match := _QUOTED.match(text, position, end):
            inside = Span(*match.span(4 if match.group(3) else 2))
            value = inside.of(text) if match.group(3) else _ESCAPED.sub(r"\1", inside.of(text))
            _give(arguments, filters, entry, Argument(name, value, inside, True))
            name = None
        elif text[position] in "\"'`":
            # Not closed: where the rest begins and ends, nobody can tell.
            break
        elif match := _WORD.match(text, position, end):
            _give(arguments, filters, entry, Argument(name, match.group(), Span(*match.span()), False))
            name = None
        position = match.end() if match else position + 1
    return arguments, filters


def _give(arguments: list[Argument], filters: list[str], entry: Delimited, argument: Argument) -> None:
    # After the first filter of an output, values are those of filters.
    if not (entry.content and filters):
        arguments.append(argument)


def _printed(construct: Construct, known: Repertoire) -> str | None:
    if construct.name in known.roots and not construct.arguments and not construct.filters:
        return ""
    if construct.name:
        return None
    told = [_told(construct, one, known) for one in _speaking(construct, known) if one.kind == "address"]
    return next((argument.value for argument in told if argument), None)


def _speaking(construct: Construct, known: Repertoire) -> Iterator[Reference]:
    """What the dialects say of the construct."""
    if not construct.closing:
        yield from known.by_name.get((construct.kind, construct.name), ())
        for name in construct.filters:
            yield from known.by_filter.get((construct.kind, name), ())


def _told(construct: Construct, reference: Reference, known: Repertoire) -> Argument | None:
    """The first argument that is the reference, if nothing of it is left to a template."""
    for key in reference.arguments:
        argument = construct.argument(key)
        if argument is None or not argument.value or not reference.matching.search(argument.value):
            continue
        if (argument.quoted or not reference.quoted) and not any(one in argument.value for one in known.delimited):
            return argument
    return None
