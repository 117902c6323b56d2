"""What pages hold besides Markdown, as data: one file a dialect, ``dialects/*.toml``.

A dialect is made of constructs between two strings (``{{< … >}}``), of pairs of such constructs with what they hold, of
patterns inside a line and of markers of lines; it also says which arguments of its constructs are references. Nothing
here names one: adding a dialect is adding a file. The contract is ``schemas/dialect.schema.json``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from contentlint.resources import package_file


@dataclass(frozen=True)
class Delimited:
    """A construct between two strings, which may hold arguments."""

    opener: str
    closer: str
    kind: str
    dialect: str
    everywhere: bool = True
    """Whether it is hidden, outside code, on sites of other dialects too: it is never prose."""
    content: bool = False
    """Whether it stands for text of the page, so that alone on its line it is still a paragraph."""
    paragraph: bool = True
    """Whether it ends before a blank line, so that an opener without closer cannot swallow the page."""
    read: bool = True
    """Whether readers see words in its place."""
    literal: bool = False
    """Whether it shows a construct instead of running it."""
    trim: str = ""
    """What may stand inside either delimiter without being an argument: the hyphen of ``{%- … -%}``."""
    filters: bool = False
    """Whether values go through filters after ``|``."""
    last: str = ""
    """How the last tag of a pair is named, ``end{name}``; empty where there are no pairs."""
    silent: tuple[str, ...] = ()
    """Names of those in whose place nothing is read, for they decide or remember something."""

    @cached_property
    def _first(self) -> re.Pattern[str]:
        return re.compile(rf"{re.escape(self.opener)}{self._trim}\s*(/?\s*[\w-]+)")

    @property
    def _trim(self) -> str:
        return f"{re.escape(self.trim)}?" if self.trim else ""

    def name(self, text: str, start: int) -> str:
        """The name of the construct that begins at the offset, of a last tag as written; empty where it has none."""
        match = self._first.match(text, start)
        return "".join(match.group(1).split()) if match else ""

    def closes(self, name: str) -> str:
        """The name of the construct whose last tag has that name; empty where it is no last tag."""
        before, _, after = self.last.partition("{name}")
        found = name.startswith(before) and name.endswith(after) and self.last
        return name[len(before) : len(name) - len(after)] if found else ""

    def first_tag(self, names: Iterable[str]) -> str:
        """The expression of a tag of one of these names, without arguments; the name is its group ``raw``."""
        opener, closer, choice = re.escape(self.opener), re.escape(self.closer), "|".join(map(re.escape, names))
        return rf"{opener}{self._trim}\s*(?P<raw>{choice})\s*{self._trim}{closer}"

    def last_tag(self, name: str) -> str:
        """The expression of the last tag of that name."""
        opener, closer = re.escape(self.opener), re.escape(self.closer)
        last = r"\s*".join(map(re.escape, re.split(r"(?<=\W)(?=\w)", self.last.format(name=name))))
        return rf"{opener}{self._trim}\s*{last}\s*{self._trim}{closer}"


@dataclass(frozen=True, slots=True)
class Paired:
    """A construct from a first tag to a last one, between which the generator reads otherwise than elsewhere."""

    name: str
    hides: str | None = None
    """What it is hidden as, with all that it holds; None where only its tags are hidden and what it holds is shown."""
    single: str | None = None
    """What in the first tag tells that it has no end."""


@dataclass(frozen=True)
class Pattern:
    """A construct in a line, or the marker of a line. The one group of the expression, if any, is text to read."""

    expression: str
    needs: str
    """A string that is in all of them; looked for first."""
    kind: str
    dialect: str
    everywhere: bool = True
    read: bool = False
    line: bool = False
    """Whether it begins a line, after spaces and the marks of quotations."""
    body: bool = False
    """Whether it opens a box that holds the lines after it that are indented by four spaces more."""

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression, with the beginning of the line where it is the marker of one."""
        return re.compile(rf"^[ \t>]*(?:{self.expression})" if self.line else self.expression, re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reference:
    """Which arguments of which constructs lead somewhere."""

    names: frozenset[str]
    """Of the constructs; empty where a filter tells."""
    filters: frozenset[str]
    arguments: tuple[str | int, ...]
    """Their names, or their places from 0; in lower case."""
    kind: str
    constructs: frozenset[str]
    """The kinds of constructs: ``shortcode``, ``liquid``."""
    matching: re.Pattern[str]
    """What an argument looks like that is one; of several the first is."""
    quoted: bool
    """Whether only a text in quotes is one, for a bare word names a variable."""


@dataclass(frozen=True)
class Dialect:
    """What one file says."""

    name: str
    title: str
    unless: frozenset[str] = frozenset()
    """Dialects in whose pages its constructs are not hidden everywhere, for they read the same signs otherwise."""
    delimited: tuple[Delimited, ...] = ()
    paired: Mapping[str, Paired] = field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()
    references: tuple[Reference, ...] = ()
    indented_code: bool = True
    """Whether an indentation of four spaces makes code."""
    dollar_math: bool = False
    """Whether dollars hold mathematics."""
    markdown_in_html: bool = False
    """Whether what stands between the tags of blocks of HTML is Markdown."""
    roots: frozenset[str] = frozenset()
    """Outputs that print where the site begins: before a path they can be left out."""


@cache
def known() -> tuple[str, ...]:
    """The names of all dialects, in order."""
    return tuple(sorted(file.stem for file in package_file("source", "dialects").glob("*.toml")))


@cache
def load(name: str) -> Dialect:
    """The dialect of that name. Raises KeyError where there is none."""
    if name not in known():
        raise KeyError(name)
    return read(package_file("source", "dialects", f"{name}.toml"))


def read(file: Path) -> Dialect:
    """The dialect that a data file defines, which must be valid against the schema; this is tested, not checked."""
    data, name = tomllib.loads(file.read_text(encoding="utf8")), file.stem
    return Dialect(
        name=name,
        title=data["title"],
        unless=frozenset(data.get("unless", ())),
        delimited=tuple(
            Delimited(dialect=name, **(one | {"silent": tuple(one.get("silent", ()))}))
            for one in data.get("delimited", ())
        ),
        paired={
            each: Paired(each, one.get("hides"), one.get("single"))
            for one in data.get("paired", ())
            for each in one["names"]
        },
        patterns=tuple(
            Pattern(dialect=name, line=key == "lines", **one)
            for key in ("lines", "inlines")
            for one in data.get(key, ())
        ),
        references=tuple(
            Reference(
                frozenset(one.get("names", ())),
                frozenset(one.get("filters", ())),
                tuple(one["arguments"]),
                one["kind"],
                frozenset(one["constructs"]),
                re.compile(one.get("matching", "")),
                one.get("quoted", False),
            )
            for one in data.get("references", ())
        ),
        indented_code=data.get("indented-code", True),
        dollar_math=data.get("dollar-math", False),
        markdown_in_html=data.get("markdown-in-html", False),
        roots=frozenset(data.get("roots", ())),
    )


@dataclass(frozen=True)
class Repertoire:
    """All that may be written in a page, from the dialects of its site and from those hidden everywhere."""

    active: frozenset[str]
    """The dialects of the page, which its generator reads before the Markdown: in code too."""
    delimited: Mapping[str, Delimited]
    """By opener; an opener comes before the openers that it begins with."""
    patterns: tuple[Pattern, ...]
    by_name: Mapping[tuple[str, str], tuple[Reference, ...]]
    """What the arguments of constructs are, by their kind and name."""
    by_filter: Mapping[tuple[str, str], tuple[Reference, ...]]
    """The same by the kind of an output and the name of a filter that it goes through."""
    roots: frozenset[str]
    indented_code: bool
    dollar_math: bool
    markdown_in_html: bool

    def paired(self, entry: Delimited, name: str) -> Paired | None:
        """The pair that a construct of that name begins."""
        return load(entry.dialect).paired.get(name) if entry.last else None


@cache
def repertoire(active: frozenset[str]) -> Repertoire:
    """What is hidden in pages of those dialects. Names that no file has are left to the readers of their own."""
    dialects = [load(name) for name in known()]

    def applies(entry: Delimited | Pattern, dialect: Dialect) -> bool:
        return dialect.name in active or (entry.everywhere and dialect.unless.isdisjoint(active))

    delimited = [one for dialect in dialects for one in dialect.delimited if applies(one, dialect)]
    patterns = [one for dialect in dialects for one in dialect.patterns if applies(one, dialect)]
    speaking = [one for one in dialects if one.name in active or _is_everywhere(one)]
    return Repertoire(
        active,
        {one.opener: one for one in sorted(delimited, key=lambda one: -len(one.opener))},
        tuple(patterns),
        _indexed((one, one.names) for dialect in speaking for one in dialect.references),
        _indexed((one, one.filters) for dialect in speaking for one in dialect.references),
        frozenset(root for dialect in speaking for root in dialect.roots),
        all(dialect.indented_code for dialect in dialects if dialect.name in active),
        any(dialect.dollar_math for dialect in dialects if dialect.name in active),
        any(dialect.markdown_in_html for dialect in dialects if dialect.name in active),
    )


def _indexed(
    references: Iterable[tuple[Reference, Iterable[str]]],
) -> Mapping[tuple[str, str], tuple[Reference, ...]]:
    found: dict[tuple[str, str], tuple[Reference, ...]] = {}
    for reference, names in references:
        for key in ((kind, name) for kind in sorted(reference.constructs) for name in sorted(names)):
            found[key] = (*found.get(key, ()), reference)
    return found


def _is_everywhere(dialect: Dialect) -> bool:
    entries: Iterable[Delimited | Pattern] = (*dialect.delimited, *dialect.patterns)
    return any(entry.everywhere for entry in entries)
